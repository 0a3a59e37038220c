#![doc = include_str!("../README.md")]

pub mod attributes;
pub mod call;
pub mod definition;
#[cfg(feature = "host")]
pub mod host;
pub mod paint;
pub mod state;
