//! Names of subjects.

use std::fmt;
use std::str::FromStr;

use crate::limits::NAME_MAX_CHARS;
use crate::text::{is_invisible, shown};

/// 主体名称: trimmed, not empty, at most [`NAME_MAX_CHARS`] characters, nothing
/// invisible in it. Kept as published otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectName(String);

/// Why a text is not a subject's name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameError {
    /// Empty, or one of the null markers of official data.
    Empty,
    /// More than [`NAME_MAX_CHARS`] characters.
    Length {
        /// Characters found.
        found: usize,
    },
    /// A control, zero-width or bidirectional character.
    Invisible {
        /// The character.
        found: char,
        /// Its place, from 1.
        position: usize,
    },
}

/// 空值标记: what official data writes where it has nothing.
#[must_use]
pub fn is_null_marker(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "N/A" | "n/a" | "-" | "--" | "—" | "——" | "— —" | "/" | "无" | "null" | "NULL"
    )
}

impl SubjectName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, to keep.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl FromStr for SubjectName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let trimmed = text.trim();
        if is_null_marker(trimmed) {
            return Err(NameError::Empty);
        }
        let found = trimmed.chars().count();
        if found > NAME_MAX_CHARS {
            return Err(NameError::Length { found });
        }
        match trimmed
            .chars()
            .enumerate()
            .find(|(_, character)| is_invisible(*character))
        {
            Some((index, found)) => Err(NameError::Invisible {
                found,
                position: index + 1,
            }),
            None => Ok(Self(trimmed.to_owned())),
        }
    }
}

impl fmt::Display for SubjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl NameError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "name-empty",
            Self::Length { .. } => "name-length",
            Self::Invisible { .. } => "name-invisible",
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("name is empty"),
            Self::Length { found } => {
                write!(
                    f,
                    "name has {found} characters, at most {NAME_MAX_CHARS} are allowed"
                )
            }
            Self::Invisible { found, position } => {
                write!(
                    f,
                    "invisible character {} at place {position} of the name",
                    shown(*found)
                )
            }
        }
    }
}

impl std::error::Error for NameError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_or_refused_with_a_code() {
        let long = "天".repeat(NAME_MAX_CHARS + 1);
        for (text, expected) in [
            (" 示例（天津）有限公司 ", Ok("示例（天津）有限公司")),
            ("N/A", Err("name-empty")),
            ("— —", Err("name-empty")),
            ("甲\u{202e}乙", Err("name-invisible")),
            (long.as_str(), Err("name-length")),
        ] {
            let found = text.parse::<SubjectName>();
            assert_eq!(
                found
                    .as_ref()
                    .map(SubjectName::as_str)
                    .map_err(NameError::code),
                expected
            );
        }
        assert_eq!(
            "甲\u{202e}乙"
                .parse::<SubjectName>()
                .unwrap_err()
                .to_string(),
            "invisible character U+202E at place 2 of the name"
        );
    }
}
