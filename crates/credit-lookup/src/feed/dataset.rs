//! The registry and the datasets of records behind one face.

use std::fmt;
use std::str::FromStr;

use credit_core::feed::{Cells, ColumnsError, RowOutcome, record, registry};
use credit_core::record::{Dataset, datasets};
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
    /// All names, in order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once(REGISTRY).chain(datasets().iter().map(|dataset| dataset.name))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Registry => REGISTRY,
            Self::Records(dataset) => dataset.name,
        }
    }
}

impl FromStr for FeedKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == REGISTRY {
            return Ok(Self::Registry);
        }
        Dataset::named(text).map(Self::Records).map_err(|_| {
            let names: Vec<&str> = Self::names().collect();
            format!(
                "dataset '{text}' is not known, allowed are {}",
                names.join(", ")
            )
        })
    }
}

impl fmt::Display for FeedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The columns of a file.
pub(crate) enum Columns {
    Registry(registry::Columns),
    Records(record::Columns),
}

/// What a row tells.
pub(crate) enum FeedRow {
    Subject(Subject),
    Record(record::FeedRecord),
}

impl Columns {
    pub(crate) fn new(
        kind: FeedKind,
        header: &(impl Cells + ?Sized),
    ) -> Result<Self, ColumnsError> {
        Ok(match kind {
            FeedKind::Registry => Self::Registry(registry::Columns::new(header)?),
            FeedKind::Records(dataset) => Self::Records(record::Columns::new(dataset, header)?),
        })
    }

    pub(crate) fn read(&self, row: &(impl Cells + ?Sized), source: &Source) -> RowOutcome<FeedRow> {
        match self {
            Self::Registry(columns) => map(columns.read(row, source), FeedRow::Subject),
            Self::Records(columns) => map(columns.read(row, source), FeedRow::Record),
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
