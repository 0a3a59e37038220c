//! 居民身份号码 (GB 11643) and its look-alike, the residence permit of people
//! from Hong Kong, Macao and Taiwan.

use super::ascii::Ascii;
use super::division::PROVINCES;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::person::{self, LENGTH, Sex};
use super::problem::{Allowed, Problem, Problems};
use super::warning::{Warning, Warnings, warnings};
use super::{Identifier, Kind, Reading, ascii_identifier, checksum};
use crate::date::Date;

/// Digits of the form of 1984 to 1999, which old records still have.
const OLD_LENGTH: usize = 15;

/// 居民身份号码, 18 characters, or the old 15 digits.
///
/// The division is the one of first registration, which may have been gone for
/// decades, or may be younger than its holder: nothing compares the two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResidentId(Ascii<LENGTH>);

impl ResidentId {
    /// The form without century and check character.
    fn is_old(&self) -> bool {
        self.0.len() == OLD_LENGTH
    }

    /// The division of first registration.
    #[must_use]
    pub fn division(&self) -> &str {
        &self.0[..6]
    }

    /// The serial number among those born there on that day.
    #[must_use]
    pub fn serial(&self) -> &str {
        if self.is_old() {
            &self.0[12..]
        } else {
            &self.0[14..17]
        }
    }

    /// The birthday. The old form does not say the century, and its serial
    /// numbers 996 to 999 were kept for people who had lived through a whole
    /// one: of them it is not known.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        if !self.is_old() {
            return person::birth(&self.0);
        }
        let centenarian = matches!(self.serial(), "996" | "997" | "998" | "999");
        let day = Date::from_digits(&["19", &self.0[6..12]].concat());
        day.filter(|_| !centenarian)
    }

    /// The sex as registered.
    #[must_use]
    pub fn sex(&self) -> Sex {
        Sex::of_serial(self.serial())
    }

    /// The 18-character form that belongs to an old number, where the century
    /// is known.
    #[must_use]
    pub fn modern(&self) -> Option<Self> {
        if !self.is_old() {
            return Some(*self);
        }
        self.birth()?;
        let mut number = Ascii::new(&[self.division(), "19", &self.0[6..]].concat());
        let check = checksum::mod_11_2(number.as_bytes());
        number.push(u8::try_from(check).ok()?);
        Some(Self(number))
    }
}

impl Identifier for ResidentId {
    const KIND: Kind = Kind::Id;

    fn read(text: &str, today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LENGTH>::new(Self::KIND, text);
        input.length(&[LENGTH, OLD_LENGTH])?;
        let number = if input.len() == OLD_LENGTH {
            input.expect(1, OLD_LENGTH, Allowed::Digits);
            let number = input.ascii()?;
            input.province(&number[..2], 1, &PROVINCES);
            input.day(&["19", &number[6..12]].concat(), 7, today);
            number
        } else {
            let number = person::characters(&mut input)?;
            input.province(&number[..2], 1, &PROVINCES);
            person::expect_birth_and_check(&mut input, &number, today);
            number
        };
        input.finish(Self(number))
    }

    fn warnings(&self) -> Warnings {
        warnings([self.is_old().then_some(Warning::NoCheckDigit), None, None])
    }

    fn parts(&self) -> Parts {
        let parts = PartList::new().with(PartName::Division, self.division(), 1);
        if self.is_old() {
            person::with_birth(parts, self.birth(), 7)
                .with(PartName::Sex, self.sex().word(), 15)
                .with(PartName::Serial, self.serial(), 13)
                .done()
        } else {
            person::with_birth_and_serial(parts, &self.0).done()
        }
    }
}

ascii_identifier!(ResidentId);

/// 港澳台居民居住证号码: 81, 82 or 83 and four zeros, then like a resident's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResidencePermit(Ascii<LENGTH>);

impl ResidencePermit {
    /// Where its holder comes from.
    fn region(&self) -> &'static str {
        match &self.0[..2] {
            "81" => "hong-kong",
            "82" => "macao",
            _ => "taiwan",
        }
    }

    /// The birthday.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        person::birth(&self.0)
    }
}

impl Identifier for ResidencePermit {
    const KIND: Kind = Kind::Permit;

    fn read(text: &str, today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LENGTH>::new(Self::KIND, text);
        input.length(&[LENGTH])?;
        let number = person::characters(&mut input)?;
        if !matches!(&number[..6], "810000" | "820000" | "830000") {
            input.note(Problem::Prefix {
                found: Ascii::new(&number[..6]),
            });
        }
        person::expect_birth_and_check(&mut input, &number, today);
        input.finish(Self(number))
    }

    fn parts(&self) -> Parts {
        let parts = PartList::new().with(PartName::Region, self.region(), 1);
        person::with_birth_and_serial(parts, &self.0).done()
    }
}

ascii_identifier!(ResidencePermit);
