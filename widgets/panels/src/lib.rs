#![doc = include_str!("../README.md")]

mod mount;
mod options;
mod own;
mod query;

pub use mount::{destroy, start, update};
pub use options::{Options, QUERY, SELF};
