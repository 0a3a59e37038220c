//! What a file comes to: the sentence, counts, codes, timeliness, corrections, and
//! what can be taken home; or why it cannot be checked.

use credit_core::feed::MendKind;
use credit_core::lang::{Lang, Text, text};
use credit_element::paint::Picture;
use credit_feed::check::{CheckError, KEPT_MENDS, Outcome};
use credit_feed::{FeedKind, Timely, mend_text, sentence};

use crate::paint::{COLON, Column, Mood, Table, button, heading, menu, notice, table};

const ROWS: Text = text("总行数", "Rows");
const ACCEPTED: Text = text("可入库", "Accepted");
const WARNED: Text = text("其中有提示", "of them with warnings");
const REJECTED: Text = text("不可入库", "Rejected");
const CODES: Text = text("问题类型", "What was found");
const DATASET: Text = text("按此数据集检查", "Checked as");
const TIMELY: Text = text("报送及时性", "Timeliness");
const MENDS: Text = text("可更正的内容", "What can be corrected");
const CANDIDATES: Text = text("最接近的数据集", "The nearest datasets");

/// Datasets that are named where none fits.
const NEAREST: usize = 3;

/// The sentence for a file that was checked.
pub(crate) fn verdict(outcome: &Outcome, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    let tally = &outcome.tally;
    let title = outcome.kind.title().in_lang(lang);
    let (mood, said) = if tally.accepted + tally.rejected == 0 {
        let said = text(
            "文件只有表头，没有数据行。",
            "There is a first line, and no row.",
        );
        (Mood::Doubt, said.in_lang(lang).to_owned())
    } else if tally.rejected > 0 {
        let rejected = tally.rejected.to_string();
        let said = match lang {
            Lang::ZhCn => [
                "按“",
                title,
                "”检查：有 ",
                &rejected,
                " 行不能入库，请更正后再报送。",
            ]
            .concat(),
            Lang::En => [
                "Checked as ",
                title,
                ": ",
                &rejected,
                " rows would be rejected. Please mend them first.",
            ]
            .concat(),
        };
        (Mood::Bad, said)
    } else if tally.warned > 0 {
        let warned = tally.warned.to_string();
        let said = match lang {
            Lang::ZhCn => [
                "按“",
                title,
                "”检查：全部可以入库，有 ",
                &warned,
                " 行请核对。",
            ]
            .concat(),
            Lang::En => [
                "Checked as ",
                title,
                ": all rows would be accepted, please look at ",
                &warned,
                " of them.",
            ]
            .concat(),
        };
        (Mood::Doubt, said)
    } else {
        let said = match lang {
            Lang::ZhCn => ["按“", title, "”检查：全部可以入库，没有发现问题。"].concat(),
            Lang::En => [
                "Checked as ",
                title,
                ": all rows would be accepted, nothing was found.",
            ]
            .concat(),
        };
        (Mood::Good, said)
    };
    notice(&mut picture, mood, &said, lang);
    picture
}

/// The sentence for a file that cannot be checked.
pub(crate) fn failure(error: &CheckError, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    notice(&mut picture, Mood::Bad, &error.sentence(lang), lang);
    picture
}

/// What it might be, where that is the question.
pub(crate) fn nearest(error: &CheckError, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    match error {
        CheckError::Unrecognised(candidates) => {
            let between = text("、", ", ").in_lang(lang);
            if !candidates.is_empty() {
                heading(&mut picture, CANDIDATES.in_lang(lang));
                picture.open("dl facts");
                for candidate in candidates.iter().take(NEAREST) {
                    let missing = candidate.fit.missing.join(between);
                    let said = match lang {
                        Lang::ZhCn => ["缺少 ", &missing].concat(),
                        Lang::En => ["misses ", &missing].concat(),
                    };
                    fact(&mut picture, candidate.kind.title().in_lang(lang), &said);
                }
                picture.close();
            }
            choice(&mut picture, None, lang);
        }
        CheckError::Columns(kind, _) => choice(&mut picture, Some(*kind), lang),
        _ => {}
    }
    picture
}

/// All that is known of a file that was checked, but its rows.
pub(crate) fn outcome(outcome: &Outcome, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    let tally = &outcome.tally;
    choice(&mut picture, Some(outcome.kind), lang);
    picture.open("dl facts counts");
    for (label, count) in [
        (ROWS, tally.accepted + tally.rejected),
        (ACCEPTED, tally.accepted),
        (WARNED, tally.warned),
        (REJECTED, tally.rejected),
    ] {
        fact(&mut picture, label.in_lang(lang), &count.to_string());
    }
    picture.close();
    if let Some(sums) = tally.timeliness.sums() {
        heading(&mut picture, TIMELY.in_lang(lang));
        picture.leaf("p", &timely(&sums, lang));
    }
    codes(&mut picture, outcome, lang);
    mends(&mut picture, outcome, lang);
    picture.open("div actions");
    if tally.rejected > 0 {
        let said = text("下载问题清单（CSV）", "Download the rejected rows (CSV)");
        button(&mut picture, "button", "rejects", said.in_lang(lang));
    }
    if outcome.mends.certain() > 0 {
        let said = text(
            "下载更正后的文件（CSV）",
            "Download the corrected file (CSV)",
        );
        button(&mut picture, "button second", "mended", said.in_lang(lang));
    }
    picture.close();
    picture
}

