//! 组织机构代码, GB 11714.

use std::fmt;

use super::ascii::Ascii;
use super::input::Input;
use super::problem::{Allowed, Problems};
use super::warning::{Warning, Warnings, warnings};
use super::{Identifier, Kind, Reading, checksum, timeless_identifier};
use crate::date::Date;

const LENGTH: usize = 9;

/// 组织机构代码: eight digits or capitals and a check character, printed
/// `XXXXXXXX-X`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationCode(Ascii<LENGTH>);

impl OrganisationCode {
    /// The nine characters without the hyphen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Identifier for OrganisationCode {
    const KIND: Kind = Kind::Org;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let mut input = Input::<LENGTH>::new(Kind::Org, text);
        input.length(&[LENGTH])?;
        input.expect(1, 8, Allowed::DigitsAndLetters);
        input.expect(9, 1, Allowed::DigitOrX);
        let code = input.ascii()?;
        input.check(checksum::organisation(&code.as_bytes()[..8]));
        input.finish(Self(code))
    }

    fn warnings(&self) -> Warnings {
        let zeros = self.0.bytes().all(|byte| byte == b'0');
        warnings([zeros.then_some(Warning::Placeholder), None, None])
    }
}

timeless_identifier!(OrganisationCode);

impl fmt::Display for OrganisationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, check) = self.0.split_at(8);
        write!(f, "{code}-{check}")
    }
}

impl fmt::Debug for OrganisationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrganisationCode({self})")
    }
}
