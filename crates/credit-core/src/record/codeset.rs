//! 代码集: the words that a cell may say, as `data/codesets.txt` has them.

use std::sync::OnceLock;

use crate::lang::Lang;
use crate::table::table;
use crate::text::fold_width;

const TABLE: &str = table!("../../data/codesets.txt");

/// A set of words.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeSet {
    /// Its name in the table.
    pub name: &'static str,
    /// 中文名
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// Whether `其他-…` with words of the source is allowed.
    pub is_open: bool,
    /// The words, in the order of the table.
    pub codes: Vec<Code>,
}

/// One word of a set.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable word for machines.
    pub code: &'static str,
    /// 中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
    aliases: Vec<&'static str>,
}

/// A word of a set, or words of the source where the set is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A word of the set.
    Known(&'static Code),
    /// 其他: what the source says, without `其他-` in front.
    Other(String),
}

/// All sets.
#[must_use]
pub fn code_sets() -> &'static [CodeSet] {
    static SETS: OnceLock<Vec<CodeSet>> = OnceLock::new();
    SETS.get_or_init(|| read(TABLE))
}

fn read(table: &'static str) -> Vec<CodeSet> {
    let mut sets: Vec<CodeSet> = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&'static str> = line.split('\t').collect();
        match *columns.as_slice() {
            [name, zh, en, open] if name.starts_with('=') => sets.push(CodeSet {
                name: name.trim_start_matches('='),
                zh,
                en,
                is_open: open == "other",
                codes: Vec::new(),
            }),
            [code, zh, en, aliases] => {
                if let Some(set) = sets.last_mut() {
                    set.codes.push(Code {
                        code,
                        zh,
                        en,
                        aliases: aliases.split(',').filter(|alias| *alias != "-").collect(),
                    });
                }
            }
            _ => {}
        }
    }
    sets
}

impl CodeSet {
    /// The set with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        code_sets().iter().find(|set| set.name == name)
    }

    /// The code itself.
    #[must_use]
    pub fn code(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|other| other.code == code)
    }

    /// Reads a word as feeds write it: the Chinese word, an alias, the code.
    #[must_use]
    pub fn read(&'static self, text: &str) -> Option<Word> {
        let folded: String = text
            .chars()
            .map(fold_width)
            .filter(|character| !character.is_whitespace())
            .collect();
        let known = self.codes.iter().find(|code| {
            code.zh == folded || code.code == folded || code.aliases.contains(&folded.as_str())
        });
        if let Some(code) = known {
            return Some(Word::Known(code));
        }
        let rest = folded.strip_prefix("其他").filter(|_| self.is_open)?;
        let rest = rest.trim_start_matches(['-', '—', '－', ':', '：', '(', '_']);
        Some(Word::Other(rest.trim_end_matches(')').to_owned()))
    }

    /// The Chinese words, for an error.
    #[must_use]
    pub fn allowed(&self) -> String {
        let words: Vec<&str> = self.codes.iter().map(|code| code.zh).collect();
        let mut text = words.join(", ");
        if self.is_open {
            text.push_str(", 其他-…");
        }
        text
    }

    /// Reads what [`Word::to_stored`] writes.
    #[must_use]
    pub fn from_stored(&'static self, text: &str) -> Option<Word> {
        match text.strip_prefix("other:") {
            Some(rest) if self.is_open => Some(Word::Other(rest.to_owned())),
            _ => self.code(text).map(Word::Known),
        }
    }
}

impl Word {
    /// Stable word for machines; `other` for words of the source.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Known(code) => code.code,
            Self::Other(_) => "other",
        }
    }

    /// As it is kept.
    #[must_use]
    pub fn to_stored(&self) -> String {
        match self {
            Self::Known(code) => code.code.to_owned(),
            Self::Other(text) => format!("other:{text}"),
        }
    }

    /// As people read it.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Known(code), Lang::ZhCn) => code.zh.to_owned(),
            (Self::Known(code), Lang::En) => code.en.to_owned(),
            (Self::Other(text), Lang::ZhCn) if text.is_empty() => "其他".to_owned(),
            (Self::Other(text), Lang::ZhCn) => format!("其他（{text}）"),
            (Self::Other(text), Lang::En) if text.is_empty() => "other".to_owned(),
            (Self::Other(text), Lang::En) => format!("other ({text})"),
        }
    }
}
