//! What somebody may have meant: only texts that check.

use super::input::Input;
use super::problem::Problem;
use super::{Identifier, Kind};
use crate::date::Date;

/// A text that is right where the one that was typed is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The right text, as it is printed.
    pub value: String,
    /// What would have to be changed.
    pub slip: Slip,
}

/// A slip of the pen. Places count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A letter was typed for a digit or a look-alike: O for 0, I for 1.
    LookAlike {
        /// The first place of them.
        position: usize,
    },
    /// Two neighbours changed places.
    Swapped {
        /// Place of the first.
        position: usize,
    },
    /// One character is another one.
    Mistyped {
        /// Its place.
        position: usize,
    },
}

impl Slip {
    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::LookAlike { .. } => "look-alike",
            Self::Swapped { .. } => "swapped",
            Self::Mistyped { .. } => "mistyped",
        }
    }

    /// The place where it happened.
    #[must_use]
    pub fn position(self) -> usize {
        match self {
            Self::LookAlike { position }
            | Self::Swapped { position }
            | Self::Mistyped { position } => position,
        }
    }
}

/// Most suggestions made: more would be guessing.
const MOST: usize = 4;

/// Longest number for which suggestions are made, the commitment code.
const LONGEST: usize = 20;

/// Letters that are taken for digits, and the digit.
const LOOK_ALIKES: [(char, char); 9] = [
    ('O', '0'),
    ('Q', '0'),
    ('D', '0'),
    ('I', '1'),
    ('L', '1'),
    ('Z', '2'),
    ('S', '5'),
    ('G', '6'),
    ('B', '8'),
];

/// Texts near to the wrong `text` that `acceptable` takes: first with digits for
/// letters that look like them, then two neighbours put back or one character
/// replaced, each only where it is the one thing that helps. A text that is
/// right has none, nor has a kind without a check character: there any slip
/// would pass.
pub fn suggestions<T: Identifier>(
    text: &str,
    today: Date,
    acceptable: impl Fn(&T) -> bool,
) -> Vec<Suggestion> {
    let input = Input::<LONGEST>::new(T::KIND, text);
    if !has_check_character(T::KIND) || input.len() > LONGEST || T::read(text, today).is_ok() {
        return Vec::new();
    }
    let near = Near {
        typed: input.characters(),
        today,
        acceptable,
    };
    let mut found = near.look_alikes();
    if found.is_empty() {
        found = near.swapped();
    }
    if found.is_empty() {
        found = near.mistyped();
    }
    found.truncate(MOST);
    found
}

/// The first of these only: texts that are right with digits for letters that look
/// like them. Whoever asks of every row of a file cannot wait for the others.
pub fn look_alikes<T: Identifier>(
    text: &str,
    today: Date,
    acceptable: impl Fn(&T) -> bool,
) -> Vec<Suggestion> {
    let input = Input::<LONGEST>::new(T::KIND, text);
    let is_one = |typed: &char| LOOK_ALIKES.iter().any(|(letter, _)| letter == typed);
    if !has_check_character(T::KIND)
        || input.len() > LONGEST
        || !input.characters().iter().any(is_one)
        || T::read(text, today).is_ok()
    {
        return Vec::new();
    }
    let near = Near {
        typed: input.characters(),
        today,
        acceptable,
    };
    near.look_alikes()
}

/// A wrong text and what is taken instead of it.
struct Near<'a, F> {
    typed: &'a [char],
    today: Date,
    acceptable: F,
}

impl<F> Near<'_, F> {
    /// Adds `characters` when they are right and not there yet.
    fn add<T: Identifier>(&self, found: &mut Vec<Suggestion>, characters: &[char], slip: Slip)
    where
        F: Fn(&T) -> bool,
    {
        let candidate: String = characters.iter().collect();
        if let Ok(reading) = T::read(&candidate, self.today)
            && (self.acceptable)(&reading.value)
        {
            let value = reading.value.to_string();
            if !found.iter().any(|known| known.value == value) {
                found.push(Suggestion { value, slip });
            }
        }
    }

    fn look_alikes<T: Identifier>(&self) -> Vec<Suggestion>
    where
        F: Fn(&T) -> bool,
    {
        let mut found = Vec::new();
        let refused = self.with_digits_where_refused::<T>();
        let first = refused
            .iter()
            .zip(self.typed)
            .position(|(new, old)| new != old);
        if let Some(first) = first {
            let position = first + 1;
            self.add(&mut found, &refused, Slip::LookAlike { position });
        }
        // A check character is there to speak against the others; it is not
        // replaced by another.
        let mut changed = refused.clone();
        for index in 0..changed.len().saturating_sub(1) {
            let position = index + 1;
            for (letter, digit) in LOOK_ALIKES {
                if refused[index] == letter {
                    changed[index] = digit;
                    self.add(&mut found, &changed, Slip::LookAlike { position });
                }
            }
            changed[index] = refused[index];
        }
        found
    }

    /// The text with digits for the letters that cannot stand where they are.
    fn with_digits_where_refused<T: Identifier>(&self) -> Vec<char> {
        let mut characters = self.typed.to_vec();
        // A report has not room for all of them at once.
        for _ in 0..LONGEST {
            let text: String = characters.iter().collect();
            let Err(problems) = T::read(&text, self.today) else {
                break;
            };
            let before = characters.clone();
            for error in problems.iter() {
                if let Problem::Alphabet { position, .. } | Problem::DivisionDigit { position, .. } =
                    error.problem
                    && let Some(character) = characters.get_mut(usize::from(position) - 1)
                {
                    *character = digit_for(*character);
                }
            }
            if characters == before {
                break;
            }
        }
        characters
    }

    fn swapped<T: Identifier>(&self) -> Vec<Suggestion>
    where
        F: Fn(&T) -> bool,
    {
        let mut found = Vec::new();
        let mut changed = self.typed.to_vec();
        for position in 1..changed.len() {
            changed.swap(position - 1, position);
            self.add(&mut found, &changed, Slip::Swapped { position });
            changed.swap(position - 1, position);
        }
        only(found)
    }

    fn mistyped<T: Identifier>(&self) -> Vec<Suggestion>
    where
        F: Fn(&T) -> bool,
    {
        let mut found = Vec::new();
        let mut changed = self.typed.to_vec();
        for index in 0..changed.len() {
            let position = index + 1;
            for symbol in ('0'..='9').chain('A'..='Z') {
                changed[index] = symbol;
                self.add(&mut found, &changed, Slip::Mistyped { position });
            }
            changed[index] = self.typed[index];
        }
        let mut found = only(found);
        found.retain(|one| one.slip.position() < self.typed.len());
        found
    }
}

/// The suggestion, if it is the only one: of several, most are wrong.
fn only(found: Vec<Suggestion>) -> Vec<Suggestion> {
    if found.len() == 1 { found } else { Vec::new() }
}

fn has_check_character(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Uscc | Kind::Org | Kind::Regno | Kind::Id | Kind::Permit | Kind::Fpr | Kind::Gtin
    )
}

fn digit_for(typed: char) -> char {
    LOOK_ALIKES
        .iter()
        .find(|(letter, _)| *letter == typed)
        .map_or(typed, |(_, digit)| *digit)
}