fn fact(picture: &mut Picture, label: &str, value: &str) {
    picture.open("div");
    picture.leaf("dt", label);
    picture.leaf("dd", value);
    picture.close();
}

/// The menu of datasets.
fn choice(picture: &mut Picture, chosen: Option<FeedKind>, lang: Lang) {
    let mut options: Vec<(&str, String, bool)> = Vec::new();
    if chosen.is_none() {
        let said = text("请选择", "Please choose").in_lang(lang);
        options.push(("", said.to_owned(), true));
    }
    options.extend(FeedKind::all().map(|kind| {
        let title = kind.title().in_lang(lang).to_owned();
        (kind.name(), title, chosen == Some(kind))
    }));
    menu(picture, "dataset", DATASET.in_lang(lang), &options);
}

fn codes(picture: &mut Picture, outcome: &Outcome, lang: Lang) {
    let (error, warning) = (text("错误", "Error"), text("提示", "Warning"));
    let row = |tone: Text| {
        move |(code, count): (&&'static str, &u64)| {
            let said = sentence(code).in_lang(lang).to_owned();
            vec![
                said,
                tone.in_lang(lang).to_owned(),
                count.to_string(),
                (*code).to_owned(),
            ]
        }
    };
    let mut rows: Vec<Vec<String>> = outcome.tally.rejections.iter().map(row(error)).collect();
    rows.extend(outcome.tally.warnings.iter().map(row(warning)));
    if rows.is_empty() {
        return;
    }
    let labels = [
        text("说明", "Meaning"),
        text("级别", "Kind"),
        text("数量", "Count"),
        text("代码", "Code"),
    ];
    unsorted(picture, CODES, labels, &rows, lang);
}

/// A table by whose columns nobody sorts.
fn unsorted(
    picture: &mut Picture,
    caption: Text,
    labels: [Text; 4],
    rows: &[Vec<String>],
    lang: Lang,
) {
    let columns = labels.map(|label| Column::plain(label.in_lang(lang)));
    let (caption, columns) = (caption.in_lang(lang), &columns);
    table(
        picture,
        &Table {
            caption,
            columns,
            rows,
        },
        lang,
    );
}

fn mends(picture: &mut Picture, outcome: &Outcome, lang: Lang) {
    let kinds = MendKind::ALL.into_iter();
    let found: Vec<MendKind> = kinds
        .filter(|kind| outcome.mends.count(*kind) > 0)
        .collect();
    if found.is_empty() {
        return;
    }
    heading(picture, MENDS.in_lang(lang));
    picture.open("ul texts");
    for kind in found {
        let count = outcome.mends.count(kind).to_string();
        let said = mend_text(kind).in_lang(lang);
        let after = match (kind.is_certain(), lang) {
            (true, Lang::ZhCn) => " 处，下载更正后的文件时自动改写",
            (false, Lang::ZhCn) => " 处，请人工核对，不自动改写",
            (true, Lang::En) => ", written anew in the corrected file",
            (false, Lang::En) => ", to be looked at, and left as they are",
        };
        picture.leaf("li", &[said, COLON.in_lang(lang), &count, after].concat());
    }
    picture.close();
    picture.open("details data");
    let each = KEPT_MENDS.to_string();
    let title = match lang {
        Lang::ZhCn => ["逐项查看（每类最多列出 ", &each, " 处）"].concat(),
        Lang::En => ["One by one, at most ", &each, " of each kind"].concat(),
    };
    picture.leaf("summary", &title);
    let rows: Vec<Vec<String>> = outcome
        .mends
        .kept()
        .iter()
        .map(|mended| {
            let name = outcome.names.get(mended.mend.place);
            vec![
                mended.row.to_string(),
                name.cloned().unwrap_or_default(),
                mended.before.clone(),
                mended.mend.text.clone(),
            ]
        })
        .collect();
    let labels = [
        text("行", "Row"),
        text("列", "Column"),
        text("原内容", "Found"),
        text("更正为", "Corrected"),
    ];
    unsorted(picture, MENDS, labels, &rows, lang);
    picture.close();
}

fn timely(sums: &Timely, lang: Lang) -> String {
    let term = sums.term.to_string();
    let (within, late) = (sums.within.to_string(), sums.late.to_string());
    let mut said = match lang {
        Lang::ZhCn => [
            "自决定之日起 ",
            &term,
            " 个工作日内报送 ",
            &within,
            " 行，逾期 ",
            &late,
            " 行",
        ]
        .concat(),
        Lang::En => [
            "Within ",
            &term,
            " working days of the decision ",
            &within,
            ", later ",
            &late,
        ]
        .concat(),
    };
    if let Some((taken, decided)) = sums.latest {
        let (taken, decided) = (taken.to_string(), decided.text());
        said += &match lang {
            Lang::ZhCn => [
                "，最迟用了 ",
                &taken,
                " 个工作日（决定日期 ",
                &decided,
                "）",
            ]
            .concat(),
            Lang::En => [
                "; the latest took ",
                &taken,
                " working days, decided ",
                &decided,
            ]
            .concat(),
        };
    }
    if sums.unknown > 0 {
        let unknown = sums.unknown.to_string();
        said += &match lang {
            Lang::ZhCn => ["；其中 ", &unknown, " 行不在节假日历范围内，只扣除周末"].concat(),
            Lang::En => [
                "; ",
                &unknown,
                " of them lie outside the calendar of holidays and count weekends only",
            ]
            .concat(),
        };
    }
    said + text("。", ".").in_lang(lang)
}
