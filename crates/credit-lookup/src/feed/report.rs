//! What an import says at its end, and the file of rejected rows.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use credit_core::feed::{Finding, REJECT_COLUMNS};

use super::timeliness::Timeliness;
use crate::store::ImportCounts;

/// Separates what is said of several cells of one row.
const SEPARATOR: &str = "; ";

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
    header: Vec<String>,
    writer: Option<csv::Writer<File>>,
}

impl Rejects {
    /// Rejects at `path`; an older file there is removed, so that what is
    /// found afterwards belongs to this import.
    pub(crate) fn new(path: &Path) -> std::io::Result<Self> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(Self {
            path: path.to_owned(),
            header: Vec::new(),
            writer: None,
        })
    }

    /// The first line of the feed.
    pub(crate) fn set_header<'a>(&mut self, header: impl Iterator<Item = &'a str>) {
        self.header = without_findings(header.map(str::to_owned).collect());
    }

    /// Writes what is wrong with row `row`, counted from 1 after the header,
    /// and its `cells`.
    pub(crate) fn write(
        &mut self,
        row: u64,
        errors: &[Finding],
        cells: Vec<String>,
        is_mended: bool,
    ) -> csv::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let file = File::create(&self.path)?;
                let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
                let columns = REJECT_COLUMNS.iter().copied();
                writer.write_record(columns.chain(self.header.iter().map(String::as_str)))?;
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
        let cells = if is_mended && cells.len() >= REJECT_COLUMNS.len() {
            cells[REJECT_COLUMNS.len()..].to_vec()
        } else {
            cells
        };
        writer.write_record(findings.into_iter().chain(cells))
    }

    /// Finishes the file; its path, when there is one.
    pub(crate) fn finish(mut self) -> std::io::Result<Option<PathBuf>> {
        match &mut self.writer {
            None => Ok(None),
            Some(writer) => {
                writer.flush()?;
                Ok(Some(self.path))
            }
        }
    }
}

/// The columns of the feed itself, when it is a mended file of rejects.
fn without_findings(header: Vec<String>) -> Vec<String> {
    if is_mended(&header) {
        header[REJECT_COLUMNS.len()..].to_vec()
    } else {
        header
    }
}

/// Whether a file with this first line is a mended file of rejects.
pub(crate) fn is_mended(header: &[String]) -> bool {
    header
        .iter()
        .take(REJECT_COLUMNS.len())
        .eq(REJECT_COLUMNS.iter())
}
