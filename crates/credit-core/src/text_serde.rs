//! serde for the types with a text form: written by `Display`, read by
//! `FromStr`, so that JSON can never admit what a constructor refuses.
//!
//! The numbers of natural persons have none: nothing may write one down by
//! deriving. Nor has a number with a date in it, which nobody can prove without
//! knowing today.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::date::{Date, Timestamp};
use crate::identifier::{
    DivisionCode, DocumentNumber, Gtin, OrganicCode, OrganisationCode, RegistrationNumber,
    SubjectCode, Uscc,
};
use crate::name::SubjectName;
use crate::subject::{SubjectKind, SubjectStatus};

macro_rules! text_serde {
    ($($type:ty => $parse:expr),* $(,)?) => { $(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let parse: fn(&str) -> Result<$type, _> = $parse;
                parse(&text).map_err(D::Error::custom)
            }
        }
    )* };
}

text_serde! {
    Date => str::parse,
    Timestamp => str::parse,
    Uscc => str::parse,
    OrganisationCode => str::parse,
    RegistrationNumber => str::parse,
    DivisionCode => str::parse,
    DocumentNumber => str::parse,
    Gtin => str::parse,
    OrganicCode => str::parse,
    SubjectCode => SubjectCode::as_published,
    SubjectName => str::parse,
    SubjectKind => str::parse,
    SubjectStatus => str::parse,
}
