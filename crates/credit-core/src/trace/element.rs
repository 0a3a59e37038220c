//! GS1: element strings with and without brackets, and Digital Link.

use super::{TraceError, TracePart, item14};
use crate::date::Date;

/// FNC1 as scanners hand it on: the end of a value without a length of its own.
pub(super) const SEPARATOR: char = '\u{1d}';

/// What scanners say in front: that what follows is an element string.
const MARKS: [&str; 5] = ["]d2", "]C1", "]e0", "]Q3", "]J1"];

/// Application identifiers.
const ITEM: &str = "01";
const BATCH: &str = "10";
const SERIAL: &str = "21";

/// Characters of batch and serial number, at most.
const VALUE_MAX: usize = 20;

/// Two digits of years that are of this century. GS1 takes a year for the one that
/// is up to 49 before and 50 after the present one; these count until 2027, and
/// what is older or later than its products is not traced.
const CENTURY: i64 = 77;

/// What stands in it.
#[derive(Debug, Default)]
pub(super) struct Elements {
    pub(super) item: Option<String>,
    pub(super) parts: Vec<(TracePart, String)>,
}

impl Elements {
    /// Takes the value of an application identifier; those that say nothing of what
    /// is shown are passed over.
    fn take(&mut self, identifier: &str, value: &str) -> Result<(), TraceError> {
        let (part, value) = match identifier {
            ITEM => {
                let is_item = matches!(value.len(), 8 | 12 | 13 | 14)
                    && value.bytes().all(|byte| byte.is_ascii_digit());
                if !is_item {
                    return Err(wrong(identifier, value));
                }
                let item = item14(value)?;
                if self.item.as_ref().is_some_and(|other| *other != item) {
                    return Err(wrong(identifier, value));
                }
                self.item = Some(item);
                return Ok(());
            }
            BATCH => (TracePart::Batch, printable(identifier, value)?),
            SERIAL => (TracePart::Serial, printable(identifier, value)?),
            "11" => (TracePart::Produced, day(identifier, value)?),
            "15" => (TracePart::BestBefore, day(identifier, value)?),
            "17" => (TracePart::Expires, day(identifier, value)?),
            _ => return Ok(()),
        };
        match self.parts.iter().find(|(other, _)| *other == part) {
            Some((_, other)) if *other != value => Err(wrong(identifier, &value)),
            Some(_) => Ok(()),
            None => {
                self.parts.push((part, value));
                Ok(())
            }
        }
    }
}

/// Whether a text says that it is an element string.
pub(super) fn is_string(text: &str) -> bool {
    let is_bracketed = next_bracket(text).is_some_and(|(before, _, _)| before.is_empty());
    is_bracketed || text.contains(SEPARATOR) || marked(text).is_some()
}

/// Reads one.
pub(super) fn string(text: &str) -> Result<Elements, TraceError> {
    let text = marked(text).unwrap_or(text);
    let text = text.trim_matches(SEPARATOR);
    if !text.starts_with('(') {
        return plain(text);
    }
    let mut elements = Elements::default();
    let mut rest = text;
    let mut identifier = "";
    while let Some((value, next, after)) = next_bracket(rest) {
        elements.take(identifier, value)?;
        (identifier, rest) = (next, after);
    }
    elements.take(identifier, rest)?;
    Ok(elements)
}

/// An element string that does not say so: it begins with a GTIN whose check digit
/// is right, and all of it can be read.
pub(super) fn unmarked(text: &str) -> Option<Elements> {
    let is_one = text.starts_with(ITEM) && text.len() >= 16;
    is_one.then(|| plain(text).ok()).flatten()
}

/// Reads one without brackets.
fn plain(text: &str) -> Result<Elements, TraceError> {
    let mut elements = Elements::default();
    let mut rest = text;
    while !rest.is_empty() {
        let (identifier, value) = identifier_of(rest).ok_or_else(|| TraceError::element(rest))?;
        let value = match fixed(identifier) {
            Some(length) => value.get(..length),
            None => value.split(SEPARATOR).next(),
        };
        let value = value.ok_or_else(|| TraceError::element(rest))?;
        elements.take(identifier, value)?;
        rest = &rest[identifier.len() + value.len()..];
        rest = rest.strip_prefix(SEPARATOR).unwrap_or(rest);
    }
    Ok(elements)
}

/// The application identifier in front, and what follows it.
fn identifier_of(text: &str) -> Option<(&str, &str)> {
    let length = match text.get(..2)? {
        "23" | "24" | "25" | "40" | "41" | "42" | "71" => 3,
        "31" | "32" | "33" | "34" | "35" | "36" | "39" | "43" | "70" | "72" | "80" | "81"
        | "82" => 4,
        _ => 2,
    };
    let (identifier, value) = text.split_at_checked(length)?;
    let is_number = identifier.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !value.is_empty()).then_some((identifier, value))
}

