//! A record as people read it: its fields, whether somebody objects, where it comes
//! from, by which rule and how long it is shown.

use credit_api::body::RecordItem;
use credit_api::path;
use credit_badge::labels;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, Text, text};
use credit_parts::html;
use yew::prelude::*;

const UNTIL: Text = text("公示至", "shown until");
pub(crate) const CONTESTED: Text = text("异议处理中", "An objection is being dealt with");
const RULE: Text = text("公示依据", "Shown by");

/// What the datasets are called that can speak of a subject or a person: the tables
/// of the core would bring all fields of all datasets with them.
static TITLES: [(&str, Text); 10] = [
    ("licences", text("行政许可", "Licences")),
    ("penalties", text("行政处罚", "Penalties")),
    ("lists", text("严重失信主体名单和异常名录", "Lists")),
    ("judgments", text("失信被执行人", "Judgment defaulters")),
    ("commitments", text("信用承诺", "Commitments")),
    ("fulfilments", text("履约践诺", "Fulfilments")),
    ("grades", text("信用评价", "Grades")),
    ("honours", text("守信荣誉", "Honours")),
    ("objections", text("异议标注", "Objections")),
    ("repairs", text("信用修复", "Repairs")),
];

/// What people call a dataset; its own name where it is none of them.
pub(crate) fn title(kind: &str, lang: Lang) -> &str {
    let known = TITLES.iter().find(|(name, _)| *name == kind);
    known.map_or(kind, |(_, title)| title.in_lang(lang))
}

/// The record with all its fields but those in `hidden`, which stand elsewhere.
pub(crate) fn entry(key: usize, item: &RecordItem, hidden: &[&str], lang: Lang) -> Html {
    let fields = item
        .fields
        .iter()
        .filter(|field| !hidden.contains(&field.name.as_str()));
    html! {
        <article {key} class="entry" part="entry">
            <dl class="facts" part="facts" key="fields">
                { for fields.map(|field| row(&field.name, &field.label, &field.value)) }
            </dl>
            <p key="contested" class="contested" hidden={!item.is_contested}>{ CONTESTED.in_lang(lang) }</p>
            <p key="source" class="source">{ origin(item, lang) }</p>
        </article>
    }
}

/// A fact.
pub(crate) fn row(key: &str, label: &str, value: &str) -> Html {
    html! { <div key={key.to_owned()}><dt>{ label }</dt><dd>{ value }</dd></div> }
}

/// The fields in `names`, in that order, as a card lists them.
pub(crate) fn facts<'a>(item: &'a RecordItem, names: &[&str]) -> Vec<(&'a str, String)> {
    let field = |name: &&str| item.fields.iter().find(|field| field.name == **name);
    let fields = names.iter().filter_map(field);
    fields
        .map(|field| (field.label.as_str(), field.value.clone()))
        .collect()
}

/// A grade in words: scheme, version, level, who gave it and when.
pub(crate) fn grade(item: &RecordItem, lang: Lang) -> String {
    let mut said = String::new();
    let [open, comma, close] = match lang {
        Lang::ZhCn => ["（", "，", "）"],
        Lang::En => [" (", ", ", ")"],
    };
    let parts = [
        ("scheme", ""),
        ("version", " "),
        ("level", " "),
        ("unit", open),
        ("decided", comma),
    ];
    for (name, before) in parts {
        if let Some(value) = value(item, name) {
            said.push_str(before);
            said.push_str(value);
        }
    }
    // A feed without an issuer is none: the field is needed.
    said.push_str(close);
    said
}

/// A way to a page of others. The address is shown, so that people see where it
/// leads; nothing of it is fetched here.
pub(crate) fn outward(url: &str, label: &str) -> Html {
    // Feeds and tables have been checked for it, but an answer may be anybody's.
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    html! {
        if is_address {
            <a class="button second" part="button" href={url.to_owned()} target="_blank"
                rel="noopener noreferrer">{ label }</a>
            <span class="source">{ url }</span>
        }
    }
}

/// 来源, its day, the rule and until when it is shown.
pub(crate) fn origin(item: &RecordItem, lang: Lang) -> String {
    let colon = text("：", ": ").in_lang(lang);
    let mut origin = [labels::SOURCE.in_lang(lang), colon, &item.source.unit].concat();
    let day = item.source.as_of.text();
    let mut say = |what: &str, between: &str, value: &str| {
        origin.push_str(" · ");
        origin.push_str(what);
        origin.push_str(between);
        origin.push_str(value);
    };
    say(labels::AS_OF.in_lang(lang), " ", &day);
    if let Some(until) = item.until {
        say(UNTIL.in_lang(lang), " ", &until.text());
    }
    if !item.rule.basis.is_empty() {
        say(RULE.in_lang(lang), colon, &item.rule.basis);
    }
    origin
}

/// The value of the field `name`, as people read it.
pub(crate) fn value<'a>(item: &'a RecordItem, name: &str) -> Option<&'a str> {
    let field = item.fields.iter().find(|field| field.name == name)?;
    Some(field.value.as_str())
}

/// The value of the field `name`, as machines read it.
pub(crate) fn word<'a>(item: &'a RecordItem, name: &str) -> Option<&'a str> {
    let field = item.fields.iter().find(|field| field.name == name)?;
    Some(field.code.as_deref().unwrap_or(&field.value))
}

/// What stands elsewhere on a page about a subject: whose record it is above, source,
/// day and end below the fields; the rest is for machines.
pub(crate) const STANDING: [&str; 9] = [
    "holder-name",
    "holder-kind",
    "holder-code",
    "unit-code",
    "public-until",
    "publication",
    "state",
    "source-unit",
    "source-date",
];

/// The same in a list of what is about nobody: [`subject`] shows the title.
const OF_TABLES: [&str; 6] = [
    "title",
    "measure",
    "unit-code",
    "state",
    "source-unit",
    "source-date",
];

/// What stands elsewhere in a list.
pub(crate) fn listed(item: &RecordItem) -> &'static [&'static str] {
    match value(item, "holder-code") {
        Some(_) => &STANDING,
        None => &OF_TABLES,
    }
}

/// Whom a record is about, as a link to the server's page about them; `chosen`
/// hears the code.
pub(crate) fn subject(item: &RecordItem, api: String, chosen: Callback<String>) -> Html {
    let (name, code) = (value(item, "holder-name"), word(item, "holder-code"));
    let Some(name) = name.or(code).or_else(|| value(item, "title")) else {
        return Html::default();
    };
    let Some(code) = code else {
        return html! { <p class="name">{ name }</p> };
    };
    let page = SubjectCode::as_published(code).map(|code| path::page(&code));
    let href = page.ok().map(|page| [api.as_str(), &page].concat());
    let wanted = code.to_owned();
    let onclick = Callback::from(move |_: MouseEvent| chosen.emit(wanted.clone()));
    html! {
        <p class="who">
            <a class="name" {href} target="_blank" rel="noopener" {onclick}>{ name }</a>
            <span class="code">{ code }</span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credit_core::record::{HolderRule, datasets};

    #[test]
    fn datasets_are_called_as_the_tables_say() {
        for dataset in datasets() {
            let title = TITLES.iter().find(|(name, _)| *name == dataset.name);
            if let Some((_, title)) = title {
                assert_eq!(*title, dataset.title);
            }
            assert!(
                title.is_some() || dataset.holder != HolderRule::Any,
                "{}",
                dataset.name
            );
        }
    }
}
