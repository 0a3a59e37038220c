#![doc = include_str!("../README.md")]

mod mount;
mod options;
mod own;
mod query;
mod reading;
mod stage;

pub use mount::tell;
pub use options::Options;
