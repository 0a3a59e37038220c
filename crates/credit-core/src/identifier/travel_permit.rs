//! 来往内地通行证 (Hong Kong and Macao, 回乡证) and 来往大陆通行证 (Taiwan, 台胞证).

use super::ascii::Ascii;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problems};
use super::{Identifier, Kind, Reading, ascii_identifier, timeless_identifier};
use crate::date::Date;

const LONGEST: usize = 11;

/// 通行证号码: H or M and eight digits (before 2012 ten); for Taiwan eight
/// digits (before 2015 ten, with a digit or letter after them or not).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TravelPermit(Ascii<LONGEST>);

impl TravelPermit {
    fn region(&self) -> &'static str {
        match self.0.as_bytes()[0] {
            b'H' => "hong-kong",
            b'M' => "macao",
            _ => "taiwan",
        }
    }

    fn form(&self) -> &'static str {
        let current = if self.region() == "taiwan" { 8 } else { 9 };
        if self.0.len() == current {
            "current"
        } else {
            "old"
        }
    }
}

impl Identifier for TravelPermit {
    const KIND: Kind = Kind::TravelPermit;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LONGEST>::without_brackets(Kind::TravelPermit, text);
        input.length(&[8, 9, 10, 11])?;
        input.expect(1, 1, Allowed::DigitOrHm);
        input.ascii()?;
        if input.characters()[0].is_ascii_digit() {
            input.length(&[8, 10, 11])?;
            input.expect(2, 9, Allowed::Digits);
            input.expect(11, 1, Allowed::DigitsAndLetters);
        } else {
            input.length(&[9, 11])?;
            input.expect(2, 10, Allowed::Digits);
        }
        let number = input.ascii()?;
        input.finish(Self(number))
    }

    fn parts(&self) -> Parts {
        PartList::new()
            .with(PartName::Region, self.region(), 1)
            .with(PartName::Form, self.form(), 1)
            .done()
    }
}

ascii_identifier!(TravelPermit);
timeless_identifier!(TravelPermit);
