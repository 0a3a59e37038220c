//! Text of any encoding that departments save as UTF-8.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use credit_feed::{SAMPLE_BYTES, TextEncoding};
use encoding_rs::{Decoder, Encoding};

/// A reader of UTF-8, whatever the file is in.
pub(crate) struct Decoded<R> {
    input: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    decoder: Option<Decoder>,
    ready: Vec<u8>,
    taken: usize,
    is_end: bool,
}

impl<R: Read> Decoded<R> {
    /// Decodes `input` from the encoding that its first bytes tell.
    pub(super) fn new(mut input: R) -> io::Result<Self> {
        let mut sample = Vec::new();
        input
            .by_ref()
            .take(SAMPLE_BYTES as u64)
            .read_to_end(&mut sample)?;
        let (encoding, mark) = TextEncoding::told(&sample);
        let mut sample = Cursor::new(sample);
        sample.set_position(mark as u64);
        let input = BufReader::with_capacity(1 << 16, sample.chain(input));
        let decoding = match encoding {
            // Goes through as it is: a broken row is told, not mended.
            TextEncoding::Utf8 => None,
            other => Encoding::for_label(other.label().as_bytes()),
        };
        Ok(Self {
            input,
            decoder: decoding.map(Encoding::new_decoder_without_bom_handling),
            ready: Vec::new(),
            taken: 0,
            is_end: false,
        })
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else {
            return self.input.read(buffer);
        };
        while self.taken == self.ready.len() && !self.is_end {
            let bytes = self.input.fill_buf()?;
            let count = bytes.len();
            self.is_end = count == 0;
            self.ready.resize(
                decoder
                    .max_utf8_buffer_length(count)
                    .unwrap_or(count.saturating_mul(3) + 16),
                0,
            );
            // What cannot be decoded becomes U+FFFD, for which a row is rejected.
            let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut self.ready, self.is_end);
            self.input.consume(count);
            self.ready.truncate(written);
            self.taken = 0;
        }
        let rest = &self.ready[self.taken..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(bytes: &[u8], expected: &str) {
        let mut text = String::new();
        Decoded::new(bytes)
            .and_then(|mut decoded| decoded.read_to_string(&mut text))
            .unwrap();
        assert_eq!(text, expected);
    }

    #[test]
    fn every_encoding_becomes_utf8() {
        reads("名称".as_bytes(), "名称");
        reads(b"\xef\xbb\xbf\xe5\x90\x8d", "名");
        reads(b"\xc3\xfb\xb3\xc6", "名称");
        reads(b"\xff\xfe\x0d\x54", "名");
        reads(b"", "");
        let mut one_bad = "名称\n甲\n乙\n".as_bytes().to_vec();
        one_bad.extend(b"\xff\n");
        let mut text = Vec::new();
        let mut decoded = Decoded::new(one_bad.as_slice()).unwrap();
        decoded.read_to_end(&mut text).unwrap();
        assert_eq!(
            text, one_bad,
            "goes through as it is, and one row is rejected"
        );
        // What a pipe gives in small pieces is looked at as a whole.
        let pieces = b"code,".chain(&b"\xc3\xfb\xb3\xc6"[..]);
        let mut text = String::new();
        let mut decoded = Decoded::new(pieces).unwrap();
        decoded.read_to_string(&mut text).unwrap();
        assert_eq!(text, "code,名称");
    }
}
