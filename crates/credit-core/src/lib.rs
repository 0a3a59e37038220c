#![doc = include_str!("../README.md")]

pub mod lang;
pub mod limits;
pub mod text;

pub mod date;
pub mod identifier;
pub mod money;
pub mod name;

pub mod card;
pub mod subject;
pub mod trust;

pub mod json;

#[cfg(feature = "serde")]
mod text_serde;
