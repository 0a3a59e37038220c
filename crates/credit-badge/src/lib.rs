#![doc = include_str!("../README.md")]

pub mod labels;
pub mod mark;
#[cfg(feature = "qr")]
pub mod print;
#[cfg(feature = "qr")]
pub mod qr;
pub mod svg;
pub mod view;
