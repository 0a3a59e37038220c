//! The code that a record is kept under.

use std::fmt;

use super::problem::{IdentifierError, Problem, Problems};
use super::uscc::{CHECK_PLACE, CODE_LENGTH, Uscc, shape};
use super::{Identifier, Kind, Reading};
use crate::date::Date;

/// A subject's code: proved, or taken as an official feed publishes it.
///
/// 190 of 2 994 246 real registry codes have a wrong check character. Such a
/// record is kept and flagged instead of hidden; a form never makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectCode {
    /// Right in every respect.
    Uscc(Uscc),
    /// Right shape, wrong check character.
    AsPublished(AsPublished),
}

/// A code of the right shape with a wrong check character, as published.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsPublished {
    code: [u8; CODE_LENGTH],
    expected: char,
}

impl SubjectCode {
    /// Reads a code of an official feed, or one that somebody looks up and
    /// that might be in such a feed.
    ///
    /// # Errors
    /// The errors of shape: length, alphabet, division.
    pub fn as_published(text: &str) -> Result<Self, IdentifierError> {
        Self::read(text, Date::EPOCH)
            .map(|reading| reading.value)
            .map_err(|problems| problems.first())
    }

    /// The code as text, 18 ASCII characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Uscc(uscc) => uscc.as_str(),
            Self::AsPublished(published) => {
                std::str::from_utf8(&published.code).unwrap_or_default()
            }
        }
    }

    /// What is wrong with a code that is shown as published.
    #[must_use]
    pub fn problem(&self) -> Option<IdentifierError> {
        match self {
            Self::Uscc(_) => None,
            Self::AsPublished(published) => Some(IdentifierError {
                kind: Kind::Uscc,
                problem: Problem::Checksum {
                    found: char::from(published.code[CODE_LENGTH - 1]),
                    expected: published.expected,
                    position: CHECK_PLACE,
                },
            }),
        }
    }

    /// Registrar and category, places 1 and 2.
    #[must_use]
    pub fn registrar_and_category(&self) -> (char, char) {
        let mut characters = self.as_str().chars();
        (
            characters.next().unwrap_or_default(),
            characters.next().unwrap_or_default(),
        )
    }
}

/// Read as published: a wrong check character is no error here.
impl Identifier for SubjectCode {
    const KIND: Kind = Kind::Uscc;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let (Reading { value, changes }, expected) = shape(text)?;
        let value = match Uscc::proved(value, expected) {
            Ok(uscc) => Self::Uscc(uscc),
            Err(_) => Self::AsPublished(AsPublished {
                code: value,
                expected,
            }),
        };
        Ok(Reading { value, changes })
    }
}

impl fmt::Display for SubjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AsPublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AsPublished({})", SubjectCode::AsPublished(*self))
    }
}
