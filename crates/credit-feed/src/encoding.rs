//! The encoding of a text file, told by its first bytes.

/// Bytes by which the encoding of a file is told. Files whose first million
/// bytes are plain ASCII are taken as UTF-8, which then says so row by row.
pub const SAMPLE_BYTES: usize = 1 << 20;

/// Encodings that departments save files in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8. It is not decoded: a broken row is told, not mended.
    Utf8,
    /// UTF-16 with the low byte first.
    Utf16Le,
    /// UTF-16 with the high byte first.
    Utf16Be,
    /// GBK, as GB 18030, which contains it.
    Gb18030,
}

impl TextEncoding {
    /// Tells the encoding of a file that begins with `sample`, and how long its byte
    /// order mark is: such a mark, else UTF-8 where it is that, else GBK.
    #[must_use]
    pub fn told(sample: &[u8]) -> (Self, usize) {
        match sample {
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            [0xff, 0xfe, ..] => (Self::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Self::Utf16Be, 2),
            _ if is_utf8(sample) => (Self::Utf8, 0),
            _ => (Self::Gb18030, 0),
        }
    }

    /// Its name in the WHATWG standard, which browsers and `encoding_rs` follow.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
        }
    }
}

/// By the weight of lines: one broken row does not make a file GBK, and hardly a
/// line of Chinese in GBK is UTF-8 by chance.
fn is_utf8(sample: &[u8]) -> bool {
    let lines = sample.split(|byte| *byte == b'\n');
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for line in lines.filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => right += 1,
            // The last line may be cut in the middle of a character.
            Err(error) if error.error_len().is_none() => {}
            Err(_) => wrong += 1,
        }
    }
    right >= wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_told() {
        let mut one_bad = "名称\n甲\n乙\n".as_bytes().to_vec();
        one_bad.extend(b"\xff\n");
        for (sample, expected) in [
            ("名称".as_bytes(), (TextEncoding::Utf8, 0)),
            (b"\xef\xbb\xbf\xe5\x90\x8d", (TextEncoding::Utf8, 3)),
            (b"\xc3\xfb\xb3\xc6", (TextEncoding::Gb18030, 0)),
            (b"\xff\xfe\x0d\x54", (TextEncoding::Utf16Le, 2)),
            (b"\xfe\xff\x54\x0d", (TextEncoding::Utf16Be, 2)),
            (b"", (TextEncoding::Utf8, 0)),
            (&one_bad, (TextEncoding::Utf8, 0)),
            ("名称".as_bytes().split_at(4).0, (TextEncoding::Utf8, 0)),
        ] {
            assert_eq!(TextEncoding::told(sample), expected, "{sample:?}");
        }
    }
}
