//! What an import says at its end, and the file of rejected rows.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::Finding;
use crate::store::ImportCounts;

/// Counts of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
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
    /// What became of the accepted rows in the store.
    pub counts: ImportCounts,
}

impl ImportReport {
    /// Counts an accepted row.
    pub fn accept(&mut self, warnings: &[Finding]) {
        self.accepted += 1;
        self.warned += u64::from(!warnings.is_empty());
        for warning in warnings {
            *self.warnings.entry(warning.code).or_default() += 1;
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

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "accepted {}, of them warned {}; rejected {}",
            self.accepted, self.warned, self.rejected
        )?;
        let ImportCounts {
            added,
            changed,
            same,
            older,
        } = self.counts;
        write!(
            f,
            "\nadded {added}, changed {changed}, same {same}, older than known {older}"
        )?;
        for (title, codes) in [("warning", &self.warnings), ("rejected", &self.rejections)] {
            for (code, count) in codes {
                write!(f, "\n{title} {code}: {count}")?;
            }
        }
        Ok(())
    }
}

/// `FILE.rejects.csv`: made with the first rejected row.
#[derive(Debug)]
pub struct Rejects {
    path: PathBuf,
    writer: Option<csv::Writer<File>>,
}

impl Rejects {
    /// Rejects at `path`; an older file there is removed, so that what is
    /// found afterwards belongs to this import.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(path: &Path) -> std::io::Result<Self> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(Self {
            path: path.to_owned(),
            writer: None,
        })
    }

    /// Writes what is wrong with row `row`, counted from 1 after the header.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, row: u64, errors: &[Finding]) -> csv::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let mut writer = csv::Writer::from_path(&self.path)?;
                writer.write_record(["row", "column", "code", "message"])?;
                none.insert(writer)
            }
        };
        let row = row.to_string();
        for error in errors {
            writer.write_record([&row, error.column, error.code, &error.message])?;
        }
        Ok(())
    }

    /// Finishes the file; its path, when there is one.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> std::io::Result<Option<PathBuf>> {
        match &mut self.writer {
            None => Ok(None),
            Some(writer) => {
                writer.flush()?;
                Ok(Some(self.path))
            }
        }
    }
}
