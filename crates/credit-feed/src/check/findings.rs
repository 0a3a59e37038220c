//! What was found in the rows of a file, as much of it as people look at.

use std::cmp::Ordering;

use credit_core::text::truncated;

/// Findings that are kept; all are counted. Nobody reads more, and they are some
/// twenty megabytes.
pub const KEPT_FINDINGS: usize = 100_000;

/// Most bytes of what is kept of a cell and of a sentence.
const CELL_BYTES: usize = 120;
const MESSAGE_BYTES: usize = 240;

/// Whether a row was taken all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It was.
    Warning,
    /// It was not.
    Error,
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The row, from 1 after the first line.
    pub row: u32,
    /// Place of the column; none for the row as a whole.
    pub column: Option<u16>,
    /// Whether the row was taken.
    pub tone: Tone,
    /// Stable code.
    pub code: &'static str,
    /// Where its texts are.
    begin: u32,
    middle: u32,
    end: u32,
}

impl Found {
    pub(super) fn of_row(row: u32, tone: Tone, code: &'static str) -> Self {
        Self {
            row,
            column: None,
            tone,
            code,
            begin: 0,
            middle: 0,
            end: 0,
        }
    }
}

/// What findings are put in order by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Row, then column.
    #[default]
    Row,
    /// Column, then row.
    Column,
    /// Code, then row.
    Code,
}

/// The order of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: Sort,
    /// Whether the last comes first.
    pub is_descending: bool,
}

/// Which findings are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those with this code.
    pub code: Option<&'static str>,
    /// Errors or warnings.
    pub tone: Option<Tone>,
}

/// The findings of a file.
#[derive(Debug, Default)]
pub struct Findings {
    kept: Vec<Found>,
    texts: String,
    all: u64,
}

impl Findings {
    pub(super) fn add(&mut self, mut found: Found, cell: &str, message: &str) {
        self.all += 1;
        if self.kept.len() >= KEPT_FINDINGS {
            return;
        }
        let place = |texts: &String| u32::try_from(texts.len()).unwrap_or(u32::MAX);
        found.begin = place(&self.texts);
        self.texts.push_str(truncated(cell, CELL_BYTES));
        found.middle = place(&self.texts);
        self.texts.push_str(truncated(message, MESSAGE_BYTES));
        found.end = place(&self.texts);
        self.kept.push(found);
    }

    /// How many were found.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.all
    }

    /// How many are kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// The beginning of the cell that it is about.
    #[must_use]
    pub fn cell(&self, found: &Found) -> &str {
        self.between(found.begin, found.middle)
    }

    /// What the importer says of it.
    #[must_use]
    pub fn message(&self, found: &Found) -> &str {
        self.between(found.middle, found.end)
    }

    fn between(&self, begin: u32, end: u32) -> &str {
        self.texts
            .get(begin as usize..end as usize)
            .unwrap_or_default()
    }

    /// Those that are looked at, in order.
    #[must_use]
    pub fn view(&self, filter: &Filter, order: Order) -> Vec<&Found> {
        let mut view: Vec<&Found> = self.kept.iter().collect();
        view.retain(|found| {
            filter.code.is_none_or(|code| code == found.code)
                && filter.tone.is_none_or(|tone| tone == found.tone)
        });
        let by = |one: &&Found, other: &&Found| -> Ordering {
            let rows = one.row.cmp(&other.row);
            match order.by {
                Sort::Row => rows.then(one.column.cmp(&other.column)),
                Sort::Column => one.column.cmp(&other.column).then(rows),
                Sort::Code => one.code.cmp(other.code).then(rows),
            }
        };
        view.sort_by(by);
        if order.is_descending {
            view.reverse();
        }
        view
    }
}
