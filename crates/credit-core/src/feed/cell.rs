//! One cell: what departments write, and what it means.

use crate::date::{Date, DateError, Timestamp};
use crate::identifier::{DocumentNumber, Identifier, PledgeCode, ResidentId, SubjectCode};
use crate::limits::FREE_TEXT_MAX_CHARS;
use crate::money::Amount;
use crate::record::{CodeSet, FieldKind, Value, Word};
use crate::text::{fold_width, is_invisible};

/// Least digits at the end of an authority's name that are a date or a number
/// that slipped in: `某局2024` is one, `第5分局` is not.
const POLLUTION_DIGITS: usize = 4;

/// What is wrong with a cell, without its column.
pub(super) struct CellError {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// A value, and what is odd about the cell that it was read from.
pub(super) struct CellValue {
    pub(super) value: Value,
    pub(super) remarks: Vec<CellError>,
}

/// Largest count: what is more is no count of anything here.
const COUNT_MAX: u64 = 1_000_000_000;

/// How official feeds write a term without an end.
const OPEN_END: (u16, u8, u8) = (2099, 12, 31);

fn error<T>(code: &'static str, message: impl Into<String>) -> Result<T, CellError> {
    Err(CellError {
        code,
        message: message.into(),
    })
}

/// Reads a cell that is not empty. Persons' numbers and codes of the holder are
/// not read here.
pub(super) fn read(kind: FieldKind, text: &str, today: Date) -> Result<CellValue, CellError> {
    let mut remarks = Vec::new();
    let value = match kind {
        FieldKind::HolderName | FieldKind::PersonName => {
            Value::Text(without_numbers(name(text)?, today, &mut remarks))
        }
        FieldKind::Text(limit) => Value::Text(without_numbers(
            free_text(text, limit)?,
            today,
            &mut remarks,
        )),
        FieldKind::Date | FieldKind::OpenDate => {
            let is_open =
                kind == FieldKind::OpenDate && matches!(text, "长期" | "永久" | "长期有效");
            if is_open {
                Value::OpenEnd
            } else {
                match date(text) {
                    Ok(date) if kind == FieldKind::OpenDate && is_open_end(date) => Value::OpenEnd,
                    Ok(date) => Value::Date(date),
                    Err(wrong) => return error(wrong.code(), format!("'{text}': {wrong}")),
                }
            }
        }
        FieldKind::Wan => Value::Amount(amount(text, 10_000, "万元")?),
        FieldKind::Yuan => Value::Amount(amount(text, 1, "元")?),
        FieldKind::Unit(limit) => {
            let text = free_text(text, limit)?;
            let clean = unpolluted(&text);
            if clean.is_empty() {
                return error("unit-name", format!("'{text}' is no name of a unit"));
            }
            if clean.len() < text.len() {
                remarks.push(CellError {
                    code: "unit-polluted",
                    message: format!("'{text}' was read as '{clean}'"),
                });
            }
            Value::Text(clean.to_owned())
        }
        FieldKind::UnitCode => match SubjectCode::as_published(text) {
            Ok(code) => {
                remarks.extend(code.problem().map(|problem| CellError {
                    code: problem.code(),
                    message: format!("{problem}; kept as published"),
                }));
                Value::Code(code)
            }
            Err(wrong) => return error(wrong.code(), wrong.to_string()),
        },
        FieldKind::DocumentNumber => match DocumentNumber::read(text, today) {
            Ok(reading) => {
                let warnings = reading.value.warnings();
                remarks.extend(warnings.into_iter().map(|warning| CellError {
                    code: warning.code(),
                    message: warning.to_string(),
                }));
                Value::DocumentNumber(reading.value)
            }
            Err(problems) => return problem(problems),
        },
        FieldKind::Pledge => match PledgeCode::read(text, today) {
            Ok(reading) => Value::Text(reading.value.to_string()),
            Err(problems) => return problem(problems),
        },
        FieldKind::Percent | FieldKind::Count => {
            let folded: String = text.chars().map(fold_width).collect();
            let number = folded.trim_end_matches(['%', '％', ' ']);
            let fits = match kind {
                FieldKind::Percent => decimal(number)
                    .is_some_and(|(whole, rest)| whole < 100 || (whole == 100 && rest.is_empty())),
                _ => decimal(number)
                    .is_some_and(|(whole, rest)| whole <= COUNT_MAX && rest.is_empty()),
            };
            if !fits {
                let allowed = match kind {
                    FieldKind::Percent => "0 to 100",
                    _ => "a whole number",
                };
                return error(
                    "number",
                    format!("'{text}' is no number, allowed is {allowed}"),
                );
            }
            Value::Text(number.to_owned())
        }
        FieldKind::Url => {
            let is_address = text.starts_with("https://") || text.starts_with("http://");
            if !is_address || text.chars().any(char::is_whitespace) {
                return error(
                    "url",
                    format!("'{text}' does not begin with https:// or http://"),
                );
            }
            Value::Text(free_text(text, FREE_TEXT_MAX_CHARS)?)
        }
        FieldKind::Id(limit) => {
            let folded: String = text.chars().map(fold_width).collect();
            let is_id = folded
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
            if !is_id || folded.len() > limit {
                let allowed = format!("at most {limit} letters, digits, '-', '.', '_'");
                return error("id", format!("'{text}' is no id, allowed are {allowed}"));
            }
            Value::Text(folded)
        }
        FieldKind::Word(set) => Value::Words(vec![word(set, text)?]),
        FieldKind::Words(set) => {
            let parts = text.split([';', '；', '、', ',', '，', '|', '\n']);
            let parts = parts.map(str::trim).filter(|part| !part.is_empty());
            let words = parts.map(|part| word(set, part));
            let words: Vec<Word> = words.collect::<Result<_, _>>()?;
            if words.is_empty() {
                return error("word", format!("'{text}' has no word"));
            }
            Value::Words(words)
        }
        FieldKind::HolderCode | FieldKind::PersonNumber => {
            return error("holder", "a holder is not read as a cell");
        }
    };
    Ok(CellValue { value, remarks })
}

/// The whole part of a number that is not negative, and what of its fraction is not
/// nothing. Not by way of floats, whose tables are ten kilobytes of a bundle.
fn decimal(text: &str) -> Option<(u64, &str)> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(rest) || whole.len() + rest.len() == 0 {
        return None;
    }
    let number = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    Some((number, rest.trim_end_matches('0')))
}

