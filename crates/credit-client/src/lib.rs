#![doc = include_str!("../README.md")]

mod cards;
mod fetch;
mod shared;

pub use cards::card;
pub use fetch::{FetchError, fetch, now};
pub use shared::{document, key_set};
