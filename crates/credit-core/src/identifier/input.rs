//! Text as people type identifiers, reduced to what counts.

use super::Reading;
use super::ascii::Ascii;
use super::changes::{Change, Changes};
use super::division;
use super::kind::Kind;
use super::problem::{Allowed, Problem, ProblemList, Problems};
use crate::date::Date;
use crate::limits::IDENTIFIER_MAX_BYTES;
use crate::text::{fold_width, is_invisible};

/// The characters of an input that count, at most `N` of them, how many there
/// were, and what was found wrong with them so far.
///
/// Full-width forms are folded, letters are capitals; spaces, hyphens and
/// invisible characters are gone. Letters that look like digits stay what they
/// are: O is never silently taken for 0.
pub(super) struct Input<const N: usize> {
    kept: [char; N],
    found: usize,
    changes: Changes,
    problems: ProblemList,
}

impl<const N: usize> Input<N> {
    pub(super) fn new(kind: Kind, text: &str) -> Self {
        Self::without(kind, text, |_| false)
    }

    /// As people write telephone numbers: parentheses are dropped too.
    pub(super) fn without_brackets(kind: Kind, text: &str) -> Self {
        Self::without(kind, text, |character| matches!(character, '(' | ')'))
    }

    fn without(kind: Kind, text: &str, is_bracket: fn(char) -> bool) -> Self {
        let mut input = Self {
            kept: ['\0'; N],
            found: 0,
            changes: Changes::default(),
            problems: ProblemList::new(kind),
        };
        if text.len() > IDENTIFIER_MAX_BYTES {
            input.found = text.chars().count();
            return input;
        }
        for written in text.chars() {
            let folded = fold_width(written);
            if folded != written {
                input.changes.add(Change::Width);
            }
            if is_separator(folded) {
                input.changes.add(Change::Separators);
            } else if is_dropped_unseen(folded) {
                input.changes.add(Change::Invisible);
            } else if is_bracket(folded) {
                input.changes.add(Change::Brackets);
            } else {
                let upper = folded.to_ascii_uppercase();
                if upper != folded {
                    input.changes.add(Change::Case);
                }
                if let Some(slot) = input.kept.get_mut(input.found) {
                    *slot = upper;
                }
                input.found += 1;
            }
        }
        input
    }

    /// How many characters there are; more than `N` is possible.
    pub(super) fn len(&self) -> usize {
        self.found
    }

    /// The characters, without those beyond `N`.
    pub(super) fn characters(&self) -> &[char] {
        &self.kept[..self.found.min(N)]
    }

    /// Drops a country code of `count` characters from the front.
    pub(super) fn drop_country_code(&mut self, count: usize) {
        self.kept.rotate_left(count.min(N));
        self.found = self.found.saturating_sub(count);
        self.changes.add(Change::CountryCode);
    }

    /// Goes on only with one of the `allowed` lengths; nothing else is looked
    /// at in a text that is too short or too long.
    pub(super) fn length(&self, allowed: &[usize]) -> Result<(), Problems> {
        let found = self.found;
        if allowed.contains(&found) {
            Ok(())
        } else {
            let kind = self.problems.kind();
            Err(Problems::only(kind, Problem::length(found)))
        }
    }

    /// Notes every character from place `from` on, `count` of them, that is
    /// not `allowed`.
    pub(super) fn expect(&mut self, from: usize, count: usize, allowed: Allowed) {
        let places = self.kept.iter().take(self.found).enumerate();
        for (index, found) in places.skip(from - 1).take(count) {
            if !allowed.admits(*found) {
                self.problems.add(Problem::Alphabet {
                    found: *found,
                    position: place(index),
                    allowed,
                });
            }
        }
    }

    /// Notes something that is wrong.
    pub(super) fn note(&mut self, problem: Problem) {
        self.problems.add(problem);
    }

    /// The characters as ASCII, unless something was found wrong with them:
    /// nothing is computed from what is no digit.
    pub(super) fn ascii(&self) -> Result<Ascii<N>, Problems> {
        self.problems.none_so_far()?;
        let mut ascii = Ascii::new("");
        for character in self.characters() {
            ascii.push(u8::try_from(*character).unwrap_or(b'?'));
        }
        Ok(ascii)
    }

    /// Notes two digits at `position` that name none of `provinces`.
    pub(super) fn province(&mut self, digits: &str, position: u8, provinces: &[u8]) {
        if !division::is_province(digits, provinces) {
            let found = Ascii::new(digits);
            self.note(Problem::Province { found, position });
        }
    }

    /// Notes eight digits at `position` that are no day up to `today`.
    pub(super) fn day(&mut self, digits: &str, position: u8, today: Date) {
        match Date::from_digits(digits) {
            None => {
                let found = Ascii::new(digits);
                self.note(Problem::Date { found, position });
            }
            Some(found) if found > today => self.note(Problem::DateAhead {
                found,
                position,
                today,
            }),
            Some(_) => {}
        }
    }

    /// Notes a last character that is not the `expected` one.
    pub(super) fn check(&mut self, expected: char) {
        let position = place(self.found.saturating_sub(1));
        let found = self.characters().last().copied().unwrap_or_default();
        if found != expected {
            self.note(Problem::Checksum {
                found,
                expected,
                position,
            });
        }
    }

    /// `value`, unless something was found wrong.
    pub(super) fn finish<T>(self, value: T) -> Result<Reading<T>, Problems> {
        self.problems.none_so_far()?;
        let changes = self.changes;
        Ok(Reading { value, changes })
    }
}

/// The place of an index, from 1. No identifier has more than 128 characters.
pub(super) fn place(index: usize) -> u8 {
    u8::try_from(index + 1).unwrap_or(u8::MAX)
}

/// Spaces of all kinds, hyphens and dashes.
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace() || is_dash(character)
}

/// Hyphen, dashes, minus.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Zero-width characters and direction marks, which come along when a number
/// is copied from a page or a chat.
fn is_dropped_unseen(character: char) -> bool {
    is_invisible(character) && !character.is_control()
}