fn is_open_end(date: Date) -> bool {
    let (year, month, day) = OPEN_END;
    Date::new(year, month, day).is_ok_and(|end| date >= end)
}

/// Free text with the numbers of residents masked: facts of a case name people
/// now and then, and everybody reads them.
fn without_numbers(text: String, today: Date, remarks: &mut Vec<CellError>) -> String {
    // Nearly every text: one cannot have a number that has no seventeen digits.
    let mut runs = text.split(|character: char| !character.is_ascii_digit());
    if !runs.any(|run| run.len() >= 17) {
        return text;
    }
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |place: usize| characters.get(place).is_some_and(char::is_ascii_digit);
    let mut masked = String::with_capacity(text.len());
    let mut place = 0;
    while let Some(character) = characters.get(place) {
        let run: String = characters[place..].iter().take(18).collect();
        let is_alone = !is_digit(place + 18) && (place == 0 || !is_digit(place - 1));
        let number = Some(&run).filter(|run| is_digit(place) && is_alone && run.len() == 18);
        match number.and_then(|number| ResidentId::read(number, today).ok()) {
            Some(number) => {
                masked.push_str(&number.value.masked());
                place += 18;
            }
            None => {
                masked.push(*character);
                place += 1;
            }
        }
    }
    if masked != text {
        remarks.push(CellError {
            code: "person-number",
            message: "a resident number in the text was masked".to_owned(),
        });
    }
    masked
}

