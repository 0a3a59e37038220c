#![doc = include_str!("../README.md")]

mod cards;
mod fetch;
mod own;
mod shared;

pub use cards::card;
pub use fetch::{FetchError, fetch, now};
pub use own::{Reply, own_get, own_post};
pub use shared::{document, forget_key_set, key_set};
