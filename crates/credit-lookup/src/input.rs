//! Reading what other programs wrote.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;

/// A reader that drops the byte order mark with which spreadsheets begin UTF-8.
pub(crate) struct WithoutBom<R> {
    inner: R,
    begun: bool,
}

impl<R: Read> WithoutBom<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            begun: false,
        }
    }
}

impl<R: Read> Read for WithoutBom<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.begun || buffer.len() < 3 {
            return self.inner.read(buffer);
        }
        self.begun = true;
        let mut filled = 0;
        while filled < 3 {
            match self.inner.read(&mut buffer[filled..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) => break,
                count => filled += count?,
            }
        }
        if buffer[..filled].starts_with(b"\xef\xbb\xbf") {
            buffer.copy_within(3..filled, 0);
            filled -= 3;
            if filled == 0 {
                return self.inner.read(buffer);
            }
        }
        Ok(filled)
    }
}

/// What comes next of a text of lines.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    /// Whole lines.
    Lines(&'a [u8]),
    /// A piece of a line that is longer than the buffer.
    Piece(&'a [u8]),
    /// The end of that line.
    LineEnd,
}

/// A text of lines in blocks. Memory is the buffer, however long a line is.
pub(crate) struct LineBlocks<R> {
    input: R,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were read and not yet handed out.
    waiting: Range<usize>,
    in_long_line: bool,
    is_end: bool,
}

impl<R: Read> LineBlocks<R> {
    /// Blocks of at most `capacity` bytes of `input`.
    pub(crate) fn new(input: R, capacity: usize) -> Self {
        Self {
            input,
            buffer: vec![0; capacity],
            waiting: 0..0,
            in_long_line: false,
            is_end: false,
        }
    }

    /// The next block; nothing at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Block<'_>>> {
        loop {
            let waiting = &self.buffer[self.waiting.clone()];
            if self.in_long_line {
                let end = waiting.iter().position(|byte| *byte == b'\n');
                if end == Some(0) || (waiting.is_empty() && self.is_end) {
                    self.waiting.start = (self.waiting.start + 1).min(self.waiting.end);
                    self.in_long_line = false;
                    return Ok(Some(Block::LineEnd));
                }
                if !waiting.is_empty() {
                    let piece = self.take(end.unwrap_or(waiting.len()));
                    return Ok(Some(Block::Piece(&self.buffer[piece])));
                }
            } else {
                let last = waiting.iter().rposition(|byte| *byte == b'\n');
                let whole = match last {
                    Some(last) => last + 1,
                    None if self.is_end => waiting.len(),
                    None => 0,
                };
                if whole > 0 {
                    let lines = self.take(whole);
                    return Ok(Some(Block::Lines(&self.buffer[lines])));
                }
                if self.is_end {
                    return Ok(None);
                }
                if waiting.len() == self.buffer.len() {
                    self.in_long_line = true;
                    continue;
                }
            }
            self.read()?;
        }
    }

    fn take(&mut self, count: usize) -> Range<usize> {
        let start = self.waiting.start;
        self.waiting.start += count;
        start..self.waiting.start
    }

    fn read(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.waiting.clone(), 0);
        self.waiting = 0..self.waiting.len();
        let count = loop {
            match self.input.read(&mut self.buffer[self.waiting.end..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                count => break count?,
            }
        };
        self.is_end = count == 0;
        self.waiting.end += count;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[&str]) {
        for step in 1..=text.len() + 1 {
            let mut seen = Vec::new();
            let mut blocks = LineBlocks::new(InSteps(text.as_bytes(), step), 8);
            while let Some(block) = blocks.next().unwrap() {
                match block {
                    Block::Lines(lines) => {
                        let lines = std::str::from_utf8(lines).unwrap();
                        seen.extend(lines.lines().map(str::to_owned));
                    }
                    Block::Piece(piece) => {
                        let piece = std::str::from_utf8(piece).unwrap();
                        match seen.last_mut() {
                            Some(last) if last.starts_with('>') => last.push_str(piece),
                            _ => seen.push(format!(">{piece}")),
                        }
                    }
                    Block::LineEnd => seen.push("end".to_owned()),
                }
            }
            assert_eq!(seen, expected, "{step} bytes at a time");
        }
    }

    struct InSteps<'a>(&'a [u8], usize);

    impl Read for InSteps<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn lines_come_whole_and_long_ones_in_pieces() {
        reads("", &[]);
        reads("\n", &[""]);
        reads("a\nb", &["a", "b"]);
        reads("a\n\nb\n", &["a", "", "b"]);
        reads("1234567\n1234567\n", &["1234567", "1234567"]);
        reads("12345678\na\n", &[">12345678", "end", "a"]);
        reads(
            "a\n123456789012345678901\nb",
            &["a", ">123456789012345678901", "end", "b"],
        );
        reads("1234567890", &[">1234567890", "end"]);
    }
}
