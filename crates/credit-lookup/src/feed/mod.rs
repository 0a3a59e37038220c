//! Files of departments, from the disk: what is in them is `credit-feed`'s, what a
//! row means the core's.

mod decoded;
pub mod report;
mod rows;

pub(crate) use rows::RowReader;
