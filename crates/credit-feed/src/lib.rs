#![doc = include_str!("../README.md")]

mod csv_rows;
mod dataset;
mod encoding;
mod header;
mod kind;
mod labels;
mod rejects;
mod row;
mod tally;
mod timeliness;
pub mod workbook;

pub mod check;

pub use csv_rows::{CsvRows, Next};
pub use dataset::{Columns, FeedKind, FeedRow, UnknownDataset};
pub use encoding::{SAMPLE_BYTES, TextEncoding};
pub use header::{Candidate, Header, HeaderError, candidates, recognised};
pub use kind::{FileKind, KindError};
pub use labels::{mend_text, sentence};
pub use rejects::Rejects;
pub use row::{Row, TextRow};
pub use tally::Tally;
pub use timeliness::{Timeliness, Timely};
