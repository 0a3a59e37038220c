//! 金额: typed as people write it, with what was understood beside it.

use credit_core::lang::{Text, text};
use credit_core::typed;
use yew::prelude::*;

use crate::html;

use crate::field::{Field, Purpose, text_field};

const UNDERSTOOD: Text = text("即 ", "That is ");

/// Thirteen digits with commas, a unit and a currency.
const LIMIT: usize = 30;

/// A field for an amount of renminbi; `value` is what was typed.
pub fn amount_field(field: &Field<'_>, value: &str, ontyped: Callback<String>) -> Html {
    let understood = typed::amount(value).map(|amount| {
        format!(
            "{}{}",
            UNDERSTOOD.in_lang(field.lang),
            amount.label(field.lang)
        )
    });
    html! {
        <div class="amount" part="amount">
            // Not a keyboard of digits alone: 万 is typed, too.
            { text_field(field, value, Purpose::Line, LIMIT, ontyped) }
            <output key="understood" class="understood" part="understood" for={field.id.to_owned()}>
                { understood.unwrap_or_default() }
            </output>
        </div>
    }
}
