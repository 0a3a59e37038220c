//! What the 18-digit numbers of persons share: birthday, serial number with the
//! sex in it, check character (GB 11643-1999, ISO 7064 MOD 11-2).

use std::fmt;

use super::ascii::Ascii;
use super::checksum;
use super::input::Input;
use super::part::{PartList, PartName};
use super::problem::{Allowed, Problems};
use crate::date::Date;

/// Characters of the numbers.
pub(super) const LENGTH: usize = 18;

/// Sex as registered; odd serial numbers are male.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// The sex that a serial number says.
    pub(super) fn of_serial(serial: &str) -> Self {
        let odd = serial.bytes().last().is_some_and(|digit| digit % 2 == 1);
        if odd { Self::Male } else { Self::Female }
    }

    /// Its word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Seventeen digits and a check character.
pub(super) fn characters(input: &mut Input<LENGTH>) -> Result<Ascii<LENGTH>, Problems> {
    input.expect(1, LENGTH - 1, Allowed::Digits);
    input.expect(LENGTH, 1, Allowed::DigitOrX);
    input.ascii()
}

/// Notes a birthday that cannot be and a wrong check character.
pub(super) fn expect_birth_and_check(
    input: &mut Input<LENGTH>,
    number: &Ascii<LENGTH>,
    today: Date,
) {
    input.day(&number[6..14], 7, today);
    input.check(checksum::mod_11_2(&number.as_bytes()[..LENGTH - 1]));
}

/// The birthday in an 18-digit number that was proved.
pub(super) fn birth(number: &Ascii<LENGTH>) -> Option<Date> {
    Date::from_digits(number.get(6..14)?)
}

/// Adds birthday, sex and serial number of an 18-digit number.
pub(super) fn with_birth_and_serial(parts: PartList, number: &Ascii<LENGTH>) -> PartList {
    let serial = &number[14..17];
    with_birth(parts, birth(number), 7)
        .with(PartName::Sex, Sex::of_serial(serial).word(), 17)
        .with(PartName::Serial, serial, 15)
}

/// Adds a birthday, where it is known.
pub(super) fn with_birth(parts: PartList, birth: Option<Date>, position: usize) -> PartList {
    match birth {
        Some(birth) => parts.with(PartName::Birth, &birth.to_string(), position),
        None => parts,
    }
}
