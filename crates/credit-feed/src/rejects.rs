//! The text of `FILE.rejects.csv`. After what is wrong with it, a row has its own
//! cells, as they are, so that the file can be mended and imported as it is: a cell
//! that a spreadsheet would take for a formula is the feed's own, and an apostrophe
//! in front of it would be imported, too. What is put in front of the cells is a
//! number, names of columns that a dataset knows, codes, and sentences that begin
//! with none of the feed's text.

use credit_core::feed::{Finding, REJECT_COLUMNS};

use super::header::Header;
use super::row::TextRow;

/// Separates what is said of several cells of one row.
const SEPARATOR: &str = "; ";

/// Columns in front of those of the feed.
const FINDINGS: usize = REJECT_COLUMNS.len();

/// Writes rejected rows as CSV, into bytes that are taken away as they come.
#[derive(Debug)]
pub struct Rejects {
    writer: CsvText,
    /// Whether the feed is such a file itself, with findings in front.
    is_mended: bool,
}

impl Rejects {
    /// The file of a feed with that first line.
    #[must_use]
    pub fn new(header: &Header) -> Self {
        let is_mended = header.names().take(FINDINGS).eq(REJECT_COLUMNS);
        let mut rejects = Self {
            writer: CsvText::default(),
            is_mended,
        };
        let names = header.names().skip(rejects.skipped());
        rejects.writer.row(REJECT_COLUMNS.into_iter().chain(names));
        rejects
    }

    fn skipped(&self) -> usize {
        if self.is_mended { FINDINGS } else { 0 }
    }

    /// Writes what is wrong with row `row`, counted from 1 after the header,
    /// and its cells.
    pub fn write(&mut self, row: u64, errors: &[Finding], cells: &TextRow) {
        let skipped = self.skipped();
        self.line(row, errors, cells.iter().skip(skipped));
    }

    /// Writes a line that could not be told apart into cells.
    pub fn write_text(&mut self, row: u64, error: &Finding, text: &str) {
        self.line(row, std::slice::from_ref(error), [text].into_iter());
    }

    fn line<'a>(&mut self, row: u64, errors: &[Finding], cells: impl Iterator<Item = &'a str>) {
        let joined = |part: fn(&Finding) -> &str| {
            let parts: Vec<&str> = errors.iter().map(part).collect();
            parts.join(SEPARATOR)
        };
        let findings = [
            row.to_string(),
            joined(|error| &error.column),
            joined(|error| error.code),
            joined(|error| &error.message),
        ];
        let cells: Vec<&str> = cells.collect();
        let findings = findings.iter().map(String::as_str);
        self.writer.row(findings.chain(cells));
    }

    /// What was written since it was last asked; the first line with the first.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        self.writer.take()
    }
}

/// CSV as a spreadsheet and the importer read it: quotes where something else would
/// be read without them. Not by the crate that reads it, whose writer can tell numbers
/// and brings the tables of floats along.
#[derive(Debug, Default)]
pub(crate) struct CsvText(Vec<u8>);

impl CsvText {
    pub(crate) fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let begin = self.0.len();
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                self.0.push(b',');
            }
            let is_plain = |byte| !matches!(byte, b',' | b'"' | b'\r' | b'\n');
            if cell.bytes().all(is_plain) {
                self.0.extend_from_slice(cell.as_bytes());
                continue;
            }
            self.0.push(b'"');
            for byte in cell.bytes() {
                if byte == b'"' {
                    self.0.push(b'"');
                }
                self.0.push(byte);
            }
            self.0.push(b'"');
        }
        // An empty line would be no row.
        if self.0.len() == begin {
            self.0.extend_from_slice(b"\"\"");
        }
        self.0.push(b'\n');
    }

    pub(crate) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Row;

    fn cells(texts: &[&str]) -> TextRow {
        let mut row = TextRow::default();
        texts.iter().for_each(|text| row.push(text));
        row
    }

    #[test]
    fn rows_keep_their_cells() {
        let header = Header::new(Some(Row::Cells(cells(&["a", " b "])))).unwrap();
        let mut rejects = Rejects::new(&header);
        let error = Finding {
            column: "a".to_owned(),
            code: "missing",
            message: "it is missing, \"here\"".to_owned(),
        };
        rejects.write(3, &[error.clone(), error.clone()], &cells(&["", "=1+1"]));
        rejects.write_text(4, &error, "x,\ny");
        assert_eq!(
            String::from_utf8(rejects.take()).unwrap(),
            "row,column,code,message,a,b\n\
             3,a; a,missing; missing,\"it is missing, \"\"here\"\"; it is missing, \"\"here\"\"\",,=1+1\n\
             4,a,missing,\"it is missing, \"\"here\"\"\",\"x,\ny\"\n"
        );
    }

    #[test]
    fn every_cell_is_read_again_as_it_was() {
        let mut text = CsvText::default();
        let cells = ["", "a,b", "c\r\nd", "\"", " e ", "=f"];
        text.row(cells.into_iter());
        text.row([""].into_iter());
        let mut rows = crate::CsvRows::new();
        rows.push(&text.take());
        rows.close();
        let crate::Next::Row(Row::Cells(found)) = rows.next() else {
            panic!("no row");
        };
        assert!(found.iter().eq(cells));
        let crate::Next::Row(Row::Cells(found)) = rows.next() else {
            panic!("no row");
        };
        assert!(found.iter().eq([""]));
    }

    #[test]
    fn a_mended_file_gets_its_findings_anew() {
        let names = cells(&["row", "column", "code", "message", "a"]);
        let header = Header::new(Some(Row::Cells(names))).unwrap();
        let mut rejects = Rejects::new(&header);
        let error = Finding::of_row("columns", "short".to_owned());
        rejects.write(1, &[error], &cells(&["9", "b", "old", "old", "x"]));
        assert_eq!(
            String::from_utf8(rejects.take()).unwrap(),
            "row,column,code,message,a\n1,,columns,short,x\n"
        );
    }
}
