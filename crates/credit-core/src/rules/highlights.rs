//! 名片要点: what a card says of the records of its subject, by `data/card.txt`.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::{Visibility, visible};
use crate::card::{Fact, FactKind};
use crate::date::Date;
use crate::lang::Lang;
use crate::record::Record;
use crate::table::table;
use crate::text::decimal;

const TABLE: &str = table!("../../data/card.txt");

/// A line of the table.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    kind: FactKind,
    dataset: &'static str,
    when: When,
    how: How,
    value: Vec<&'static str>,
}

#[derive(Debug, PartialEq, Eq)]
enum When {
    Always,
    Contested,
    Is(&'static str, &'static str),
    IsNot(&'static str, &'static str),
}

#[derive(Debug, PartialEq, Eq)]
enum How {
    Count,
    Each(usize),
}

fn lines() -> &'static [Line] {
    static LINES: OnceLock<Vec<Line>> = OnceLock::new();
    LINES.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Line::read).collect()
    })
}

impl Line {
    fn read(line: &'static str) -> Option<Self> {
        let columns: Vec<&'static str> = line.split('\t').collect();
        let [kind, dataset, when, how, value] = *columns.as_slice() else {
            return None;
        };
        let when = match when {
            "*" => When::Always,
            "contested" => When::Contested,
            when => match when.split_once("!=") {
                Some((field, word)) => When::IsNot(field, word),
                None => {
                    let (field, word) = when.split_once('=')?;
                    When::Is(field, word)
                }
            },
        };
        let how = match how.split_once(' ') {
            None if how == "count" => How::Count,
            Some(("each", most)) => How::Each(most.parse().ok()?),
            _ => return None,
        };
        Some(Self {
            kind: kind.parse().ok()?,
            dataset,
            when,
            how,
            value: value.split(',').filter(|field| *field != "-").collect(),
        })
    }

    fn fits(&self, record: &Record, is_contested: bool) -> bool {
        (self.dataset == "*" || self.dataset == record.dataset.name)
            && match self.when {
                When::Always => true,
                When::Contested => is_contested,
                When::Is(field, word) => record.word(field) == Some(word),
                When::IsNot(field, word) => record.word(field) != Some(word),
            }
    }

    /// What a fact of its own says of `record`. Signed documents are Chinese, as
    /// the records are.
    fn text(&self, record: &Record) -> String {
        let values = self.value.iter().filter_map(|field| {
            let value = record.get(field).map(|value| value.label(Lang::ZhCn));
            let title = || (*field == "title").then(|| record.dataset.title.zh.to_owned());
            value.or_else(title)
        });
        values.collect::<Vec<_>>().join(" ")
    }
}

/// A record that may be shown.
struct Shown<'a> {
    record: &'a Record,
    until: Option<Date>,
    is_contested: bool,
}

/// The facts of `records`, all those of one subject, that may be shown on
/// `today`, each until it changes.
#[must_use]
pub fn highlights(records: &[Record], today: Date) -> Vec<Fact> {
    let marks: Vec<Record> = records
        .iter()
        .filter(|record| matches!(record.dataset.name, "objections" | "repairs"))
        .cloned()
        .collect();
    let mut shown: Vec<Shown<'_>> = records
        .iter()
        .filter_map(|record| match visible(record, &marks, today) {
            Visibility::Shown {
                until,
                is_contested,
                ..
            } => Some(Shown {
                record,
                until,
                is_contested,
            }),
            Visibility::Hidden { .. } => None,
        })
        .collect();
    // The key is the last word, so that two stores say the same.
    shown.sort_by_cached_key(|shown| (Reverse(day(shown.record)), shown.record.key()));
    let mut facts = Vec::new();
    for line in lines() {
        let fitting: Vec<&Shown<'_>> = shown
            .iter()
            .filter(|shown| line.fits(shown.record, shown.is_contested))
            .collect();
        match line.how {
            How::Each(most) => facts.extend(fitting.iter().take(most).map(|shown| Fact {
                kind: line.kind,
                value: line.text(shown.record),
                source: shown.record.source.unit.clone(),
                as_of: day(shown.record),
                until: shown.until,
            })),
            How::Count => facts.extend(counted(line.kind, &fitting)),
        }
    }
    facts
}

/// The day that a record speaks of.
fn day(record: &Record) -> Date {
    record.date("decided").unwrap_or(record.source.as_of)
}

/// How many there are; nothing where there are none.
fn counted(kind: FactKind, fitting: &[&Shown<'_>]) -> Option<Fact> {
    let count = i64::try_from(fitting.len()).ok()?;
    let sources = fitting.iter().map(|shown| &shown.record.source);
    let as_of = sources.clone().map(|source| source.as_of).max()?;
    let units: BTreeSet<&str> = sources.map(|source| source.unit.as_str()).collect();
    let first = units.first()?;
    let source = match units.len() {
        1 => (*first).to_owned(),
        several => format!("{first}等{several}家单位"),
    };
    Some(Fact {
        kind,
        value: decimal(count),
        source,
        as_of,
        // With the first that ends the number is another.
        until: fitting.iter().filter_map(|shown| shown.until).min(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::datasets;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let written = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines().len(), written.count());
        for line in lines() {
            if line.dataset == "*" {
                continue;
            }
            let dataset = datasets().iter().find(|set| set.name == line.dataset);
            let dataset = dataset.expect("a dataset of this name");
            let conditions = match line.when {
                When::Is(field, _) | When::IsNot(field, _) => Some(field),
                _ => None,
            };
            let fields = line.value.iter().copied().filter(|field| *field != "title");
            for field in fields.chain(conditions) {
                assert!(
                    dataset.place(field).is_some(),
                    "{field} of {}",
                    dataset.name
                );
                let place = dataset.place(field).unwrap_or_default();
                assert!(dataset.fields[place].is_public, "{field}");
            }
        }
    }
}
