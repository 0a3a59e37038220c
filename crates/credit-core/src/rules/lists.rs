//! 名单: what each list is, on what it rests, how one comes onto it and leaves it
//! (`data/lists.txt`).

use std::sync::OnceLock;

use crate::lang::{Text, text};
use crate::record::{Dataset, FieldKind};

const TABLE: &str = include_str!("../../data/lists.txt");

/// A list.
#[derive(Debug, PartialEq, Eq)]
pub struct List {
    /// The dataset of its records.
    pub dataset: &'static Dataset,
    /// What its records are listed under; none where the whole dataset is one list.
    pub topic: Option<&'static str>,
    /// What it is called.
    pub title: Text,
    /// What it is a list of.
    pub about: Text,
    /// The document that it rests on.
    pub basis: Text,
    /// 列入条件
    pub entry: Text,
    /// 移出条件
    pub exit: Text,
}

/// All lists, in the order in which they are shown.
#[must_use]
pub fn lists() -> &'static [List] {
    static ROWS: OnceLock<Vec<List>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(List::read).collect()
    })
}

impl List {
    fn read(line: &'static str) -> Option<Self> {
        let columns: Vec<&'static str> = line.split('\t').collect();
        let [dataset, topic, terms @ ..] = columns.as_slice() else {
            return None;
        };
        let [a, about, b, basis, c, entry, d, exit] = *terms else {
            return None;
        };
        let dataset = Dataset::named(dataset).ok()?;
        let topic = Some(*topic).filter(|topic| *topic != "-");
        let title = match topic {
            None => dataset.title,
            Some(topic) => {
                let FieldKind::Word(set) = dataset.fields.get(dataset.topic?)?.kind else {
                    return None;
                };
                let word = set.code(topic)?;
                text(word.zh, word.en)
            }
        };
        Some(Self {
            dataset,
            topic,
            title,
            about: text(a, about),
            basis: text(b, basis),
            entry: text(c, entry),
            exit: text(d, exit),
        })
    }

    /// Its name in paths.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.topic.unwrap_or(self.dataset.name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::record::CodeSet;

    #[test]
    fn every_list_that_there_can_be_has_its_terms() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), lists().len(), "a line of no dataset or word");
        let ids: BTreeSet<&str> = lists().iter().map(List::id).collect();
        assert_eq!(ids.len(), lists().len(), "two lists with one id");
        let sets = ["list-kind", "honour-kind", "agency-kind", "measure-kind"];
        let words = sets
            .iter()
            .flat_map(|set| &CodeSet::named(set).unwrap().codes);
        let wanted = words.map(|word| word.code).chain(["judgments"]);
        assert_eq!(ids, wanted.collect());
    }

    #[test]
    fn every_list_is_told_in_both_languages() {
        let is_chinese = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
        for list in lists() {
            for told in [list.about, list.basis, list.entry, list.exit] {
                let id = list.id();
                assert!(told.zh.contains(is_chinese), "{id}: {}", told.zh);
                let is_english = !told.en.is_empty() && !told.en.contains(is_chinese);
                assert!(is_english, "{id}: {}", told.en);
            }
            for sentence in [list.about, list.entry, list.exit] {
                let ends = sentence.zh.ends_with('。') && sentence.en.ends_with('.');
                assert!(ends, "{}: {} {}", list.id(), sentence.zh, sentence.en);
            }
        }
    }
}
