//! Rows of a file on the disk, CSV or XLSX.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek as _};
use std::path::Path;

use credit_feed::workbook::{FILE_MAX_BYTES, Step, Workbook, WorkbookError};
use credit_feed::{CsvRows, FileKind, KindError, Next, Row, SAMPLE_BYTES};
use indicatif::ProgressBar;

use super::decoded::Decoded;

/// Why a file has no rows.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum RowsError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Not a table.
    #[error(transparent)]
    Kind(#[from] KindError),
    /// A workbook that cannot be read.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

/// A file as UTF-8.
type Text = BufReader<Decoded<Box<dyn Read + Send>>>;

/// Reads the rows of a file, the first line among them.
pub(crate) enum RowReader {
    Csv(Box<(CsvRows, Text)>),
    Workbook(Box<Workbook>),
}

impl RowReader {
    /// Opens `path`; `bar` shows how far it was read.
    pub(crate) fn open(path: &Path, bar: &ProgressBar) -> Result<Self, RowsError> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut begin = Vec::new();
        file.by_ref()
            .take(SAMPLE_BYTES as u64)
            .read_to_end(&mut begin)?;
        match FileKind::told(&begin)? {
            FileKind::Workbook => {
                if length > FILE_MAX_BYTES {
                    return Err(WorkbookError::Large { found: length }.into());
                }
                file.rewind()?;
                let mut whole = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
                // A file may grow while it is read.
                file.take(FILE_MAX_BYTES + 1).read_to_end(&mut whole)?;
                bar.inc(length);
                Ok(Self::Workbook(Box::new(Workbook::open(whole)?)))
            }
            FileKind::Text => {
                let begin = io::Cursor::new(begin);
                let whole: Box<dyn Read + Send> = Box::new(bar.wrap_read(begin.chain(file)));
                let text = BufReader::with_capacity(1 << 16, Decoded::new(whole)?);
                Ok(Self::Csv(Box::new((CsvRows::new(), text))))
            }
        }
    }

    /// The next row; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, RowsError> {
        loop {
            match self {
                Self::Csv(csv) => {
                    let (rows, text) = &mut **csv;
                    match rows.next() {
                        Next::Row(row) => return Ok(Some(row)),
                        Next::End => return Ok(None),
                        Next::More => {
                            let more = text.fill_buf()?;
                            let count = more.len();
                            rows.push(more);
                            text.consume(count);
                            if count == 0 {
                                rows.close();
                            }
                        }
                    }
                }
                Self::Workbook(workbook) => match workbook.step()? {
                    Step::Row(row) => return Ok(Some(Row::Cells(row))),
                    Step::Working => {}
                    Step::End => return Ok(None),
                },
            }
        }
    }
}
