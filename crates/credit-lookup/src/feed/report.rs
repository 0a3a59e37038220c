//! What an import says at its end, and the file of rejected rows.

use std::fmt;
use std::fs::{File, Permissions};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use credit_feed::{Rejects, Tally};

use crate::store::ImportCounts;

/// Endings of the file while it is written, and of the one before it.
const NEW: &str = ".new";
const OLD: &str = ".old";

/// Counts of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// What its rows were.
    pub tally: Tally,
    /// What became of the accepted rows in the store.
    pub counts: ImportCounts,
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "accepted {}, of them warned {}; rejected {}",
            self.tally.accepted, self.tally.warned, self.tally.rejected
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
        for (title, codes) in [
            ("warning", &self.tally.warnings),
            ("rejected", &self.tally.rejections),
        ] {
            for (code, count) in codes {
                write!(f, "\n{title} {code}: {count}")?;
            }
        }
        write!(f, "{}", self.tally.timeliness)
    }
}

/// `FILE.rejects.csv`: made with the first rejected row.
#[derive(Debug)]
pub(crate) struct RejectsFile {
    path: PathBuf,
    /// Those of the feed: its cells stand in this file.
    permissions: Permissions,
    writer: Option<BufWriter<File>>,
}

impl RejectsFile {
    /// Rejects at `path`.
    pub(crate) fn new(path: &Path, permissions: Permissions) -> Self {
        Self {
            path: path.to_owned(),
            permissions,
            writer: None,
        }
    }

    fn with_ending(&self, ending: &str) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    }

    /// Writes what has come to `rejects`.
    pub(crate) fn write(&mut self, rejects: &mut Rejects) -> io::Result<()> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => {
                let file = File::create(self.with_ending(NEW))?;
                file.set_permissions(self.permissions.clone())?;
                BufWriter::new(file)
            }
        };
        self.writer.insert(writer).write_all(&rejects.take())
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
