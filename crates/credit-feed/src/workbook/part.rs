//! A part of a workbook as it comes out of the ZIP: 32 KiB at a time, whatever size
//! the ZIP states.

use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::sync::Arc;

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// Most bytes of a part when it is unpacked. A million rows of thirty cells are
/// 2 GiB of XML; a bomb of 128 MiB would be 128 GiB.
const PART_MAX_BYTES: u64 = 4 << 30;

/// Most bytes of one tag or one piece of text, which are kept whole. A cell has at
/// most 32 767 characters.
const PIECE_MAX_BYTES: usize = 4 << 20;

const ROOM: usize = 32 << 10;

/// Reads a part.
pub(super) struct Part {
    file: Arc<Vec<u8>>,
    data: Range<usize>,
    /// None where it is stored as it is.
    state: Option<Box<InflateState>>,
    room: Box<[u8]>,
    taken: usize,
    filled: usize,
    is_over: bool,
    crc: u32,
    expected: u32,
    total: u64,
    /// Bytes since the last piece was over.
    piece: usize,
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("data", &self.data).finish()
    }
}

impl Part {
    pub(super) fn new(
        file: Arc<Vec<u8>>,
        data: Range<usize>,
        is_deflated: bool,
        expected: u32,
    ) -> Self {
        Self {
            file,
            data,
            state: is_deflated.then(|| InflateState::new_boxed(DataFormat::Raw)),
            room: vec![0; ROOM].into_boxed_slice(),
            taken: 0,
            filled: 0,
            is_over: false,
            crc: u32::MAX,
            expected,
            total: 0,
            piece: 0,
        }
    }

    /// The next piece begins.
    pub(super) fn next_piece(&mut self) {
        self.piece = 0;
    }

    fn fill(&mut self) -> io::Result<()> {
        let input = self.file.get(self.data.clone()).unwrap_or_default();
        let (read, written, is_over) = match &mut self.state {
            None => {
                let count = input.len().min(ROOM);
                self.room[..count].copy_from_slice(&input[..count]);
                (count, count, count == input.len())
            }
            Some(state) => {
                let result = inflate(state, input, &mut self.room, MZFlush::None);
                let status = result.status.map_err(|_| io::ErrorKind::InvalidData)?;
                let is_over = status == MZStatus::StreamEnd;
                if result.bytes_written == 0 && result.bytes_consumed == 0 && !is_over {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                (result.bytes_consumed, result.bytes_written, is_over)
            }
        };
        self.data.start += read;
        (self.taken, self.filled) = (0, written);
        self.is_over = is_over;
        self.total += written as u64;
        self.piece += written;
        self.crc = crc(self.crc, &self.room[..written]);
        if self.total > PART_MAX_BYTES || self.piece > PIECE_MAX_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if is_over && self.crc != !self.expected {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(())
    }
}

impl BufRead for Part {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.filled && !self.is_over {
            self.fill()?;
        }
        Ok(&self.room[self.taken..self.filled])
    }

    fn consume(&mut self, count: usize) {
        self.taken = self.filled.min(self.taken + count);
    }
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// CRC-32 of what came before and `bytes`.
fn crc(before: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(before, |crc, byte| {
        TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8)
    })
}

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                0xedb8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};
