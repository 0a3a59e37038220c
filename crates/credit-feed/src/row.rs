//! A row of a file.

use credit_core::feed::{Cells, Finding};

/// A row of a file.
#[derive(Clone, Debug)]
pub enum Row {
    /// Its cells.
    Cells(TextRow),
    /// A line that cannot be told apart into cells, and its text.
    Broken(Finding, String),
}

/// The cells of a row, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRow {
    text: String,
    ends: Vec<usize>,
}

impl TextRow {
    pub(crate) fn new(text: &str, ends: &[usize]) -> Self {
        Self {
            text: text.to_owned(),
            ends: ends.to_vec(),
        }
    }

    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Adds empty cells up to `width`.
    pub(crate) fn fill(&mut self, width: usize) {
        if self.ends.len() < width {
            self.ends.resize(width, self.text.len());
        }
    }

    /// The cells as texts.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.width()).filter_map(|place| self.cell(place))
    }
}

impl Cells for TextRow {
    fn width(&self) -> usize {
        self.ends.len()
    }

    fn cell(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start = match place.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)?,
        };
        self.text.get(start..end)
    }
}
