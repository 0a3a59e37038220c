//! 输入项: a label, what helps, what is wrong, and something to type into.

use credit_core::lang::{Lang, Text, text};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::html;

const OPTIONAL: Text = text("（选填）", " (optional)");
const WRONG: Text = text("有误：", "Error: ");

/// Whether something has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// 必填. Not marked: most are, and the others say so.
    Required,
    /// 选填
    Optional,
}

/// What stands around a control.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The control's id, by which an error summary finds it.
    pub id: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// What helps; may be empty.
    pub hint: &'a str,
    /// What is wrong with what was typed; empty where nothing is.
    pub error: &'a str,
    /// Whether it has to be filled in.
    pub need: Need,
    /// Language of what is added.
    pub lang: Lang,
}

/// What a control is for, which decides keyboard and form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// One line.
    Line,
    /// So many lines.
    Lines(u32),
    /// Digits, perhaps with a point.
    Digits,
    /// A telephone number.
    Telephone,
}

impl Field<'_> {
    /// What the control is described by.
    pub(crate) fn described(&self) -> Option<String> {
        let parts = [("hint", self.hint), ("error", self.error)];
        let ids = parts.iter().filter(|(_, said)| !said.is_empty());
        let ids: Vec<String> = ids.map(|(part, _)| format!("{}-{part}", self.id)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// What a control says of itself besides.
    pub(crate) fn is_wrong(&self) -> Option<&'static str> {
        (!self.error.is_empty()).then_some("true")
    }

    /// What a control says of itself besides.
    pub(crate) fn is_required(&self) -> Option<&'static str> {
        (self.need == Need::Required).then_some("true")
    }

    /// Its class.
    pub(crate) fn class(&self) -> &'static str {
        match self.is_wrong() {
            Some(_) => "field wrong",
            None => "field",
        }
    }

    /// Label, hint and error around `control`.
    pub(crate) fn around(&self, control: Html) -> Html {
        html! {
            <div class={self.class()} part="field">
                <label key="label" class="label" part="label" for={self.id.to_owned()}>{ self.name() }</label>
                { self.help() }
                <div key="control" class="control">{ control }</div>
            </div>
        }
    }

    /// The label, which says when nothing has to be there.
    pub(crate) fn name(&self) -> Html {
        let optional = match self.need {
            Need::Required => "",
            Need::Optional => OPTIONAL.in_lang(self.lang),
        };
        html! { <>{ self.label }<span class="optional">{ optional }</span></> }
    }

    /// Hint and error, before the control: an on-screen keyboard hides what is
    /// below it.
    pub(crate) fn help(&self) -> Html {
        let wrong = WRONG.in_lang(self.lang);
        html! {
            <div key="help">
                <p key="hint" class="hint" part="hint" id={format!("{}-hint", self.id)} hidden={self.hint.is_empty()}>
                    { self.hint }
                </p>
                <p key="error" class="problem" part="problem" id={format!("{}-error", self.id)} hidden={self.error.is_empty()}>
                    <span class="unseen">{ wrong }</span>{ self.error }
                </p>
            </div>
        }
    }
}

/// A field to type into. `limit` is how many characters are taken, and it is the
/// rule's own number.
pub fn text_field(
    field: &Field<'_>,
    value: &str,
    purpose: Purpose,
    limit: usize,
    ontyped: Callback<String>,
) -> Html {
    let limit = limit.to_string();
    let mode = match purpose {
        Purpose::Digits => Some("decimal"),
        Purpose::Telephone => Some("tel"),
        Purpose::Line | Purpose::Lines(_) => None,
    };
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(typed) = typed(&event) {
            ontyped.emit(typed);
        }
    });
    let control = match purpose {
        Purpose::Lines(rows) => html! {
            <textarea id={field.id.to_owned()} class="input" part="input" rows={rows.to_string()} maxlength={limit}
                value={value.to_owned()} {oninput} aria-describedby={field.described()}
                aria-invalid={field.is_wrong()} aria-required={field.is_required()} />
        },
        _ => html! {
            <input id={field.id.to_owned()} class="input" part="input" type="text" maxlength={limit} inputmode={mode}
                autocomplete="off" value={value.to_owned()} {oninput} aria-describedby={field.described()}
                aria-invalid={field.is_wrong()} aria-required={field.is_required()} />
        },
    };
    field.around(control)
}

/// What stands in a control now.
fn typed(event: &InputEvent) -> Option<String> {
    let target = event.target()?;
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => Some(input.value()),
        Err(other) => Some(other.dyn_into::<HtmlTextAreaElement>().ok()?.value()),
    }
}
