//! 数据归集: feeds of departments, row by row into records. A bad row never
//! stops a file and never vanishes; every finding has a column and a code.

mod cell;
mod columns;
mod mend;
mod person;
pub mod record;
pub mod registry;

pub use columns::{ColumnsError, Fit};
pub use mend::{Mend, MendKind};
pub use person::PersonNumber;

/// The columns that a file of rejected rows has before those of the feed. A
/// feed that begins so is one that was mended, and they are not read.
pub const REJECT_COLUMNS: [&str; 4] = ["row", "column", "code", "message"];

/// A row of cells.
pub trait Cells {
    /// How many there are.
    fn width(&self) -> usize;

    /// The cell at `place`, from 0.
    fn cell(&self, place: usize) -> Option<&str>;
}

impl Cells for [String] {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, place: usize) -> Option<&str> {
        self.get(place).map(String::as_str)
    }
}

/// Something about one cell. The row was taken all the same, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Column as the file names it; empty for the row as a whole.
    pub column: String,
    /// Stable code.
    pub code: &'static str,
    /// What was found and what is allowed.
    pub message: String,
}

impl Finding {
    /// Something about a row as a whole.
    #[must_use]
    pub fn of_row(code: &'static str, message: String) -> Self {
        Self {
            column: String::new(),
            code,
            message,
        }
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome<T> {
    /// Taken, with what is odd about it.
    Accepted(Box<T>, Vec<Finding>),
    /// Not taken, with everything that is wrong.
    Rejected(Vec<Finding>),
}

/// A row with more or fewer cells than the first line has names.
fn wrong_width<T>(found: usize, expected: usize) -> RowOutcome<T> {
    let message = format!("row has {found} cells, the first line {expected}");
    RowOutcome::Rejected(vec![Finding::of_row("columns", message)])
}
