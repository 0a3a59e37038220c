//! What kind of file it is, told by its first bytes.

use std::fmt;

/// A file that may have rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// CSV.
    Text,
    /// XLSX.
    Workbook,
}

/// A file that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KindError {
    /// An old workbook, or one with a password.
    OldWorkbook,
    /// A picture, a PDF, a program.
    NoTable,
}

/// What begins every ZIP, and so every XLSX.
const ZIP: &[u8] = b"PK\x03\x04";

/// What begins an Excel file of before 2007.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Beginnings of what is sent by mistake, has no zero byte near its beginning, or
/// might have none.
const OTHERS: [&[u8]; 4] = [b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"];

impl FileKind {
    /// Tells it of a file that begins with `sample`.
    ///
    /// # Errors
    /// [`KindError`] where it is known to have no rows.
    pub fn told(sample: &[u8]) -> Result<Self, KindError> {
        if sample.starts_with(COMPOUND) {
            return Err(KindError::OldWorkbook);
        }
        if sample.starts_with(ZIP) {
            return Ok(Self::Workbook);
        }
        let is_utf16 = sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff");
        let has_zero = !is_utf16 && sample.iter().take(4_096).any(|byte| *byte == 0);
        if has_zero || OTHERS.iter().any(|begin| sample.starts_with(begin)) {
            return Err(KindError::NoTable);
        }
        Ok(Self::Text)
    }
}

impl KindError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OldWorkbook => "old-workbook",
            Self::NoTable => "no-table",
        }
    }
}

impl fmt::Display for KindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OldWorkbook => "this is an Excel file of before 2007; save it as .xlsx or CSV",
            Self::NoTable => "this is no table: allowed are CSV and .xlsx",
        })
    }
}

impl std::error::Error for KindError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told() {
        for (sample, expected) in [
            (&b"a,b\n"[..], Ok(FileKind::Text)),
            (b"", Ok(FileKind::Text)),
            (b"\xff\xfea\0,\0", Ok(FileKind::Text)),
            (b"PK\x03\x04\x14\0", Ok(FileKind::Workbook)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Err(KindError::OldWorkbook)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Err(KindError::NoTable)),
            (b"%PDF-1.7\n", Err(KindError::NoTable)),
            (b"\x7fELF\x02\0\0", Err(KindError::NoTable)),
        ] {
            assert_eq!(FileKind::told(sample), expected, "{sample:?}");
        }
    }
}
