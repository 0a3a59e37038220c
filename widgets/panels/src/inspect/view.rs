//! What is seen. Every block that comes and goes has a stable element around
//! it: Yew 0.23 matches siblings without keys from the end (yew #3262).

use credit_api::body::RecordItem;
use credit_core::lang::{Lang, Text, text};
use credit_core::text::{is_same_word as same, whole};
use credit_element::state::error_text;
use credit_parts::chart::{Bar, Chart, chart};
use credit_parts::html;
use credit_parts::notice::{Tone, notice};
use credit_parts::table::{Column, Table, table};
use yew::prelude::*;

use super::{Inspect, Message, Rows};
use crate::asking::menu;
use crate::panel::{Asked, failed, waiting};
use crate::piece::Context;
use crate::record::{grade, origin, value, word};

const TITLE: Text = text("信用分级分类监管", "Supervision by credit grade");
const ABOUT: Text = text(
    "各部门按信用等级确定抽查比例和频次。这里只说明公布的规定，不抽取检查对象。",
    "Which share of subjects a department inspects, and how often, by grade. This explains published rules; nobody is picked for inspection here.",
);
const UNIT: Text = text("监管部门", "Department");
const SCHEME: Text = text("评价方案", "Scheme");
const LEVEL: Text = text("评价等级", "Grade");
const RATIO: Text = text("抽查比例", "Share inspected");
const FREQUENCY: Text = text("抽查频次", "Frequency");
const FROM: Text = text("生效日期", "From");
const BASIS: Text = text("依据", "Basis");
const RULES: Text = text("抽查比例和频次", "shares and frequencies");
const CHART: Text = text("抽查比例上限", "Greatest share inspected");
const MOST: Text = text("上限（%）", "At most, %");
const OWN: Text = text("该主体当前等级", "grade of this subject");
const GRADES: Text = text("该主体的等级：", "Grades of this subject:");
const NO_GRADES: Text = text(
    "该主体在下列评价方案中没有公示的等级。",
    "This subject has no published grade in the schemes below.",
);
const NONE: Text = text(
    "目前没有公布分级分类监管的抽查规定。",
    "No rules of inspection by grade are published at present.",
);
const NOTHING: Text = text(
    "没有符合所选部门和评价方案的规定。已公布规定的有：",
    "There are no rules for this department and scheme. Rules are published by:",
);
const CUT: Text = text(
    "规定较多，这里只列出前面一部分，请联系监管部门了解其余规定。",
    "There are more rules than are listed here. Please ask the department for the others.",
);

/// The rules of a department for one scheme.
struct Group<'a> {
    unit: &'a str,
    /// Code of the scheme, and what people call it.
    scheme: &'a str,
    label: &'a str,
    rows: Vec<&'a RecordItem>,
}

/// All of the element.
pub(super) fn window(inspect: &Inspect, context: &Context<Inspect>) -> Html {
    let panel = context.props();
    let lang = panel.lang();
    let again = context.link().callback(|()| Message::Again);
    let (key, content) = match &inspect.rows {
        Asked::Loading => ("loading", waiting(lang)),
        Asked::Failed(error) => ("failed", failed(error, lang, again)),
        Asked::There(rows) => ("rows", rules(inspect, rows, context, lang)),
    };
    let content = html! {
        <>
            <h2 key="title" class="title" part="title">{ TITLE.in_lang(lang) }</h2>
            <p key="about" class="words">{ ABOUT.in_lang(lang) }</p>
            <div key="content"><div {key}>{ content }</div></div>
        </>
    };
    panel.window("inspect", content)
}

