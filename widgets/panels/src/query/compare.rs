//! 对比: two subjects side by side, as it is published. Nothing is ranked or scored.

use std::rc::Rc;

use credit_api::body::{Page, RecordItem, SubjectBody};
use credit_api::path;
use credit_client::FetchError;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, Text, text};
use credit_core::text::decimal;
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::html;
use credit_parts::table::{Column, Table, table};
use yew::prelude::*;

use crate::piece::Context;

use super::subject::SHOWN;
use super::{Message, Query, facts};
use crate::panel::{Asked, failed, waiting};
use crate::reading::records;
use crate::record::{title, value};

const ADD: Text = text("加入对比", "Compare");
const ADDED: Text = text(
    "已加入对比。请返回查询结果，打开另一个主体。",
    "Kept for comparison. Go back to the results and open another subject.",
);
const DROP: Text = text("取消对比", "Do not compare");
const BACK: Text = text("返回主体页", "Back to the subject");
const TITLE: Text = text("主体对比", "Two subjects compared");
const CAPTION: Text = text("逐项对照", "Item by item");
const NOTE: Text = text(
    "并列显示登记信息和可公开的记录，不作评分和排名。经核验的名片见各主体页。",
    "What is registered and what is public, side by side; nothing is scored or ranked. The verified cards are on the pages of the subjects.",
);
const ITEM: Text = text("项目", "Item");
const VERDICT: Text = text("是否一致", "Same or different");
const SAME: Text = text("一致", "same");
const OTHER: Text = text("不同", "different");
const NONE: Text = text("未公示", "not stated");
const AT_LEAST: Text = text("至少", "at least ");
const OPEN: Text = text("查看 ", "See ");
const NOT_GRADED: Text = text("无", "none");

/// Pages that are read to count: four hundred records. Who has more has at least so
/// many.
const PAGES_MAX: usize = 8;

/// What happens to a comparison.
pub(crate) enum Step {
    /// The subject that is open is kept.
    Keep,
    /// None is.
    Drop,
    /// It is compared with the one that is open.
    Begin,
    /// Its records, or what of them is here.
    Counted(usize, SubjectCode, Result<Page<RecordItem>, FetchError>),
    /// The rest of them is wanted, after a failure.
    Again(usize),
    /// Back to the subject.
    End,
}

/// Two subjects.
pub(super) struct Comparison {
    sides: [Side; 2],
}

struct Side {
    record: Rc<SubjectBody>,
    asked: Asked<()>,
    next: Option<String>,
    pages: usize,
    counts: [usize; SHOWN.len()],
    /// 评价方案 with its issuer, and the level.
    grades: Vec<(String, String)>,
}

impl Comparison {
    /// Compares them.
    pub(super) fn new(context: &Context<Query>, records: [Rc<SubjectBody>; 2]) -> Self {
        let sides = records.map(|record| Side {
            record,
            asked: Asked::Loading,
            next: None,
            pages: 0,
            counts: Default::default(),
            grades: Vec::new(),
        });
        let mut comparison = Self { sides };
        comparison.ask(context, 0);
        comparison.ask(context, 1);
        comparison
    }

    /// Asks for the next page of a side.
    pub(super) fn ask(&mut self, context: &Context<Query>, place: usize) {
        let Some(side) = self.sides.get_mut(place) else {
            return;
        };
        side.asked = Asked::Loading;
        let code = side.record.code;
        let path = path::asked(
            &path::records(&code),
            &[
                ("limit", "50"),
                ("lang", context.props().lang().tag()),
                ("cursor", side.next.as_deref().unwrap_or_default()),
            ],
        );
        let told = move |page| Message::Compare(Step::Counted(place, code, page));
        records(&context.props().url(&path), context.link().callback(told));
    }

