//! 统一社会信用代码, GB 32100-2015 with amendment No. 1 of 2016.

use std::fmt;
use std::str::FromStr;

use crate::text::{fold_width, shown};

/// Characters of a code.
pub const CODE_LENGTH: usize = 18;

/// The 31 symbols of the standard in the order of their values: digits and
/// capitals without I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights of the first 17 characters, 3^(i−1) mod 31 (GB 32100-2015 §5).
const WEIGHTS: [u32; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];

/// Weights of the embedded organisation code (GB 11714).
const ORG_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Registrar (first character) and its categories (second), the 36 pairs of
/// the table in GB 32100-2015 with amendment No. 1.
const PAIRS: [(u8, &[u8]); 12] = [
    (b'1', b"1239"),
    (b'2', b"19"),
    (b'3', b"123459"),
    (b'4', b"19"),
    (b'5', b"1239"),
    (b'6', b"129"),
    (b'7', b"129"),
    (b'8', b"19"),
    (b'9', b"123"),
    (b'A', b"19"),
    (b'N', b"1239"),
    (b'Y', b"1"),
];

/// 统一社会信用代码, proved: 18 characters of the alphabet, digits as division,
/// right check character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc([u8; CODE_LENGTH]);

/// Why a text is not a 统一社会信用代码. Positions count from 1 in the
/// normalised text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsccError {
    /// Not 18 characters.
    Length {
        /// Characters after separators were dropped.
        found: usize,
    },
    /// A character outside the 31 of the standard.
    Alphabet {
        /// The character.
        found: char,
        /// Its place, from 1.
        position: usize,
    },
    /// A letter where the division code has digits (places 3 to 8).
    Division {
        /// The character.
        found: char,
        /// Its place, from 1.
        position: usize,
    },
    /// The check character (place 18, mod 31) is another one.
    Checksum {
        /// The last character.
        found: char,
        /// The one that the first 17 ask for.
        expected: char,
    },
}

/// What is odd about a code that is right all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsccWarning {
    /// The check character of the embedded organisation code (places 9 to 17,
    /// mod 11) does not fit: 189 of 2 994 246 real codes.
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
}

impl Uscc {
    /// The code as text, 18 ASCII characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The only constructor admits nothing but ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Registering authority (登记管理部门, place 1) and category (机构类别, place 2).
    #[must_use]
    pub fn registrar_and_category(&self) -> (char, char) {
        (char::from(self.0[0]), char::from(self.0[1]))
    }

    /// What is odd about this code.
    pub fn warnings(&self) -> impl Iterator<Item = UsccWarning> {
        [self.org_warning(), self.pair_warning()]
            .into_iter()
            .flatten()
    }

    fn org_warning(&self) -> Option<UsccWarning> {
        let organisation = &self.0[8..17];
        let sum: u32 = organisation
            .iter()
            .zip(ORG_WEIGHTS)
            .filter_map(|(byte, weight)| Some(char::from(*byte).to_digit(36)? * weight))
            .sum();
        let expected = match 11 - sum % 11 {
            10 => 'X',
            11 => '0',
            digit => char::from_digit(digit, 10)?,
        };
        let found = char::from(organisation[8]);
        (found != expected).then_some(UsccWarning::OrgChecksum { found, expected })
    }

    fn pair_warning(&self) -> Option<UsccWarning> {
        let known = PAIRS.iter().any(|(registrar, categories)| {
            *registrar == self.0[0] && categories.contains(&self.0[1])
        });
        let pair = [char::from(self.0[0]), char::from(self.0[1])];
        (!known).then_some(UsccWarning::UnknownPair { pair })
    }
}

