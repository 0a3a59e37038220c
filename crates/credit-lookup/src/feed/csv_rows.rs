//! Rows of a CSV text. A quote that is never closed costs its line, not all
//! lines up to the next quote.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read as _};

use credit_core::feed::Finding;
use csv_core::ReadRecordResult;

use super::rows::{Row, TextRow};

/// Most lines of one row. Free text with line breaks has a few.
const ROW_MAX_LINES: usize = 20;

/// Longest line, in bytes: a row of twenty fields at their limits.
const LINE_MAX_BYTES: u64 = 1 << 20;

/// Reads rows.
pub(crate) struct CsvRows<R> {
    input: R,
    core: csv_core::Reader,
    /// Lines that are read again after a quote that was not closed.
    again: VecDeque<Vec<u8>>,
    fields: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    cells: usize,
}

impl<R: BufRead> CsvRows<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        Self {
            input,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            again: VecDeque::new(),
            fields: vec![0; 4_096],
            written: 0,
            ends: vec![0; 64],
            cells: 0,
        }
    }

    /// The next row; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Row>> {
        let mut lines: Vec<Vec<u8>> = Vec::new();
        (self.written, self.cells) = (0, 0);
        self.core.reset();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                if lines.is_empty() {
                    return Ok(None);
                }
                // The last line of a file may have no line break.
                let quotes = lines[0].iter().filter(|byte| **byte == b'"').count();
                let is_last = lines.len() == 1 && !lines[0].ends_with(b"\n") && quotes % 2 == 0;
                self.feed(&[]);
                return Ok(Some(if is_last {
                    self.row()
                } else {
                    self.give_up(lines)
                }));
            }
            let (is_done, used) = self.feed(&line);
            if is_done {
                let rest = line[used..].trim_ascii_start();
                if !rest.is_empty() {
                    self.again.push_front(rest.to_vec());
                }
                return Ok(Some(self.row()));
            }
            if lines.is_empty() && line.trim_ascii().is_empty() {
                continue;
            }
            lines.push(line);
            if lines.len() >= ROW_MAX_LINES {
                return Ok(Some(self.give_up(lines)));
            }
        }
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(line);
        }
        let mut line = Vec::with_capacity(512);
        (&mut self.input)
            .take(LINE_MAX_BYTES)
            .read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// Reads on in `input`; whether the row ended, and how much of it was read.
    fn feed(&mut self, input: &[u8]) -> (bool, usize) {
        let mut used = 0;
        loop {
            let fields = &mut self.fields[self.written..];
            let ends = &mut self.ends[self.cells..];
            let (result, read, written, cells) =
                self.core.read_record(&input[used..], fields, ends);
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

    /// Rejects the first of `lines`, so that the others are read by themselves.
    fn give_up(&mut self, lines: Vec<Vec<u8>>) -> Row {
        let mut lines = lines.into_iter();
        let first = lines.next().unwrap_or_default();
        for line in lines.rev() {
            self.again.push_front(line);
        }
        let text = String::from_utf8_lossy(&first).trim_end().to_owned();
        let message = format!(
            "a quote is not closed within {ROW_MAX_LINES} lines; this line was not taken, the \
             next are read by themselves"
        );
        Row::Broken(Finding::of_row("quote", message), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credit_core::feed::Cells as _;

    fn rows(text: &[u8]) -> Vec<String> {
        let mut rows = CsvRows::new(text, b',');
        let mut found = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            found.push(match row {
                Row::Cells(cells) => (0..cells.width())
                    .map(|place| cells.cell(place).unwrap())
                    .collect::<Vec<_>>()
                    .join("|"),
                Row::Broken(finding, text) => format!("{}: {text}", finding.code),
            });
        }
        found
    }

    #[test]
    fn rows_are_told_apart_whatever_is_in_them() {
        assert_eq!(rows(b""), Vec::<String>::new());
        assert_eq!(rows(b"a,b\r\n\r\n1,2\r\n"), ["a|b", "1|2"]);
        assert_eq!(rows(b"a,b\n1,\"x\ny\"\n3,4"), ["a|b", "1|x\ny", "3|4"]);
        assert_eq!(rows(b"a,b\r1,2\r3,4"), ["a|b", "1|2", "3|4"]);
        assert_eq!(rows(b"a,\"b\"\"c\",\n"), ["a|b\"c|"]);
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
}
