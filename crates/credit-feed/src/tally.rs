//! What is counted of the rows of a file.

use std::collections::BTreeMap;

use credit_core::feed::{Finding, RowOutcome};

use super::dataset::FeedRow;
use super::timeliness::Timeliness;

/// Counts of rows, and of what was found in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows taken, with or without warnings.
    pub accepted: u64,
    /// Of them, rows with at least one warning.
    pub warned: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// Warnings by code.
    pub warnings: BTreeMap<&'static str, u64>,
    /// Reasons of rejected rows by code.
    pub rejections: BTreeMap<&'static str, u64>,
    /// How soon after the decision the rows came.
    pub timeliness: Timeliness,
}

impl Tally {
    /// Counts a row.
    pub fn count(&mut self, outcome: &RowOutcome<FeedRow>) {
        match outcome {
            RowOutcome::Accepted(row, warnings) => {
                self.accepted += 1;
                self.warned += u64::from(!warnings.is_empty());
                for warning in warnings {
                    *self.warnings.entry(warning.code).or_default() += 1;
                }
                if let FeedRow::Record(record) = row.as_ref() {
                    self.timeliness.count(record);
                }
            }
            RowOutcome::Rejected(errors) => self.reject(errors),
        }
    }

    /// Counts a rejected row.
    pub fn reject(&mut self, errors: &[Finding]) {
        self.rejected += 1;
        for error in errors {
            *self.rejections.entry(error.code).or_default() += 1;
        }
    }
}
