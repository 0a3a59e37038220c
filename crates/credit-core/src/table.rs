//! Tables of `data` without the comments, which are for people: the compiler leaves
//! them out, because they are a fifth of a table and would be in every bundle.

/// A table of `data`, without its comments.
macro_rules! table {
    ($path:literal) => {{
        const TEXT: &str = include_str!($path);
        const LENGTH: usize = $crate::table::length(TEXT);
        const BYTES: [u8; LENGTH] = $crate::table::bytes(TEXT);
        const LINES: &str = match std::str::from_utf8(&BYTES) {
            Ok(lines) => lines,
            // Whole lines of a text are one.
            Err(_) => "",
        };
        LINES
    }};
}

pub(crate) use table;

/// Where the line at a place ends, its line break included.
const fn line_end(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && text[at] != b'\n' {
        at += 1;
    }
    if at < text.len() { at + 1 } else { at }
}

/// Bytes of a table without its comments.
pub(crate) const fn length(text: &str) -> usize {
    let text = text.as_bytes();
    let (mut at, mut length) = (0, 0);
    while at < text.len() {
        let end = line_end(text, at);
        if text[at] != b'#' {
            length += end - at;
        }
        at = end;
    }
    length
}

/// A table without its comments.
pub(crate) const fn bytes<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let text = text.as_bytes();
    let mut bytes = [0; LENGTH];
    let (mut at, mut length) = (0, 0);
    while at < text.len() {
        let end = line_end(text, at);
        let is_data = text[at] != b'#';
        while at < end {
            if is_data {
                bytes[length] = text[at];
                length += 1;
            }
            at += 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out() {
        const TEXT: &str = "# a\nb\tc\n#\n\nd # e\n# f";
        let bytes = bytes::<{ length(TEXT) }>(TEXT);
        assert_eq!(&bytes, b"b\tc\n\nd # e\n");
        assert!(!table!("../data/codesets.txt").contains("\n#"));
    }
}