fn problem<T>(problems: crate::identifier::Problems) -> Result<T, CellError> {
    let main = problems.first();
    error(main.code(), main.to_string())
}

fn word(set: &'static CodeSet, text: &str) -> Result<Word, CellError> {
    match set.read(text) {
        Some(Word::Other(rest)) => Ok(Word::Other(free_text(&rest, FREE_TEXT_MAX_CHARS)?)),
        Some(known) => Ok(known),
        None => error(
            "word",
            format!("'{text}' is no {}, allowed are {}", set.en, set.allowed()),
        ),
    }
}

fn name(text: &str) -> Result<String, CellError> {
    match text.parse::<crate::name::SubjectName>() {
        Ok(name) => Ok(name.as_str().to_owned()),
        Err(wrong) => error(wrong.code(), wrong.to_string()),
    }
}

fn amount(text: &str, scale: i64, unit: &str) -> Result<Amount, CellError> {
    let number = text.trim_end_matches(unit).trim();
    match Amount::cny(number, scale) {
        Some(amount) => Ok(amount),
        None => error(
            "amount",
            format!("'{text}' is no amount in {unit}, allowed are digits with at most one point"),
        ),
    }
}

/// A day as departments write it: `2024-05-13`, `2024/5/13`, `2024年5月13日`,
/// `20240513`, each with or without a time behind it, and milliseconds or
/// seconds since 1970.
pub(super) fn date(text: &str) -> Result<Date, DateError> {
    let folded: String = text.chars().map(fold_width).collect();
    let text = folded.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        match text.len() {
            8 => return Date::from_digits(text).ok_or(DateError::NoSuchDay),
            // YYYYMMDDhhmm and YYYYMMDDhhmmss; as milliseconds the first is 1976.
            12 | 14 if text.starts_with("19") || text.starts_with("20") => {
                return Date::from_digits(&text[..8]).ok_or(DateError::NoSuchDay);
            }
            // Milliseconds have had thirteen digits since 2001-09-09.
            10 | 12 | 13 => {
                let number: i64 = text.parse().map_err(|_| DateError::Form)?;
                let seconds = if text.len() > 10 {
                    number / 1_000
                } else {
                    number
                };
                return Ok(Timestamp::from_unix(seconds).date_in_china());
            }
            _ => return Err(DateError::Form),
        }
    }
    if let Some(rest) = text.strip_suffix('日') {
        return rest.replace(['年', '月'], "-").parse();
    }
    // A time of day says nothing that is kept, but has to look like one.
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let is_time = time
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | 'Z' | ' '));
    if !is_time {
        return Err(DateError::Form);
    }
    day.parse()
}

/// An authority's name without the digits and dates around it.
pub(super) fn unpolluted(text: &str) -> &str {
    let is_noise = |character: char| {
        character.is_ascii_digit()
            || matches!(
                character,
                '-' | '/' | '.' | ':' | ' ' | '_' | ',' | ';' | '年' | '月' | '日'
            )
    };
    let mut clean = text;
    for (rest, _) in [
        (text.trim_start_matches(is_noise), true),
        (text.trim_end_matches(is_noise), false),
    ] {
        let cut = text.len() - rest.len();
        let noise = if text.ends_with(rest) {
            &text[..cut]
        } else {
            &text[rest.len()..]
        };
        if noise.bytes().filter(u8::is_ascii_digit).count() >= POLLUTION_DIGITS {
            clean = if text.ends_with(rest) {
                clean.trim_start_matches(is_noise)
            } else {
                clean.trim_end_matches(is_noise)
            };
        }
    }
    clean
}

