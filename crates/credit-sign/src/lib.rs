#![doc = include_str!("../README.md")]

pub mod algorithm;
pub mod jws;
pub mod key;

pub mod keyset;
pub mod status;

pub mod verdict;

#[cfg(feature = "issue")]
pub mod issue;
