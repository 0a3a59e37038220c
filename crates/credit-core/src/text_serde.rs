//! serde for the types with a text form: written by `Display`, read by
//! `FromStr`, so that JSON can never admit what a constructor refuses.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::date::{Date, Timestamp};
use crate::identifier::{SubjectCode, Uscc};
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
    SubjectCode => SubjectCode::as_published,
    SubjectName => str::parse,
    SubjectKind => str::parse,
    SubjectStatus => str::parse,
}
