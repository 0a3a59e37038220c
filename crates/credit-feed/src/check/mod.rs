//! 数据质量检查: the rows of a file read as the importer reads them, with what was
//! found kept for people to look at. The file is pushed in as it comes, and gone
//! through again for the files that somebody takes home.

mod error;
mod findings;
mod mends;

use std::mem;

use credit_core::date::{Date, Timestamp};
use credit_core::feed::{Cells as _, Finding, RowOutcome};
use credit_core::subject::Source;

pub use error::CheckError;
pub use findings::{Filter, Findings, Found, KEPT_FINDINGS, Order, Sort, Tone};
pub use mends::{KEPT_MENDS, Mended, Mends};

use crate::dataset::{Columns, FeedKind};
use crate::header::{Header, candidates, recognised};
use crate::kind::FileKind;
use crate::rejects::{CsvText, Rejects};
use crate::row::{Row, TextRow};
use crate::tally::Tally;
use crate::workbook::{FILE_MAX_BYTES as WORKBOOK_MAX_BYTES, Step, Workbook};
use crate::{CsvRows, Next, TextEncoding};

/// Largest text file, in bytes. Memory would allow any; a gigabyte is the registry
/// of a province and takes half a minute.
pub const FILE_MAX_BYTES: u64 = 1 << 30;

/// Most rows of a file: a workbook has a million, the registry of a province three.
pub const ROWS_MAX: u32 = 5_000_000;

/// Rows that are read at a time: a few milliseconds.
const ROWS: usize = 200;

/// What a pass through a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To see what is in it.
    Check,
    /// To write rows that are rejected: what `FILE.rejects.csv` has.
    Rejects,
    /// To write all rows, with what is certain to be meant.
    Mended,
}

/// A file that is to be read.
#[derive(Clone, Debug)]
pub struct Task {
    /// What for.
    pub purpose: Purpose,
    /// Its name, which is the source of rows that name none.
    pub name: String,
    /// How many bytes it has.
    pub length: u64,
    /// When it was last changed: the day of rows that name none.
    pub modified: Timestamp,
    /// The dataset that it is of, where somebody said so.
    pub wanted: Option<FeedKind>,
}

/// How bytes of a file are pushed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// As text of that encoding; where it is another than UTF-8, decoded to that and
    /// without its mark.
    Text(TextEncoding),
    /// As they are.
    Bytes,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// More of the file has to be pushed, or the file closed.
    More,
    /// There is more to do.
    Working,
    /// All is read.
    Done,
}

/// What is known of a file, at last.
#[derive(Debug)]
pub struct Outcome {
    /// The dataset that it was read as.
    pub kind: FeedKind,
    /// Names of its columns.
    pub names: Vec<String>,
    /// Counts.
    pub tally: Tally,
    /// What was found.
    pub findings: Findings,
    /// What could be written otherwise.
    pub mends: Mends,
}

#[derive(Debug)]
enum Input {
    Text(Box<CsvRows>),
    Bytes(Vec<u8>),
    Workbook(Box<Workbook>),
}

#[derive(Debug)]
enum Writing {
    Nothing,
    Rejects(Rejects),
    Mended(CsvText),
}

/// The first line is read, and rows are.
#[derive(Debug)]
struct Reading {
    header: Header,
    columns: Columns,
    outcome: Outcome,
    writing: Writing,
}

/// Reads a file.
#[derive(Debug)]
pub struct Checker {
    task: Task,
    source: Source,
    input: Input,
    reading: Option<Box<Reading>>,
    row: u32,
    /// Bytes of a mark that are still to come.
    left: usize,
}

/// What begins a CSV so that a spreadsheet takes it for UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

