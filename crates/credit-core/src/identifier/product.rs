//! Codes of products: 商品条码 (GS1) and 有机码.

use super::ascii::Ascii;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problems};
use super::warning::{Warning, Warnings, warnings};
use super::{Identifier, Kind, Reading, ascii_identifier, checksum, timeless_identifier};
use crate::date::Date;

/// Digits of the longest form of 商品条码.
const GTIN_LENGTH: usize = 14;

/// Digits of 有机码.
const ORGANIC_LENGTH: usize = 17;

/// 商品条码: a GTIN of 8, 12, 13 or 14 digits with its check digit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(Ascii<GTIN_LENGTH>);

impl Gtin {
    /// Its 14 digits: the forms are the same number with zeros in front.
    #[must_use]
    pub fn item14(&self) -> String {
        format!("{:0>14}", self.as_str())
    }

    fn form(&self) -> &'static str {
        match self.0.len() {
            8 => "gtin-8",
            12 => "gtin-12",
            13 => "gtin-13",
            _ => "gtin-14",
        }
    }
}

impl Identifier for Gtin {
    const KIND: Kind = Kind::Gtin;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<GTIN_LENGTH>::new(Kind::Gtin, text);
        input.length(&[8, 12, 13, 14])?;
        input.expect(1, GTIN_LENGTH, Allowed::Digits);
        let number = input.ascii()?;
        input.check(checksum::gs1(&number.as_bytes()[..number.len() - 1]));
        input.finish(Self(number))
    }

    fn warnings(&self) -> Warnings {
        zeros(&self.0)
    }

    fn parts(&self) -> Parts {
        PartList::new()
            .with(PartName::Form, self.form(), 1)
            .with(PartName::Item14, &self.item14(), 1)
            .done()
    }
}

ascii_identifier!(Gtin);
timeless_identifier!(Gtin);

/// 有机码: certifier, year, twelve random digits. It has no check digit; whether
/// one was issued only the national register knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganicCode(Ascii<ORGANIC_LENGTH>);

impl Identifier for OrganicCode {
    const KIND: Kind = Kind::Organic;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<ORGANIC_LENGTH>::new(Kind::Organic, text);
        input.length(&[ORGANIC_LENGTH])?;
        input.expect(1, ORGANIC_LENGTH, Allowed::Digits);
        let code = input.ascii()?;
        input.finish(Self(code))
    }

    fn warnings(&self) -> Warnings {
        zeros(&self.0)
    }

    fn parts(&self) -> Parts {
        PartList::new()
            .with(PartName::Certifier, &self.0[..3], 1)
            .with(PartName::Year, &self.0[3..5], 4)
            .done()
    }
}

ascii_identifier!(OrganicCode);
timeless_identifier!(OrganicCode);

fn zeros(number: &str) -> Warnings {
    let zeros = number.bytes().all(|digit| digit == b'0');
    warnings([zeros.then_some(Warning::Placeholder), None, None])
}
