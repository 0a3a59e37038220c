//! Which column of a file is which.

use std::fmt;

use super::{Cells, REJECT_COLUMNS};
use crate::text::{fold_width, is_invisible, truncated};

/// Most of a first line that an error shows, in characters.
const FOUND_MAX_CHARS: usize = 300;

/// A file without columns that its dataset needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnsError {
    /// Each missing column, with all names that it may have.
    pub missing: Vec<String>,
    /// The names in the first line.
    pub found: String,
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "column {} is missing, the first line has: {}",
            self.missing.join(" and "),
            self.found
        )
    }
}

impl std::error::Error for ColumnsError {}

/// How well the first line of a file fits a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Needed columns that are missing, with all names that each may have.
    pub missing: Vec<String>,
    /// Columns of the file that the dataset knows.
    pub recognised: usize,
}

/// The names in the first line of a file.
#[derive(Clone, Debug)]
pub(super) struct Header {
    names: Vec<String>,
    /// The names as they are compared: width and case folded, without spaces.
    compared: Vec<String>,
    skipped: usize,
}

impl Header {
    pub(super) fn new(row: &(impl Cells + ?Sized)) -> Self {
        let names: Vec<String> = (0..row.width())
            .map(|place| row.cell(place).unwrap_or_default().trim().to_owned())
            .collect();
        let is_mended = names.iter().take(4).eq(REJECT_COLUMNS.iter());
        Self {
            compared: names.iter().map(|name| compared(name)).collect(),
            skipped: if is_mended { REJECT_COLUMNS.len() } else { 0 },
            names,
        }
    }

    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// Place of the first of `names` that there is. `NAME@OTHER` is a name that
    /// means this only in files with the column OTHER, `NAME@!OTHER` only in
    /// files without.
    pub(super) fn place(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| match name.split_once('@') {
            None => self.place_of(name),
            Some((name, other)) => {
                let is_there = self.place_of(other.trim_start_matches('!')).is_some();
                let name = self.place_of(name);
                name.filter(|_| is_there != other.starts_with('!'))
            }
        })
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        let name = compared(name);
        let mut places = self.compared.iter().enumerate().skip(self.skipped);
        places
            .find(|(_, found)| **found == name)
            .map(|(place, _)| place)
    }

    /// How well it fits columns at `places`, without the `missing` ones.
    pub(super) fn fit(
        &self,
        places: impl Iterator<Item = Option<usize>>,
        missing: &[&[&str]],
    ) -> Fit {
        let mut places: Vec<usize> = places.flatten().collect();
        places.sort_unstable();
        places.dedup();
        Fit {
            missing: self.error(missing).missing,
            recognised: places.len(),
        }
    }

    pub(super) fn error(&self, missing: &[&[&str]]) -> ColumnsError {
        ColumnsError {
            missing: missing.iter().map(|names| names.join(" or ")).collect(),
            found: truncated(&self.names.join(", "), FOUND_MAX_CHARS).to_owned(),
        }
    }
}

fn compared(name: &str) -> String {
    name.chars()
        .map(|character| fold_width(character).to_ascii_lowercase())
        .filter(|character| !character.is_whitespace() && !is_invisible(*character))
        .collect()
}