impl Checker {
    /// Begins with a file that begins with `sample`.
    ///
    /// # Errors
    /// [`CheckError`] for a file that is too large, or known to have no rows.
    pub fn begin(task: Task, sample: &[u8]) -> Result<(Self, Wants), CheckError> {
        let kind = FileKind::told(sample)?;
        let allowed = match kind {
            FileKind::Text => FILE_MAX_BYTES,
            FileKind::Workbook => WORKBOOK_MAX_BYTES,
        };
        if task.length > allowed {
            return Err(CheckError::Large(kind, task.length, allowed));
        }
        let mut left = 0;
        let (input, wants) = match kind {
            FileKind::Text => {
                let (encoding, mark) = TextEncoding::told(sample);
                if encoding == TextEncoding::Utf8 {
                    left = mark;
                }
                (Input::Text(Box::default()), Wants::Text(encoding))
            }
            FileKind::Workbook => {
                // At once: growing would need it twice.
                let length = usize::try_from(task.length).unwrap_or_default();
                (Input::Bytes(Vec::with_capacity(length)), Wants::Bytes)
            }
        };
        let source = Source {
            unit: task.name.clone(),
            as_of: task.modified.date_in_china(),
        };
        let checker = Self {
            task,
            source,
            input,
            reading: None,
            row: 0,
            left,
        };
        Ok((checker, wants))
    }

    /// Takes more of the file.
    ///
    /// # Errors
    /// [`CheckError::Large`] for a file that grew.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), CheckError> {
        let mark = mem::take(&mut self.left).min(bytes.len());
        match &mut self.input {
            Input::Text(rows) => rows.push(&bytes[mark..]),
            Input::Bytes(file) => {
                file.extend_from_slice(bytes);
                let found = file.len() as u64;
                if found > WORKBOOK_MAX_BYTES {
                    let kind = FileKind::Workbook;
                    return Err(CheckError::Large(kind, found, WORKBOOK_MAX_BYTES));
                }
            }
            Input::Workbook(_) => {}
        }
        Ok(())
    }

    /// The file is all there.
    ///
    /// # Errors
    /// [`CheckError`] for a workbook that is none.
    pub fn close(&mut self) -> Result<(), CheckError> {
        match &mut self.input {
            Input::Text(rows) => rows.close(),
            Input::Bytes(file) => {
                let workbook = Workbook::open(mem::take(file))?;
                self.input = Input::Workbook(Box::new(workbook));
            }
            Input::Workbook(_) => {}
        }
        Ok(())
    }

    /// The day of the file.
    #[must_use]
    pub fn day(&self) -> Date {
        self.source.as_of
    }

    /// Rows that were read.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.row
    }

    /// Reads some rows.
    ///
    /// # Errors
    /// [`CheckError`] for a file that cannot be read, or is of no dataset.
    pub fn work(&mut self) -> Result<Progress, CheckError> {
        for _ in 0..ROWS {
            let row = match &mut self.input {
                Input::Text(rows) => match rows.next() {
                    Next::Row(row) => row,
                    Next::More => return Ok(Progress::More),
                    Next::End => return self.end(),
                },
                Input::Bytes(_) => return Ok(Progress::More),
                Input::Workbook(workbook) => match workbook.step()? {
                    Step::Row(row) => Row::Cells(row),
                    // Each is as much as some rows.
                    Step::Working => return Ok(Progress::Working),
                    Step::End => return self.end(),
                },
            };
            match &mut self.reading {
                None => self.reading = Some(Box::new(self.first(Some(row))?)),
                Some(reading) => {
                    if self.row >= ROWS_MAX {
                        return Err(CheckError::Rows(ROWS_MAX));
                    }
                    self.row += 1;
                    reading.row(self.row, row, &self.source);
                }
            }
        }
        Ok(Progress::Working)
    }

    fn end(&mut self) -> Result<Progress, CheckError> {
        if self.reading.is_none() {
            self.first(None)?;
        }
        Ok(Progress::Done)
    }

    fn first(&self, row: Option<Row>) -> Result<Reading, CheckError> {
        let header = Header::new(row)?;
        let kind = match self.task.wanted {
            Some(kind) => kind,
            None => {
                let candidates = candidates(&header);
                recognised(&candidates).ok_or(CheckError::Unrecognised(candidates))?
            }
        };
        let columns =
            Columns::new(kind, header.cells()).map_err(|error| CheckError::Columns(kind, error))?;
        let writing = match self.task.purpose {
            Purpose::Check => Writing::Nothing,
            Purpose::Rejects => Writing::Rejects(Rejects::new(&header)),
            Purpose::Mended => {
                let mut text = CsvText::default();
                text.row(header.names());
                Writing::Mended(text)
            }
        };
        let outcome = Outcome {
            kind,
            names: header.names().map(str::to_owned).collect(),
            tally: Tally::default(),
            findings: Findings::default(),
            mends: Mends::default(),
        };
        Ok(Reading {
            header,
            columns,
            outcome,
            writing,
        })
    }

    /// What was written since it was last asked; a file begins with its first line.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        match self.reading.as_mut().map(|reading| &mut reading.writing) {
            Some(Writing::Rejects(rejects)) => rejects.take(),
            Some(Writing::Mended(text)) => text.take(),
            Some(Writing::Nothing) | None => Vec::new(),
        }
    }

    /// What a file begins with, before what is taken.
    #[must_use]
    pub fn mark(&self) -> &'static [u8] {
        match self.task.purpose {
            Purpose::Mended => MARK,
            // The importer writes none.
            Purpose::Check | Purpose::Rejects => b"",
        }
    }

    /// What is known of the file.
    #[must_use]
    pub fn outcome(self) -> Option<Outcome> {
        self.reading.map(|reading| reading.outcome)
    }
}

