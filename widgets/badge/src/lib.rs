#![doc = include_str!("../README.md")]

mod evidence;
mod memory;
mod mount;
mod options;
mod paint;

pub use mount::{destroy, expect, start, told, update};
pub use options::{About, BADGE, CARD, Kind, Options, VERIFY};
