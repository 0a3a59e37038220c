#![doc = include_str!("../README.md")]

mod evidence;
mod mount;
mod options;
mod paint;

pub use mount::Mount;
pub use options::{BADGE, CARD, Kind, Options};
