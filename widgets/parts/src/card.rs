//! 卡片: one thing with its facts and where they come from.

use yew::prelude::*;

use crate::html;

/// A card.
#[derive(Clone, Debug)]
pub struct Card<'a> {
    /// What it is about.
    pub title: &'a str,
    /// A few words beside it: a grade, a state; may be empty.
    pub flag: &'a str,
    /// Facts: what, and how it is.
    pub facts: &'a [(&'a str, String)],
    /// 来源 and day.
    pub source: &'a str,
    /// What can be done with it.
    pub action: Html,
}

/// Shows it.
pub fn card(card: &Card<'_>) -> Html {
    html! {
        <article class="tile" part="tile" aria-label={card.title.to_owned()}>
            <p class="tile-title">
                <span class="tile-name">{ card.title }</span>
                <span class="flag" hidden={card.flag.is_empty()}>{ card.flag }</span>
            </p>
            { facts(card.facts) }
            <p class="source" hidden={card.source.is_empty()}>{ card.source }</p>
            <div class="action">{ card.action.clone() }</div>
        </article>
    }
}

/// A list of facts by itself.
pub fn facts(facts: &[(&str, String)]) -> Html {
    html! {
        <dl class="facts" part="facts" hidden={facts.is_empty()}>
            { for facts.iter().map(|(label, value)| html! {
                <div key={(*label).to_owned()}><dt>{ *label }</dt><dd>{ value.as_str() }</dd></div>
            }) }
        </dl>
    }
}