    /// A page of the records of `code` is there.
    pub(super) fn count(
        &mut self,
        context: &Context<Query>,
        place: usize,
        code: SubjectCode,
        page: Result<Page<RecordItem>, FetchError>,
    ) {
        let side = self.sides.get_mut(place);
        let Some(side) = side.filter(|side| side.record.code == code) else {
            return;
        };
        side.asked = page.map(|page| side.take(page)).into();
        let is_more = side.next.is_some() && side.pages < PAGES_MAX;
        if side.asked.there().is_some() && is_more {
            self.ask(context, place);
        }
    }
}

impl Side {
    fn take(&mut self, page: Page<RecordItem>) {
        self.pages += 1;
        self.next = page.next;
        for item in page.items {
            let kinds = SHOWN.iter().zip(&mut self.counts);
            for (_, count) in kinds.filter(|(kind, _)| **kind == item.kind) {
                *count += 1;
            }
            let said = |name| value(&item, name).unwrap_or_default();
            if item.kind == "grades" {
                let scheme = [said("scheme"), " · ", said("unit")].concat();
                let period = said("period");
                let mut level = said("level").to_owned();
                if !period.is_empty() {
                    level = [&level, " · ", period].concat();
                }
                self.grades.push((scheme, level));
            }
        }
    }

    /// How many of a kind there are, or were found.
    fn counted(&self, kind: usize, lang: Lang) -> Option<String> {
        self.asked.there()?;
        let count = self.counts.get(kind).copied().unwrap_or_default();
        let number = decimal(i64::try_from(count).unwrap_or(i64::MAX));
        // They come by kind: what stands before the last one is complete.
        let is_cut =
            self.next.is_some() && self.counts.iter().skip(kind + 1).all(|later| *later == 0);
        let before = if is_cut { AT_LEAST.in_lang(lang) } else { "" };
        Some([before, &number].concat())
    }

    /// Levels of a scheme, the latest first.
    fn graded(&self, scheme: &str, lang: Lang) -> Option<String> {
        self.asked.there()?;
        let levels: Vec<&str> = self
            .grades
            .iter()
            .filter(|(other, _)| other == scheme)
            .map(|(_, level)| level.as_str())
            .collect();
        Some(match levels.is_empty() {
            true => NOT_GRADED.in_lang(lang).to_owned(),
            false => levels.join(text("；", "; ").in_lang(lang)),
        })
    }
}

/// What can be done on the page of `code`.
pub(super) fn ways(query: &Query, code: SubjectCode, context: &Context<Query>) -> Html {
    let lang = context.props().lang();
    let way = |label: &str, rank, step: fn() -> Step| {
        let done = context.link().callback(move |()| Message::Compare(step()));
        button(label, rank, Readiness::Ready, done)
    };
    let Some(kept) = &query.kept else {
        return html! { <span key="compare" class="line">{ way(ADD.in_lang(lang), Rank::Second, || Step::Keep) }</span> };
    };
    let is_this = kept.code == code;
    let name = kept.name.as_str();
    let begin = match lang {
        Lang::ZhCn => ["与“", name, "”对比"].concat(),
        Lang::En => ["Compare with “", name, "”"].concat(),
    };
    html! {
        <span key="compare" class="line">
            <span key="added" class="hint" role="status" hidden={!is_this}>{ ADDED.in_lang(lang) }</span>
            <span key="begin">
                if !is_this { { way(&begin, Rank::First, || Step::Begin) } }
            </span>
            <span key="drop">{ way(DROP.in_lang(lang), Rank::Second, || Step::Drop) }</span>
        </span>
    }
}

