#![doc = include_str!("../README.md")]

pub mod attributes;
pub mod definition;
pub mod state;

pub mod dom;
pub mod host;
