//! What is wrong with a text that is no tracing code.

use std::fmt;

use crate::lang::Lang;
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
        let most = decimal(i64::try_from(TRACE_CODE_MAX_CHARS).unwrap_or_default());
        match (self, lang) {
            (Self::Length(0), Lang::ZhCn) => "没有输入追溯码".to_owned(),
            (Self::Length(0), Lang::En) => "there is no tracing code".to_owned(),
            (Self::Length(found), Lang::ZhCn) => {
                ["追溯码最多", &most, "个字符，这里有", &count(*found), "个"].concat()
            }
            (Self::Length(found), Lang::En) => [
                "a tracing code has up to ",
                &most,
                " characters, found ",
                &count(*found),
            ]
            .concat(),
            (Self::Checksum { number, expected }, Lang::ZhCn) => [
                "商品条码",
                number,
                "的校验位应为",
                &expected.to_string(),
                "，请核对",
            ]
            .concat(),
            (Self::Checksum { number, expected }, Lang::En) => [
                "the check digit of GTIN ",
                number,
                " should be ",
                &expected.to_string(),
            ]
            .concat(),
            (Self::Date { identifier, found }, Lang::ZhCn) => {
                ["(", identifier, ")后面的", found, "不是日期"].concat()
            }
            (Self::Date { identifier, found }, Lang::En) => {
                [found, " after (", identifier, ") is no date"].concat()
            }
            (Self::Element(found), Lang::ZhCn) => ["从“", found, "”起不是GS1单元数据串"].concat(),
            (Self::Element(found), Lang::En) => {
                ["no GS1 element string from '", found, "' on"].concat()
            }
            (Self::Item, Lang::ZhCn) => "其中没有商品条码(01)".to_owned(),
            (Self::Item, Lang::En) => "there is no GTIN (01) in it".to_owned(),
        }
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
