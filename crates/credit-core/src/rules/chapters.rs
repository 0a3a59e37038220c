//! 报告章节: what a report says of the records of its subject, by
//! `data/report.txt`.

use std::sync::OnceLock;

use super::{Visibility, earliest_repair, visible};
use crate::date::Date;
use crate::lang::{Lang, Text};
use crate::limits::{REPORT_ENTRIES_MAX, REPORT_TEXT_MAX_BYTES};
use crate::record::Record;
use crate::report::{Chapter, Entry, Line};
use crate::table::table;

const TABLE: &str = table!("../../data/report.txt");

const PURPOSES: &str = table!("../../data/purposes.txt");

/// What JSON puts around a line and a record, in bytes.
const LINE_BYTES: usize = 8;
const ENTRY_BYTES: usize = 160;

/// A field that every record of a report has, and its heading says.
const HOLDER: [&str; 3] = ["holder-name", "holder-code", "holder-kind"];

struct Plan {
    title: Text,
    /// Dataset, field, word, whether it has to be another.
    takes: Vec<Take>,
}

struct Take {
    dataset: &'static str,
    when: Option<(&'static str, &'static str, bool)>,
}

struct Table {
    plans: Vec<Plan>,
    notes: Vec<Text>,
}

fn table() -> &'static Table {
    static TABLES: OnceLock<Table> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut table = Table {
            plans: Vec::new(),
            notes: Vec::new(),
        };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&'static str> = line.split('\t').collect();
            match *columns.as_slice() {
                ["!note", zh, en] => table.notes.push(Text { zh, en }),
                [name, zh, en] if name.starts_with('=') => table.plans.push(Plan {
                    title: Text { zh, en },
                    takes: Vec::new(),
                }),
                [dataset, when] => {
                    let not = when
                        .split_once("!=")
                        .map(|(field, word)| (field, word, true));
                    let is = || {
                        when.split_once('=')
                            .map(|(field, word)| (field, word, false))
                    };
                    if let Some(plan) = table.plans.last_mut() {
                        let when = not.or_else(is);
                        plan.takes.push(Take { dataset, when });
                    }
                }
                _ => {}
            }
        }
        table
    })
}

impl Take {
    fn fits(&self, record: &Record) -> bool {
        self.dataset == record.dataset.name
            && self
                .when
                .is_none_or(|(field, word, is_not)| (record.word(field) == Some(word)) != is_not)
    }
}

/// The chapters about `records`, all those of one subject in the order in which
/// they are to stand, as far as they may be shown on `today`; what can be done
/// about them; and the first day on which one of them may no longer be shown.
#[must_use]
pub fn chapters(
    records: &[Record],
    today: Date,
    lang: Lang,
) -> (Vec<Chapter>, Vec<String>, Option<Date>) {
    let marks: Vec<Record> = records
        .iter()
        .filter(|record| matches!(record.dataset.name, "objections" | "repairs"))
        .cloned()
        .collect();
    let mut first_end: Option<Date> = None;
    let mut advice = Vec::new();
    let mut room = REPORT_TEXT_MAX_BYTES;
    let chapters = table().plans.iter().map(|plan| {
        let mut chapter = Chapter {
            title: plan.title.in_lang(lang).to_owned(),
            total: 0,
            entries: Vec::new(),
        };
        for record in records {
            if !plan.takes.iter().any(|take| take.fits(record)) {
                continue;
            }
            let visibility = visible(record, &marks, today);
            let Visibility::Shown {
                rule,
                until,
                is_contested,
            } = visibility
            else {
                continue;
            };
            chapter.total += 1;
            first_end = [first_end, until].into_iter().flatten().min();
            let entry = entry(record, (until, is_contested), rule.basis, lang);
            let lines = entry.lines.iter();
            let size: usize = lines
                .map(|line| line.label.len() + line.value.len() + LINE_BYTES)
                .sum();
            // The basis stands in the advice once more.
            let size = size + entry.source.len() + 2 * entry.basis.len() + ENTRY_BYTES;
            if chapter.entries.len() < REPORT_ENTRIES_MAX && size <= room {
                room -= size;
                advice.extend(repair(record, today, lang));
                chapter.entries.push(entry);
            }
        }
        chapter
    });
    let chapters = chapters.collect();
    (chapters, advice, first_end)
}

/// 报告说明
#[must_use]
pub fn notes(lang: Lang) -> Vec<String> {
    let notes = table().notes.iter();
    notes.map(|note| note.in_lang(lang).to_owned()).collect()
}

/// 报告用途: code and words of each.
pub fn purposes() -> impl Iterator<Item = (&'static str, Text)> {
    let lines = PURPOSES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut columns = line.split('\t');
        let (code, zh, en) = (columns.next()?, columns.next()?, columns.next()?);
        Some((code, Text { zh, en }))
    })
}

fn entry(
    record: &Record,
    (until, is_contested): (Option<Date>, bool),
    basis: Text,
    lang: Lang,
) -> Entry {
    let lines = record
        .values()
        .filter(|(field, _)| field.is_public && !HOLDER.contains(&field.name));
    Entry {
        lines: lines
            .map(|(field, value)| Line {
                label: field.label.in_lang(lang).to_owned(),
                value: value.label(lang),
            })
            .collect(),
        source: record.source.unit.clone(),
        as_of: record.source.as_of,
        until,
        basis: basis.in_lang(lang).to_owned(),
        is_contested,
    }
}

/// When a repair of the record may be applied for, if it may.
fn repair(record: &Record, today: Date, lang: Lang) -> Option<String> {
    let (day, rule) = earliest_repair(record, today)?;
    let number = record.get("number").map(|value| value.label(lang));
    let what = number.unwrap_or_else(|| record.dataset.title.in_lang(lang).to_owned());
    let basis = rule.basis.in_lang(lang);
    let day = day.max(today).text();
    Some(match lang {
        Lang::ZhCn => format!("{what}：纠正并履行完毕的，自 {day} 起可以申请信用修复（{basis}）。"),
        Lang::En => {
            format!("{what}: once set right, repair may be applied for from {day} ({basis}).")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::datasets;

    #[test]
    fn every_line_of_the_tables_is_understood() {
        let written = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        let table = table();
        let takes: usize = table.plans.iter().map(|plan| plan.takes.len()).sum();
        assert_eq!(table.plans.len() + takes + table.notes.len(), written);
        for take in table.plans.iter().flat_map(|plan| &plan.takes) {
            let dataset = datasets().iter().find(|set| set.name == take.dataset);
            let dataset = dataset.expect("a dataset of this name");
            if let Some((field, ..)) = take.when {
                assert!(dataset.place(field).is_some(), "{field}");
            }
        }
        let written = PURPOSES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(purposes().count(), written.count());
    }
}
