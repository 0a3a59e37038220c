//! A batch of a product, its chain and its producer.

use credit_api::body::RecordItem;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, Text, text};
use credit_core::text::is_same_word;
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::card::{Card, card};
use credit_parts::html;
use yew::prelude::*;

use super::{Message, Trace};
use crate::panel::embedded;
use crate::piece::Context;
use crate::record::{facts, origin, outward, value};

const CHAIN: Text = text("流通环节", "Chain");
const RECALLED: Text = text("产品召回", "Recall");
const BATCH: Text = text("批次 ", "batch ");
const PRODUCER: Text = text("生产单位", "Producer");
const OPEN: Text = text("查看信用名片", "See its credit card");
const CLOSE: Text = text("收起信用名片", "Close the credit card");
const TO_PAGE: Text = text("追溯查询网址", "Page of the producer");

/// Whether this is the batch with that number.
pub(super) fn is_of(item: &RecordItem, number: &str) -> bool {
    value(item, "batch").is_some_and(|batch| is_same_word(batch, number))
}

/// What is said where a last day is over; the day is that of China.
pub(super) fn over(last: &str, lang: Lang) -> Option<String> {
    let today = credit_client::now().date_in_china().text();
    let sentence = match lang {
        Lang::ZhCn => ["已过保质期或者有效期：至", last, "，今天是", &today, "。"],
        Lang::En => [
            "Past its date: good until ",
            last,
            ", today is ",
            &today,
            " (China).",
        ],
    };
    // Days of the calendar are in the order of their text.
    (last < today.as_str()).then(|| sentence.concat())
}

/// A recall of this batch, in a sentence.
pub(super) fn recalled(item: &RecordItem, lang: Lang) -> Option<String> {
    let recall = value(item, "recall")?;
    let mut said = RECALLED.in_lang(lang).to_owned();
    if let Some(batch) = value(item, "batch") {
        let which = [text("，", ", ").in_lang(lang), BATCH.in_lang(lang), batch];
        said.push_str(&which.concat());
    }
    said.push_str(text("：", ": ").in_lang(lang));
    said.push_str(recall);
    Some(said)
}

/// What is known of a batch.
pub(super) fn batch(item: &RecordItem, lang: Lang) -> Html {
    let rows = facts(
        item,
        &[
            "trace-code-kind",
            "trace-code",
            "specification",
            "batch",
            "origin",
            "produced",
            "expires",
            "licence",
            "inspection",
            "recall",
        ],
    );
    let flag = value(item, "batch").map(|batch| [BATCH.in_lang(lang), batch].concat());
    let steps = steps(value(item, "chain").unwrap_or_default());
    let over = value(item, "expires").and_then(|last| over(last, lang));
    let url = value(item, "url").unwrap_or_default();
    let action = html! {
        <>
            <div key="chain" class="whole" hidden={steps.is_empty()}>
                <p class="record-title">{ CHAIN.in_lang(lang) }</p>
                <ol class="chain">
                    { for steps.iter().enumerate().map(|(index, step)| html! { <li key={index}>{ step.trim() }</li> }) }
                </ol>
            </div>
            <p key="over" class="words failed whole" hidden={over.is_none()}>{ over.unwrap_or_default() }</p>
            <p key="page" class="action">{ outward(url, TO_PAGE.in_lang(lang)) }</p>
        </>
    };
    card(&Card {
        title: value(item, "product").unwrap_or_default(),
        flag: flag.as_deref().unwrap_or_default(),
        facts: &rows,
        source: &origin(item, lang),
        action,
    })
}

/// The steps of a chain, as feeds write them in one line.
fn steps(chain: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    for character in chain.chars() {
        match (character, steps.last_mut()) {
            ('→' | '⇒' | '➔' | '➜' | '>' | '›' | '\n' | '；', Some(step)) => {
                // Of arrows that are drawn with signs: `->`, `=>`.
                while step.ends_with(['-', '=', '—']) {
                    step.pop();
                }
                steps.push(String::new());
            }
            (_, Some(step)) => step.push(character),
            (_, None) => {}
        }
    }
    steps.retain(|step| !step.trim().is_empty());
    steps
}

/// Who made it, once each, with a card that opens.
pub(super) fn producer(
    trace: &Trace,
    items: &[RecordItem],
    context: &Context<Trace>,
    lang: Lang,
) -> Html {
    let options = &context.props().options;
    let mut known: Vec<SubjectCode> = Vec::new();
    let mut producers = Vec::new();
    for item in items {
        let code = value(item, "holder-code").unwrap_or_default();
        let Ok(code) = SubjectCode::as_published(code) else {
            continue;
        };
        if known.contains(&code) {
            continue;
        }
        known.push(code);
        let is_open = trace.opened == Some(code);
        let open = context.link().callback(move |()| Message::Open(code));
        let label = if is_open { CLOSE } else { OPEN };
        producers.push(html! {
            <div key={code.to_string()}>
                <p key="name" class="name">{ value(item, "holder-name").unwrap_or_default() }</p>
                <p key="code" class="code">{ code.as_str() }</p>
                <p key="open" class="action">{ button(label.in_lang(lang), Rank::Second, Readiness::Ready, open) }</p>
                <div key="card">
                    if is_open { { embedded(&code, &options.common, options.issuer.clone()) } }
                </div>
            </div>
        });
    }
    html! {
        <section class="record" hidden={producers.is_empty()}>
            <h3 key="title" class="record-title">{ PRODUCER.in_lang(lang) }</h3>
            <div key="all" class="tiles">{ for producers }</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_its_steps_however_they_are_joined() {
        for chain in ["甲厂→乙仓→丙店", "甲厂 -> 乙仓 => 丙店", "甲厂\n乙仓；丙店"]
        {
            let steps = steps(chain);
            let steps: Vec<&str> = steps.iter().map(|step| step.trim()).collect();
            assert_eq!(steps, ["甲厂", "乙仓", "丙店"], "{chain}");
        }
        assert_eq!(steps("甲厂-乙仓"), ["甲厂-乙仓"]);
        assert!(steps("").is_empty());
    }
}
