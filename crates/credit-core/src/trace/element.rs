//! GS1: element strings with and without brackets, and Digital Link.

use super::{TraceError, TracePart, is_number, item14};
use crate::date::Date;
use crate::text::pieces;

/// FNC1 as scanners hand it on: the end of a value without a length of its own.
pub(super) const SEPARATOR: char = '\u{1d}';

/// What scanners say in front: that what follows is an element string.
const MARKS: [&str; 5] = ["]d2", "]C1", "]e0", "]Q3", "]J1"];

/// Characters of batch and serial number, at most.
const VALUE_MAX: usize = 20;

/// Years of two digits that are of this century. GS1 takes a year for the one that
/// is up to 49 before and 50 after the present one; these count until 2027, and
/// what is older or later than its products is not traced.
const THIS_CENTURY: u8 = 76;

/// What stands in it.
pub(super) type Elements = Vec<(TracePart, String)>;

/// Takes the value of an application identifier; those that say nothing of what is
/// shown are passed over.
fn take(elements: &mut Elements, identifier: &str, value: &str) -> Result<(), TraceError> {
    let part = match number(identifier) {
        _ if identifier.len() != 2 => return Ok(()),
        1 => TracePart::Item,
        10 => TracePart::Batch,
        21 => TracePart::Serial,
        11 => TracePart::Produced,
        15 => TracePart::BestBefore,
        17 => TracePart::Expires,
        _ => return Ok(()),
    };
    let wrong = || TraceError::element(&["(", identifier, ")", value].concat());
    let value = match part {
        TracePart::Item if is_item(value) => item14(value)?,
        TracePart::Item => return Err(wrong()),
        TracePart::Batch | TracePart::Serial => {
            let is_printable = value.bytes().all(|byte| byte.is_ascii_graphic());
            if value.is_empty() || value.len() > VALUE_MAX || !is_printable {
                return Err(wrong());
            }
            value.to_owned()
        }
        _ => day(value).ok_or_else(|| TraceError::Date {
            identifier: identifier.to_owned(),
            found: value.to_owned(),
        })?,
    };
    match elements.iter().find(|(other, _)| *other == part) {
        Some((_, other)) if *other != value => return Err(wrong()),
        Some(_) => {}
        None => elements.push((part, value)),
    }
    Ok(())
}

/// Whether a text says that it is an element string.
pub(super) fn is_string(text: &str) -> bool {
    let is_bracketed = next_bracket(text).is_some_and(|(before, _, _)| before.is_empty());
    is_bracketed || text.contains('\u{1d}') || marked(text).is_some()
}

/// Reads one.
pub(super) fn string(text: &str) -> Result<Elements, TraceError> {
    let text = marked(text).unwrap_or(text);
    if !text.starts_with('(') {
        return plain(text);
    }
    let mut elements = Elements::new();
    let mut rest = text;
    let mut identifier = "";
    while let Some((value, next, after)) = next_bracket(rest) {
        take(&mut elements, identifier, value)?;
        (identifier, rest) = (next, after);
    }
    take(&mut elements, identifier, rest)?;
    Ok(elements)
}

/// An element string that does not say so: it begins with a GTIN whose check digit
/// is right, and all of it can be read.
pub(super) fn unmarked(text: &str) -> Option<Elements> {
    let is_one = text.starts_with("01") && text.len() >= 16;
    is_one.then(|| plain(text).ok()).flatten()
}

/// Reads one without brackets.
fn plain(text: &str) -> Result<Elements, TraceError> {
    let mut elements = Elements::new();
    let mut rest = text;
    loop {
        // In front of all, and behind a value without a length of its own.
        rest = rest.strip_prefix(SEPARATOR).unwrap_or(rest);
        if rest.is_empty() {
            return Ok(elements);
        }
        let (identifier, value) = first(rest).ok_or_else(|| TraceError::element(rest))?;
        take(&mut elements, identifier, value)?;
        rest = &rest[identifier.len() + value.len()..];
    }
}

