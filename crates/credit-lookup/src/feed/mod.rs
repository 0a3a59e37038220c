//! Files of departments: which rows are in them, and what is said of an import
//! at its end. What a row means is in the core, for the browser too.

mod csv_rows;
mod dataset;
mod encoding;
pub mod report;
mod rows;
mod timeliness;

pub use dataset::FeedKind;
pub(crate) use dataset::{Columns, FeedRow};
pub(crate) use rows::{Row, RowReader};
