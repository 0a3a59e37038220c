//! The registry and the datasets of records behind one face.

use std::fmt;
use std::str::FromStr;

use credit_core::date::Date;
use credit_core::feed::{Cells, ColumnsError, Fit, Mend, RowOutcome, record, registry};
use credit_core::lang::{Text, text};
use credit_core::record::{Dataset, FieldKind, datasets};
use credit_core::subject::{Source, Subject};

/// 数据集: what can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedKind {
    /// 登记注册基本信息
    Registry,
    /// Records.
    Records(&'static Dataset),
}

const REGISTRY: &str = "registry";

impl FeedKind {
    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Registry).chain(datasets().iter().map(Self::Records))
    }

    /// All names, in order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::all().map(Self::name)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Registry => REGISTRY,
            Self::Records(dataset) => dataset.name,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Registry => text("登记注册基本信息", "Registry"),
            Self::Records(dataset) => dataset.title,
        }
    }

    /// How well the first line of a file fits.
    #[must_use]
    pub fn fit(self, header: &(impl Cells + ?Sized)) -> Fit {
        match self {
            Self::Registry => registry::Columns::fit(header),
            Self::Records(dataset) => record::Columns::fit(dataset, header),
        }
    }
}

/// A name that no dataset has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDataset(String);

impl fmt::Display for UnknownDataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = FeedKind::names().collect();
        write!(
            f,
            "dataset '{}' is not known, allowed are {}",
            self.0,
            names.join(", ")
        )
    }
}

impl std::error::Error for UnknownDataset {}

impl FromStr for FeedKind {
    type Err = UnknownDataset;

    fn from_str(text: &str) -> Result<Self, UnknownDataset> {
        Self::all()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| UnknownDataset(text.to_owned()))
    }
}

impl fmt::Display for FeedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The columns of a file.
#[derive(Clone, Debug)]
pub enum Columns {
    /// Of the registry.
    Registry(registry::Columns),
    /// Of records.
    Records(record::Columns),
}

/// What a row tells.
#[derive(Clone, Debug)]
pub enum FeedRow {
    /// A subject.
    Subject(Subject),
    /// A record.
    Record(record::FeedRecord),
}

impl Columns {
    /// Reads the first line of a file.
    ///
    /// # Errors
    /// [`ColumnsError`] names all needed columns that are missing.
    pub fn new(kind: FeedKind, header: &(impl Cells + ?Sized)) -> Result<Self, ColumnsError> {
        Ok(match kind {
            FeedKind::Registry => Self::Registry(registry::Columns::new(header)?),
            FeedKind::Records(dataset) => Self::Records(record::Columns::new(dataset, header)?),
        })
    }

    /// Reads a row; `source` stands in where the row names none of its own.
    #[must_use]
    pub fn read(&self, row: &(impl Cells + ?Sized), source: &Source) -> RowOutcome<FeedRow> {
        match self {
            Self::Registry(columns) => map(columns.read(row, source), FeedRow::Subject),
            Self::Records(columns) => map(columns.read(row, source), FeedRow::Record),
        }
    }

    /// Which cells of a row could be written otherwise.
    #[must_use]
    pub fn mends(&self, row: &(impl Cells + ?Sized), today: Date) -> Vec<Mend> {
        match self {
            Self::Registry(columns) => columns.mends(row, today),
            Self::Records(columns) => columns.mends(row, today),
        }
    }

    /// Whether the column at `place` may hold numbers of natural persons.
    #[must_use]
    pub fn is_of_persons(&self, place: usize) -> bool {
        match self {
            Self::Registry(_) => false,
            Self::Records(columns) => columns.kind_at(place) == Some(FieldKind::PersonNumber),
        }
    }
}

fn map<T>(outcome: RowOutcome<T>, wrap: impl FnOnce(T) -> FeedRow) -> RowOutcome<FeedRow> {
    match outcome {
        RowOutcome::Accepted(value, findings) => {
            RowOutcome::Accepted(Box::new(wrap(*value)), findings)
        }
        RowOutcome::Rejected(findings) => RowOutcome::Rejected(findings),
    }
}
