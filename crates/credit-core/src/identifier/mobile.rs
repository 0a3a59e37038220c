//! 手机号码 of the mainland.

use super::ascii::Ascii;
use super::input::Input;
use super::problem::{Allowed, Problem, Problems};
use super::{Identifier, Kind, Reading, ascii_identifier, timeless_identifier};
use crate::date::Date;

const LENGTH: usize = 11;

/// With `0086` in front.
const LONGEST: usize = LENGTH + 4;

/// 手机号码: eleven digits, the first two 13 to 19. Finer segments change from
/// year to year and are not looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mobile(Ascii<LONGEST>);

impl Identifier for Mobile {
    const KIND: Kind = Kind::Mobile;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LONGEST>::without_brackets(Kind::Mobile, text);
        let country = match input.characters() {
            ['+', '8', '6', ..] => 3,
            ['0', '0', '8', '6', ..] => 4,
            ['8', '6', rest @ ..] if rest.len() == LENGTH => 2,
            _ => 0,
        };
        if country > 0 {
            input.drop_country_code(country);
        }
        input.length(&[LENGTH])?;
        input.expect(1, LENGTH, Allowed::Digits);
        let number = input.ascii()?;
        if !matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..]) {
            input.note(Problem::Prefix {
                found: Ascii::new(&number[..2]),
            });
        }
        input.finish(Self(number))
    }
}

ascii_identifier!(Mobile);
timeless_identifier!(Mobile);
