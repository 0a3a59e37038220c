//! Strict JSON for signed documents: integers only, no duplicate members, no
//! lone surrogates, bounded depth. What is signed is read by this reader and
//! written by this writer on every side, so that two readers can never see two
//! different documents in the same bytes.

mod read;
mod write;

pub use read::{JsonError, parse};

/// A JSON value. Objects keep the order of their members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    String(String),
    /// `[…]`
    Array(Vec<Value>),
    /// `{…}`
    Object(Vec<(String, Value)>),
}

impl Value {
    /// An object of the members that have a value.
    #[must_use]
    pub fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Self {
        Self::Object(
            members
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                .collect(),
        )
    }

    /// A text value.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    /// The member `name` of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(member, _)| member == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The items, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text of member `name`.
    #[must_use]
    pub fn str_of(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The number of member `name`.
    #[must_use]
    pub fn int_of(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_int()
    }
}
