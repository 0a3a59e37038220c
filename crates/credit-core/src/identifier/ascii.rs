//! Short ASCII text without an allocation.

use std::fmt;
use std::ops::Deref;

/// Up to `N` ASCII characters, held in place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ascii<const N: usize> {
    bytes: [u8; N],
    length: u8,
}

impl<const N: usize> Ascii<N> {
    /// The first `N` characters of `text`, up to one that is not ASCII.
    pub(super) fn new(text: &str) -> Self {
        let mut ascii = Self {
            bytes: [0; N],
            length: 0,
        };
        text.bytes()
            .take_while(u8::is_ascii)
            .for_each(|byte| ascii.push(byte));
        ascii
    }

    /// Adds an ASCII character; one too many is dropped.
    pub(super) fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(usize::from(self.length)) {
            *slot = byte;
            self.length += 1;
        }
    }
}

impl<const N: usize> Deref for Ascii<N> {
    type Target = str;

    fn deref(&self) -> &str {
        // Nothing but ASCII is ever put in.
        let bytes = self.bytes.get(..usize::from(self.length));
        std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    }
}

impl<const N: usize> fmt::Display for Ascii<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl<const N: usize> fmt::Debug for Ascii<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
