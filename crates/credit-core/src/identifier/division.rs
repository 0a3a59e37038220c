//! 行政区划代码, GB/T 2260.

use super::ascii::Ascii;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problems};
use super::{Identifier, Kind, Reading, ascii_identifier, timeless_identifier};
use crate::date::Date;

const LENGTH: usize = 6;

/// The provinces of mainland residents (first two digits of GB/T 2260), and
/// 71, Taiwan.
pub(super) const PROVINCES: [u8; 32] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71,
];

/// Hong Kong and Macao, which have no residents in the sense of GB 11643.
const SPECIAL_REGIONS: [u8; 2] = [81, 82];

/// What stands where a registration is with the national registrar.
pub(super) const NATIONAL: &str = "100000";

/// Whether two digits name one of `provinces`.
pub(super) fn is_province(digits: &str, provinces: &[u8]) -> bool {
    digits
        .parse()
        .is_ok_and(|province: u8| provinces.contains(&province))
}

/// 行政区划代码: six digits, the first two of a province, or 100000 for the
/// national registrar. Whether there is or was such a division is another
/// question, which the tables answer: new ones are made every year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(Ascii<LENGTH>);

/// Notes what is wrong with six digits at place 1 that should be a division.
pub(super) fn expect_division<const N: usize>(input: &mut Input<N>, digits: &str) {
    let province = &digits[..2];
    if digits != NATIONAL && !is_province(province, &SPECIAL_REGIONS) {
        input.province(province, 1, &PROVINCES);
    }
}

impl Identifier for DivisionCode {
    const KIND: Kind = Kind::Division;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LENGTH>::new(Kind::Division, text);
        input.length(&[LENGTH])?;
        input.expect(1, LENGTH, Allowed::Digits);
        let code = input.ascii()?;
        expect_division(&mut input, &code);
        input.finish(Self(code))
    }

    fn parts(&self) -> Parts {
        PartList::new()
            .with(PartName::Division, &self.0, 1)
            .with(PartName::Province, &self.0[..2], 1)
            .done()
    }
}

ascii_identifier!(DivisionCode);
timeless_identifier!(DivisionCode);
