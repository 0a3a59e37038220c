//! The records, by kind.

use credit_api::body::RecordItem;
use credit_api::self_query::SelfQueryAnswer;
use credit_core::date::Timestamp;
use credit_core::lang::{Lang, Text, text};
use credit_parts::html;
use yew::prelude::*;

use crate::record::{entry, row, title};

const NUMBER: Text = text("查询编号", "Number of the query");
const AT: Text = text("查询时间（北京时间）", "Time of the query (China)");
const NONE: Text = text(
    "没有查到与您有关的记录。",
    "Nothing is recorded about you here.",
);
const CUT: Text = text(
    "记录较多，这里没有全部列出。",
    "There are more records than are listed here.",
);

/// All of the answer.
pub(super) fn records(answer: &SelfQueryAnswer, lang: Lang) -> Html {
    let mut kinds: Vec<(&str, Vec<&RecordItem>)> = Vec::new();
    for item in &answer.records {
        match kinds.iter_mut().find(|(kind, _)| *kind == item.kind) {
            Some((_, items)) => items.push(item),
            None => kinds.push((item.kind.as_str(), vec![item])),
        }
    }
    let about = [(NUMBER, answer.number.clone()), (AT, time(&answer.at))];
    html! {
        <>
            <dl class="facts" key="about">
                { for about.into_iter().map(|(label, value)| row(label.en, label.in_lang(lang), &value)) }
            </dl>
            <p key="cut" class="words" hidden={!answer.is_cut}>{ CUT.in_lang(lang) }</p>
            <p key="none" class="words" hidden={!answer.records.is_empty()}>{ NONE.in_lang(lang) }</p>
            <div key="kinds">
                { for kinds.into_iter().map(|(kind, items)| group(kind, &items, lang)) }
            </div>
        </>
    }
}

fn group(kind: &str, items: &[&RecordItem], lang: Lang) -> Html {
    let title = title(kind, lang);
    let title = match lang {
        Lang::ZhCn => format!("{title}（{}条）", items.len()),
        Lang::En => format!("{title} ({})", items.len()),
    };
    html! {
        <section key={kind.to_owned()} class="record" part="record">
            <h3 key="title" class="record-title">{ title }</h3>
            <div key="items">
                { for items.iter().enumerate().map(|(index, item)| entry(index, item, &[], lang)) }
            </div>
        </section>
    }
}

/// Day and minute in China; what is no time stays as it is.
fn time(at: &str) -> String {
    let milliseconds = js_sys::Date::parse(at);
    if milliseconds.is_nan() {
        return at.to_owned();
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole seconds, and a cast of a double ends at the bounds"
    )]
    let moment = Timestamp::from_unix((milliseconds / 1000.0) as i64);
    let (hour, minute, _) = moment.time_in_china();
    format!("{} {hour:02}:{minute:02}", moment.date_in_china())
}
