//! The rows in which something was found: as a table, filtered, in order, by pages.

use credit_core::lang::{Lang, Text, text};
use credit_element::paint::Picture;
use credit_feed::check::{Filter, Found, KEPT_FINDINGS, Order, Outcome, Sort, Tone};
use credit_feed::sentence;

use crate::paint::{COLON, Column, Table, menu, table};

/// Rows of a page.
const PAGE: usize = 50;

const CAPTION: Text = text("逐行问题", "Row by row");
const ROW: Text = text("行", "Row");
const COLUMN: Text = text("列", "Column");
const CODE: Text = text("问题", "Problem");
const SAID: Text = text("内容", "Found");
const WHOLE: Text = text("（整行）", "(the row)");
const ALL: Text = text("全部", "All");

/// What a visitor looks at.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    filter: Filter,
    order: Order,
    /// From 0.
    page: usize,
}

impl Look {
    /// Everything, from the first row.
    pub(crate) const NEW: Self = Self {
        filter: Filter {
            code: None,
            tone: None,
        },
        order: Order {
            by: Sort::Row,
            is_descending: false,
        },
        page: 0,
    };

    /// A visitor wants to see something else.
    pub(crate) fn told(&mut self, name: &str, value: &str, outcome: &Outcome) {
        let by = match name {
            "by-row" => Some(Sort::Row),
            "by-column" => Some(Sort::Column),
            "by-code" => Some(Sort::Code),
            _ => None,
        };
        if let Some(by) = by {
            let is_descending = self.order.by == by && !self.order.is_descending;
            self.order = Order { by, is_descending };
        }
        match name {
            "page-before" => self.page = self.page.saturating_sub(1),
            "page-after" => self.page += 1,
            "page-first" => self.page = 0,
            "page-last" => self.page = usize::MAX,
            "tone" => {
                self.filter.tone = match value {
                    "error" => Some(Tone::Error),
                    "warning" => Some(Tone::Warning),
                    _ => None,
                }
            }
            "code" => {
                let tally = &outcome.tally;
                let mut codes = tally.rejections.keys().chain(tally.warnings.keys());
                self.filter.code = codes.find(|code| **code == value).copied();
            }
            _ => {}
        }
        if !name.starts_with("page-") {
            self.page = 0;
        }
        let count = outcome.findings.view(&self.filter, self.order).len();
        self.page = self.page.min(count.saturating_sub(1) / PAGE);
    }
}

/// The table, with what filters it and its pages.
pub(crate) fn rows(outcome: &Outcome, look: &Look, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    if outcome.findings.all() == 0 {
        return picture;
    }
    let view = outcome.findings.view(&look.filter, look.order);
    filters(&mut picture, outcome, look, lang);
    if outcome.findings.all() > outcome.findings.kept() as u64 {
        let (all, kept) = (
            outcome.findings.all().to_string(),
            KEPT_FINDINGS.to_string(),
        );
        let said = match lang {
            Lang::ZhCn => [
                "共 ",
                &all,
                " 处，逐行列出前 ",
                &kept,
                " 处；上面的数量和下载的清单是完整的。",
            ]
            .concat(),
            Lang::En => [
                &all,
                " in all, the first ",
                &kept,
                " are listed; the counts above and what can be downloaded are complete.",
            ]
            .concat(),
        };
        picture.leaf("p hint", &said);
    }
    let order = |by: Sort| (look.order.by == by).then_some(look.order.is_descending);
    let columns = [
        Column::sorted(ROW.in_lang(lang), "by-row", order(Sort::Row)),
        Column::sorted(COLUMN.in_lang(lang), "by-column", order(Sort::Column)),
        Column::sorted(CODE.in_lang(lang), "by-code", order(Sort::Code)),
        Column::plain(SAID.in_lang(lang)),
    ];
    let shown = view.iter().skip(look.page * PAGE).take(PAGE);
    let rows: Vec<Vec<String>> = shown.map(|found| row(outcome, found, lang)).collect();
    let caption = CAPTION.in_lang(lang);
    let (columns, rows) = (&columns, rows.as_slice());
    table(
        &mut picture,
        &Table {
            caption,
            columns,
            rows,
        },
        lang,
    );
    pager(&mut picture, look.page + 1, view.len().div_ceil(PAGE), lang);
    picture
}

fn row(outcome: &Outcome, found: &Found, lang: Lang) -> Vec<String> {
    let column = found
        .column
        .and_then(|place| outcome.names.get(usize::from(place)));
    let tone = match found.tone {
        Tone::Error => text("错误", "Error"),
        Tone::Warning => text("提示", "Warning"),
    };
    let problem = [
        tone.in_lang(lang),
        COLON.in_lang(lang),
        sentence(found.code).in_lang(lang),
        " · ",
        found.code,
    ];
    // The importer's own sentence is English.
    let said = match lang {
        Lang::ZhCn => outcome.findings.cell(found),
        Lang::En => outcome.findings.message(found),
    };
    vec![
        found.row.to_string(),
        column
            .map_or(WHOLE.in_lang(lang), String::as_str)
            .to_owned(),
        problem.concat(),
        said.to_owned(),
    ]
}

fn filters(picture: &mut Picture, outcome: &Outcome, look: &Look, lang: Lang) {
    let all = ALL.in_lang(lang).to_owned();
    let tone = look.filter.tone;
    let tones = [
        ("", all.clone(), tone.is_none()),
        (
            "error",
            text("错误", "Errors").in_lang(lang).to_owned(),
            tone == Some(Tone::Error),
        ),
        (
            "warning",
            text("提示", "Warnings").in_lang(lang).to_owned(),
            tone == Some(Tone::Warning),
        ),
    ];
    let tally = &outcome.tally;
    let mut known: Vec<&str> = tally
        .rejections
        .keys()
        .chain(tally.warnings.keys())
        .copied()
        .collect();
    known.sort_unstable();
    known.dedup();
    let mut codes = vec![("", all, look.filter.code.is_none())];
    codes.extend(known.into_iter().map(|code| {
        let said = [sentence(code).in_lang(lang), " · ", code].concat();
        (code, said, look.filter.code == Some(code))
    }));
    picture.open("div filters");
    menu(picture, "tone", text("级别", "Kind").in_lang(lang), &tones);
    menu(picture, "code", CODE.in_lang(lang), &codes);
    picture.close();
}

/// As in `widgets/parts`, with the ends in place of numbers.
fn pager(picture: &mut Picture, at: usize, pages: usize, lang: Lang) {
    if pages <= 1 {
        return;
    }
    picture.open("nav pager");
    picture.set("aria-label", text("分页", "Pages").in_lang(lang));
    let mut step = |tells: &str, said: Text, can: bool| {
        picture.open("button button second");
        picture.set("type", "button");
        if can {
            picture.tells(tells);
        } else {
            picture.set("aria-disabled", "true");
        }
        picture.text(said.in_lang(lang));
        picture.close();
    };
    step("page-first", text("首页", "First"), at > 1);
    step("page-before", text("上一页", "Previous"), at > 1);
    step("page-after", text("下一页", "Next"), at < pages);
    step("page-last", text("末页", "Last"), at < pages);
    let (at, pages) = (at.to_string(), pages.to_string());
    let place = match lang {
        Lang::ZhCn => ["第 ", &at, " 页，共 ", &pages, " 页"].concat(),
        Lang::En => ["Page ", &at, " of ", &pages].concat(),
    };
    picture.open("p place");
    picture.set("role", "status");
    picture.text(&place);
    picture.close();
    picture.close();
}
