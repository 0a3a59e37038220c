//! 选择: one of a few, some of a few, one of many.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::html;

use crate::field::Field;

/// Something that can be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What it is to the program.
    pub value: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// What helps; may be empty.
    pub hint: &'a str,
}

/// How it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One, all of them in sight: up to about seven.
    One,
    /// Any number.
    Some,
    /// One out of a list that opens.
    Menu,
}

/// A choice; `chosen` are values. `onchosen` gets a value and whether it is chosen
/// now.
pub fn choice(
    field: &Field<'_>,
    kind: Kind,
    items: &[Item<'_>],
    chosen: &[&str],
    onchosen: Callback<(String, bool)>,
) -> Html {
    match kind {
        Kind::Menu => field.around(menu(field, items, chosen, onchosen)),
        Kind::One | Kind::Some => html! {
            <fieldset class={field.class()} part="field"
                // The first of them is where an error summary leads.
                role={(kind == Kind::One).then_some("radiogroup")}
                aria-describedby={field.described()}
                // Of a group of boxes the boxes say it.
                aria-invalid={field.is_wrong().filter(|_| kind == Kind::One)}
                aria-required={field.is_required().filter(|_| kind == Kind::One)}>
                <legend key="label" class="label" part="label">{ field.name() }</legend>
                { field.help() }
                <div key="control" class="choices">
                    { for items.iter().enumerate().map(|(index, item)| {
                        box_of(field, kind, index, item, chosen, &onchosen)
                    }) }
                </div>
            </fieldset>
        },
    }
}

fn box_of(
    field: &Field<'_>,
    kind: Kind,
    index: usize,
    item: &Item<'_>,
    chosen: &[&str],
    onchosen: &Callback<(String, bool)>,
) -> Html {
    let id = match index {
        0 => field.id.to_owned(),
        _ => format!("{}-{index}", field.id),
    };
    let value = item.value.to_owned();
    let onchosen = onchosen.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            onchosen.emit((value.clone(), input.checked()));
        }
    });
    let hint = format!("{id}-of");
    html! {
        <div key={item.value.to_owned()} class="choice" part="choice">
            <input {id} type={if kind == Kind::One { "radio" } else { "checkbox" }} name={field.id.to_owned()}
                value={item.value.to_owned()} checked={chosen.contains(&item.value)} {onchange}
                aria-invalid={field.is_wrong().filter(|_| kind == Kind::Some)}
                aria-describedby={(!item.hint.is_empty()).then(|| hint.clone())} />
            <div class="said">
                <label for={if index == 0 { field.id.to_owned() } else { format!("{}-{index}", field.id) }}>{ item.label }</label>
                <span class="hint" id={hint} hidden={item.hint.is_empty()}>{ item.hint }</span>
            </div>
        </div>
    }
}

fn menu(
    field: &Field<'_>,
    items: &[Item<'_>],
    chosen: &[&str],
    onchosen: Callback<(String, bool)>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let select = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            onchosen.emit((select.value(), true));
        }
    });
    html! {
        // Once somebody has chosen, `selected` says nothing any more.
        <select id={field.id.to_owned()} class="input" part="input" {onchange} ~value={chosen.first().copied().unwrap_or_default()} aria-describedby={field.described()}
            aria-invalid={field.is_wrong()} aria-required={field.is_required()}>
            { for items.iter().map(|item| html! {
                <option key={item.value.to_owned()} value={item.value.to_owned()} selected={chosen.contains(&item.value)}>
                    { item.label }
                </option>
            }) }
        </select>
    }
}
