//! Where records are kept. SQL stands in this folder and nowhere else.

mod index;
mod pool;
mod sqlite;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use async_trait::async_trait;
use credit_core::identifier::SubjectCode;
use credit_core::subject::Subject;

pub use index::{NameIndex, Phase, Place};
pub use sqlite::SqliteStore;

/// A subject with its number in this store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSubject {
    /// Counts up from 1, never used again: the subject's bit in the status lists.
    pub number: u64,
    /// The record.
    pub subject: Subject,
}

/// A change that a derived index has to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Place in the store's sequence.
    pub sequence: u64,
    /// The subject's number.
    pub number: u64,
    /// Its name now.
    pub name: String,
}

/// What an import sends to the store.
#[derive(Debug)]
pub enum ImportMessage {
    /// More subjects.
    Subjects(Vec<Subject>),
    /// The file was read to its end. Without this message nothing is kept.
    Commit,
}

/// What became of the subjects of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// New in the store.
    pub added: u64,
    /// Known, and changed by this file.
    pub changed: u64,
    /// Known, and the same.
    pub same: u64,
    /// Known from a source with a later date, which is kept.
    pub older: u64,
}

/// A store of records.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The subjects of `codes` that there are, in no particular order.
    async fn subjects(&self, codes: &[SubjectCode]) -> Result<Vec<StoredSubject>, StoreError>;

    /// The subjects with these numbers, in no particular order.
    async fn subjects_by_number(&self, numbers: &[u64]) -> Result<Vec<StoredSubject>, StoreError>;

    /// Subjects whose code begins with `prefix`, by code, after `after`.
    async fn subjects_by_code_prefix(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<StoredSubject>, StoreError>;

    /// Up to `limit` changes after place `sequence`, in order.
    async fn changes(&self, sequence: u64, limit: usize) -> Result<Vec<Change>, StoreError>;

    /// Place of the latest change.
    async fn sequence(&self) -> Result<u64, StoreError>;

    /// Takes one file in, all of it or nothing.
    async fn import(&self, messages: Receiver<ImportMessage>) -> Result<ImportCounts, StoreError>;
}

/// `sqlite:PATH`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseUrl {
    /// Path of the SQLite file.
    pub path: PathBuf,
}

impl FromStr for DatabaseUrl {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Self {
                path: PathBuf::from(path),
            }),
            _ => Err(StoreError::Url {
                found: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sqlite:{}", self.path.display())
    }
}

impl DatabaseUrl {
    /// Opens the store, made and brought up to date on first use.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be opened or is none of ours.
    pub fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqliteStore::open(&self.path)?))
    }

    /// Opens the search index that belongs to the store.
    ///
    /// # Errors
    /// [`StoreError`] when its file cannot be opened.
    pub fn open_index(&self) -> Result<NameIndex, StoreError> {
        let mut path = self.path.clone().into_os_string();
        path.push(".names");
        NameIndex::open(&PathBuf::from(path))
    }
}

/// Why the store did not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Not a database address.
    #[error("database '{found}' is not of the form sqlite:PATH")]
    Url {
        /// What was given.
        found: String,
    },
    /// A newer version of the program made this file.
    #[error("database has schema {found}, this program knows up to {known}")]
    Schema {
        /// In the file.
        found: i64,
        /// In the program.
        known: i64,
    },
    /// SQLite failed.
    #[error("database")]
    Sqlite(#[from] rusqlite::Error),
    /// A row that only the program writes cannot be read.
    #[error("row {number} of the database has a broken {column}")]
    Row {
        /// The subject's number.
        number: u64,
        /// The column.
        column: &'static str,
    },
    /// The file was not read to its end, so nothing of it was kept.
    #[error("import was broken off, nothing of the file was kept")]
    BrokenOff,
    /// The program is shutting down.
    #[error("store is closed")]
    Closed,
}
