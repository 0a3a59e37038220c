//! What is wrong with a text that is no identifier.

use std::fmt;

use super::ascii::Ascii;
use super::kind::Kind;
use crate::date::Date;
use crate::lang::{Text, text};
use crate::text::shown;

/// Why a text is not an identifier of `kind`. Positions count from 1 in the
/// normalised text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentifierError {
    /// What it should have been.
    pub kind: Kind,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Bytes that are not UTF-8.
    Encoding {
        /// How many bytes before them are.
        valid: u32,
    },
    /// Another number of characters than the kind has.
    Length {
        /// Characters after separators were dropped.
        found: u32,
    },
    /// A character that has no place there.
    Alphabet {
        /// The character.
        found: char,
        /// Its place.
        position: u8,
        /// What may stand there.
        allowed: Allowed,
    },
    /// A letter where the division code of a 统一社会信用代码 has digits.
    DivisionDigit {
        /// The letter.
        found: char,
        /// Its place.
        position: u8,
    },
    /// The two digits that name the province name none.
    Province {
        /// The digits.
        found: Ascii<2>,
        /// Place of the first.
        position: u8,
    },
    /// It does not begin as the kind does.
    Prefix {
        /// The beginning.
        found: Ascii<6>,
    },
    /// No such day, such as 30 February, or one outside 1900 to 2200.
    Date {
        /// The digits.
        found: Ascii<8>,
        /// Place of the first.
        position: u8,
    },
    /// A day that has not come yet.
    DateAhead {
        /// The day.
        found: Date,
        /// Place of its first digit.
        position: u8,
        /// The day on which it was read.
        today: Date,
    },
    /// The check character is another one.
    Checksum {
        /// The one that is there.
        found: char,
        /// The one that the others ask for.
        expected: char,
        /// Its place.
        position: u8,
    },
}

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Allowed {
    /// The 31 symbols of GB 32100: digits and capitals without I, O, S, V, Z.
    CreditCode,
    /// Digits.
    Digits,
    /// A digit or X, as check characters of MOD 11 have it.
    DigitOrX,
    /// Capitals.
    Letters,
    /// Digits and capitals.
    DigitsAndLetters,
    /// A digit, H or M, with which travel permits begin.
    DigitOrHm,
    /// Anything that can be seen.
    Visible,
}

impl Allowed {
    pub(super) fn admits(self, character: char) -> bool {
        match self {
            Self::CreditCode => super::uscc::value(character).is_some(),
            Self::Digits => character.is_ascii_digit(),
            Self::DigitOrX => character.is_ascii_digit() || character == 'X',
            Self::Letters => character.is_ascii_uppercase(),
            Self::DigitsAndLetters => character.is_ascii_digit() || character.is_ascii_uppercase(),
            Self::DigitOrHm => character.is_ascii_digit() || matches!(character, 'H' | 'M'),
            Self::Visible => !crate::text::is_invisible(character),
        }
    }

    /// In words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::CreditCode => text(
                "数字和除I、O、S、V、Z以外的大写字母",
                "digits and capitals without I, O, S, V, Z",
            ),
            Self::Digits => text("数字", "digits"),
            Self::DigitOrX => text("数字或X", "a digit or X"),
            Self::Letters => text("大写字母", "capitals"),
            Self::DigitsAndLetters => text("数字和大写字母", "digits and capitals"),
            Self::DigitOrHm => text("数字、H或M", "a digit, H or M"),
            Self::Visible => text("可见字符", "characters that can be seen"),
        }
    }
}

impl Problem {
    /// After `valid` bytes there are some that are not UTF-8.
    #[cfg(feature = "tables")]
    pub(super) fn encoding(valid: usize) -> Self {
        let valid = u32::try_from(valid).unwrap_or(u32::MAX);
        Self::Encoding { valid }
    }

    /// `found` characters are too few or too many.
    pub(super) fn length(found: usize) -> Self {
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        Self::Length { found }
    }

    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code_of().word()
    }

    pub(super) fn code_of(&self) -> ErrorCode {
        match self {
            Self::Encoding { .. } => ErrorCode::Encoding,
            Self::Length { .. } => ErrorCode::Length,
            Self::Alphabet { .. } => ErrorCode::Alphabet,
            Self::DivisionDigit { .. } | Self::Province { .. } => ErrorCode::Division,
            Self::Prefix { .. } => ErrorCode::Prefix,
            Self::Date { .. } => ErrorCode::Date,
            Self::DateAhead { .. } => ErrorCode::DateAhead,
            Self::Checksum { .. } => ErrorCode::Checksum,
        }
    }

    /// The place where it is wrong, from 1.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        match self {
            Self::Encoding { .. } | Self::Length { .. } => None,
            Self::Prefix { .. } => Some(1),
            Self::Alphabet { position, .. }
            | Self::DivisionDigit { position, .. }
            | Self::Province { position, .. }
            | Self::Date { position, .. }
            | Self::DateAhead { position, .. }
            | Self::Checksum { position, .. } => Some(usize::from(*position)),
        }
    }

    /// The character that should stand there, where only one can.
    #[must_use]
    pub fn expected(&self) -> Option<char> {
        match self {
            Self::Checksum { expected, .. } => Some(*expected),
            _ => None,
        }
    }
}

