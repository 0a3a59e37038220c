//! What somebody may have meant: only texts that check.

use super::input::Input;
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

/// Texts near to the wrong `text` that `acceptable` takes: look-alikes first,
/// then swapped neighbours, then, only where there is exactly one such text in
/// all, a single other character. A text that is right has none, nor has a
/// kind without a check character: there any slip would pass.
pub fn suggestions<T: Identifier>(
    text: &str,
    today: Date,
    acceptable: impl Fn(&T) -> bool,
) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = Vec::new();
    let input = Input::<LONGEST>::new(T::KIND, text);
    if !has_check_character(T::KIND) || input.len() > LONGEST || T::read(text, today).is_ok() {
        return found;
    }
    let typed = input.characters();
    let try_out = |characters: &[char], slip: Slip, found: &mut Vec<Suggestion>| {
        let candidate: String = characters.iter().collect();
        if let Ok(reading) = T::read(&candidate, today)
            && acceptable(&reading.value)
        {
            let value = reading.value.to_string();
            if !found.iter().any(|known| known.value == value) {
                found.push(Suggestion { value, slip });
            }
        }
    };

    // All letters that cannot stand where they are, at once.
    let digits: Vec<char> = typed.iter().map(|typed| digit_for(*typed)).collect();
    let strict = replaced_where(typed, |typed| matches!(typed, 'O' | 'I'));
    for candidate in [&strict, &digits] {
        let first = candidate
            .iter()
            .zip(typed)
            .position(|(new, old)| new != old);
        if let Some(first) = first {
            let position = first + 1;
            try_out(candidate, Slip::LookAlike { position }, &mut found);
        }
    }
    let mut changed = typed.to_vec();
    for (index, typed) in typed.iter().copied().enumerate() {
        let position = index + 1;
        for (letter, digit) in LOOK_ALIKES {
            for (from, to) in [(letter, digit), (digit, letter)] {
                if typed == from {
                    changed[index] = to;
                    try_out(&changed, Slip::LookAlike { position }, &mut found);
                }
            }
        }
        changed[index] = typed;
    }
    for index in 1..typed.len() {
        changed.swap(index - 1, index);
        try_out(&changed, Slip::Swapped { position: index }, &mut found);
        changed.swap(index - 1, index);
    }
    if found.is_empty() {
        for index in 0..typed.len() {
            let position = index + 1;
            for symbol in ('0'..='9').chain('A'..='Z') {
                changed[index] = symbol;
                try_out(&changed, Slip::Mistyped { position }, &mut found);
            }
            changed[index] = typed[index];
        }
        // Whoever corrects the check character takes away what it is for: it
        // speaks against another place, and is not offered itself.
        let only = matches!(&found[..], [one] if one.slip.position() < typed.len());
        if !only {
            found.clear();
        }
    }
    found.truncate(MOST);
    found
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

fn replaced_where(typed: &[char], wrong: impl Fn(char) -> bool) -> Vec<char> {
    typed
        .iter()
        .map(|typed| {
            if wrong(*typed) {
                digit_for(*typed)
            } else {
                *typed
            }
        })
        .collect()
}
