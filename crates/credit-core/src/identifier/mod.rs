//! Identifiers: each a type whose constructor is its proof.
//!
//! Every kind is read by [`Identifier::read`], which says what was normalised
//! and, when it refuses, everything that is wrong. Kinds without a date in them
//! also have `FromStr`; a number with a birthday cannot be proved without
//! knowing today.

mod kind;

mod subject_code;
mod uscc;

mod division;
mod document_number;
mod mobile;
mod organisation;
mod passport;
mod permanent_resident;
mod pledge;
mod product;
mod registration;
mod resident;
mod travel_permit;

mod changes;
mod mask;
mod part;
mod problem;
mod suggestion;
mod warning;

mod ascii;
mod checksum;
mod input;
mod person;
mod registrars;

#[cfg(feature = "tables")]
pub mod check;
#[cfg(feature = "tables")]
pub mod tables;

pub use ascii::Ascii;
pub use changes::{Change, Changes};
pub(crate) use checksum::gs1;
pub use division::DivisionCode;
pub use document_number::DocumentNumber;
pub(crate) use input::is_separator;
pub use kind::{Kind, KindError};
pub use mask::{masked_name, masked_number};
pub use mobile::Mobile;
pub use organisation::OrganisationCode;
pub use part::{Part, PartName, Parts};
pub use passport::Passport;
pub use permanent_resident::PermanentResidentNumber;
pub use person::Sex;
pub use pledge::PledgeCode;
pub use problem::{Allowed, ErrorCode, IdentifierError, Problem, Problems};
pub use product::{Gtin, OrganicCode};
pub use registrars::{Registrar, registrar};
pub use registration::RegistrationNumber;
pub use resident::{ResidencePermit, ResidentId};
pub use subject_code::{AsPublished, SubjectCode};
pub use suggestion::{Slip, Suggestion, look_alikes, suggestions};
pub use travel_permit::TravelPermit;
pub use uscc::{CODE_LENGTH, Uscc};
pub use warning::{Warning, WarningCode, Warnings};

use std::fmt;

use crate::date::Date;

/// What all kinds have in common.
pub trait Identifier: Sized + fmt::Display {
    /// The kind.
    const KIND: Kind;

    /// Reads `text` as people write it. `today` is the date in China: no date
    /// in a number may lie after it.
    ///
    /// # Errors
    /// All that is wrong with it, the main thing first.
    fn read(text: &str, today: Date) -> Result<Reading<Self>, Problems>;

    /// What is odd about it, as far as the number itself shows. Codes that are
    /// in no table are found by [`check`](mod@check) (feature `tables`).
    fn warnings(&self) -> Warnings {
        warning::warnings([None; warning::MOST])
    }

    /// What is in it.
    fn parts(&self) -> Parts {
        part::PartList::new().done()
    }

    /// What of it is compared, where that is not its text.
    fn key(&self) -> Option<&str> {
        None
    }

    /// It as it may be shown to others: as it is, or with stars where the kind
    /// is a natural person's.
    fn masked(&self) -> String {
        mask::masked_number(Self::KIND, &self.to_string())
    }
}

/// An identifier and what was normalised on the way to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// The identifier.
    pub value: T,
    /// What was changed in the text.
    pub changes: Changes,
}

/// Text, `Display` and `Debug` of an identifier that is kept as [`Ascii`].
/// `Debug` is what ends in logs, so the number of a person is masked there.
macro_rules! ascii_identifier {
    ($type:ident) => {
        impl $type {
            /// The number as text, ASCII.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let masked = crate::identifier::Identifier::masked(self);
                write!(f, "{}({masked})", stringify!($type))
            }
        }
    };
}
use ascii_identifier;

/// `FromStr` of a kind that has no date in it, so that any day does for today.
macro_rules! timeless_identifier {
    ($type:ident) => {
        impl std::str::FromStr for $type {
            type Err = crate::identifier::IdentifierError;

            /// Parses a number as people write it.
            ///
            /// # Errors
            /// The main thing that is wrong with it.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                crate::identifier::Identifier::read(text, crate::date::Date::EPOCH)
                    .map(|reading: crate::identifier::Reading<Self>| reading.value)
                    .map_err(|problems| problems.first())
            }
        }
    };
}
use timeless_identifier;
