//! What normalisation changed.

use crate::lang::{Text, text};

/// One way in which an input differed from how it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// Full-width characters (全角) became ASCII.
    Width,
    /// Small letters became capitals.
    Case,
    /// Spaces, hyphens and dashes were dropped.
    Separators,
    /// Zero-width characters and direction marks were dropped.
    Invisible,
    /// Parentheses were dropped.
    Brackets,
    /// The country code 86 was dropped.
    CountryCode,
}

impl Change {
    const ALL: [Self; 6] = [
        Self::Width,
        Self::Case,
        Self::Separators,
        Self::Invisible,
        Self::Brackets,
        Self::CountryCode,
    ];

    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Width => "width",
            Self::Case => "case",
            Self::Separators => "separators",
            Self::Invisible => "invisible",
            Self::Brackets => "brackets",
            Self::CountryCode => "country-code",
        }
    }

    /// What was done, for people.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Width => text("全角已转为半角", "full-width characters became half-width"),
            Self::Case => text("小写字母已转为大写", "small letters became capitals"),
            Self::Separators => text("已去掉空格和连字符", "spaces and hyphens were dropped"),
            Self::Invisible => text("已去掉不可见字符", "invisible characters were dropped"),
            Self::Brackets => text("已去掉括号", "parentheses were dropped"),
            Self::CountryCode => text("已去掉国家代码86", "the country code 86 was dropped"),
        }
    }
}

/// The set of changes made to one input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes(u8);

impl Changes {
    pub(super) fn add(&mut self, change: Change) {
        self.0 |= 1 << change as u8;
    }

    /// Nothing was changed.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The changes, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Change> {
        Change::ALL
            .into_iter()
            .filter(move |change| self.0 & (1 << *change as u8) != 0)
    }
}
