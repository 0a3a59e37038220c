//! 日期: typed as people write it, with what was understood beside it. No picker
//! of ours: those of browsers cannot be read by everybody, and typing eight digits
//! is quicker than finding a day of 1998.

use credit_core::date::Date;
use credit_core::lang::{Lang, Text, text};
use credit_core::typed;
use yew::prelude::*;

use crate::html;

use crate::field::{Field, Purpose, text_field};

const UNDERSTOOD: Text = text("即 ", "That is ");

/// Days of the week from that of 1970-01-01, a Thursday.
const WEEK: [Text; 7] = [
    text("星期四", "Thursday"),
    text("星期五", "Friday"),
    text("星期六", "Saturday"),
    text("星期日", "Sunday"),
    text("星期一", "Monday"),
    text("星期二", "Tuesday"),
    text("星期三", "Wednesday"),
];

/// Digits of a day with signs between them, and room for slips.
const LIMIT: usize = 20;

/// A field for a day; `value` is what was typed.
pub fn date_field(field: &Field<'_>, value: &str, ontyped: Callback<String>) -> Html {
    let understood = typed::date(value).map(|date| understood(date, field.lang));
    html! {
        <div class="date" part="date">
            { text_field(field, value, Purpose::Line, LIMIT, ontyped) }
            <output key="understood" class="understood" part="understood" for={field.id.to_owned()}>
                { understood.unwrap_or_default() }
            </output>
        </div>
    }
}

fn understood(date: Date, lang: Lang) -> String {
    let day = usize::try_from(date.days_since_epoch().rem_euclid(7)).unwrap_or_default();
    format!(
        "{}{}{}{}",
        UNDERSTOOD.in_lang(lang),
        date.in_words(lang),
        text("，", ", ").in_lang(lang),
        WEEK[day].in_lang(lang)
    )
}
