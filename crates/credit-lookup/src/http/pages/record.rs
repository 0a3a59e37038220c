//! The records on a subject's page: a table of contents, a section for each
//! dataset, an article for each record.

use credit_api::body::{RecordField, RecordItem};
use credit_api::path;
use credit_badge::labels;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, Text, text};
use credit_core::record::{Dataset, Field, FieldKind};
use maud::{Markup, html};

use super::{Presentation, outside};

const CONTENTS: Text = text("本页目录", "On this page");
pub(super) const REGISTRATION: Text = text("登记信息", "Registration");
const RECORDS: Text = text("公示信息", "Published records");
const NONE: Text = text(
    "目前没有可以公示的记录。",
    "At present there are no records that may be published.",
);
const FULL_LIST: Text = text("查看全部记录（数据格式）", "All records (as data)");
const CONTESTED: Text = text("异议中", "Contested");
const CONTESTED_NOTE: Text = text(
    "当事人对本条信息提出了异议，尚在处理。",
    "The party concerned has objected to this record; the objection is being handled.",
);
const BASIS: Text = text("公示依据", "Published under");
const UNTIL: Text = text("公示期至", "Shown until");
const NO_END: Text = text("未设公示截止日期", "shown without end date");

/// Fields that can head a record, the first that it has; the others stay below.
const HEADINGS: [&str; 8] = [
    "title",
    "list",
    "product",
    "scheme",
    "type",
    "agency-kind",
    "number",
    "area",
];

/// Of the same code on every page of a subject: its heading says it.
const HOLDER: &str = "holder-code";

/// Links to what follows, with counts; nothing where nothing follows.
pub(super) fn contents(records: &[RecordItem], presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    html! {
        @if !records.is_empty() {
            nav.toc aria-label=(CONTENTS.in_lang(lang)) {
                h2 { (CONTENTS.in_lang(lang)) }
                ul {
                    li { a href="#registration" { (REGISTRATION.in_lang(lang)) } }
                    @for group in groups(records) {
                        li {
                            a href={ "#" (anchor(group)) } { (title(group, lang)) }
                            " " span.count { (group.len()) }
                        }
                    }
                }
            }
        }
    }
}

/// All records of the subject with this code.
pub(super) fn records(
    code: &SubjectCode,
    records: &[RecordItem],
    has_more: bool,
    presentation: Presentation,
) -> Markup {
    let lang = presentation.lang;
    html! {
        @if records.is_empty() {
            section {
                h2 { (RECORDS.in_lang(lang)) }
                p { (NONE.in_lang(lang)) }
            }
        }
        @for group in groups(records) {
            section id=(anchor(group)) {
                h2 { (title(group, lang)) " " span.count { (group.len()) } }
                @for record in group { (article(record, presentation)) }
            }
        }
        @if has_more {
            p.note {
                (first_only(records.len(), lang)) " "
                a href=(path::RECORDS.replace("{code}", code.as_str())) { (FULL_LIST.in_lang(lang)) }
            }
        }
    }
}

fn first_only(count: usize, lang: Lang) -> String {
    match lang {
        Lang::ZhCn => format!("记录较多，本页只显示前 {count} 条。"),
        Lang::En => format!("There are more records; this page shows the first {count} only."),
    }
}

fn article(record: &RecordItem, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    let heading = HEADINGS
        .iter()
        .find_map(|name| record.fields.iter().find(|field| field.name == *name));
    let below = record.fields.iter().filter(|field| {
        field.name != HOLDER && heading.is_none_or(|heading| heading.name != field.name)
    });
    html! {
        article {
            h3 {
                @match heading {
                    Some(field) => { (field.value) }
                    None => { (dataset_title(&record.kind, lang)) }
                }
                @if record.is_contested { " " strong.flag { (CONTESTED.in_lang(lang)) } }
            }
            @if record.is_contested { p.note { (CONTESTED_NOTE.in_lang(lang)) } }
            dl {
                @for field in below {
                    dt { (field.label) }
                    dd { (value(&record.kind, field)) }
                }
            }
            (origin(record, presentation))
        }
    }
}

/// Where a record comes from, and by which rule and until when it is shown.
fn origin(record: &RecordItem, presentation: Presentation) -> Markup {
    let (lang, colon) = (presentation.lang, presentation.colon());
    html! {
        p.note {
            (labels::SOURCE.in_lang(lang)) (colon) (record.source.unit)
            " · " (labels::AS_OF.in_lang(lang)) " " (record.source.as_of)
            br;
            (BASIS.in_lang(lang)) (colon) (record.rule.basis)
            " · "
            @match record.until {
                Some(date) => { (UNTIL.in_lang(lang)) (colon) (date) }
                None => { (NO_END.in_lang(lang)) }
            }
        }
    }
}

fn value(kind: &str, field: &RecordField) -> Markup {
    let known = known_field(kind, &field.name);
    html! {
        @if known.is_some_and(|known| known.kind == FieldKind::Url) { (outside(&field.value)) }
        @else { (field.value) }
    }
}

fn known_field(kind: &str, name: &str) -> Option<&'static Field> {
    let dataset = Dataset::named(kind).ok()?;
    dataset.fields.iter().find(|field| field.name == name)
}

/// The records of each dataset, which stand behind each other.
fn groups(records: &[RecordItem]) -> impl Iterator<Item = &[RecordItem]> {
    records.chunk_by(|one, next| one.kind == next.kind)
}

fn kind_of(group: &[RecordItem]) -> &str {
    group.first().map_or("", |record| record.kind.as_str())
}

fn anchor(group: &[RecordItem]) -> String {
    format!("records-{}", kind_of(group))
}

fn title(group: &[RecordItem], lang: Lang) -> &str {
    dataset_title(kind_of(group), lang)
}

fn dataset_title(kind: &str, lang: Lang) -> &str {
    Dataset::named(kind).map_or(kind, |dataset| dataset.title.in_lang(lang))
}
