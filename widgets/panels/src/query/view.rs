//! What is seen. Every block that comes and goes has a stable element around
//! it: Yew 0.23 matches siblings without keys from the end (yew #3262) and can
//! lose what a visitor has typed.

use credit_core::lang::{Lang, Text, text};
use credit_parts::html;
use yew::prelude::*;

use crate::piece::Context;

use super::search::Results;
use super::{Message, Query, compare, history, moved, results, subject, typed};

const LABEL: Text = text(
    "企业名称或统一社会信用代码",
    "Name or unified social credit code of a subject",
);
const SEARCH: Text = text("查询", "Search");

/// All of the element.
pub(super) fn window(query: &Query, context: &Context<Query>) -> Html {
    let lang = context.props().lang();
    let is_away = query.opened.is_some();
    let is_empty = !is_away && matches!(query.results, Results::None);
    let page = match (&query.comparison, &query.opened) {
        (Some(comparison), _) => compare::page(query, comparison, context),
        (None, Some(opened)) => subject::page(query, opened, context),
        (None, None) => Html::default(),
    };
    // Each its own, or what stood in one would be made into the other.
    let key = if query.comparison.is_some() {
        "compare"
    } else {
        "subject"
    };
    context.props().window(
        "query",
        html! {
            <>
                <div key="form" hidden={is_away}>{ form(query, context, lang) }</div>
                <div key="results" hidden={is_away}>{ results::view(query, context, lang) }</div>
                <div key="history" class="before">
                    if is_empty { { history::view(context, lang) } }
                </div>
                <div key="page"><div {key}>{ page }</div></div>
            </>
        },
    )
}

fn form(query: &Query, context: &Context<Query>, lang: Lang) -> Html {
    let link = context.link();
    let found = match &query.results {
        Results::Found(found) => found.items.len(),
        _ => 0,
    };
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Message::Ask
    });
    html! {
        <form role="search" {onsubmit} class="form" part="form">
            <label for="q" class="label" part="label">{ LABEL.in_lang(lang) }</label>
            <div class="line">
                <input ref={query.input.clone()} id="q" class="input" part="input" type="search"
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
                    oninput={link.batch_callback(|event: InputEvent| typed(&event))}
                    onkeydown={link.batch_callback(move |event: KeyboardEvent| moved(&event, None, found))} />
                <button type="submit" class="button" part="button">{ SEARCH.in_lang(lang) }</button>
            </div>
            { query.filters.view(context, lang) }
        </form>
    }
}
