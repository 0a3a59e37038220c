//! What visitors ask with: a line to type into, a menu to choose from.

use credit_core::lang::{Lang, Text, text};
use credit_parts::choice::{Item, Kind, choice};
use credit_parts::field::{Field, Need};
use credit_parts::html;
use web_sys::HtmlInputElement;
use yew::prelude::*;

const ALL: Text = text("全部", "All");

/// A line to type into, and its button.
pub(crate) struct Line {
    /// What it is called.
    pub label: Text,
    /// What can be typed.
    pub hint: Text,
    /// What the button says.
    pub button: Text,
}

/// Shows it. What stands in it is read when it is sent and not before: by then an
/// input method has composed all of it.
pub(crate) fn line(line: &Line, input: &NodeRef, onsent: Callback<()>, lang: Lang) -> Html {
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        onsent.emit(());
    });
    html! {
        <form role="search" {onsubmit} class="form" part="form">
            <label key="label" for="q" class="label" part="label">{ line.label.in_lang(lang) }</label>
            <p key="hint" id="q-hint" class="hint">{ line.hint.in_lang(lang) }</p>
            <div key="line" class="line">
                <input ref={input.clone()} id="q" class="input" part="input" type="search" aria-describedby="q-hint"
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" />
                <button type="submit" class="button" part="button">{ line.button.in_lang(lang) }</button>
            </div>
        </form>
    }
}

/// What stands in a line.
pub(crate) fn typed(input: &NodeRef) -> String {
    let input = input.cast::<HtmlInputElement>();
    let text = input.map(|input| input.value()).unwrap_or_default();
    text.trim().to_owned()
}

/// Puts `text` into a line, because an attribute says it.
pub(crate) fn fill(input: &NodeRef, text: &str) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        input.set_value(text);
    }
}

/// A menu of `options`, a value and a label each, that begins with all of them.
pub(crate) fn menu(
    id: &str,
    label: Text,
    options: &[(String, String)],
    chosen: &str,
    lang: Lang,
    onchosen: Callback<(String, bool)>,
) -> Html {
    let field = Field {
        id,
        label: label.in_lang(lang),
        hint: "",
        error: "",
        need: Need::Required,
        lang,
    };
    let mut items = vec![Item {
        value: "",
        label: ALL.in_lang(lang),
        hint: "",
    }];
    items.extend(options.iter().map(|(value, label)| Item {
        value,
        label,
        hint: "",
    }));
    choice(&field, Kind::Menu, &items, &[chosen], onchosen)
}
