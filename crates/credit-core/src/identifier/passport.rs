//! 护照号码, Chinese and foreign. None has a check character in its number.

use super::ascii::Ascii;
use super::input::Input;
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problems};
use super::warning::{Warning, Warnings, warnings};
use super::{Identifier, Kind, Reading, ascii_identifier, timeless_identifier};
use crate::date::Date;

/// The longest that a national numbering is known to be.
const LONGEST: usize = 17;
const SHORTEST: usize = 5;

/// 护照号码: 5 to 17 digits and capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passport(Ascii<LONGEST>);

impl Passport {
    /// Which numbering it follows: `ordinary` (E and eight digits, or E, a
    /// letter without I and O, and seven; before 2012 G and eight), `official`
    /// (D, S or P, perhaps E, seven or eight digits), or else `foreign`.
    fn form(&self) -> &'static str {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let number: &str = &self.0;
        let (first, rest) = number.split_at(1);
        match first {
            "E" | "G" if rest.len() == 8 && digits(rest) => "ordinary",
            "E" if rest.len() == 8
                && digits(&rest[1..])
                && rest.starts_with(|letter| !matches!(letter, 'I' | 'O')) =>
            {
                "ordinary"
            }
            "D" | "S" | "P" => {
                let rest = rest.strip_prefix('E').unwrap_or(rest);
                if matches!(rest.len(), 7 | 8) && digits(rest) {
                    "official"
                } else {
                    "foreign"
                }
            }
            _ => "foreign",
        }
    }
}

impl Identifier for Passport {
    const KIND: Kind = Kind::Passport;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LONGEST>::new(Kind::Passport, text);
        let lengths: [usize; LONGEST - SHORTEST + 1] = std::array::from_fn(|more| SHORTEST + more);
        input.length(&lengths)?;
        input.expect(1, LONGEST, Allowed::DigitsAndLetters);
        let number = input.ascii()?;
        input.finish(Self(number))
    }

    fn warnings(&self) -> Warnings {
        let digit = self.0.bytes().any(|byte| byte.is_ascii_digit());
        warnings([(!digit).then_some(Warning::NoDigit), None, None])
    }

    fn parts(&self) -> Parts {
        PartList::new().with(PartName::Form, self.form(), 1).done()
    }
}

ascii_identifier!(Passport);
timeless_identifier!(Passport);