impl Reading {
    fn row(&mut self, number: u32, row: Row, source: &Source) {
        let cells = match row {
            Row::Cells(cells) => cells,
            Row::Broken(finding, text) => return self.broken(number, &finding, &text),
        };
        match &mut self.writing {
            Writing::Nothing => {
                let outcome = self.columns.read(&cells, source);
                self.outcome.tally.count(&outcome);
                let (tone, findings) = match outcome {
                    RowOutcome::Accepted(_, warnings) => (Tone::Warning, warnings),
                    RowOutcome::Rejected(errors) => (Tone::Error, errors),
                };
                for finding in &findings {
                    self.keep(number, tone, finding, &cells);
                }
                for mend in self.columns.mends(&cells, source.as_of) {
                    let before = cells.cell(mend.place).unwrap_or_default();
                    self.outcome.mends.add(number, before, mend);
                }
            }
            Writing::Rejects(rejects) => {
                if let RowOutcome::Rejected(errors) = self.columns.read(&cells, source) {
                    rejects.write(u64::from(number), &errors, &cells);
                }
            }
            Writing::Mended(text) => {
                let mends = self.columns.mends(&cells, source.as_of);
                let cell = |(place, cell)| {
                    let mend = mends.iter().find(|mend| mend.place == place);
                    let mend = mend.filter(|mend| mend.kind.is_certain());
                    mend.map_or(cell, |mend| mend.text.as_str())
                };
                text.row(cells.iter().enumerate().map(cell));
            }
        }
    }

    fn broken(&mut self, number: u32, finding: &Finding, text: &str) {
        match &mut self.writing {
            Writing::Nothing => {
                self.outcome.tally.reject(std::slice::from_ref(finding));
                let found = Found::of_row(number, Tone::Error, finding.code);
                self.outcome.findings.add(found, text, &finding.message);
            }
            Writing::Rejects(rejects) => rejects.write_text(u64::from(number), finding, text),
            Writing::Mended(mended) => mended.row([text].into_iter()),
        }
    }

    fn keep(&mut self, number: u32, tone: Tone, finding: &Finding, cells: &TextRow) {
        let mut found = Found::of_row(number, tone, finding.code);
        let mut said = "";
        if let Some(place) = self.header.place(&finding.column) {
            found.column = u16::try_from(place).ok();
            // Numbers of natural persons are not put on a screen that others see.
            let is_of_person =
                self.columns.is_of_persons(place) || finding.code.starts_with("person-number");
            said = cells
                .cell(place)
                .filter(|_| !is_of_person)
                .unwrap_or_default();
        }
        self.outcome.findings.add(found, said, &finding.message);
    }
}

#[cfg(test)]
mod tests;
