//! Where records are kept. SQL stands in this folder and nowhere else.

mod ledger;
mod merge;
mod postgres;
mod row;
mod sqlite;
mod url;

use std::sync::mpsc::{Receiver, SyncSender};

use async_trait::async_trait;
use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::record::{Holder, Record};
use credit_core::subject::Subject;

pub use ledger::{Act, AuditEntry, Ledger, Origin, Revocation, Site, SiteError, Uses};
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;
pub use url::DatabaseUrl;

/// Most records of one holder that are looked at. The largest holders of real
/// portals have some thousand licences.
const HOLDER_RECORDS_MAX: i64 = 10_000;

/// A subject as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSubject {
    /// Counts up from 1, never used again: the subject's bit in the status lists,
    /// until what was signed of it is revoked.
    pub number: u64,
    /// Place in the sequence of changes.
    pub changed: u64,
    /// Day of the snapshot of its source that had it no more.
    pub ended: Option<Date>,
    /// The record.
    pub subject: Subject,
}

/// A record as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// Counts up from 1.
    pub number: u64,
    /// Day of the snapshot of its source that had it no more.
    pub ended: Option<Date>,
    /// First day on which a source spoke of it.
    pub arrived: Date,
    /// The record.
    pub record: Record,
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
    /// 曾用名
    pub former: Vec<String>,
    /// 注销 or 吊销.
    pub is_closed: bool,
}

/// How far a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Which store this is; another file or database has another.
    pub store: String,
    /// Place of the latest change.
    pub sequence: u64,
    /// How many subjects there have been.
    pub subjects: u64,
}

/// How a file is to be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOrder {
    /// The dataset; none is the registry.
    pub dataset: Option<&'static str>,
    /// The day that the file speaks of.
    pub day: Date,
    /// What happens to what the file does not have.
    pub mode: ImportMode,
}

/// What an import does with rows that the file does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// Nothing: the file tells what is new.
    Delta,
    /// They end: the file is all that the source has.
    Snapshot {
        /// Whose rows end.
        source: String,
        /// Whether more than a tenth may end.
        is_forced: bool,
    },
}

/// What an import sends to the store.
#[derive(Debug)]
pub enum ImportMessage {
    /// More subjects.
    Subjects(Vec<Subject>),
    /// More records.
    Records(Vec<Record>),
    /// The file was read to its end. Without this message nothing is kept.
    Commit {
        /// Whether every row was taken; else a snapshot ends nothing, because
        /// what it could not say of a row does not mean that there is none.
        is_whole: bool,
    },
}

/// What became of the rows of an import.
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
    /// Of all these, rows of which this file had said something before; the
    /// later row counts.
    pub repeated: u64,
    /// Not in the snapshot of their source, so that they end.
    pub ended: u64,
}

/// What is to be deleted for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purge {
    /// Everything that a source brought.
    Source(String),
    /// Everything about one holder.
    Holder(Holder),
    /// Records of a dataset that name a day before another.
    Before {
        /// The dataset.
        dataset: &'static str,
        /// The field with the day.
        field: &'static str,
        /// The day.
        day: Date,
    },
}

/// How many rows a purge deletes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Subjects.
    pub subjects: u64,
    /// Records.
    pub records: u64,
}

/// The content of a store, part by part.
#[derive(Debug)]
pub enum Part {
    /// What is counted, and how many rows will come.
    Head(Head),
    /// Subjects, ended ones too.
    Subjects(Vec<StoredSubject>),
    /// Records, ended ones too.
    Records(Vec<StoredRecord>),
    /// What is revoked.
    Revocations(Vec<Revocation>),
    /// Registered embedders.
    Sites(Vec<Site>),
    /// How often they were used.
    Uses(Vec<Uses>),
    /// The audit log.
    Audit(Vec<AuditEntry>),
    /// That was all. Without this part nothing is kept.
    End,
}

/// What a store counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Which store it is.
    pub store: String,
    /// Latest number of a subject.
    pub subject: u64,
    /// Place of the latest change.
    pub change: u64,
    /// Latest number of a record.
    pub record: u64,
    /// Rows that there are, where they were counted.
    pub rows: u64,
}

/// Which records of a dataset are to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The dataset.
    pub dataset: &'static str,
    /// Only what is listed under this: see `Record::topic`.
    pub topic: Option<String>,
    /// The latest first; else as they came.
    pub is_latest_first: bool,
    /// Only what stands behind the record with this number.
    pub after: Option<u64>,
    /// How many at most.
    pub limit: usize,
}

/// 覆盖情况: what there is of a dataset from one source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coverage {
    /// The dataset; `registry` is that of the subjects.
    pub dataset: String,
    /// What the records are listed under, where that was asked for.
    pub topic: Option<String>,
    /// 数据来源单位
    pub unit: String,
    /// How many there are that have not ended.
    pub records: u64,
    /// Latest day that the source speaks of.
    pub latest: Date,
}

