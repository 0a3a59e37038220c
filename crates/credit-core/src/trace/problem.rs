//! What is wrong with a text that is no tracing code.

use std::fmt;

use crate::lang::{Lang, text};
use crate::limits::TRACE_CODE_MAX_CHARS;
use crate::text::{decimal, truncated};

/// Most characters of a code that a sentence repeats.
const SHOWN_CHARS: usize = 32;

/// Why a text cannot be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TraceError {
    /// No characters, or so many that it is none.
    Length(usize),
    /// The last digit of a GTIN is another one.
    Checksum {
        /// The digits.
        number: String,
        /// What belongs there.
        expected: char,
    },
    /// No such day.
    Date {
        /// The application identifier in front of it.
        identifier: String,
        /// The digits.
        found: String,
    },
    /// A piece that is no element of GS1.
    Element(String),
    /// Elements without the one that names the product.
    Item,
}

impl TraceError {
    pub(super) fn element(found: &str) -> Self {
        Self::Element(truncated(found, SHOWN_CHARS).to_owned())
    }

    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length(_) => "length",
            Self::Checksum { .. } => "checksum",
            Self::Date { .. } => "date",
            Self::Element(_) => "element",
            Self::Item => "item",
        }
    }

    /// What was found and what is allowed, for people.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let most = count(TRACE_CODE_MAX_CHARS);
        let none = text("", "");
        let (before, one, between, other, after) = match self {
            Self::Length(0) => (
                text("没有输入追溯码", "there is no tracing code"),
                String::new(),
                none,
                String::new(),
                none,
            ),
            Self::Length(found) => (
                text("追溯码最多", "a tracing code has up to "),
                most,
                text("个字符，这里有", " characters, found "),
                count(*found),
                text("个", ""),
            ),
            Self::Checksum { number, expected } => (
                text("商品条码", "the check digit of GTIN "),
                number.clone(),
                text("的校验位应为", " should be "),
                String::from(*expected),
                text("，请核对", ""),
            ),
            Self::Date { identifier, found } => (
                text("(", "("),
                identifier.clone(),
                text(")后面的", ") is followed by "),
                found.clone(),
                text("不是日期", ", which is no date"),
            ),
            Self::Element(found) => (
                text("从“", "no GS1 element string from '"),
                found.clone(),
                text("”起不是GS1单元数据串", "' on"),
                String::new(),
                none,
            ),
            Self::Item => (
                text("其中没有商品条码(01)", "there is no GTIN (01) in it"),
                String::new(),
                none,
                String::new(),
                none,
            ),
        };
        let [before, between, after] = [before, between, after].map(|part| part.in_lang(lang));
        [before, &one, between, &other, after].concat()
    }
}

fn count(characters: usize) -> String {
    decimal(i64::try_from(characters).unwrap_or(i64::MAX))
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for TraceError {}
