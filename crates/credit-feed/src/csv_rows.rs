//! Rows of a CSV text. A quote that is never closed costs its line, not all
//! lines up to the next quote.

use std::ops::Range;

use credit_core::feed::Finding;
use csv_core::ReadRecordResult;
use memchr::memchr;

use super::row::{Row, TextRow};

/// Most lines of one row. Free text with line breaks has a few.
const ROW_MAX_LINES: usize = 20;

/// Longest line, in bytes: a row of twenty fields at their limits.
const LINE_MAX_BYTES: usize = 1 << 20;

/// What comes next of a text.
#[derive(Debug)]
pub enum Next {
    /// A row.
    Row(Row),
    /// More of the text has to be pushed, or the text closed.
    More,
    /// Nothing: the text is over.
    End,
}

/// Reads rows of a text that is pushed in as it comes.
#[derive(Debug)]
pub struct CsvRows {
    /// Told by the first line.
    core: Option<csv_core::Reader>,
    /// What was pushed and not read yet, from [`Self::begin`] on.
    text: Vec<u8>,
    is_closed: bool,
    /// Where the row begins, and how far it was read.
    begin: usize,
    read: usize,
    /// Ends of its lines so far.
    lines: Vec<usize>,
    fields: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    cells: usize,
}

impl Default for CsvRows {
    fn default() -> Self {
        Self::new()
    }
}

impl CsvRows {
    /// No text yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            core: None,
            text: Vec::new(),
            is_closed: false,
            begin: 0,
            read: 0,
            lines: Vec::new(),
            fields: vec![0; 4_096],
            written: 0,
            ends: vec![0; 64],
            cells: 0,
        }
    }

    /// Takes more of the text, which is UTF-8 or what is meant to be.
    pub fn push(&mut self, text: &[u8]) {
        let begin = std::mem::take(&mut self.begin);
        self.text.drain(..begin);
        self.read -= begin;
        self.lines.iter_mut().for_each(|end| *end -= begin);
        self.text.extend_from_slice(text);
    }

    /// The text is all there.
    pub fn close(&mut self) {
        self.is_closed = true;
    }

    /// The next row.
    #[allow(
        clippy::should_implement_trait,
        reason = "an iterator cannot ask for more"
    )]
    pub fn next(&mut self) -> Next {
        loop {
            let Some(line) = self.line() else {
                return Next::More;
            };
            if line.is_empty() {
                if self.lines.is_empty() {
                    return Next::End;
                }
                return Next::Row(self.last());
            }
            let end = line.end;
            let (is_done, used) = self.feed(line.clone());
            if is_done {
                let rest = &self.text[line.start + used..end];
                let row = self.row();
                self.go_on(end - rest.trim_ascii_start().len());
                return Next::Row(row);
            }
            if self.lines.is_empty() && self.text[line].trim_ascii().is_empty() {
                (self.begin, self.read) = (end, end);
                continue;
            }
            self.lines.push(end);
            self.read = end;
            if self.lines.len() >= ROW_MAX_LINES {
                return Next::Row(self.give_up());
            }
        }
    }

    /// The line that is read next, empty at the end; none where more has to come.
    fn line(&self) -> Option<Range<usize>> {
        let rest = self.text.get(self.read..).unwrap_or_default();
        let longest = &rest[..rest.len().min(LINE_MAX_BYTES)];
        let length = match memchr(b'\n', longest) {
            Some(place) => place + 1,
            None if longest.len() == LINE_MAX_BYTES || self.is_closed => longest.len(),
            None => return None,
        };
        Some(self.read..self.read + length)
    }

    /// What is left at the end: the last line of a file may have no line break.
    fn last(&mut self) -> Row {
        let first = &self.text[self.begin..self.lines[0]];
        let quotes = first.iter().filter(|byte| **byte == b'"').count();
        let is_last = self.lines.len() == 1 && !first.ends_with(b"\n") && quotes % 2 == 0;
        self.feed(self.read..self.read);
        if !is_last {
            return self.give_up();
        }
        let row = self.row();
        self.go_on(self.read);
        row
    }

    /// The next row begins at `place`.
    fn go_on(&mut self, place: usize) {
        (self.begin, self.read) = (place, place);
        self.lines.clear();
        (self.written, self.cells) = (0, 0);
        if let Some(core) = &mut self.core {
            core.reset();
        }
    }

    /// Reads on in a line; whether the row ended, and how much of it was read.
    fn feed(&mut self, line: Range<usize>) -> (bool, usize) {
        let line = &self.text[line];
        let core = self.core.get_or_insert_with(|| {
            let delimiter = delimiter(line);
            csv_core::ReaderBuilder::new().delimiter(delimiter).build()
        });
        let mut used = 0;
        loop {
            let fields = &mut self.fields[self.written..];
            let ends = &mut self.ends[self.cells..];
            let (result, read, written, cells) = core.read_record(&line[used..], fields, ends);
            used += read;
            self.written += written;
            self.cells += cells;
            match result {
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return (false, used),
                ReadRecordResult::Record => return (true, used),
            }
        }
    }

    fn row(&self) -> Row {
        let fields = &self.fields[..self.written];
        let ends = &self.ends[..self.cells];
        let text = std::str::from_utf8(fields)
            .ok()
            .filter(|text| ends.iter().all(|end| text.is_char_boundary(*end)))
            .filter(|text| !text.contains(char::REPLACEMENT_CHARACTER));
        match text {
            Some(text) => Row::Cells(TextRow::new(text, ends)),
            None => {
                let text = String::from_utf8_lossy(fields);
                let message = "row is not in the encoding of the file".to_owned();
                Row::Broken(Finding::of_row("encoding", message), text.into_owned())
            }
        }
    }

    /// Rejects the first of the lines, so that the others are read by themselves.
    fn give_up(&mut self) -> Row {
        let end = self.lines[0];
        let first = &self.text[self.begin..end];
        let text = String::from_utf8_lossy(first).trim_end().to_owned();
        self.go_on(end);
        let message = format!(
            "a quote is not closed within {ROW_MAX_LINES} lines; this line was not taken, the \
             next are read by themselves"
        );
        Row::Broken(Finding::of_row("quote", message), text)
    }
}

