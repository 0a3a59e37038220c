//! XML of a part, piece by piece.

use std::io::ErrorKind;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::zip::Zip;
use super::{Part, WorkbookError};

/// Deepest nesting: that of a sheet is below ten.
const DEPTH_MAX: u64 = 64;

const DAMAGED: WorkbookError = WorkbookError::Damaged("its XML is not well-formed");

/// Reads pieces of XML.
pub(super) struct Xml {
    reader: Reader<Part>,
    piece: Vec<u8>,
    depth: u64,
}

impl std::fmt::Debug for Xml {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Xml").field("depth", &self.depth).finish()
    }
}

impl Xml {
    pub(super) fn new(part: Part) -> Self {
        Self {
            reader: Reader::from_reader(part),
            piece: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn next(&mut self) -> Result<Event<'_>, WorkbookError> {
        self.piece.clear();
        self.reader.get_mut().next_piece();
        let event = self
            .reader
            .read_event_into(&mut self.piece)
            .map_err(|error| match &error {
                quick_xml::Error::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
                    WorkbookError::Beyond("bytes of XML, of one part or one piece", 4 << 30)
                }
                quick_xml::Error::Io(_) => {
                    WorkbookError::Damaged("a part is damaged or not all there")
                }
                _ => DAMAGED,
            })?;
        match event {
            // Entities of its own could be anything, and no workbook has them.
            Event::DocType(_) => return Err(DAMAGED),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEPTH_MAX {
            return Err(WorkbookError::Beyond("levels of XML", DEPTH_MAX));
        }
        Ok(event)
    }

    /// What is left of the part, so that its sum is compared; whether it is over.
    pub(super) fn skip(&mut self) -> Result<bool, WorkbookError> {
        use std::io::BufRead as _;
        let part = self.reader.get_mut();
        part.next_piece();
        let length = part.fill_buf().map(<[u8]>::len);
        let length =
            length.map_err(|_| WorkbookError::Damaged("a part is damaged or not all there"))?;
        part.consume(length);
        Ok(length == 0)
    }
}

/// The value of an attribute, whatever its prefix. Not by the crate's iterator, which
/// brings a hash table along to find names that stand twice.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut rest = tag.attributes_raw();
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_ascii_start();
        let quote = after
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, next) = after.get(1..)?.split_once(quote)?;
        let key = key.trim_ascii();
        let local = key.rsplit(':').next().unwrap_or(key);
        if local == name {
            return unescape(value).ok();
        }
        rest = next;
    }
}

/// A value with what `&…;` in it stands for.
fn unescape(value: &str) -> Result<String, WorkbookError> {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (reference, next) = after.split_once(';').ok_or(DAMAGED)?;
        resolve(&BytesRef::new(reference), &mut text)?;
        rest = next;
    }
    text.push_str(rest);
    Ok(text)
}

/// Adds what `&…;` stands for.
pub(super) fn resolve(reference: &BytesRef<'_>, text: &mut String) -> Result<(), WorkbookError> {
    let character = match reference.resolve_char_ref().map_err(|_| DAMAGED)? {
        Some(character) => character,
        None => match &**reference {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return Err(DAMAGED),
        },
    };
    text.push(character);
    Ok(())
}

/// What the parts of a workbook are called, and how it counts days.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) sheet: String,
    pub(super) strings: String,
    pub(super) styles: String,
    pub(super) is_1904: bool,
}

impl Names {
    pub(super) fn read(zip: &Zip) -> Result<Self, WorkbookError> {
        let mut names = Self {
            sheet: "xl/worksheets/sheet1.xml".to_owned(),
            strings: "xl/sharedStrings.xml".to_owned(),
            styles: "xl/styles.xml".to_owned(),
            is_1904: false,
        };
        let workbook = zip.part("xl/workbook.xml")?;
        let workbook = workbook.ok_or(WorkbookError::Damaged("it is a ZIP, but no workbook"))?;
        let first = names.first(&mut Xml::new(workbook))?;
        let Some(relations) = zip.part("xl/_rels/workbook.xml.rels")? else {
            return Ok(names);
        };
        let mut xml = Xml::new(relations);
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag)
                    if tag.local_name().as_ref() == "Relationship" =>
                {
                    let value = |name| attribute(&tag, name).unwrap_or_default();
                    let (kind, target) = (value("Type"), value("Target"));
                    let target = match target.strip_prefix('/') {
                        Some(target) => target.to_owned(),
                        None if target.starts_with("xl/") => target,
                        None => format!("xl/{target}"),
                    };
                    if first.as_deref() == Some(value("Id").as_str()) {
                        names.sheet = target;
                    } else if kind.ends_with("/sharedStrings") {
                        names.strings = target;
                    } else if kind.ends_with("/styles") {
                        names.styles = target;
                    }
                }
                Event::Eof => return Ok(names),
                _ => {}
            }
        }
    }

    /// The relation of the first sheet.
    fn first(&mut self, xml: &mut Xml) -> Result<Option<String>, WorkbookError> {
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "workbookPr" => {
                        let date = attribute(&tag, "date1904");
                        self.is_1904 = date.is_some_and(|date| date == "1" || date == "true");
                    }
                    "sheet" => return Ok(attribute(&tag, "id")),
                    _ => {}
                },
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }
}
