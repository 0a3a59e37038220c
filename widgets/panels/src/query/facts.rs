//! 登记信息

use credit_api::body::SubjectBody;
use credit_badge::labels;
use credit_core::lang::{Lang, Text, text};
use credit_parts::card;
use credit_parts::html;
use yew::prelude::*;

const TITLE: Text = text("登记信息", "Registration");

/// What is registered, in the order in which it is shown; nothing where the source
/// does not say it.
pub(super) fn rows(record: &SubjectBody, lang: Lang) -> [(Text, Option<String>); 10] {
    let mut code = record.code.as_str().to_owned();
    if record.code_problem.is_some() {
        let between = text("，", ", ").in_lang(lang);
        code = [&code, between, labels::CODE_FLAG.in_lang(lang)].concat();
    }
    let mut former = String::new();
    for name in &record.former_names {
        if !former.is_empty() {
            former.push_str(text("、", "; ").in_lang(lang));
        }
        former.push_str(name.as_str());
    }
    let said = |text: Text| Some(text.in_lang(lang).to_owned());
    let capital = record.capital.as_ref();
    [
        (labels::CODE, Some(code)),
        (
            labels::FORMER_NAMES,
            Some(former).filter(|names| !names.is_empty()),
        ),
        (labels::KIND, said(labels::kind(record.kind))),
        (labels::STATUS, said(labels::status(record.status))),
        (
            labels::ESTABLISHED,
            record.established.map(|date| date.text()),
        ),
        (labels::ENTITY_TYPE, record.entity_type.clone()),
        (labels::CAPITAL, capital.map(|capital| capital.text.clone())),
        (labels::REGION, record.region.clone()),
        (labels::ADDRESS, record.address.clone()),
        (labels::SCOPE, record.scope.clone()),
    ]
}

/// Shows it, with its source.
pub(super) fn registered(record: &SubjectBody, lang: Lang) -> Html {
    let known = |(label, value): (Text, Option<String>)| Some((label.in_lang(lang), value?));
    let rows: Vec<(&str, String)> = rows(record, lang).into_iter().filter_map(known).collect();
    html! {
        <div class="record" part="record">
            <h3 class="record-title">{ TITLE.in_lang(lang) }</h3>
            { card::facts(&rows) }
            <p class="source">{ source(record, lang) }</p>
        </div>
    }
}

/// 来源 and its day.
pub(super) fn source(record: &SubjectBody, lang: Lang) -> String {
    [
        labels::SOURCE.in_lang(lang),
        text("：", ": ").in_lang(lang),
        &record.source.unit,
        " · ",
        labels::AS_OF.in_lang(lang),
        " ",
        &record.source.as_of.text(),
    ]
    .concat()
}
