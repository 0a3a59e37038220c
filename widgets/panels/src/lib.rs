#![doc = include_str!("../README.md")]

mod mount;
mod options;
mod own;
mod query;

pub use mount::Mount;
pub use options::{Options, QUERY, SELF};