/// What separates the cells of the first line: a tab where there is no comma.
fn delimiter(line: &[u8]) -> u8 {
    if line.contains(&b'\t') && !line.contains(&b',') {
        b'\t'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credit_core::feed::Cells as _;

    fn rows(text: &[u8]) -> Vec<String> {
        let whole = pushed(text, text.len().max(1));
        for size in [1, 2, 3, 7] {
            assert_eq!(pushed(text, size), whole, "in pieces of {size}");
        }
        whole
    }

    fn pushed(text: &[u8], size: usize) -> Vec<String> {
        let mut rows = CsvRows::new();
        let mut pieces = text.chunks(size);
        let mut found = Vec::new();
        loop {
            found.push(match rows.next() {
                Next::More => match pieces.next() {
                    Some(piece) => {
                        rows.push(piece);
                        continue;
                    }
                    None => {
                        rows.close();
                        continue;
                    }
                },
                Next::End => return found,
                Next::Row(Row::Cells(cells)) => (0..cells.width())
                    .map(|place| cells.cell(place).unwrap())
                    .collect::<Vec<_>>()
                    .join("|"),
                Next::Row(Row::Broken(finding, text)) => format!("{}: {text}", finding.code),
            });
        }
    }

    #[test]
    fn rows_are_told_apart_whatever_is_in_them() {
        assert_eq!(rows(b""), Vec::<String>::new());
        assert_eq!(rows(b"a,b\r\n\r\n1,2\r\n"), ["a|b", "1|2"]);
        assert_eq!(rows(b"a,b\n1,\"x\ny\"\n3,4"), ["a|b", "1|x\ny", "3|4"]);
        assert_eq!(rows(b"a,b\r1,2\r3,4"), ["a|b", "1|2", "3|4"]);
        assert_eq!(rows(b"a,\"b\"\"c\",\n"), ["a|b\"c|"]);
        assert_eq!(rows(b"a\tb\n1\t2,3\n"), ["a|b", "1|2,3"]);
        assert_eq!(rows(b"a\n\xff,1\nb\n"), ["a", "encoding: \u{fffd}1", "b"]);
        // The bytes of one character on both sides of a comma.
        assert_eq!(rows(b"\xe5\xa4,\xa9\n"), ["encoding: 天"]);
        let long = format!("{},b\n", "x".repeat(10_000));
        assert_eq!(rows(long.as_bytes())[0].len(), 10_002);
    }

    #[test]
    fn an_open_quote_costs_one_line() {
        let mut text = String::from("a,\"b\n");
        (0..30).for_each(|row| text.push_str(&format!("{row},x\n")));
        let found = rows(text.as_bytes());
        assert_eq!(found[0], "quote: a,\"b");
        assert_eq!(found.len(), 31);
        assert_eq!(found[30], "29|x");
        assert_eq!(rows(b"a,\"b\n1,2\n"), ["quote: a,\"b", "1|2"]);
        assert_eq!(rows(b"a,\"b"), ["quote: a,\"b"]);
    }

    #[test]
    fn a_line_without_an_end_is_cut() {
        let text = vec![b'a'; LINE_MAX_BYTES * 2 + 5];
        let mut rows = CsvRows::new();
        rows.push(&text);
        rows.close();
        let mut count = 0;
        while let Next::Row(_) = rows.next() {
            count += 1;
            assert!(count < 10);
        }
    }
}
