//! `/s/{code}`: what is registered of a subject, and its records.

use credit_api::body::RecordItem;
use credit_api::path;
use credit_badge::labels;
use credit_core::lang::{Text, text};
use credit_core::subject::Subject;
use maud::{Markup, html};

use super::{Presentation, back, record, report};

const CARD: Text = text("信用名片", "Credit card");
const PRINT: Text = text("打印名片和门贴", "Print a card or a door sticker");
const CARD_NOTE: Text = text(
    "以下为登记信息。启用脚本后，这里会显示经过核验的信用名片。",
    "Below is what is registered. With scripts enabled, the verified credit card is shown here.",
);

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
        p.actions {
            a href=(presentation.address(&path::report_page(&subject.code))) { (report::TITLE.in_lang(lang)) }
            " "
            a href=(presentation.address(&path::print_page(&subject.code))) { (PRINT.in_lang(lang)) }
        }
        section id="registration" {
            h2 { (record::REGISTRATION.in_lang(lang)) }
            dl {
                @for (label, value) in labels::registered(subject, lang) {
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
