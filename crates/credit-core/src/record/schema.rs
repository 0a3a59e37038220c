//! 数据集: what each feed consists of, as `data/datasets.txt` has it: fields,
//! limits, column names of today and of 2016, and what outsiders may see.

use std::sync::OnceLock;

use super::codeset::CodeSet;
use crate::lang::Text;
use crate::subject::UnknownWord;
use crate::table::table;

const TABLE: &str = table!("../../data/datasets.txt");

/// A kind of record, with everything that is known of its feeds.
#[derive(Debug, PartialEq, Eq)]
pub struct Dataset {
    /// Its name, in commands and paths.
    pub name: &'static str,
    /// What it is called.
    pub title: Text,
    /// Who a record of it is about.
    pub holder: HolderRule,
    /// The fields that tell one record of a holder from another.
    pub key: Vec<usize>,
    /// The field under whose values records are listed.
    pub topic: Option<usize>,
    /// The fields, in order.
    pub fields: Vec<Field>,
}

/// Who a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderRule {
    /// A subject with a code, or a natural person.
    Any,
    /// A subject with a code.
    Subject,
    /// Nobody: a table of the district.
    Nobody,
}

/// A field of a dataset.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, in rules and answers.
    pub name: &'static str,
    /// What a cell may hold.
    pub kind: FieldKind,
    /// Whether a row without it is rejected.
    pub is_needed: bool,
    /// Whether outsiders may see it.
    pub is_public: bool,
    /// Column names, the current one first.
    pub columns: Vec<&'static str>,
    /// What people call it.
    pub label: Text,
}

/// What a cell may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Name of the holder.
    HolderName,
    /// 统一社会信用代码 of the holder.
    HolderCode,
    /// Document number of a natural person: never kept in clear.
    PersonNumber,
    /// Name of a natural person beside the holder.
    PersonName,
    /// Free text of at most this many characters.
    Text(usize),
    /// A day.
    Date,
    /// A day; 2099-12-31 and 长期 are an open end.
    OpenDate,
    /// An amount in 万元.
    Wan,
    /// An amount in 元.
    Yuan,
    /// Name of an organisation, of at most this many characters.
    Unit(usize),
    /// 统一社会信用代码 of an organisation.
    UnitCode,
    /// 文书号
    DocumentNumber,
    /// 承诺编码
    Pledge,
    /// 0 to 100.
    Percent,
    /// A whole number.
    Count,
    /// An address that begins with https:// or http://.
    Url,
    /// Letters, digits, `-`, `.`, `_`.
    Id(usize),
    /// One word of a set.
    Word(&'static CodeSet),
    /// Words of a set, separated by `;`.
    Words(&'static CodeSet),
}

/// All datasets but the registry.
#[must_use]
pub fn datasets() -> &'static [Dataset] {
    static DATASETS: OnceLock<Vec<Dataset>> = OnceLock::new();
    DATASETS.get_or_init(|| read(TABLE))
}

fn read(table: &'static str) -> Vec<Dataset> {
    let mut datasets: Vec<(Dataset, &'static str, &'static str)> = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&'static str> = line.split('\t').collect();
        match *columns.as_slice() {
            [name, zh, en, holder, key, topic] => {
                let dataset = Dataset {
                    name: name.trim_start_matches('='),
                    title: Text { zh, en },
                    holder: match holder {
                        "subject" => HolderRule::Subject,
                        "none" => HolderRule::Nobody,
                        _ => HolderRule::Any,
                    },
                    key: Vec::new(),
                    topic: None,
                    fields: Vec::new(),
                };
                datasets.push((dataset, key, topic));
            }
            [name, kind, limit, need, show, names, zh, en] => {
                if let (Some((dataset, _, _)), Some(kind)) =
                    (datasets.last_mut(), FieldKind::read(kind, limit))
                {
                    dataset.fields.push(Field {
                        name,
                        kind,
                        is_needed: need == "need",
                        is_public: show == "public",
                        columns: names.split(',').collect(),
                        label: Text { zh, en },
                    });
                }
            }
            _ => {}
        }
    }
    let keyed = datasets.into_iter().map(|(mut dataset, key, topic)| {
        dataset.key = key
            .split(',')
            .filter_map(|name| dataset.place(name))
            .collect();
        dataset.topic = dataset.place(topic);
        dataset
    });
    keyed.collect()
}

impl Dataset {
    /// The dataset with this name.
    ///
    /// # Errors
    /// [`UnknownWord`]
    pub fn named(name: &str) -> Result<&'static Self, UnknownWord> {
        let found = datasets().iter().find(|dataset| dataset.name == name);
        found.ok_or_else(|| UnknownWord(name.to_owned()))
    }

    /// Place of the field `name`.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

impl FieldKind {
    fn read(word: &str, limit: &str) -> Option<Self> {
        let limit = limit.parse().ok();
        Some(match word {
            "name" => Self::HolderName,
            "code" => Self::HolderCode,
            "person-number" => Self::PersonNumber,
            "person-name" => Self::PersonName,
            "text" => Self::Text(limit?),
            "date" => Self::Date,
            "open-date" => Self::OpenDate,
            "wan" => Self::Wan,
            "yuan" => Self::Yuan,
            "unit" => Self::Unit(limit?),
            "unit-code" => Self::UnitCode,
            "docno" => Self::DocumentNumber,
            "pledge" => Self::Pledge,
            "percent" => Self::Percent,
            "count" => Self::Count,
            "url" => Self::Url,
            "id" => Self::Id(limit?),
            other => match other.split_once(':')? {
                ("words", set) => Self::Word(CodeSet::named(set)?),
                ("words*", set) => Self::Words(CodeSet::named(set)?),
                _ => return None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let (heads, fields): (Vec<&str>, Vec<&str>) = lines
            .filter(|line| !line.is_empty())
            .partition(|line| line.starts_with('='));
        assert_eq!(heads.len(), datasets().len());
        let read: usize = datasets().iter().map(|dataset| dataset.fields.len()).sum();
        assert_eq!(fields.len(), read);
        for (dataset, head) in datasets().iter().zip(heads) {
            let mut columns = head.rsplit('\t');
            let topic = columns.next().unwrap_or_default();
            let key = columns.next().unwrap_or_default();
            assert_eq!(dataset.topic.is_none(), topic == "-", "{}", dataset.name);
            assert_eq!(
                dataset.key.len(),
                key.split(',').count(),
                "{}",
                dataset.name
            );
            for common in ["source-unit", "source-date", "state", "scope"] {
                assert!(dataset.place(common).is_some(), "{} {common}", dataset.name);
            }
            let mut columns: Vec<&str> = dataset
                .fields
                .iter()
                .flat_map(|field| field.columns.iter().copied())
                .collect();
            columns.sort_unstable();
            let count = columns.len();
            columns.dedup();
            assert_eq!(columns.len(), count, "{} has a column twice", dataset.name);
            for name in ["person-number", "representative-number"] {
                if let Some(place) = dataset.place(name) {
                    assert!(!dataset.fields[place].is_public, "{} {name}", dataset.name);
                }
            }
        }
    }
}
