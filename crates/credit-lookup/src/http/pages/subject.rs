//! `/s/{code}`: what is registered of a subject, and its records.

use credit_api::body::RecordItem;
use credit_badge::labels;
use credit_core::lang::{Lang, Text, text};
use credit_core::subject::{Subject, SubjectKind};
use maud::{Markup, html};

use super::{Presentation, back, record};

const CARD: Text = text("信用名片", "Credit card");
const CARD_NOTE: Text = text(
    "以下为登记信息。启用脚本后，这里会显示经过核验的信用名片。",
    "Below is what is registered. With scripts enabled, the verified credit card is shown here.",
);
const FORMER_NAMES: Text = text("曾用名", "Former names");

/// The page of a subject. `records` are those that outsiders may see, those of
/// one kind behind each other; with `has_more` they are not all.
pub(crate) fn subject(
    subject: &Subject,
    records: &[RecordItem],
    has_more: bool,
    presentation: Presentation,
) -> Markup {
    let lang = presentation.lang;
    html! {
        h1 { (subject.name) }
        p.code {
            (labels::CODE.in_lang(lang)) " " code { (subject.code) }
            @if subject.code.problem().is_some() {
                " " strong.flag { (labels::CODE_FLAG.in_lang(lang)) }
            }
        }
        (record::contents(records, presentation))
        section.card aria-label=(CARD.in_lang(lang)) {
            credit-card code=(subject.code) lang=(lang.tag()) size=[presentation.size()] {
                p.note { (CARD_NOTE.in_lang(lang)) }
            }
        }
        section id="registration" {
            h2 { (record::REGISTRATION.in_lang(lang)) }
            dl {
                @for (label, value) in facts(subject, lang) {
                    dt { (label.in_lang(lang)) }
                    dd { (value) }
                }
            }
            p.note {
                (labels::SOURCE.in_lang(lang)) (presentation.colon()) (subject.source.unit)
                " · " (labels::AS_OF.in_lang(lang)) " " (subject.source.as_of)
            }
        }
        (record::records(&subject.code, records, has_more, presentation))
        (back(presentation))
    }
}

/// What is registered, as far as the source says it.
fn facts(subject: &Subject, lang: Lang) -> Vec<(Text, String)> {
    let owned = |text: &'static str| Some(text.to_owned());
    let former: Vec<&str> = subject
        .former_names
        .iter()
        .map(|name| name.as_str())
        .collect();
    let former = former.join(text("、", "; ").in_lang(lang));
    let kind = SubjectKind::of(&subject.code);
    let capital = subject.capital.as_ref();
    let facts = [
        (FORMER_NAMES, Some(former).filter(|names| !names.is_empty())),
        (labels::KIND, owned(labels::kind(kind).in_lang(lang))),
        (
            labels::STATUS,
            owned(labels::status(subject.status).in_lang(lang)),
        ),
        (
            labels::ESTABLISHED,
            subject.established.map(|date| date.to_string()),
        ),
        (labels::ENTITY_TYPE, subject.entity_type.clone()),
        (
            labels::CAPITAL,
            capital.map(|capital| capital.text().to_owned()),
        ),
        (labels::REGION, subject.region.clone()),
        (labels::ADDRESS, subject.address.clone()),
        (labels::SCOPE, subject.scope.clone()),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?)));
    known.collect()
}