fn rules(inspect: &Inspect, rows: &Rows, context: &Context<Inspect>, lang: Lang) -> Html {
    let options = &context.props().options;
    let link = context.link();
    let all = groups(&rows.items);
    let fixed_unit = options.unit.as_deref();
    let fixed_scheme = options.scheme.as_deref();
    let is_shown = |group: &&Group<'_>| {
        fixed_unit.is_none_or(|unit| same(unit, group.unit))
            && fixed_scheme.is_none_or(|scheme| group.is_of(scheme))
            && (inspect.unit.is_empty() || inspect.unit == group.unit)
            && (inspect.scheme.is_empty() || inspect.scheme == group.scheme)
    };
    let shown: Vec<&Group<'_>> = all.iter().filter(is_shown).collect();
    let units = distinct(all.iter().map(|group| (group.unit, group.unit)));
    let schemes = distinct(all.iter().map(|group| (group.scheme, group.label)));
    let grades = match &inspect.grades {
        Some(Ok(grades)) => grades.as_slice(),
        _ => &[],
    };
    let is_nothing = shown.is_empty() && !all.is_empty();
    html! {
        <>
            <p key="none" class="words" role="status" hidden={!all.is_empty()}>{ NONE.in_lang(lang) }</p>
            <div key="subject">{ subject(inspect, &shown, lang) }</div>
            <div key="menus" class="menus" hidden={all.is_empty()}>
                <div key="unit" hidden={fixed_unit.is_some()}>
                    { menu("unit", UNIT, &units, &inspect.unit, lang, link.callback(|(unit, _)| Message::Unit(unit))) }
                </div>
                <div key="scheme" hidden={fixed_scheme.is_some()}>
                    { menu("scheme", SCHEME, &schemes, &inspect.scheme, lang, link.callback(|(scheme, _)| Message::Scheme(scheme))) }
                </div>
            </div>
            <div key="nothing" role="status">
                if is_nothing {
                    <p key="said" class="words">{ NOTHING.in_lang(lang) }</p>
                    <ul key="all" class="words known">
                        { for all.iter().enumerate().map(|(index, group)| html! { <li key={index}>{ group.name(lang) }</li> }) }
                    </ul>
                }
            </div>
            <div key="groups">
                { for shown.iter().enumerate().map(|(index, group)| html! {
                    <section key={index} class="record">{ rules_of(group, grades, lang) }</section>
                }) }
            </div>
            <p key="cut" class="words" hidden={!rows.is_cut}>{ CUT.in_lang(lang) }</p>
        </>
    }
}

impl Group<'_> {
    /// Whether an attribute means its scheme.
    fn is_of(&self, scheme: &str) -> bool {
        same(scheme, self.scheme) || same(scheme, self.label)
    }

    fn name(&self, lang: Lang) -> String {
        [self.unit, text("：", ": ").in_lang(lang), self.label].concat()
    }
}

/// The rows by department and scheme, in the order in which they came.
fn groups(items: &[RecordItem]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for item in items {
        let unit = value(item, "unit").unwrap_or_default();
        let scheme = word(item, "scheme").unwrap_or_default();
        let same = |group: &&mut Group<'_>| group.unit == unit && group.scheme == scheme;
        match groups.iter_mut().find(same) {
            Some(group) => group.rows.push(item),
            None => groups.push(Group {
                unit,
                scheme,
                label: value(item, "scheme").unwrap_or(scheme),
                rows: vec![item],
            }),
        }
    }
    groups
}

/// What a menu is made of: each value once.
fn distinct<'a>(of: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    let mut distinct: Vec<(String, String)> = Vec::new();
    for (value, label) in of {
        if !distinct.iter().any(|(known, _)| known == value) {
            distinct.push((value.to_owned(), label.to_owned()));
        }
    }
    distinct
}

