#![doc = include_str!("../README.md")]

pub mod lang;
pub mod limits;
mod table;
pub mod text;

#[cfg(feature = "tables")]
pub mod search_key;

pub mod date;
pub mod identifier;
pub mod money;
pub mod name;
pub mod typed;

pub mod card;
pub mod document;
pub mod dummy;
pub mod links;
pub mod pass;
pub mod report;
pub mod subject;
pub mod trace;
pub mod trust;

pub mod json;

#[cfg(feature = "records")]
pub mod feed;
#[cfg(feature = "records")]
pub mod record;
#[cfg(feature = "records")]
pub mod rules;

#[cfg(feature = "serde")]
mod text_serde;
