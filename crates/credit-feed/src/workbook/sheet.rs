//! The rows of a sheet.

use quick_xml::events::{BytesStart, Event};

use super::part::Part;
use super::strings::{PIECES, Strings, unescaped};
use super::styles::Styles;
use super::xml::{Xml, attribute, resolve};
use super::{COLUMNS_MAX, Step, TEXT_MAX_BYTES, WorkbookError, number};
use crate::row::TextRow;
use credit_core::feed::Cells as _;

/// Longest text of one cell, in bytes: 32 767 characters are at most a tenth.
const CELL_MAX_BYTES: usize = 1 << 20;

/// Reads rows.
#[derive(Debug)]
pub(super) struct Sheet {
    xml: Xml,
    strings: Strings,
    styles: Styles,
    is_1904: bool,
    bytes: u64,
    place: Place,
    row: TextRow,
    /// Where the next cell stands that does not say so.
    column: usize,
    cell: Cell,
    text: String,
    /// Whether what is said now is text of the cell.
    is_text: bool,
    is_phonetic: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Before,
    Inside,
    After,
}

/// What a cell says of itself.
#[derive(Clone, Debug, Default)]
struct Cell {
    kind: String,
    style: usize,
}

impl Sheet {
    pub(super) fn new(part: Part, strings: Strings, styles: Styles, is_1904: bool) -> Self {
        Self {
            xml: Xml::new(part),
            strings,
            styles,
            is_1904,
            bytes: 0,
            place: Place::Before,
            row: TextRow::default(),
            column: 0,
            cell: Cell::default(),
            text: String::new(),
            is_text: false,
            is_phonetic: false,
        }
    }

    pub(super) fn step(&mut self) -> Result<Step, WorkbookError> {
        if self.place == Place::After {
            let is_over = self.xml.skip()?;
            return Ok(if is_over { Step::End } else { Step::Working });
        }
        for _ in 0..PIECES {
            match self.xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "sheetData" => self.place = Place::Inside,
                    "row" => (self.row, self.column) = (TextRow::default(), 0),
                    "c" => {
                        self.text.clear();
                        (self.cell, self.column) = cell(&tag, self.column)?;
                    }
                    "v" => self.is_text = self.cell.kind != "inlineStr",
                    "t" => self.is_text = self.cell.kind == "inlineStr" && !self.is_phonetic,
                    "rPh" => self.is_phonetic = true,
                    _ => {}
                },
                Event::Empty(tag) => match tag.local_name().as_ref() {
                    "sheetData" => self.place = Place::After,
                    "c" => self.column = cell(&tag, self.column)?.1 + 1,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" | "t" => self.is_text = false,
                    "rPh" => self.is_phonetic = false,
                    "c" => self.end_cell()?,
                    "row" if self.row.width() > 0 => {
                        return Ok(Step::Row(std::mem::take(&mut self.row)));
                    }
                    "sheetData" => {
                        self.place = Place::After;
                        return Ok(Step::Working);
                    }
                    _ => {}
                },
                Event::Text(said) if self.is_text => self.text.push_str(&said.xml10_content()),
                Event::CData(said) if self.is_text => self.text.push_str(&said.xml10_content()),
                Event::GeneralRef(said) if self.is_text => resolve(&said, &mut self.text)?,
                Event::Eof if self.place == Place::Before => return Ok(Step::End),
                Event::Eof => return Err(WorkbookError::Damaged("its sheet is not all there")),
                _ => {}
            }
            if self.text.len() > CELL_MAX_BYTES {
                let allowed = CELL_MAX_BYTES as u64;
                return Err(WorkbookError::Beyond("bytes in one cell", allowed));
            }
        }
        Ok(Step::Working)
    }

    fn end_cell(&mut self) -> Result<(), WorkbookError> {
        let column = self.column;
        self.column += 1;
        let value = self.value()?;
        if value.is_empty() {
            return Ok(());
        }
        self.bytes += value.len() as u64;
        // Cell by cell, because a stray one in the last corner of a sheet
        // would make a table of sixteen thousand million.
        if column >= COLUMNS_MAX || self.bytes > TEXT_MAX_BYTES {
            let bytes = self.bytes;
            return Err(WorkbookError::Wide { column, bytes });
        }
        self.row.fill(column);
        self.row.push(&value);
        Ok(())
    }

    fn value(&self) -> Result<String, WorkbookError> {
        let said = self.text.as_str();
        Ok(match self.cell.kind.as_str() {
            "s" if said.is_empty() => String::new(),
            "s" => {
                let number = said.trim().parse().ok();
                let shared = number.and_then(|number| self.strings.get(number));
                unescaped(shared.ok_or(WorkbookError::Damaged("a shared text is missing"))?)
            }
            "b" => match said {
                "1" | "true" => "true".to_owned(),
                "0" | "false" => "false".to_owned(),
                _ => said.to_owned(),
            },
            "str" | "inlineStr" => unescaped(said),
            "" | "n" => {
                let is_day = self.styles.is_day(self.cell.style);
                number::text(said, is_day, self.is_1904)
            }
            _ => said.to_owned(),
        })
    }
}

/// What a cell says of itself, and the column where it stands.
fn cell(tag: &BytesStart<'_>, next: usize) -> Result<(Cell, usize), WorkbookError> {
    let column = match attribute(tag, "r") {
        Some(place) => column(&place).ok_or(WorkbookError::Damaged("a cell is nowhere"))?,
        None => next,
    };
    let style = attribute(tag, "s").and_then(|style| style.parse().ok());
    let cell = Cell {
        kind: attribute(tag, "t").unwrap_or_default(),
        style: style.unwrap_or_default(),
    };
    Ok((cell, column))
}

/// The column of `BC12`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    number.checked_sub(1)
}
