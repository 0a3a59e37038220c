//! 选项卡

use web_sys::Element;
use yew::prelude::*;

use crate::html;

use crate::focus;

/// A tab.
#[derive(Clone, Debug)]
pub struct Tab<'a> {
    /// What it is called.
    pub label: &'a str,
    /// How many things are in it.
    pub count: Option<usize>,
}

/// Tabs with the content of the chosen one. The keyboard has one stop for all of
/// them and arrows between them.
pub fn tabs(
    id: &str,
    label: &str,
    tabs: &[Tab<'_>],
    chosen: usize,
    onchosen: Callback<usize>,
    content: Html,
) -> Html {
    let chosen = chosen.min(tabs.len().saturating_sub(1));
    let heads = tabs
        .iter()
        .enumerate()
        .map(|(index, tab)| head(id, tabs.len(), index, tab, index == chosen, &onchosen));
    html! {
        <div class="tabs" part="tabs">
            <div key="list" class="tab-list" role="tablist" aria-label={label.to_owned()}>{ for heads }</div>
            <div key="panel" class="tab-panel" role="tabpanel" id={format!("{id}-panel")} tabindex="0"
                aria-labelledby={format!("{id}-{chosen}")}>
                // Its own for each, or what was typed in one would show in another.
                <div key={chosen}>{ content }</div>
            </div>
        </div>
    }
}

fn head(
    id: &str,
    count: usize,
    index: usize,
    tab: &Tab<'_>,
    is_chosen: bool,
    onchosen: &Callback<usize>,
) -> Html {
    let chosen = onchosen.clone();
    let onclick = Callback::from(move |_: MouseEvent| chosen.emit(index));
    let chosen = onchosen.clone();
    let ids = id.to_owned();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (index + 1) % count,
            "ArrowLeft" | "ArrowUp" => (index + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        let from: Option<Element> = focus::at(&event);
        if let Some(from) = from {
            focus::to_id(&from, &format!("{ids}-{to}"));
        }
        chosen.emit(to);
    });
    html! {
        <button key={index} type="button" class="tab" part="tab" role="tab" id={format!("{id}-{index}")}
            aria-selected={if is_chosen { "true" } else { "false" }} aria-controls={format!("{id}-panel")}
            tabindex={if is_chosen { "0" } else { "-1" }} {onclick} {onkeydown}>
            { tab.label }
            <span class="count" hidden={tab.count.is_none()}>{ tab.count.map(|count| count.to_string()) }</span>
        </button>
    }
}
