//! What is odd about an identifier that is right all the same.

use std::fmt;

use super::ascii::Ascii;

/// What is odd. Positions count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The check character of the organisation code inside a 统一社会信用代码
    /// (places 9 to 17, mod 11) does not fit: 189 of 2 994 246 real codes.
    OrgChecksum {
        /// Place 17.
        found: char,
        /// The one that places 9 to 16 ask for.
        expected: char,
    },
    /// Registrar and category are not a pair of the table: 15 of 2 994 246
    /// real codes begin with 99.
    UnknownPair {
        /// Places 1 and 2.
        pair: [char; 2],
    },
    /// The division code is not in GB/T 2260, nor was it ever.
    UnknownDivision {
        /// The six digits.
        found: Ascii<6>,
        /// Place of the first.
        position: usize,
    },
    /// The country code is not in ISO 3166-1.
    UnknownCountry {
        /// Three digits or letters.
        found: Ascii<3>,
        /// Place of the first.
        position: usize,
    },
    /// An old form without check character: a slip of the pen goes unnoticed.
    NoCheckDigit,
    /// Not a single digit, which no passport number known does without.
    NoDigit,
    /// Nothing but zeros, as put in where a number is not known.
    Placeholder,
    /// A document number without a year.
    NoYear,
    /// A document number without 号.
    NoNumber,
}

/// The codes of warnings, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum WarningCode {
    /// [`Warning::OrgChecksum`]
    OrgChecksum,
    /// [`Warning::UnknownPair`]
    UnknownPair,
    /// [`Warning::UnknownDivision`]
    UnknownDivision,
    /// [`Warning::UnknownCountry`]
    UnknownCountry,
    /// [`Warning::NoCheckDigit`]
    NoCheckDigit,
    /// [`Warning::NoDigit`]
    NoDigit,
    /// [`Warning::Placeholder`]
    Placeholder,
    /// [`Warning::NoYear`]
    NoYear,
    /// [`Warning::NoNumber`]
    NoNumber,
}

impl WarningCode {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::OrgChecksum,
        Self::UnknownPair,
        Self::UnknownDivision,
        Self::UnknownCountry,
        Self::NoCheckDigit,
        Self::NoDigit,
        Self::Placeholder,
        Self::NoYear,
        Self::NoNumber,
    ];

    /// The code as it is written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OrgChecksum => "org-checksum",
            Self::UnknownPair => "unknown-pair",
            Self::UnknownDivision => "unknown-division",
            Self::UnknownCountry => "unknown-country",
            Self::NoCheckDigit => "no-check-digit",
            Self::NoDigit => "no-digit",
            Self::Placeholder => "placeholder",
            Self::NoYear => "no-year",
            Self::NoNumber => "no-number",
        }
    }
}

impl Warning {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code_of().word()
    }

    pub(super) fn code_of(&self) -> WarningCode {
        match self {
            Self::OrgChecksum { .. } => WarningCode::OrgChecksum,
            Self::UnknownPair { .. } => WarningCode::UnknownPair,
            Self::UnknownDivision { .. } => WarningCode::UnknownDivision,
            Self::UnknownCountry { .. } => WarningCode::UnknownCountry,
            Self::NoCheckDigit => WarningCode::NoCheckDigit,
            Self::NoDigit => WarningCode::NoDigit,
            Self::Placeholder => WarningCode::Placeholder,
            Self::NoYear => WarningCode::NoYear,
            Self::NoNumber => WarningCode::NoNumber,
        }
    }

    /// The place that is odd, from 1.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        match self {
            Self::OrgChecksum { .. } => Some(17),
            Self::UnknownPair { .. } => Some(1),
            Self::UnknownDivision { position, .. } | Self::UnknownCountry { position, .. } => {
                Some(*position)
            }
            _ => None,
        }
    }

    /// The character that was expected, where only one could stand there.
    #[must_use]
    pub fn expected(&self) -> Option<char> {
        match self {
            Self::OrgChecksum { expected, .. } => Some(*expected),
            _ => None,
        }
    }

    /// The sentence for readers of Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::OrgChecksum { found, expected } => {
                format!("内含的组织机构代码校验码不符：第17位是{found}，按第9至16位应为{expected}")
            }
            Self::UnknownPair {
                pair: [registrar, category],
            } => format!("登记管理部门与机构类别{registrar}{category}不在标准的代码表中"),
            Self::UnknownDivision { found, .. } => {
                format!("行政区划码{found}不在区划代码表中（1980年至2026年7月）")
            }
            Self::UnknownCountry { found, .. } => format!("国家和地区代码{found}不在ISO 3166-1中"),
            Self::NoCheckDigit => "旧式号码，没有可以核验的校验码".to_owned(),
            Self::NoDigit => "号码中没有数字，请核对".to_owned(),
            Self::Placeholder => "全部是0，像是占位号码".to_owned(),
            Self::NoYear => "文书号中没有括号里的年份，“年”字前也没有".to_owned(),
            Self::NoNumber => "文书号中没有“号”字".to_owned(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OrgChecksum { found, expected } => write!(
                f,
                "check character of the embedded organisation code is {found}, places 9 to 16 ask for {expected}"
            ),
            Self::UnknownPair {
                pair: [registrar, category],
            } => write!(
                f,
                "registrar and category {registrar}{category} are not in the table"
            ),
            Self::UnknownDivision { found, position } => write!(
                f,
                "division {found} at place {position} is not in the table of 1980 to July 2026"
            ),
            Self::UnknownCountry { found, position } => write!(
                f,
                "country {found} at place {position} is not in ISO 3166-1"
            ),
            Self::NoCheckDigit => {
                f.write_str("an old form without a check character that can be verified")
            }
            Self::NoDigit => f.write_str("there is no digit in it"),
            Self::Placeholder => f.write_str("nothing but zeros, as put in for an unknown number"),
            Self::NoYear => f.write_str("the document number has no year in brackets or before 年"),
            Self::NoNumber => f.write_str("the document number has no 号"),
        }
    }
}

/// Most warnings that one identifier can have by itself.
pub(super) const MOST: usize = 3;

/// What is odd about one identifier.
pub type Warnings = std::iter::Flatten<std::array::IntoIter<Option<Warning>, MOST>>;

pub(super) fn warnings(list: [Option<Warning>; MOST]) -> Warnings {
    list.into_iter().flatten()
}
