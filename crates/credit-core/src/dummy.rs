//! 测试代码: codes that always answer in the same way, for people who test their
//! pages. No registrar has given them, and none of them is a real subject's:
//! division 000000 is none.

use crate::identifier::SubjectCode;

/// What a dummy code shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dummy {
    /// A card that is verified.
    Verified,
    /// One that has expired.
    Expired,
    /// One that is revoked.
    Revoked,
    /// One that was changed after it was signed.
    Tampered,
    /// No such subject.
    NotFound,
    /// A verified card that comes late.
    Slow,
    /// A server that fails.
    Error,
}

impl Dummy {
    /// Every one, with its code.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Verified, "Y1000000DEM000014X"),
        (Self::Expired, "Y1000000DEM000022Q"),
        (Self::Revoked, "Y1000000DEM000030K"),
        (Self::Tampered, "Y1000000DEM000049G"),
        (Self::NotFound, "Y1000000DEM000057B"),
        (Self::Slow, "Y1000000DEM0000656"),
        (Self::Error, "Y1000000DEM0000731"),
    ];

    /// The dummy with this code.
    #[must_use]
    pub fn of(code: &SubjectCode) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|(_, known)| *known == code.as_str());
        found.map(|(dummy, _)| dummy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dummy_code_is_a_right_one_of_nowhere() {
        for (dummy, code) in Dummy::ALL {
            let code = SubjectCode::as_published(code).unwrap();
            assert!(matches!(code, SubjectCode::Uscc(_)), "{code}");
            assert_eq!(Dummy::of(&code), Some(dummy));
            assert_eq!(&code.as_str()[2..8], "000000");
        }
        let real = SubjectCode::as_published("91120102MATEXT01X4").unwrap();
        assert_eq!(Dummy::of(&real), None);
    }
}
