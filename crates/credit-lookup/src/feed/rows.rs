//! Rows of a file, CSV or XLSX.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx};
use credit_core::feed::{Cells, Finding};
use indicatif::ProgressBar;

use super::csv_rows::CsvRows;
use super::encoding::Decoded;

/// Largest XLSX that is read, in bytes: it is read into memory whole, and
/// grows tenfold there. A million rows of a feed stay below.
const XLSX_MAX_BYTES: u64 = 128 << 20;

/// Most columns and most text, in bytes, of a workbook.
const XLSX_MAX_COLUMNS: u32 = 1_000;
const XLSX_MAX_TEXT: u64 = 1 << 30;

/// What begins every ZIP, and so every XLSX.
const ZIP: &[u8] = b"PK\x03\x04";

/// Why a file has no rows.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum RowsError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Not a workbook.
    #[error("workbook cannot be read")]
    Workbook(#[from] calamine::XlsxError),
    /// An old workbook.
    #[error("this is an Excel file of before 2007; save it as .xlsx or CSV")]
    OldWorkbook,
    /// A workbook that is no table of rows.
    #[error(
        "workbook has a cell in column {column} or {bytes} bytes of text, at most \
         {XLSX_MAX_COLUMNS} columns and {XLSX_MAX_TEXT} bytes are allowed"
    )]
    Wide {
        /// The column, from 0.
        column: u32,
        /// Bytes so far.
        bytes: u64,
    },
    /// A large workbook.
    #[error("workbook has {found} bytes, at most {XLSX_MAX_BYTES} are allowed; save it as CSV")]
    Large {
        /// Bytes found.
        found: u64,
    },
}

/// A row of a file.
#[derive(Debug)]
pub(crate) enum Row {
    /// Its cells.
    Cells(TextRow),
    /// A line that cannot be told apart into cells, and its text.
    Broken(Finding, String),
}

/// The cells of a row, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextRow {
    text: String,
    ends: Vec<usize>,
}

impl TextRow {
    pub(super) fn new(text: &str, ends: &[usize]) -> Self {
        Self {
            text: text.to_owned(),
            ends: ends.to_vec(),
        }
    }

    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Adds empty cells up to `width`.
    fn fill(&mut self, width: usize) {
        while self.width() < width {
            self.push("");
        }
    }

    /// The cells as texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.width()).filter_map(|place| self.cell(place))
    }
}

impl Cells for TextRow {
    fn width(&self) -> usize {
        self.ends.len()
    }

    fn cell(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start = match place.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)?,
        };
        self.text.get(start..end)
    }
}

/// A file as UTF-8.
type Text = BufReader<Decoded<Box<dyn Read + Send>>>;

/// Reads the rows of a file, the first line among them.
pub(crate) enum RowReader {
    Csv(Box<CsvRows<Text>>),
    Xlsx(std::vec::IntoIter<TextRow>),
}

impl RowReader {
    /// Opens `path`; `bar` shows how far it was read.
    pub(crate) fn open(path: &Path, bar: &ProgressBar) -> Result<Self, RowsError> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut begin = [0; 4];
        let count = read_some(&mut file, &mut begin)?;
        if begin[..count] == *b"\xd0\xcf\x11\xe0" {
            return Err(RowsError::OldWorkbook);
        }
        if begin[..count] == *ZIP {
            return Self::workbook(path, length, bar);
        }
        let begin = Cursor::new(begin[..count].to_vec());
        let whole: Box<dyn Read + Send> = Box::new(bar.wrap_read(begin.chain(file)));
        let mut input = BufReader::with_capacity(1 << 16, Decoded::new(whole)?);
        let delimiter = delimiter(io::BufRead::fill_buf(&mut input)?);
        Ok(Self::Csv(Box::new(CsvRows::new(input, delimiter))))
    }

    fn workbook(path: &Path, length: u64, bar: &ProgressBar) -> Result<Self, RowsError> {
        if length > XLSX_MAX_BYTES {
            return Err(RowsError::Large { found: length });
        }
        let mut workbook: Xlsx<_> = calamine::open_workbook(PathBuf::from(path))?;
        let names = workbook.sheet_names();
        let first = names.first().cloned().unwrap_or_default();
        let mut cells = workbook.worksheet_cells_reader(&first)?;
        let mut rows: Vec<TextRow> = Vec::new();
        let mut at = None;
        let mut bytes = 0_u64;
        while let Some(cell) = cells.next_cell()? {
            let (line, column) = cell.get_position();
            let value = text(&Data::from(cell.get_value().clone()));
            if value.is_empty() {
                continue;
            }
            bytes += value.len() as u64;
            // Cell by cell, because a stray one in the last corner of a sheet
            // would make a table of sixteen thousand million.
            if column >= XLSX_MAX_COLUMNS || bytes > XLSX_MAX_TEXT {
                return Err(RowsError::Wide { column, bytes });
            }
            if at != Some(line) {
                rows.push(TextRow::default());
                at = Some(line);
            }
            if let Some(row) = rows.last_mut() {
                row.fill(column as usize);
                row.push(&value);
            }
        }
        bar.inc(length);
        // A sheet has no cells where a row ends with empty ones.
        let width = rows.first().map_or(0, Cells::width);
        rows.iter_mut().for_each(|row| row.fill(width));
        Ok(Self::Xlsx(rows.into_iter()))
    }

    /// The next row; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, RowsError> {
        Ok(match self {
            Self::Csv(rows) => rows.next()?,
            Self::Xlsx(rows) => rows.next().map(Row::Cells),
        })
    }
}

fn read_some(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// What separates the cells of the first line: a tab where there is no comma.
fn delimiter(begin: &[u8]) -> u8 {
    let line = begin
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    if line.contains(&b'\t') && !line.contains(&b',') {
        b'\t'
    } else {
        b','
    }
}

/// A cell of a workbook as a CSV would have it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        // Beyond fifteen digits a workbook has rounded: this is no code any more,
        // and may not look like one.
        Data::Float(number) if number.abs() >= 1e15 => format!("{number:e}"),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.clone(),
        other => other.to_string(),
    }
}