/// 及时率: how many records were decided on one day and arrived on another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrivals {
    /// The day of the decision.
    pub decided: Date,
    /// First day on which a source spoke of them.
    pub arrived: Date,
    /// How many.
    pub records: u64,
}

/// The datasets that mark other records.
const MARK_DATASETS: [&str; 2] = ["objections", "repairs"];

/// A store of records. Public reads leave out what has ended; what of the rest
/// outsiders may see is not for the store to say.
#[async_trait]
pub trait Store: Ledger {
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

    /// The records of a holder, in no particular order.
    async fn records(&self, holder: &Holder) -> Result<Vec<StoredRecord>, StoreError>;

    /// The records of these subjects, in no particular order.
    async fn records_of(&self, codes: &[SubjectCode]) -> Result<Vec<StoredRecord>, StoreError>;

    /// The records of these subjects in these datasets, by number.
    async fn records_in(
        &self,
        codes: &[SubjectCode],
        datasets: &[&'static str],
    ) -> Result<Vec<StoredRecord>, StoreError>;

    /// The objections and repairs of these subjects.
    async fn marks(&self, codes: &[SubjectCode]) -> Result<Vec<StoredRecord>, StoreError> {
        self.records_in(codes, &MARK_DATASETS).await
    }

    /// Records of a dataset, by number.
    async fn listed(&self, listing: Listing) -> Result<Vec<StoredRecord>, StoreError>;

    /// What there is by dataset and source, in order; of the datasets of `split` by
    /// topic, too. Looks at every row.
    async fn coverage(&self, split: &[&'static str]) -> Result<Vec<Coverage>, StoreError>;

    /// The records of `dataset` by the day in its field `field` and that of their
    /// arrival, in order. Looks at every row of the dataset.
    async fn arrivals(
        &self,
        dataset: &'static str,
        field: &'static str,
    ) -> Result<Vec<Arrivals>, StoreError>;

    /// Grows whenever records may read differently than before.
    async fn edition(&self) -> Result<u64, StoreError>;

    /// Up to `limit` changes after place `sequence`, in order. Subjects that
    /// have ended are among them.
    async fn changes(&self, sequence: u64, limit: usize) -> Result<Vec<Change>, StoreError>;

    /// How far the store is.
    async fn position(&self) -> Result<Position, StoreError>;

    /// Takes one file in, all of it or nothing.
    async fn import(
        &self,
        order: ImportOrder,
        messages: Receiver<ImportMessage>,
    ) -> Result<ImportCounts, StoreError>;

    /// How many rows there are; counts them.
    async fn rows(&self) -> Result<u64, StoreError>;

    /// Deletes for good, or only counts what would be deleted.
    async fn purge(&self, what: Purge, is_dry: bool) -> Result<Purged, StoreError>;

    /// Sends all that the store has, as it is at one moment.
    async fn dump(&self, parts: SyncSender<Part>) -> Result<(), StoreError>;

    /// Takes what another store sent; this one has to be empty, and stays a store
    /// of its own: what was derived from the other does not fit it.
    async fn load(&self, parts: Receiver<Part>) -> Result<(), StoreError>;
}

/// Why the store did not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Not a database address.
    #[error("database '{found}' is not of the form sqlite:PATH or postgres://USER@HOST/NAME")]
    Url {
        /// What was given.
        found: String,
    },
    /// Somebody else's file.
    #[error("this SQLite file is none of ours")]
    Foreign,
    /// The file of the database.
    #[error("database {path}")]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Nothing to open.
    #[error("there is no database at {path}")]
    Absent {
        /// Where it was looked for.
        path: std::path::PathBuf,
    },
    /// A newer version of the program made this database.
    #[error("database has schema {found}, this program knows up to {known}")]
    Schema {
        /// In the database.
        found: i64,
        /// In the program.
        known: i64,
    },
    /// SQLite failed.
    #[error("database")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL failed.
    #[error("database")]
    Postgres(#[from] tokio_postgres::Error),
    /// No connection to PostgreSQL.
    #[error("database")]
    Connection(#[from] deadpool_postgres::PoolError),
    /// A row that only the program writes cannot be read.
    #[error("row {number} of {table} has a broken {column}")]
    Row {
        /// subjects or records.
        table: &'static str,
        /// The row's number.
        number: u64,
        /// The column.
        column: &'static str,
    },
    /// A snapshot that would end too much.
    #[error(
        "snapshot of {source_unit} would end {absent} of {live} rows, at most a tenth may end \
         without --force; nothing of the file was kept"
    )]
    SnapshotTooSmall {
        /// The source.
        source_unit: String,
        /// Rows that the file does not have.
        absent: u64,
        /// Rows of the source that have not ended.
        live: u64,
    },
    /// The file was not read to its end, so nothing of it was kept.
    #[error("import was broken off, nothing of the file was kept")]
    BrokenOff,
    /// Something is in the database already.
    #[error("database is not empty, it has {rows} rows; restore into a new one")]
    NotEmpty {
        /// How many.
        rows: u64,
    },
    /// The program is shutting down.
    #[error("store is closed")]
    Closed,
}
