//! What an import says at its end, and the file of rejected rows.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{File, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use credit_core::feed::{Finding, REJECT_COLUMNS};

use super::rows::TextRow;
use super::timeliness::Timeliness;
use crate::store::ImportCounts;

/// Separates what is said of several cells of one row.
const SEPARATOR: &str = "; ";

/// Endings of the file while it is written, and of the one before it.
const NEW: &str = ".new";
const OLD: &str = ".old";

/// Columns in front of those of the feed.
const FINDINGS: usize = REJECT_COLUMNS.len();

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
    /// How soon after the decision the rows came.
    pub(crate) timeliness: Timeliness,
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
            repeated,
            ended,
        } = self.counts;
        write!(
            f,
            "\nadded {added}, changed {changed}, same {same}, older than known {older}"
        )?;
        if repeated > 0 {
            write!(
                f,
                "\nrepeated in this file {repeated}: of rows about the same the last counts"
            )?;
        }
        if ended > 0 {
            write!(
                f,
                "\nended {ended}: no longer in the snapshot of their source"
            )?;
        }
        for (title, codes) in [("warning", &self.warnings), ("rejected", &self.rejections)] {
            for (code, count) in codes {
                write!(f, "\n{title} {code}: {count}")?;
            }
        }
        write!(f, "{}", self.timeliness)
    }
}

/// `FILE.rejects.csv`: made with the first rejected row. After what is wrong
/// with it, a row has its own cells, so that the file can be mended and
/// imported as it is.
#[derive(Debug)]
pub(crate) struct Rejects {
    path: PathBuf,
    /// Those of the feed: its cells stand in this file.
    permissions: Permissions,
    header: Vec<String>,
    /// Whether the feed is such a file itself, with findings in front.
    is_mended: bool,
    writer: Option<csv::Writer<File>>,
}

impl Rejects {
    /// Rejects at `path`.
    pub(crate) fn new(path: &Path, permissions: Permissions) -> Self {
        Self {
            path: path.to_owned(),
            permissions,
            header: Vec::new(),
            is_mended: false,
            writer: None,
        }
    }

    fn with_ending(&self, ending: &str) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    }

    /// The first line of the feed.
    pub(crate) fn set_header(&mut self, header: Vec<String>) {
        self.is_mended = header.iter().take(FINDINGS).eq(REJECT_COLUMNS.iter());
        self.header = header;
    }

    /// Writes what is wrong with row `row`, counted from 1 after the header,
    /// and its cells.
    pub(crate) fn write(
        &mut self,
        row: u64,
        errors: &[Finding],
        cells: &TextRow,
    ) -> csv::Result<()> {
        let skipped = if self.is_mended { FINDINGS } else { 0 };
        self.write_record(row, errors, cells.iter().skip(skipped))
    }

    /// Writes a line that could not be told apart into cells.
    pub(crate) fn write_text(
        &mut self,
        row: u64,
        error: &Finding,
        text: String,
    ) -> csv::Result<()> {
        self.write_record(
            row,
            std::slice::from_ref(error),
            [text.as_str()].into_iter(),
        )
    }

    fn write_record<'a>(
        &mut self,
        row: u64,
        errors: &[Finding],
        cells: impl Iterator<Item = &'a str>,
    ) -> csv::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let mut beside = self.path.as_os_str().to_owned();
                beside.push(NEW);
                let file = File::create(beside)?;
                file.set_permissions(self.permissions.clone())?;
                let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
                let skipped = if self.is_mended { FINDINGS } else { 0 };
                let header = self.header.iter().map(String::as_str).skip(skipped);
                writer.write_record(REJECT_COLUMNS.into_iter().chain(header))?;
                none.insert(writer)
            }
        };
        let joined = |part: fn(&Finding) -> &str| {
            let parts: Vec<&str> = errors.iter().map(part).collect();
            parts.join(SEPARATOR)
        };
        let findings = [
            row.to_string(),
            joined(|error| &error.column),
            joined(|error| error.code),
            joined(|error| &error.message),
        ];
        let cells: Vec<&str> = cells.collect();
        writer.write_record(findings.iter().map(String::as_str).chain(cells))
    }

    /// Finishes the file; its path, when there is one. What was there before is
    /// kept beside it: somebody may be mending it.
    pub(crate) fn finish(mut self) -> io::Result<Option<PathBuf>> {
        if self.path.exists() {
            std::fs::rename(&self.path, self.with_ending(OLD))?;
        }
        let Some(mut writer) = self.writer.take() else {
            return Ok(None);
        };
        writer.flush()?;
        std::fs::rename(self.with_ending(NEW), &self.path)?;
        Ok(Some(self.path))
    }
}