/// The application identifier in front, with its value. The lengths that are laid
/// down, so that no separator follows, are those of GS1 General Specifications,
/// figure 7.8.5-2.
fn first(text: &str) -> Option<(&str, &str)> {
    let begin = number(text.get(..2).filter(|begin| is_number(begin))?);
    let length = match begin {
        23..=25 | 40..=42 | 71 => 3,
        31..=36 | 39 | 43 | 70 | 72 | 80..=82 => 4,
        _ => 2,
    };
    let fixed = match begin {
        0 => 18,
        1..=3 => 14,
        4 => 16,
        11..=19 | 31..=36 => 6,
        20 => 2,
        41 => 13,
        _ => 0,
    };
    let (identifier, rest) = text.split_at_checked(length)?;
    let value = match fixed {
        0 => pieces(rest, b"\x1d").first().copied()?,
        fixed => rest.get(..fixed)?,
    };
    (is_number(identifier) && !value.is_empty()).then_some((identifier, value))
}

/// The text before the next identifier in brackets, that, and what follows.
fn next_bracket(text: &str) -> Option<(&str, &str, &str)> {
    for (open, byte) in text.bytes().enumerate() {
        for length in 2..=4 {
            let identifier = text.get(open + 1..open + 1 + length).unwrap_or_default();
            let after = text.get(open + 1 + length..).unwrap_or_default();
            // A batch may have brackets of its own.
            if byte == b'(' && is_number(identifier) && after.starts_with(')') {
                return Some((&text[..open], identifier, &after[1..]));
            }
        }
    }
    None
}

fn marked(text: &str) -> Option<&str> {
    MARKS.iter().find_map(|mark| text.strip_prefix(mark))
}

/// Whether it has the form of a GTIN.
fn is_item(value: &str) -> bool {
    matches!(value.len(), 8 | 12 | 13 | 14) && is_number(value)
}

/// Reads a GS1 Digital Link, in its path, its query or both; `None` where a text is
/// no link or one without a GTIN.
pub(super) fn link(text: &str) -> Option<Result<Elements, TraceError>> {
    let asked = pieces(text, b"?&;#");
    let (address, asked) = asked.split_first()?;
    let begins = ["https://", "http://"];
    let path = begins.iter().find_map(|begin| {
        let (scheme, path) = address.split_at_checked(begin.len())?;
        scheme.eq_ignore_ascii_case(begin).then_some(path)
    });
    // Behind the host; of several the last one: what is before may be a folder.
    let segments = pieces(path?, b"/");
    let mut from = segments.len();
    for place in 1..segments.len().saturating_sub(1) {
        if segments[place] == "01" && is_item(segments[place + 1]) {
            from = place;
        }
    }
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    while let Some(value) = segments.get(from + 1) {
        pairs.push((segments[from], value));
        from += 2;
    }
    for pair in asked {
        if let [name, value] = *pieces(pair, b"=") {
            pairs.push((name, value));
        }
    }
    if !pairs.iter().any(|pair| pair.0 == "01" && is_item(pair.1)) {
        return None;
    }
    let mut elements = Elements::new();
    for (name, value) in pairs {
        // What is no number is for the address's own owner.
        if is_number(name)
            && let Err(error) = take(&mut elements, name, &decoded(value))
        {
            return Some(Err(error));
        }
    }
    Some(Ok(elements))
}

/// A piece of an address without its percent signs. What is no text then stays as
/// it is, and is no value either.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let digit = |place: usize| char::from(*after.get(place)?).to_digit(16);
        bytes.push(match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                rest = &after[2..];
                u8::try_from(high * 16 + low).unwrap_or_default()
            }
            _ => *first,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The number that the first two digits tell.
fn number(digits: &str) -> u8 {
    match *digits.as_bytes() {
        [ten, one, ..] => ten
            .wrapping_sub(b'0')
            .wrapping_mul(10)
            .wrapping_add(one.wrapping_sub(b'0')),
        _ => u8::MAX,
    }
}

/// Year, month and day of two digits each; day 00 is the last of the month.
fn day(value: &str) -> Option<String> {
    let [year, month, day] = [value.get(..2)?, value.get(2..4)?, value.get(4..)?].map(number);
    if value.len() != 6 || !is_number(value) {
        return None;
    }
    let year = u16::from(year) + if year <= THIS_CENTURY { 2000 } else { 1900 };
    let mut last = if day == 0 { 31 } else { day };
    loop {
        match Date::new(year, month, last) {
            Ok(date) => return Some(date.text()),
            Err(_) if day == 0 && last > 28 => last -= 1,
            Err(_) => return None,
        }
    }
}
