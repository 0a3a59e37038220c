//! Cells that could be written otherwise: all counted, the first of them listed.

use credit_core::feed::{Mend, MendKind};
use credit_core::text::truncated;

/// Those that are listed, of each kind.
pub const KEPT_MENDS: usize = 50;

/// Most bytes of what is kept of a cell.
const CELL_BYTES: usize = 120;

/// A cell that could be written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The row, from 1 after the first line.
    pub row: u32,
    /// What it says.
    pub before: String,
    /// What it would say, where, and why.
    pub mend: Mend,
}

/// The cells of a file that could be written otherwise.
#[derive(Debug, Default)]
pub struct Mends {
    counts: [u64; MendKind::ALL.len()],
    kept: Vec<Mended>,
}

impl Mends {
    pub(super) fn add(&mut self, row: u32, before: &str, mend: Mend) {
        let count = &mut self.counts[mend.kind as usize];
        *count += 1;
        if *count <= KEPT_MENDS as u64 {
            let before = truncated(before, CELL_BYTES).to_owned();
            self.kept.push(Mended { row, before, mend });
        }
    }

    /// How many there are of a kind.
    #[must_use]
    pub fn count(&self, kind: MendKind) -> u64 {
        self.counts[kind as usize]
    }

    /// How many are certain.
    #[must_use]
    pub fn certain(&self) -> u64 {
        let certain = MendKind::ALL.into_iter().filter(|kind| kind.is_certain());
        certain.map(|kind| self.count(kind)).sum()
    }

    /// The first of them.
    #[must_use]
    pub fn kept(&self) -> &[Mended] {
        &self.kept
    }
}