/// Characters of a value, where they are laid down and no separator follows: the
/// list of GS1 General Specifications, figure 7.8.5-2.
fn fixed(identifier: &str) -> Option<usize> {
    Some(match identifier.get(..2)? {
        "00" => 18,
        "01" | "02" | "03" => 14,
        "04" => 16,
        "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" => 6,
        "20" => 2,
        "31" | "32" | "33" | "34" | "35" | "36" => 6,
        "41" => 13,
        _ => return None,
    })
}

/// The text before the next identifier in brackets, that, and what follows.
fn next_bracket(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(place) = text.get(from..)?.find('(') {
        let open = from + place;
        let (identifier, after) = text.get(open + 1..)?.split_once(')').unwrap_or_default();
        let is_number = identifier.bytes().all(|byte| byte.is_ascii_digit());
        // A batch may have brackets of its own.
        if is_number && (2..=4).contains(&identifier.len()) {
            return Some((&text[..open], identifier, after));
        }
        from = open + 1;
    }
    None
}

fn marked(text: &str) -> Option<&str> {
    MARKS.iter().find_map(|mark| text.strip_prefix(mark))
}

/// Reads a GS1 Digital Link, in its path, its query or both; `None` where a text is
/// no link or one without a GTIN.
pub(super) fn link<'a>(text: &'a str) -> Option<Result<Elements, TraceError>> {
    let (address, query) = text.split_once('?').unwrap_or((text, ""));
    let (scheme, path) = address.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let without_fragment = |text| str::split_once(text, '#').map_or(text, |(before, _)| before);
    let segments: Vec<&str> = without_fragment(path).split('/').collect();
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let is_item = |pair: &(&str, &str)| {
        named(pair.0) == ITEM
            && matches!(pair.1.len(), 8 | 12 | 13 | 14)
            && pair.1.bytes().all(|byte| byte.is_ascii_digit())
    };
    // Behind the host; of several the last one: what is before may be a folder.
    let behind = segments.get(1..).unwrap_or_default();
    let pair = |at: &[&'a str]| Some((*at.first()?, *at.get(1)?));
    let is_begin = |at: &&[&'a str]| pair(at).is_some_and(|pair| is_item(&pair));
    let mut begins = (0..behind.len())
        .rev()
        .filter_map(|from| behind.get(from..));
    if let Some(begin) = begins.find(is_begin) {
        pairs.extend(begin.chunks(2).filter_map(pair));
    }
    let asked = without_fragment(query).split(['&', ';']);
    pairs.extend(asked.filter_map(|pair| pair.split_once('=')));
    if !is_web || !pairs.iter().any(is_item) {
        return None;
    }
    let mut elements = Elements::default();
    for (name, value) in pairs {
        let value = decoded(value).unwrap_or_else(|| value.to_owned());
        if let Err(error) = elements.take(named(name), &value) {
            return Some(Err(error));
        }
    }
    Some(Ok(elements))
}

/// The application identifier of a name in a link; the first edition had words.
fn named(name: &str) -> &str {
    match name {
        "gtin" => ITEM,
        "lot" => BATCH,
        "ser" => SERIAL,
        other => other,
    }
}

/// A piece of an address without its percent signs.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn printable(identifier: &str, value: &str) -> Result<String, TraceError> {
    let is_printable = value.bytes().all(|byte| byte.is_ascii_graphic());
    if is_printable && (1..=VALUE_MAX).contains(&value.len()) {
        Ok(value.to_owned())
    } else {
        Err(wrong(identifier, value))
    }
}

/// Year, month and day of two digits each; day 00 is the last of the month.
fn day(identifier: &str, value: &str) -> Result<String, TraceError> {
    let read = || {
        let is_date = value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_digit());
        let year = crate::text::whole(value.get(..2)?).filter(|_| is_date)?;
        let century = if year < CENTURY { "20" } else { "19" };
        let digits = [century, value].concat();
        match value.strip_suffix("00") {
            None => Date::from_digits(&digits),
            Some(_) => {
                let first = Date::from_digits(&[&digits[..6], "01"].concat())?;
                first.plus_months(1)?.plus_days(-1)
            }
        }
    };
    let date = read().ok_or_else(|| TraceError::Date {
        identifier: identifier.to_owned(),
        found: value.to_owned(),
    })?;
    Ok(date.text())
}

fn wrong(identifier: &str, value: &str) -> TraceError {
    TraceError::element(&["(", identifier, ")", value].concat())
}
