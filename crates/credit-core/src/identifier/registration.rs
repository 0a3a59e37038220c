//! 工商注册号, GS 15-2006, and the numbers before it.

use super::ascii::Ascii;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problems};
use super::warning::{Warning, Warnings, warnings};
use super::{Identifier, Kind, Reading, ascii_identifier, checksum, timeless_identifier};
use crate::date::Date;

const LENGTH: usize = 15;

/// Digits of the numbers before 2007, which have no check digit.
const OLD_LENGTH: usize = 13;

/// 工商注册号: division, eight digits, check digit (ISO 7064 MOD 11,10); or
/// thirteen digits from before 2007.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistrationNumber(Ascii<LENGTH>);

impl RegistrationNumber {
    fn is_old(&self) -> bool {
        self.0.len() == OLD_LENGTH
    }

    /// What kind of enterprise the first digit after the division says.
    fn group(&self) -> &'static str {
        match self.0.as_bytes()[6] {
            b'0'..=b'3' => "domestic",
            b'4' | b'5' => "foreign-invested",
            _ => "individual",
        }
    }
}

impl Identifier for RegistrationNumber {
    const KIND: Kind = Kind::Regno;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LENGTH>::new(Kind::Regno, text);
        input.length(&[LENGTH, OLD_LENGTH])?;
        input.expect(1, LENGTH, Allowed::Digits);
        let number = input.ascii()?;
        if input.len() == LENGTH {
            input.check(checksum::mod_11_10(&number.as_bytes()[..LENGTH - 1]));
        }
        input.finish(Self(number))
    }

    fn warnings(&self) -> Warnings {
        warnings([self.is_old().then_some(Warning::NoCheckDigit), None, None])
    }

    fn parts(&self) -> Parts {
        if self.is_old() {
            return PartList::new().done();
        }
        PartList::new()
            .with(PartName::Division, &self.0[..6], 1)
            .with(PartName::Group, self.group(), 7)
            .done()
    }
}

ascii_identifier!(RegistrationNumber);
timeless_identifier!(RegistrationNumber);
