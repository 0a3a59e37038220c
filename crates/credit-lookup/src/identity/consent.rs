//! 查询授权书: what a person agrees to before a query, as `data/consent.txt`
//! has it.

use std::sync::LazyLock;

use credit_core::date::{Date, DateError};
use credit_core::lang::{Lang, Text};

const TABLE: &str = include_str!("../../data/consent.txt");

static CONSENT: LazyLock<Result<Consent, ConsentError>> = LazyLock::new(|| read(TABLE));

/// The text that is agreed to.
#[derive(Debug, PartialEq, Eq)]
pub struct Consent {
    /// The day it is in use from, which is its name in the audit log.
    pub version: Date,
    paragraphs: Vec<Text>,
}

/// Why the table has no text to agree to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConsentError {
    /// A line without a Chinese and an English column.
    #[error("line {line} of the consent has no two columns")]
    Columns {
        /// Which, from 1.
        line: usize,
    },
    /// A version that is no day.
    #[error("version of the consent")]
    Version(#[from] DateError),
    /// The line of the version, or any other, is missing.
    #[error("consent has no version or no text")]
    Incomplete,
}

/// The consent in use. A server that asks who people are calls this when it
/// starts, so that nobody agrees to nothing.
///
/// # Errors
/// [`ConsentError`]
pub fn consent() -> Result<&'static Consent, &'static ConsentError> {
    CONSENT.as_ref()
}

impl Consent {
    /// The text in `lang`, a paragraph a line. `handler` is who runs this server
    /// and how to reach them, which the law wants named.
    #[must_use]
    pub fn told(&self, lang: Lang, handler: &str) -> String {
        let paragraphs = self.paragraphs.iter().map(|text| text.in_lang(lang));
        let lines: Vec<&str> = paragraphs.collect();
        lines.join("\n").replace("{handler}", handler)
    }
}

fn read(table: &'static str) -> Result<Consent, ConsentError> {
    let mut version = None;
    let mut paragraphs = Vec::new();
    for (line, text) in (1..).zip(table.lines()) {
        if text.starts_with('#') {
            continue;
        }
        match text.split_once('\t') {
            Some(("version", day)) => version = Some(day.parse::<Date>()?),
            Some((zh, en)) if !zh.is_empty() && !en.is_empty() => paragraphs.push(Text { zh, en }),
            _ => return Err(ConsentError::Columns { line }),
        }
    }
    match version {
        Some(version) if !paragraphs.is_empty() => Ok(Consent {
            version,
            paragraphs,
        }),
        _ => Err(ConsentError::Incomplete),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_a_consent_in_both_languages() {
        let consent = consent().unwrap();
        assert_eq!(consent.version.to_string(), "2026-12-01");
        let zh = consent.told(Lang::ZhCn, "示例区信用办（电话 010-00000000）");
        let en = consent.told(Lang::En, "an office");
        assert_eq!(zh.lines().count(), en.lines().count());
        assert!(zh.contains("处理者：示例区信用办（电话 010-00000000）。"));
        assert!(en.contains("Who handles the information: an office."));
        for text in [zh, en] {
            assert!(!text.contains(['{', '}', '\t']), "{text}");
        }
    }

    #[test]
    fn a_table_that_is_none_says_why() {
        assert_eq!(read("一\tone\n"), Err(ConsentError::Incomplete));
        assert_eq!(read("version\t2026-12-01\n"), Err(ConsentError::Incomplete));
        let wide = "# a remark\nversion\t2026-12-01\n一\n";
        assert_eq!(read(wide), Err(ConsentError::Columns { line: 3 }));
        let error = read("version\tsoon\n一\tone\n").unwrap_err();
        assert_eq!(error, ConsentError::Version(DateError::Form));
    }
}
