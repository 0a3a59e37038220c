//! 统一社会信用代码, GB 32100-2015 with amendment No. 1 of 2016.

use std::fmt;

use super::ascii::Ascii;
use super::checksum;
use super::input::{Input, place};
use super::organisation::OrganisationCode;
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problem, Problems};
use super::registrars::PairSet;
use super::warning::{Warning, Warnings, warnings};
use super::{Changes, Identifier, Kind, Reading, timeless_identifier};
use crate::date::Date;

/// Characters of a code.
pub const CODE_LENGTH: usize = 18;

/// Place of the check character.
pub(super) const CHECK_PLACE: u8 = 18;

/// The 31 symbols of the standard in the order of their values: digits and
/// capitals without I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The check character for each remainder of the weighted sum: the symbol of
/// (31 − remainder) mod 31.
const CHECK: [u8; 31] = {
    let mut check = [0; 31];
    let mut remainder = 0;
    while remainder < check.len() {
        check[remainder] = ALPHABET[(31 - remainder) % 31];
        remainder += 1;
    }
    check
};

/// Places 3 to 8, the division.
const DIVISION: std::ops::Range<usize> = 2..8;

/// 统一社会信用代码, proved: 18 characters of the alphabet, digits as division,
/// right check character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc([u8; CODE_LENGTH]);

/// What arithmetic says of 18 bytes.
pub(super) struct Judgement {
    /// The first 17 are symbols, with digits at places 3 to 8.
    pub(super) shape: bool,
    /// Check character that the first 17 ask for.
    pub(super) check: u8,
    /// Check character that the organisation code inside asks for.
    pub(super) organisation_check: u8,
}

/// The weights of the two sums over the first 16 characters.
pub(super) struct Weights {
    /// 3^(i−1) mod 31 (GB 32100-2015 §5).
    code: [i16; 16],
    /// Those of the embedded organisation code (GB 11714), which begins at
    /// place 9.
    organisation: [i16; 8],
}

/// The weights. A batch hides them from the optimiser by `black_box`: it would
/// turn the multiplications by 1, 3 and 16 into a shuffle for each and be a
/// third slower than with the one instruction that multiplies and adds.
pub(super) const WEIGHTS: Weights = Weights {
    code: [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30],
    organisation: [3, 7, 9, 10, 5, 8, 4, 2],
};

/// Judges 18 bytes in one pass. This is the one place where the code is
/// checked; it has no branch and no table in its loop, so that compilers turn
/// it into vector instructions, two to four times as fast as with tables.
#[inline(always)]
pub(super) fn judge(code: &[u8; CODE_LENGTH], weights: &Weights) -> Judgement {
    /// The weight of place 17.
    const LAST_WEIGHT: i32 = 28;
    /// Where letters may stand: not in the division.
    const LETTERS: [i8; 16] = [-1, -1, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1];

    let mut admitted = [0_u8; 16];
    let mut value = [0_i8; 16];
    let mut value_36 = [0_i8; 16];
    for place in 0..16 {
        let byte = code[place].cast_signed();
        let letter = mask(byte > 64);
        let missing = mask(byte == 73) | mask(byte == 79) | mask(byte == 83) | mask(byte == 86);
        let digit = mask(byte > 47) & mask(byte < 58);
        let capital = letter & mask(byte < 90) & !missing & LETTERS[place];
        admitted[place] = (digit | capital).cast_unsigned();
        // A is 10; every letter that the alphabet leaves out moves the later
        // ones down by one. A mask is −1.
        value_36[place] = byte.wrapping_sub(48).wrapping_add(letter & -7);
        let left_out = mask(byte > 73) + mask(byte > 79) + mask(byte > 83) + mask(byte > 86);
        value[place] = value_36[place].wrapping_add(left_out);
    }
    let last = value_of(code[16]);
    let sum = dot(&value, &weights.code) + i32::from(last) * LAST_WEIGHT;
    let organisation = dot(&value_36[8..], &weights.organisation);
    Judgement {
        shape: u128::from_ne_bytes(admitted) == u128::MAX && last >= 0,
        // Below zero only when the shape is wrong.
        check: CHECK[sum.cast_unsigned() as usize % 31],
        organisation_check: checksum::organisation_symbol(organisation.cast_unsigned()),
    }
}

/// Sum of products.
#[inline(always)]
fn dot(values: &[i8], weights: &[i16]) -> i32 {
    let products = values.iter().zip(weights);
    products
        .map(|(value, weight)| i32::from(*value) * i32::from(*weight))
        .sum()
}

/// −1 for true, as vector units have it.
#[inline]
fn mask(condition: bool) -> i8 {
    -i8::from(condition)
}

/// Value of a symbol, −1 for any other byte.
#[inline]
fn value_of(byte: u8) -> i8 {
    const VALUES: [i8; 128] = {
        let mut values = [-1; 128];
        let mut index = 0;
        while index < ALPHABET.len() {
            values[ALPHABET[index] as usize] = index as i8;
            index += 1;
        }
        values
    };
    VALUES.get(usize::from(byte)).copied().unwrap_or(-1)
}

/// Value of a symbol of the alphabet.
pub(super) fn value(character: char) -> Option<i8> {
    u8::try_from(character)
        .ok()
        .map(value_of)
        .filter(|value| *value >= 0)
}

