//! 公共信用信息目录: the classes of public credit information, and which datasets
//! belong to each (`data/catalogue.txt`).

use std::sync::OnceLock;

use crate::lang::Text;

const TABLE: &str = include_str!("../../data/catalogue.txt");

/// The catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// Its edition.
    pub version: &'static str,
    /// The document that it comes from.
    pub basis: Text,
    /// Its classes, in their order.
    pub classes: Vec<CatalogueClass>,
}

/// A class of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct CatalogueClass {
    /// Its name in the table.
    pub id: &'static str,
    /// What it is called.
    pub title: Text,
    /// Whether the document is known to word it so.
    pub is_confirmed: bool,
    /// What belongs to it.
    pub datasets: Vec<CatalogueDataset>,
}

/// A dataset, or a part of one, that belongs to a class.
#[derive(Debug, PartialEq, Eq)]
pub struct CatalogueDataset {
    /// The dataset; `registry` is that of the subjects.
    pub dataset: &'static str,
    /// What it is called here.
    pub title: Text,
    topics: Topics,
}

/// Which records of a dataset, by what they are listed under.
#[derive(Debug, PartialEq, Eq)]
enum Topics {
    All,
    Only(Vec<&'static str>),
    AllBut(Vec<&'static str>),
}

/// The catalogue of today.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut catalogue = Catalogue {
            version: "",
            basis: Text { zh: "", en: "" },
            classes: Vec::new(),
        };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&'static str> = line.split('\t').collect();
            match *columns.as_slice() {
                ["=edition", version, zh, en] => {
                    catalogue.version = version;
                    catalogue.basis = Text { zh, en };
                }
                ["=class", id, zh, en, confirmed] => catalogue.classes.push(CatalogueClass {
                    id,
                    title: Text { zh, en },
                    is_confirmed: confirmed == "confirmed",
                    datasets: Vec::new(),
                }),
                [dataset, topics, zh, en] => {
                    if let Some(class) = catalogue.classes.last_mut() {
                        class.datasets.push(CatalogueDataset {
                            dataset,
                            title: Text { zh, en },
                            topics: Topics::read(topics),
                        });
                    }
                }
                _ => {}
            }
        }
        catalogue
    })
}

impl Topics {
    fn read(text: &'static str) -> Self {
        match (text, text.strip_prefix('!')) {
            ("-", _) => Self::All,
            (_, Some(others)) => Self::AllBut(others.split(',').collect()),
            (topics, None) => Self::Only(topics.split(',').collect()),
        }
    }
}

impl CatalogueDataset {
    /// Whether a record that is listed under `topic` belongs to it.
    #[must_use]
    pub fn has(&self, topic: Option<&str>) -> bool {
        let is_among = |topics: &[&'static str]| topic.is_some_and(|topic| topics.contains(&topic));
        match &self.topics {
            Topics::All => true,
            Topics::Only(topics) => is_among(topics),
            Topics::AllBut(topics) => !is_among(topics),
        }
    }

    /// Whether it is a part of its dataset, which its topics tell from the rest.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.topics != Topics::All
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Dataset, FieldKind};

    #[test]
    fn every_line_is_of_a_dataset_and_of_words_that_there_are() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let (heads, datasets): (Vec<&str>, Vec<&str>) =
            lines.partition(|line| line.starts_with('='));
        let classes = &catalogue().classes;
        assert_eq!(heads.len(), 1 + classes.len());
        assert_eq!(classes.len(), 13);
        assert_eq!(
            classes.iter().filter(|class| class.is_confirmed).count(),
            5,
            "the first five are confirmed"
        );
        assert!(!catalogue().version.is_empty() && !catalogue().basis.zh.is_empty());
        let all: Vec<&CatalogueDataset> =
            classes.iter().flat_map(|class| &class.datasets).collect();
        assert_eq!(datasets.len(), all.len());
        for one in all {
            if one.dataset == "registry" {
                continue;
            }
            let dataset = Dataset::named(one.dataset).unwrap();
            let (Topics::Only(topics) | Topics::AllBut(topics)) = &one.topics else {
                continue;
            };
            let FieldKind::Word(set) = dataset.fields[dataset.topic.unwrap()].kind else {
                panic!("{} is not listed by words", one.dataset);
            };
            for topic in topics {
                assert!(set.code(topic).is_some(), "{topic}");
            }
        }
    }

    /// A record that stood in two classes would be counted twice.
    #[test]
    fn every_list_is_in_one_class() {
        let set = crate::record::CodeSet::named("list-kind").unwrap();
        let words = set.codes.iter().map(|code| Some(code.code));
        for topic in words.chain([Some("other:价格失信名单"), None]) {
            let classes = catalogue().classes.iter();
            let found = classes.filter(|class| {
                let mut lists = class.datasets.iter().filter(|one| one.dataset == "lists");
                lists.any(|one| one.has(topic))
            });
            assert_eq!(found.count(), 1, "{topic:?}");
        }
    }
}
