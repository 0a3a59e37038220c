//! The first line of a file, and which dataset it is of.

use std::cmp::Reverse;
use std::fmt;

use credit_core::feed::{Cells as _, Fit};
use credit_core::text::truncated;

use super::dataset::FeedKind;
use super::row::{Row, TextRow};

/// Most of a name that an error shows, in bytes.
const NAME_MAX_BYTES: usize = 200;

/// The first line of a file: names of columns, no two of them the same.
#[derive(Clone, Debug)]
pub struct Header(TextRow);

/// A first line that has no names of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderError {
    /// There is no line.
    Empty,
    /// The line cannot be told apart into cells; why.
    Broken(String),
    /// Two columns have one name.
    Twice(String),
}

impl Header {
    /// Reads it; `row` is none where the file has no line.
    ///
    /// # Errors
    /// [`HeaderError`] for a line that has no names, or one twice.
    pub fn new(row: Option<Row>) -> Result<Self, HeaderError> {
        let cells = match row {
            Some(Row::Cells(cells)) => cells,
            Some(Row::Broken(finding, _)) => return Err(HeaderError::Broken(finding.message)),
            None => return Err(HeaderError::Empty),
        };
        let names: Vec<&str> = cells.iter().map(str::trim).collect();
        for (place, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..place].contains(name) {
                let name = truncated(name, NAME_MAX_BYTES).to_owned();
                return Err(HeaderError::Twice(name));
            }
        }
        Ok(Self(cells))
    }

    /// Its cells.
    #[must_use]
    pub fn cells(&self) -> &TextRow {
        &self.0
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(str::trim)
    }

    /// Place of the column with that name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        (0..self.0.width()).find(|place| self.0.cell(*place).map(str::trim) == Some(name))
    }
}

impl HeaderError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Broken(_) => "first-line",
            Self::Twice(_) => "column-twice",
        }
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("file is empty"),
            Self::Broken(message) => write!(f, "first line: {message}"),
            Self::Twice(name) => write!(f, "column {name} stands twice in the first line"),
        }
    }
}

impl std::error::Error for HeaderError {}

/// A dataset that a file may be of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The dataset.
    pub kind: FeedKind,
    /// How well it fits.
    pub fit: Fit,
}

/// The datasets that know a column of a file, the best first: those that miss
/// nothing, then by columns that they know, then by those that they miss.
#[must_use]
pub fn candidates(header: &Header) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = FeedKind::all()
        .map(|kind| Candidate {
            kind,
            fit: kind.fit(header.cells()),
        })
        .filter(|candidate| candidate.fit.recognised > 0)
        .collect();
    found.sort_by_key(|Candidate { fit, .. }| {
        (
            !fit.missing.is_empty(),
            Reverse(fit.recognised),
            fit.missing.len(),
        )
    });
    found
}

/// The dataset that a file is of, if it has all columns that one needs.
#[must_use]
pub fn recognised(candidates: &[Candidate]) -> Option<FeedKind> {
    let best = candidates.first()?;
    best.fit.missing.is_empty().then_some(best.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use credit_core::record::datasets;

    fn header(names: &[&str]) -> Header {
        let mut row = TextRow::default();
        names.iter().for_each(|name| row.push(name));
        Header::new(Some(Row::Cells(row))).unwrap()
    }

    #[test]
    fn every_dataset_is_known_by_its_columns() {
        for dataset in datasets() {
            let plain = |name: &&str| name.split('@').next().unwrap_or_default().to_owned();
            // Some datasets have one name for two fields, of which a file has one.
            let mut names: Vec<String> = Vec::new();
            for field in &dataset.fields {
                let name = field.columns.iter().map(plain);
                names.extend(name.into_iter().find(|name| !names.contains(name)));
            }
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let found = recognised(&candidates(&header(&names)));
            assert_eq!(found.map(FeedKind::name), Some(dataset.name), "{names:?}");
        }
        let registry = header(&["企业名称", "统一社会信用代码", "注册日期", "企业类型"]);
        assert_eq!(recognised(&candidates(&registry)), Some(FeedKind::Registry));
    }

    #[test]
    fn columns_of_2016_are_known() {
        let licences = header(&[
            "行政许可决定书文号",
            "项目名称",
            "审批类别",
            "行政相对人名称",
            "行政相对人代码_1(统一社会信用代码)",
            "许可决定日期",
            "许可机关",
        ]);
        let found = candidates(&licences);
        assert_eq!(recognised(&found).map(FeedKind::name), Some("licences"));
    }

    #[test]
    fn what_is_missing_is_said_of_the_nearest() {
        let found = candidates(&header(&["行政相对人名称", "处罚依据", "违法事实"]));
        assert_eq!(recognised(&found), None);
        assert_eq!(found[0].kind.name(), "penalties");
        assert!(!found[0].fit.missing.is_empty());
        assert!(candidates(&header(&["a", "b"])).is_empty());
    }

    #[test]
    fn a_header_has_no_name_twice() {
        let row = |names: &[&str]| {
            let mut row = TextRow::default();
            names.iter().for_each(|name| row.push(name));
            Header::new(Some(Row::Cells(row)))
        };
        let twice = row(&["a", "b", " a "]).unwrap_err();
        assert_eq!(twice.to_string(), "column a stands twice in the first line");
        assert!(row(&["a", "", ""]).is_ok());
        assert_eq!(Header::new(None).unwrap_err(), HeaderError::Empty);
    }
}