/// Normalises `text` (width, case, spaces and hyphens) and proves the shape:
/// length, alphabet, division. The check character is returned beside it.
pub(super) fn shape(text: &str) -> Result<([u8; CODE_LENGTH], char), UsccError> {
    let mut bytes = [0_u8; CODE_LENGTH];
    let mut sum = 0;
    let mut found = 0;
    let mut problem = None;
    let kept = text
        .chars()
        .map(|character| fold_width(character).to_ascii_uppercase())
        .filter(|character| !is_separator(*character));
    for character in kept {
        found += 1;
        let Some(slot) = bytes.get_mut(found - 1) else {
            continue;
        };
        match value(character) {
            None => {
                problem = problem.or(Some(UsccError::Alphabet {
                    found: character,
                    position: found,
                }));
            }
            Some(value) => {
                if (3..=8).contains(&found) && value > 9 {
                    problem = problem.or(Some(UsccError::Division {
                        found: character,
                        position: found,
                    }));
                }
                *slot = ALPHABET[value];
                // Both are below 31 by construction.
                sum += u32::try_from(value).unwrap_or_default()
                    * WEIGHTS.get(found - 1).copied().unwrap_or_default();
            }
        }
    }
    if found != CODE_LENGTH {
        return Err(UsccError::Length { found });
    }
    if let Some(problem) = problem {
        return Err(problem);
    }
    let expected = ALPHABET[((31 - sum % 31) % 31) as usize];
    Ok((bytes, char::from(expected)))
}

fn value(character: char) -> Option<usize> {
    ALPHABET
        .iter()
        .position(|symbol| char::from(*symbol) == character)
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '\u{2010}'..='\u{2015}' | '\u{200b}' | '\u{feff}'
        )
}

impl FromStr for Uscc {
    type Err = UsccError;

    /// Parses a code as people write it.
    ///
    /// # Errors
    /// [`UsccError`], the first that applies in the order length, alphabet or
    /// division by place, checksum.
    fn from_str(text: &str) -> Result<Self, UsccError> {
        let (bytes, expected) = shape(text)?;
        let found = char::from(bytes[CODE_LENGTH - 1]);
        if found == expected {
            Ok(Self(bytes))
        } else {
            Err(UsccError::Checksum { found, expected })
        }
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uscc({self})")
    }
}

impl UsccError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Alphabet { .. } => "alphabet",
            Self::Division { .. } => "division",
            Self::Checksum { .. } => "checksum",
        }
    }

    /// The sentence for readers of Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Length { found } => {
                format!("统一社会信用代码应为{CODE_LENGTH}位，这里有{found}位")
            }
            Self::Alphabet { found, position } => format!(
                "第{position}位{}不能用于统一社会信用代码，只用数字和除I、O、S、V、Z以外的大写字母",
                shown(*found)
            ),
            Self::Division { found, position } => {
                format!(
                    "第{position}位{}应为数字：第3至8位是行政区划码",
                    shown(*found)
                )
            }
            Self::Checksum { found, expected } => {
                format!("校验码不符：末位是{found}，按前17位应为{expected}，请核对")
            }
        }
    }
}

impl fmt::Display for UsccError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { found } => {
                write!(
                    f,
                    "unified social credit code has {found} characters, not {CODE_LENGTH}"
                )
            }
            Self::Alphabet { found, position } => write!(
                f,
                "unexpected {} at place {position}, allowed are digits and capitals without I, O, S, V, Z",
                shown(*found)
            ),
            Self::Division { found, position } => write!(
                f,
                "unexpected {} at place {position}, places 3 to 8 are the digits of the division",
                shown(*found)
            ),
            Self::Checksum { found, expected } => {
                write!(
                    f,
                    "check character is {found}, the first 17 characters ask for {expected}"
                )
            }
        }
    }
}

impl std::error::Error for UsccError {}

impl UsccWarning {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OrgChecksum { .. } => "org-checksum",
            Self::UnknownPair { .. } => "unknown-pair",
        }
    }
}

impl fmt::Display for UsccWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OrgChecksum { found, expected } => write!(
                f,
                "check character of the embedded organisation code is {found}, places 9 to 16 ask for {expected}"
            ),
            Self::UnknownPair {
                pair: [registrar, category],
            } => {
                write!(
                    f,
                    "registrar and category {registrar}{category} are not in the table"
                )
            }
        }
    }
}
