#![doc = include_str!("../README.md")]

pub mod attributes;
pub mod definition;
pub mod host;
pub mod paint;
pub mod state;
