//! Rows of an XLSX, step by step and within limits, whatever is in the file: sizes
//! that it states are not believed, nothing of it is ever expanded as a whole, and
//! XML with a document type is refused.

mod number;
mod part;
mod sheet;
mod strings;
mod styles;
mod xml;
mod zip;

use std::fmt;
use std::sync::Arc;

use super::row::TextRow;
use part::Part;
use sheet::Sheet;
use strings::StringsReader;
use zip::Zip;

/// Largest XLSX that is read, in bytes: it is read into memory whole. A million
/// rows of a feed stay below.
pub const FILE_MAX_BYTES: u64 = 128 << 20;

/// Most columns of a workbook, and most text in its cells, in bytes.
const COLUMNS_MAX: usize = 1_000;
const TEXT_MAX_BYTES: u64 = 1 << 30;

/// What can be wrong with a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorkbookError {
    /// It is damaged, or none; what is wrong.
    Damaged(&'static str),
    /// It has more than any table of rows; what of it, and how much is allowed.
    Beyond(&'static str, u64),
    /// It is no table of rows.
    Wide {
        /// The column, from 0.
        column: usize,
        /// Bytes of text so far.
        bytes: u64,
    },
    /// It is too large.
    Large {
        /// Bytes found.
        found: u64,
    },
}

impl WorkbookError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Damaged(_) => "workbook",
            Self::Beyond(..) | Self::Wide { .. } => "workbook-limits",
            Self::Large { .. } => "workbook-large",
        }
    }
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(what) => write!(f, "workbook cannot be read: {what}"),
            Self::Beyond(what, allowed) => {
                write!(f, "workbook has more than {allowed} {what}")
            }
            Self::Wide { column, bytes } => write!(
                f,
                "workbook has a cell in column {column} or {bytes} bytes of text, at most \
                 {COLUMNS_MAX} columns and {TEXT_MAX_BYTES} bytes are allowed"
            ),
            Self::Large { found } => write!(
                f,
                "workbook has {found} bytes, at most {FILE_MAX_BYTES} are allowed; save it as CSV"
            ),
        }
    }
}

impl std::error::Error for WorkbookError {}

/// What comes next of a workbook.
#[derive(Debug)]
pub enum Step {
    /// A row.
    Row(TextRow),
    /// Nothing yet: it is asked again.
    Working,
    /// Nothing: the rows are over.
    End,
}

/// The rows of the first sheet of a workbook.
#[derive(Debug)]
pub struct Workbook {
    zip: Zip,
    names: xml::Names,
    stage: Stage,
    /// Cells of the first row: a sheet has none where a row ends with empty ones.
    width: usize,
}

#[derive(Debug)]
enum Stage {
    Strings(Option<Box<StringsReader>>),
    Sheet(Box<Sheet>),
    Over,
}

impl Workbook {
    /// Opens the workbook that `file` is.
    ///
    /// # Errors
    /// [`WorkbookError`] for what is none, or too large.
    pub fn open(file: Vec<u8>) -> Result<Self, WorkbookError> {
        let found = file.len() as u64;
        if found > FILE_MAX_BYTES {
            return Err(WorkbookError::Large { found });
        }
        let zip = Zip::read(Arc::new(file))?;
        let names = xml::Names::read(&zip)?;
        let strings = zip.part(&names.strings)?;
        let strings = strings.map(|part| Box::new(StringsReader::new(part)));
        Ok(Self {
            zip,
            names,
            stage: Stage::Strings(strings),
            width: 0,
        })
    }

    /// The next row, or a step towards it.
    ///
    /// # Errors
    /// [`WorkbookError`] where the file is damaged or beyond the limits.
    pub fn step(&mut self) -> Result<Step, WorkbookError> {
        match &mut self.stage {
            Stage::Strings(reader) => {
                let is_read = match reader {
                    Some(reader) => reader.step()?,
                    None => true,
                };
                if is_read {
                    let strings = reader.take().map(|reader| reader.strings());
                    let styles = styles::read(&self.zip, &self.names.styles)?;
                    let part = self.zip.part(&self.names.sheet)?;
                    let part = part.ok_or(WorkbookError::Damaged("it has no sheet"))?;
                    let is_1904 = self.names.is_1904;
                    let strings = strings.unwrap_or_default();
                    let sheet = Sheet::new(part, strings, styles, is_1904);
                    self.stage = Stage::Sheet(Box::new(sheet));
                }
                Ok(Step::Working)
            }
            Stage::Sheet(sheet) => {
                let mut step = sheet.step()?;
                match &mut step {
                    Step::Row(row) => {
                        if self.width == 0 {
                            self.width = row.iter().count();
                        }
                        row.fill(self.width);
                    }
                    Step::Working => {}
                    Step::End => self.stage = Stage::Over,
                }
                Ok(step)
            }
            Stage::Over => Ok(Step::End),
        }
    }
}

#[cfg(test)]
mod tests;