/// Shows the two.
pub(super) fn page(query: &Query, comparison: &Comparison, context: &Context<Query>) -> Html {
    let lang = context.props().lang();
    let link = context.link();
    let [one, other] = &comparison.sides;
    let names = [one.record.name.as_str(), other.record.name.as_str()];
    let columns = [
        ITEM.in_lang(lang),
        names[0],
        names[1],
        VERDICT.in_lang(lang),
    ]
    .map(|label| Column {
        label,
        is_number: false,
    });
    let mut rows = Vec::new();
    let known = facts::rows(&one.record, lang)
        .into_iter()
        .zip(facts::rows(&other.record, lang));
    for ((label, one), (_, other)) in known {
        if one.is_some() || other.is_some() {
            let said =
                |value: Option<String>| value.or_else(|| Some(NONE.in_lang(lang).to_owned()));
            rows.push(row(
                label.in_lang(lang).to_owned(),
                said(one),
                said(other),
                lang,
            ));
        }
    }
    for (place, kind) in SHOWN.iter().enumerate() {
        let label = match lang {
            Lang::ZhCn => [title(kind, lang), "（条）"].concat(),
            Lang::En => [title(kind, lang), " (number)"].concat(),
        };
        rows.push(row(
            label,
            one.counted(place, lang),
            other.counted(place, lang),
            lang,
        ));
    }
    let mut schemes: Vec<&str> = Vec::new();
    for (scheme, _) in one.grades.iter().chain(&other.grades) {
        if !schemes.contains(&scheme.as_str()) {
            schemes.push(scheme);
        }
    }
    for scheme in schemes {
        rows.push(row(
            scheme.to_owned(),
            one.graded(scheme, lang),
            other.graded(scheme, lang),
            lang,
        ));
    }
    let states = comparison.sides.iter().enumerate().map(|(place, side)| {
        let state = match &side.asked {
            Asked::Loading => waiting(lang),
            Asked::Failed(error) => {
                let again = move |()| Message::Compare(Step::Again(place));
                failed(error, lang, link.callback(again))
            }
            Asked::There(()) => Html::default(),
        };
        html! { <div key={place}>{ state }</div> }
    });
    let sources = comparison.sides.iter().map(|side| {
        let source = [
            side.record.name.as_str(),
            " — ",
            &facts::source(&side.record, lang),
        ]
        .concat();
        html! { <p key={side.record.code.as_str()} class="source">{ source }</p> }
    });
    let code = one.record.code;
    let open = [OPEN.in_lang(lang), names[0]].concat();
    let back = ["← ", BACK.in_lang(lang)].concat();
    html! {
        <section class="page compare" part="page" aria-label={TITLE.in_lang(lang)}>
            { button(&back, Rank::Second, Readiness::Ready, link.callback(|()| Message::Compare(Step::End))) }
            <h2 ref={query.page.clone()} class="title" part="title" tabindex="-1">{ TITLE.in_lang(lang) }</h2>
            <p class="words">{ NOTE.in_lang(lang) }</p>
            <div>{ for states }</div>
            { table(&Table { caption: CAPTION.in_lang(lang), columns: &columns, rows: &rows, sorting: None, lang }) }
            <div>{ for sources }</div>
            <p class="line">
                { button(&open, Rank::Second, Readiness::Ready, link.callback(move |()| Message::Open(code))) }
                { button(DROP.in_lang(lang), Rank::Second, Readiness::Ready, link.callback(|()| Message::Compare(Step::Drop))) }
            </p>
        </section>
    }
}

/// A row; nothing is said of what is not known yet.
fn row(
    label: String,
    one: Option<String>,
    other: Option<String>,
    lang: Lang,
) -> (String, Vec<Html>) {
    let verdict = match (&one, &other) {
        (Some(one), Some(other)) if one == other => SAME.in_lang(lang),
        (Some(_), Some(_)) => OTHER.in_lang(lang),
        _ => "",
    };
    let said =
        |value: Option<String>| html! { <span>{ value.unwrap_or_else(|| "…".to_owned()) }</span> };
    let is_different = (verdict == OTHER.in_lang(lang)).then_some("differs");
    let cells = vec![
        html! { { label.as_str() } },
        said(one),
        said(other),
        html! { <span class={is_different}>{ verdict }</span> },
    ];
    (label, cells)
}