/// Free text as it may be kept: line breaks become spaces, other invisible
/// characters are refused.
pub(super) fn free_text(text: &str, limit: usize) -> Result<String, CellError> {
    let found = text.chars().count();
    if found > limit {
        return error(
            "text-length",
            format!("{found} characters, at most {limit} are allowed"),
        );
    }
    let text = text.replace(['\n', '\r', '\t'], " ");
    match text.chars().find(|character| is_invisible(*character)) {
        Some(character) => error(
            "text-invisible",
            format!("invisible character U+{:04X}", u32::from(character)),
        ),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_departments_write_them() {
        for (text, expected) in [
            ("2024-05-13", Ok("2024-05-13")),
            ("2024/5/13", Ok("2024-05-13")),
            ("２０２４．５．１３", Ok("2024-05-13")),
            ("20240513", Ok("2024-05-13")),
            ("2024年5月13日", Ok("2024-05-13")),
            ("2024-05-13 00:00:00", Ok("2024-05-13")),
            ("2024-05-13T08:30:00.000+08:00", Ok("2024-05-13")),
            ("2024-05-13T08:30:00.000", Ok("2024-05-13")),
            ("1715529600000", Ok("2024-05-13")),
            ("1715529600", Ok("2024-05-13")),
            ("20240230", Err("no-such-day")),
            ("2024-02-30", Err("no-such-day")),
            ("202607011200", Ok("2026-07-01")),
            ("20261101083000", Ok("2026-11-01")),
            ("946656000000", Ok("2000-01-01")),
            ("45425", Err("date-form")),
            ("昨天", Err("date-form")),
            ("2024-05-13 下午", Err("date-form")),
        ] {
            let found = date(text).map(|date| date.to_string());
            assert_eq!(
                found.as_deref().map_err(DateError::code),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn counts_and_percents_have_their_range() {
        let today = "2026-11-24".parse().unwrap();
        for (kind, text, expected) in [
            (FieldKind::Percent, "99.5%", Some("99.5")),
            (FieldKind::Percent, "100.00", Some("100.00")),
            (FieldKind::Percent, "１００％", Some("100")),
            (FieldKind::Percent, ".5", Some(".5")),
            (FieldKind::Percent, "100.01", None),
            (FieldKind::Percent, "-1", None),
            (FieldKind::Percent, "1e1", None),
            (FieldKind::Percent, "%", None),
            (FieldKind::Count, "12", Some("12")),
            (FieldKind::Count, "12.0", Some("12.0")),
            (FieldKind::Count, "12.5", None),
            (FieldKind::Count, "1000000000", Some("1000000000")),
            (FieldKind::Count, "1000000001", None),
            (FieldKind::Count, "99999999999999999999999", None),
        ] {
            let found = read(kind, text, today).ok().map(|found| found.value);
            let expected = expected.map(|text| Value::Text(text.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn resident_numbers_in_a_text_are_masked() {
        let today = "2026-11-24".parse().unwrap();
        let mut remarks = Vec::new();
        for (text, expected) in [
            (
                "对张某（身份证号120102199001010013）处罚",
                "对张某（身份证号120102********0013）处罚",
            ),
            ("120102199001010013", "120102********0013"),
            ("编号1201021990010100130", "编号1201021990010100130"),
            ("91120102MATEXT01X4", "91120102MATEXT01X4"),
        ] {
            let found = without_numbers(text.to_owned(), today, &mut remarks);
            assert_eq!(found, expected);
        }
        assert_eq!(remarks.len(), 2);
    }

    #[test]
    fn an_authority_is_cleaned_of_digits_around_it() {
        for (text, expected) in [
            ("天津市河东区市场监督管理局", "天津市河东区市场监督管理局"),
            (
                "天津市河东区市场监督管理局20240513",
                "天津市河东区市场监督管理局",
            ),
            (
                "2024-05-13 天津市河东区应急管理局",
                "天津市河东区应急管理局",
            ),
            ("2024年5月13日某局2024", "某局"),
            ("公安局第5分局", "公安局第5分局"),
            ("铁路公安处12", "铁路公安处12"),
            ("20240513", ""),
        ] {
            assert_eq!(unpolluted(text), expected, "{text}");
        }
    }
}
