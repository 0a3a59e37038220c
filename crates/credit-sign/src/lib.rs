#![doc = include_str!("../README.md")]

pub mod algorithm;
mod base64;
mod curve;
pub mod dummy;
mod inflate;
pub mod jws;
pub mod key;

pub mod keyset;
pub mod status;

pub mod verdict;

#[cfg(feature = "issue")]
pub mod issue;
