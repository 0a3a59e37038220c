//! 决定文书号 and what of it is compared.

use std::fmt;

use super::changes::Changes;
use super::input::{is_dash, place};
use super::part::{PartList, PartName, Parts};
use super::problem::{Allowed, Problem, ProblemList, Problems};
use super::warning::{Warning, Warnings, warnings};
use super::{Identifier, Kind, Reading, timeless_identifier};
use crate::date::Date;
use crate::limits::{DOCUMENT_NUMBER_MAX_CHARS, IDENTIFIER_MAX_BYTES};
use crate::text::fold_width;

/// 文书号, kept as it is written: GB/T 9704-2012 asks for `机关代字〔2025〕104号`,
/// and real ones break every part of that rule. Two of them are the same when
/// their [`key`](Identifier::key) is.
#[derive(Clone)]
pub struct DocumentNumber {
    text: String,
    key: String,
}

/// The same number, however it is written.
impl PartialEq for DocumentNumber {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for DocumentNumber {}

impl DocumentNumber {
    /// The year in it: in brackets, or before 年.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        let characters: Vec<char> = self.key.chars().collect();
        characters.windows(6).find_map(|window| match window {
            ['〔', year @ .., '〕'] => year_of(year),
            [year @ .., '年', _] | [_, year @ .., '年'] => year_of(year),
            _ => None,
        })
    }
}

/// Four digits that are a year of the last or this century.
fn year_of(characters: &[char]) -> Option<u16> {
    let digits: String = characters.iter().collect();
    let year = digits
        .parse()
        .ok()
        .filter(|year| (1900..2100).contains(year));
    year.filter(|_| digits.len() == 4 && digits.starts_with(['1', '2']))
}

fn key(text: &str) -> String {
    let folded: Vec<char> = text.chars().map(folded).collect();
    let mut key = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for (index, character) in folded.iter().copied().enumerate() {
        let before = key.chars().last();
        let rest = &folded[index + 1..];
        let after = rest.iter().find(|next| !is_filler(**next));
        let between_digits = before.is_some_and(|one| one.is_ascii_digit())
            && after.is_some_and(char::is_ascii_digit);
        match character {
            // Two numbers stay two, whatever stands between them.
            filler if is_filler(filler) && !between_digits => continue,
            filler if is_filler(filler) => {
                key.push('-');
                continue;
            }
            '〔' if rest.contains(&'〕') => depth += 1,
            '〕' => depth = depth.saturating_sub(1),
            // A zero that leads a number says nothing, but one in a code
            // (JY0033), in a fraction or in brackets does.
            '0' if depth == 0
                && !before.is_some_and(|one| one.is_ascii_alphanumeric() || one == '.')
                && after.is_some_and(char::is_ascii_digit) =>
            {
                continue;
            }
            _ => {}
        }
        key.push(character);
    }
    if key.is_empty() { text.to_owned() } else { key }
}

/// What people put between the pieces or leave out.
fn is_filler(character: char) -> bool {
    character.is_whitespace() || character == '第'
}

fn folded(character: char) -> char {
    match fold_width(character) {
        '(' | '[' | '{' | '【' | '〔' | '〖' | '﹙' | '﹛' | '﹝' => '〔',
        ')' | ']' | '}' | '】' | '〕' | '〗' | '﹚' | '﹜' | '﹞' => '〕',
        dash if is_dash(dash) => '-',
        other => other.to_ascii_uppercase(),
    }
}

impl Identifier for DocumentNumber {
    const KIND: Kind = Kind::Docno;

    fn read(text: &str, _today: Date) -> Result<Reading<Self>, Problems> {
        let too_long = text.len() > IDENTIFIER_MAX_BYTES;
        let written = text.chars().count();
        let text = text.trim();
        let found = if too_long {
            written
        } else {
            text.chars().count()
        };
        if too_long || !(1..=DOCUMENT_NUMBER_MAX_CHARS).contains(&found) {
            return Err(Problems::only(Kind::Docno, Problem::length(found)));
        }
        let mut problems = ProblemList::new(Kind::Docno);
        for (index, found) in text.chars().enumerate() {
            if !Allowed::Visible.admits(found) {
                problems.add(Problem::Alphabet {
                    found,
                    position: place(index),
                    allowed: Allowed::Visible,
                });
            }
        }
        problems.none_so_far()?;
        Ok(Reading {
            value: Self {
                text: text.to_owned(),
                key: key(text),
            },
            changes: Changes::default(),
        })
    }

    /// What is compared: width folded, capitals, every bracket `〔〕`, dashes
    /// `-`, without spaces, 第 and leading zeros.
    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn warnings(&self) -> Warnings {
        let year = self.year().is_none().then_some(Warning::NoYear);
        let number = (!self.key.contains('号')).then_some(Warning::NoNumber);
        warnings([year, number, None])
    }

    fn parts(&self) -> Parts {
        match self.year() {
            Some(year) => {
                let year = year.to_string();
                let written: String = self.text.chars().map(fold_width).collect();
                let before = written.split(&year).next().unwrap_or_default();
                let position = before.chars().count() + 1;
                PartList::new().with(PartName::Year, &year, position)
            }
            None => PartList::new(),
        }
        .done()
    }
}

timeless_identifier!(DocumentNumber);

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentNumber({self})")
    }
}