/// Normalises `text` (width, case, spaces and hyphens) and proves the shape:
/// length, alphabet, division. The check character that it asks for is beside it.
pub(super) fn shape(text: &str) -> Result<(Reading<[u8; CODE_LENGTH]>, char), Problems> {
    // Most codes need no normalisation.
    if let Ok(bytes) = <[u8; CODE_LENGTH]>::try_from(text.as_bytes())
        && let Some(check) = shaped(&bytes)
    {
        let changes = Changes::default();
        return Ok((
            Reading {
                value: bytes,
                changes,
            },
            check,
        ));
    }
    let mut input = Input::<CODE_LENGTH>::new(Kind::Uscc, text);
    input.length(&[CODE_LENGTH])?;
    let mut bytes = [0_u8; CODE_LENGTH];
    for (slot, character) in bytes.iter_mut().zip(input.characters()) {
        // What is not a byte is no symbol either; NUL stands for it.
        *slot = u8::try_from(*character).unwrap_or_default();
    }
    let check = shaped(&bytes);
    if check.is_none() {
        for index in 0..CODE_LENGTH {
            let found = input.characters()[index];
            let position = place(index);
            if DIVISION.contains(&index) && value(found).is_some_and(|value| value > 9) {
                input.note(Problem::DivisionDigit { found, position });
            } else {
                let allowed = if DIVISION.contains(&index) {
                    Allowed::Digits
                } else {
                    Allowed::CreditCode
                };
                input.expect(index + 1, 1, allowed);
            }
        }
    }
    // Either there is a check character or a problem, never both or neither.
    Ok((input.finish(bytes)?, check.unwrap_or_default()))
}

/// The check character that 18 bytes of the right shape ask for.
fn shaped(bytes: &[u8; CODE_LENGTH]) -> Option<char> {
    let judgement = judge(bytes, &WEIGHTS);
    let symbols = judgement.shape && value_of(bytes[CODE_LENGTH - 1]) >= 0;
    symbols.then_some(char::from(judgement.check))
}

impl Uscc {
    /// The code of 18 bytes of the right shape, if they end as they ask for.
    pub(super) fn proved(bytes: [u8; CODE_LENGTH], expected: char) -> Result<Self, Problem> {
        let found = char::from(bytes[CODE_LENGTH - 1]);
        if found == expected {
            return Ok(Self(bytes));
        }
        Err(Problem::Checksum {
            found,
            expected,
            position: CHECK_PLACE,
        })
    }

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

    /// The division code (places 3 to 8) in which it was first registered; it
    /// is not changed when the subject moves, so it says nothing of an address.
    #[must_use]
    pub fn division(&self) -> &str {
        &self.as_str()[DIVISION]
    }

    /// The organisation code inside (places 9 to 17), when its own check
    /// character fits.
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationCode> {
        self.as_str()[8..17].parse().ok()
    }

    fn org_warning(&self) -> Option<Warning> {
        let expected = char::from(judge(&self.0, &WEIGHTS).organisation_check);
        let found = char::from(self.0[16]);
        (found != expected).then_some(Warning::OrgChecksum { found, expected })
    }

    fn pair_warning(&self) -> Option<Warning> {
        let (registrar, category) = self.registrar_and_category();
        let pair = [registrar, category];
        (!PairSet::get().contains(self.0[0], self.0[1])).then_some(Warning::UnknownPair { pair })
    }
}

impl Identifier for Uscc {
    const KIND: Kind = Kind::Uscc;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let (Reading { value, changes }, expected) = shape(text)?;
        let value =
            Self::proved(value, expected).map_err(|problem| Problems::only(Self::KIND, problem))?;
        Ok(Reading { value, changes })
    }

    fn warnings(&self) -> Warnings {
        warnings([self.org_warning(), self.pair_warning(), None])
    }

    fn parts(&self) -> Parts {
        let code = self.as_str();
        let mut organisation = Ascii::<16>::new(&code[8..16]);
        organisation.push(b'-');
        organisation.push(self.0[16]);
        PartList::new()
            .with(PartName::Registrar, &code[..1], 1)
            .with(PartName::Category, &code[1..2], 2)
            .with(PartName::Division, self.division(), 3)
            .with(PartName::Organisation, &organisation, 9)
            .done()
    }
}

timeless_identifier!(Uscc);

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

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector code and the table of values are two ways of saying what the
    /// alphabet is.
    #[test]
    fn every_byte_at_every_place_is_a_symbol_or_a_problem() {
        for place in 0..CODE_LENGTH {
            for byte in 0..=u8::MAX {
                let mut code = *b"91120102MATEXT01X4";
                code[place] = byte;
                let character = char::from(byte);
                let allowed = if DIVISION.contains(&place) {
                    character.is_ascii_digit()
                } else {
                    value(character).is_some()
                };
                assert_eq!(shaped(&code).is_some(), allowed, "{byte:#x} at {place}");
                // As text, where nothing is dropped and nothing is folded.
                let text: String = code.iter().copied().map(char::from).collect();
                let kept = !super::super::input::is_separator(character);
                if kept && !byte.is_ascii_lowercase() {
                    let read = shape(&text);
                    assert_eq!(read.is_ok(), allowed, "{byte:#x} at {place}");
                    assert!(read.is_err() || read.is_ok_and(|(_, check)| check != '\0'));
                }
            }
        }
    }
}