/// The codes of errors, shared by all kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The bytes are not UTF-8.
    Encoding = 1,
    /// Another number of characters than the kind has.
    Length,
    /// A character that has no place there.
    Alphabet,
    /// A division code that cannot be one.
    Division,
    /// It does not begin as the kind does.
    Prefix,
    /// No such day.
    Date,
    /// A day that has not come yet.
    DateAhead,
    /// The check character is another one.
    Checksum,
}

impl ErrorCode {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::Encoding,
        Self::Length,
        Self::Alphabet,
        Self::Division,
        Self::Prefix,
        Self::Date,
        Self::DateAhead,
        Self::Checksum,
    ];

    /// The code as it is written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Length => "length",
            Self::Alphabet => "alphabet",
            Self::Division => "division",
            Self::Prefix => "prefix",
            Self::Date => "date",
            Self::DateAhead => "date-ahead",
            Self::Checksum => "checksum",
        }
    }
}

impl IdentifierError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// The sentence for readers of Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match &self.problem {
            Problem::Encoding { valid } => format!("第{valid}字节之后不是UTF-8编码"),
            Problem::Length { found } => format!(
                "{}应为{}位，这里有{found}位",
                self.kind.name().zh,
                self.kind.lengths().zh
            ),
            Problem::Alphabet {
                found,
                position,
                allowed,
            } => format!(
                "第{position}位{}不能用于{}，只用{}",
                shown(*found),
                self.kind.name().zh,
                allowed.text().zh
            ),
            Problem::DivisionDigit { found, position } => format!(
                "第{position}位{}应为数字：第3至8位是行政区划码",
                shown(*found)
            ),
            Problem::Province { found, position } => {
                format!(
                    "第{position}位起的{found}不是{}的省级代码",
                    self.kind.name().zh
                )
            }
            Problem::Prefix { found } => {
                let allowed = self.kind.prefixes().zh;
                format!("{}以{allowed}开头，这里是{found}", self.kind.name().zh)
            }
            Problem::Date { found, position } => {
                format!("第{position}位起的日期{found}不是1900至2200年间的日期")
            }
            Problem::DateAhead {
                found,
                position,
                today,
            } => format!("第{position}位起的日期{found}晚于今天（{today}）"),
            Problem::Checksum {
                found,
                expected,
                position,
            } => format!("校验码不符：第{position}位是{found}，按其余各位应为{expected}，请核对"),
        }
    }
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.name().en;
        match &self.problem {
            Problem::Encoding { valid } => write!(f, "not UTF-8 after byte {valid}"),
            Problem::Length { found } => write!(
                f,
                "{kind} has {found} characters, not {}",
                self.kind.lengths().en
            ),
            Problem::Alphabet {
                found,
                position,
                allowed,
            } => write!(
                f,
                "unexpected {} at place {position} of {kind}, allowed: {}",
                shown(*found),
                allowed.text().en
            ),
            Problem::DivisionDigit { found, position } => write!(
                f,
                "unexpected {} at place {position}, places 3 to 8 are the digits of the division",
                shown(*found)
            ),
            Problem::Province { found, position } => write!(
                f,
                "{found} at place {position} is no province that {kind} can have"
            ),
            Problem::Prefix { found } => {
                let allowed = self.kind.prefixes().en;
                write!(f, "{kind} begins with {found}, not with {allowed}")
            }
            Problem::Date { found, position } => {
                write!(f, "{found} at place {position} is no day from 1900 to 2200")
            }
            Problem::DateAhead {
                found,
                position,
                today,
            } => write!(f, "{found} at place {position} is after today, {today}"),
            Problem::Checksum {
                found,
                expected,
                position,
            } => write!(
                f,
                "check character at place {position} is {found}, the others ask for {expected}"
            ),
        }
    }
}

impl std::error::Error for IdentifierError {}

/// Most problems reported of one input; a number of 18 wrong characters needs
/// no more to be told wrong.
const MOST: usize = 8;

/// All that is wrong with an input, at least one thing, the main one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problems {
    kind: Kind,
    first: Problem,
    rest: [Option<Problem>; MOST - 1],
}

impl Problems {
    pub(super) fn only(kind: Kind, first: Problem) -> Self {
        Self {
            kind,
            first,
            rest: [None; MOST - 1],
        }
    }

    /// The main one.
    #[must_use]
    pub fn first(&self) -> IdentifierError {
        IdentifierError {
            kind: self.kind,
            problem: self.first,
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = IdentifierError> {
        let kind = self.kind;
        std::iter::once(self.first)
            .chain(self.rest.into_iter().flatten())
            .map(move |problem| IdentifierError { kind, problem })
    }
}

/// Problems as they are found, none to begin with.
pub(super) struct ProblemList(Option<Problems>, Kind);

impl ProblemList {
    pub(super) fn new(kind: Kind) -> Self {
        Self(None, kind)
    }

    pub(super) fn kind(&self) -> Kind {
        self.1
    }

    pub(super) fn add(&mut self, problem: Problem) {
        match &mut self.0 {
            None => self.0 = Some(Problems::only(self.1, problem)),
            Some(problems) => {
                if let Some(slot) = problems.rest.iter_mut().find(|slot| slot.is_none()) {
                    *slot = Some(problem);
                }
            }
        }
    }

    /// Goes on only when nothing was found so far.
    pub(super) fn none_so_far(&self) -> Result<(), Problems> {
        self.0.map_or(Ok(()), Err)
    }
}
