//! 信用承诺编码.

use super::ascii::Ascii;
use super::division::expect_division;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problems};
use super::{Identifier, Kind, Reading, ascii_identifier};
use crate::date::Date;

const LENGTH: usize = 20;

/// 信用承诺编码: division where it was accepted, day it was made, serial number
/// of six digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PledgeCode(Ascii<LENGTH>);

impl PledgeCode {
    /// The division where it was accepted.
    #[must_use]
    pub fn division(&self) -> &str {
        &self.0[..6]
    }

    /// The day it was made.
    #[must_use]
    pub fn made(&self) -> Option<Date> {
        Date::from_digits(&self.0[6..14])
    }
}

impl Identifier for PledgeCode {
    const KIND: Kind = Kind::Pledge;

    fn read(text: &str, today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LENGTH>::new(Self::KIND, text);
        input.length(&[LENGTH])?;
        input.expect(1, LENGTH, Allowed::Digits);
        let code = input.ascii()?;
        expect_division(&mut input, &code[..6]);
        input.day(&code[6..14], 7, today);
        input.finish(Self(code))
    }

    fn parts(&self) -> Parts {
        let made = self.made().map(|day| day.to_string()).unwrap_or_default();
        PartList::new()
            .with(PartName::Division, self.division(), 1)
            .with(PartName::Date, &made, 7)
            .with(PartName::Serial, &self.0[14..], 15)
            .done()
    }
}

ascii_identifier!(PledgeCode);
