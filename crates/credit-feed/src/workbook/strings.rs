//! Texts that several cells of a workbook share.

use quick_xml::events::Event;

use super::WorkbookError;
use super::part::Part;
use super::xml::{Xml, resolve};

/// Most bytes of all of them, places included: they are kept in memory.
const STRINGS_MAX_BYTES: usize = 256 << 20;

/// Pieces of XML that are read at a time.
pub(super) const PIECES: usize = 2_000;

/// The texts, by number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let begin = match number.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)?,
        };
        self.text.get(begin..end)
    }
}

/// Reads them.
#[derive(Debug)]
pub(super) struct StringsReader {
    xml: Xml,
    strings: Strings,
    is_text: bool,
    /// 拼音: how a text is read, which is no part of it.
    is_phonetic: bool,
}

impl StringsReader {
    pub(super) fn new(part: Part) -> Self {
        Self {
            xml: Xml::new(part),
            strings: Strings::default(),
            is_text: false,
            is_phonetic: false,
        }
    }

    /// Reads on; whether all is read.
    pub(super) fn step(&mut self) -> Result<bool, WorkbookError> {
        let Strings { text, ends } = &mut self.strings;
        for _ in 0..PIECES {
            match self.xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "t" => self.is_text = !self.is_phonetic,
                    "rPh" => self.is_phonetic = true,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "t" => self.is_text = false,
                    "rPh" => self.is_phonetic = false,
                    "si" => ends.push(text.len()),
                    _ => {}
                },
                Event::Empty(tag) if tag.local_name().as_ref() == "si" => ends.push(text.len()),
                Event::Text(said) if self.is_text => text.push_str(&said.xml10_content()),
                Event::CData(said) if self.is_text => text.push_str(&said.xml10_content()),
                Event::GeneralRef(said) if self.is_text => resolve(&said, text)?,
                Event::Eof => return Ok(true),
                _ => {}
            }
            if text.len() + ends.len() * size_of::<usize>() > STRINGS_MAX_BYTES {
                let allowed = STRINGS_MAX_BYTES as u64;
                return Err(WorkbookError::Beyond("bytes of shared text", allowed));
            }
        }
        Ok(false)
    }

    pub(super) fn strings(self) -> Strings {
        self.strings
    }
}

/// A text without the escapes that XML has none for: `_x000D_` is a line end.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("_x") {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        let digits = rest.get(2..6).filter(|_| rest.get(6..7) == Some("_"));
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let character = digits
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        let length = match character {
            Some(character) => {
                plain.push(character);
                7
            }
            None => {
                plain.push_str("_x");
                2
            }
        };
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}
