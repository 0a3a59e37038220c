//! 外国人永久居留身份证号码, the form of 2023-12-01 and the one before.

use super::ascii::Ascii;
use super::division::PROVINCES;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::person::{self, LENGTH};
use super::problem::{Allowed, Problem, Problems};
use super::warning::{Warning, Warnings, warnings};
use super::{Identifier, Kind, Reading, ascii_identifier};
use crate::date::Date;

/// Characters of the cards of 2004 and 2017, valid until they expire.
const OLD_LENGTH: usize = 15;

/// 外国人永久居留身份证号码: 9, province of application, country (ISO 3166-1
/// numeric), birthday, serial number, check character; or the old three letters
/// and twelve digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermanentResidentNumber(Ascii<LENGTH>);

impl PermanentResidentNumber {
    fn is_old(&self) -> bool {
        self.0.len() == OLD_LENGTH
    }
}

impl Identifier for PermanentResidentNumber {
    const KIND: Kind = Kind::Fpr;

    fn read(text: &str, today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LENGTH>::new(Self::KIND, text);
        input.length(&[LENGTH, OLD_LENGTH])?;
        if input.len() == OLD_LENGTH {
            input.expect(1, 3, Allowed::Letters);
            input.expect(4, 12, Allowed::Digits);
            let number = input.ascii()?;
            return input.finish(Self(number));
        }
        let number = person::characters(&mut input)?;
        if !number.starts_with('9') {
            input.note(Problem::Prefix {
                found: Ascii::new(&number[..1]),
            });
        }
        input.province(&number[1..3], 2, &PROVINCES);
        person::expect_birth_and_check(&mut input, &number, today);
        input.finish(Self(number))
    }

    fn warnings(&self) -> Warnings {
        warnings([self.is_old().then_some(Warning::NoCheckDigit), None, None])
    }

    fn parts(&self) -> Parts {
        if self.is_old() {
            let parts = PartList::new()
                .with(PartName::Country, &self.0[..3], 1)
                .with(PartName::Place, &self.0[3..7], 4);
            let date = &self.0[7..13];
            let is_day = ["19", "20"]
                .iter()
                .any(|century| Date::from_digits(&[century, date].concat()).is_some());
            return if is_day {
                parts.with(PartName::Date6, date, 8).done()
            } else {
                parts.done()
            };
        }
        let parts = PartList::new()
            .with(PartName::Province, &self.0[1..3], 2)
            .with(PartName::Country, &self.0[3..6], 4);
        person::with_birth_and_serial(parts, &self.0).done()
    }
}

ascii_identifier!(PermanentResidentNumber);
