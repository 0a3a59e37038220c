#![doc = include_str!("../README.md")]

pub mod labels;
pub mod mark;
pub mod svg;
pub mod view;