/// What the subject has in the schemes that are shown.
fn subject(inspect: &Inspect, shown: &[&Group<'_>], lang: Lang) -> Html {
    let grades = match &inspect.grades {
        None => return Html::default(),
        Some(Err(error)) => {
            return notice(Tone::Doubt, error_text(error.code(), lang), lang);
        }
        Some(Ok(grades)) => grades,
    };
    let counts = |grade: &&RecordItem| {
        let scheme = word(grade, "scheme");
        shown.iter().any(|group| Some(group.scheme) == scheme)
    };
    let said: Vec<String> = grades
        .iter()
        .filter(counts)
        .map(|item| grade(item, lang))
        .collect();
    let heading = if said.is_empty() { NO_GRADES } else { GRADES };
    html! {
        <div hidden={shown.is_empty()}>
            <p key="heading" class="words">{ heading.in_lang(lang) }</p>
            <ul key="grades" class="known" hidden={said.is_empty()}>
                { for said.iter().enumerate().map(|(index, said)| html! { <li key={index}>{ said.as_str() }</li> }) }
            </ul>
        </div>
    }
}

fn rules_of(group: &Group<'_>, grades: &[RecordItem], lang: Lang) -> Html {
    let labels = [LEVEL, RATIO, FREQUENCY, FROM, BASIS];
    let columns = labels.map(|label| Column {
        label: label.in_lang(lang),
        is_number: false,
    });
    let rows: Vec<(String, Vec<Html>)> = group
        .rows
        .iter()
        .enumerate()
        .map(|(index, item)| (index.to_string(), cells(group, item, grades, lang)))
        .collect();
    let name = group.name(lang);
    let bars: Option<Vec<Bar>> = group.rows.iter().map(|item| bar(item)).collect();
    let bars = bars.filter(|bars| bars.len() > 1);
    let of = |what: Text| {
        [
            group.label,
            text("，", ", ").in_lang(lang),
            what.in_lang(lang),
        ]
        .concat()
    };
    let (caption, title) = (of(RULES), of(CHART));
    html! {
        <>
            <h3 key="name" class="record-title">{ name.as_str() }</h3>
            <div key="table">
                { table(&Table { caption: &caption, columns: &columns, rows: &rows, sorting: None, lang }) }
            </div>
            <div key="chart">
                if let Some(bars) = bars {
                    { chart(&Chart { title: &title, of: LEVEL.in_lang(lang), unit: MOST.in_lang(lang), bars: &bars, lang }) }
                }
            </div>
            <p key="source" class="source">{ group.rows.first().map(|item| origin(item, lang)) }</p>
        </>
    }
}

fn cells(group: &Group<'_>, item: &RecordItem, grades: &[RecordItem], lang: Lang) -> Vec<Html> {
    let said = |name| value(item, name).unwrap_or_default();
    let level = said("level");
    let is_own = |grade: &RecordItem| {
        word(grade, "scheme") == Some(group.scheme)
            && value(grade, "level").is_some_and(|own| same(own, level))
    };
    let is_own = grades.iter().any(is_own);
    let words = |said: &str| html! { <span>{ said }</span> };
    vec![
        html! {
            <span>{ level }{ " " }<span class="flag" hidden={!is_own}>{ OWN.in_lang(lang) }</span></span>
        },
        words(&ratio(item, lang)),
        words(said("frequency")),
        words(said("from")),
        words(said("basis")),
    ]
}

/// 抽查比例, from its least to its most.
fn ratio(item: &RecordItem, lang: Lang) -> String {
    match (value(item, "ratio-min"), value(item, "ratio-max")) {
        (Some(least), Some(most)) if least == most => [most, "%"].concat(),
        (Some(least), Some(most)) => [least, "%–", most, "%"].concat(),
        (None, Some(most)) => [text("不超过 ", "up to ").in_lang(lang), most, "%"].concat(),
        (Some(least), None) => [text("不低于 ", "at least ").in_lang(lang), least, "%"].concat(),
        (None, None) => text("未规定", "not said").in_lang(lang).to_owned(),
    }
}

/// A bar for a row with both ends. Where an end is no whole number nothing is
/// drawn: the table has the number, and a rounded one would be another rule.
fn bar(item: &RecordItem) -> Option<Bar> {
    let least = value(item, "ratio-min")?;
    let most = value(item, "ratio-max")?;
    let level = value(item, "level")?;
    Some(Bar {
        label: [level, " ", least, "%–", most, "%"].concat(),
        value: u64::try_from(whole(most)?).ok()?,
    })
}
