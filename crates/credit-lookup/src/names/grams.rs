//! What a name is found by: pairs of characters, runs of initials, pairs of
//! syllables; and what a query asks for.
//!
//! A name of any language is found by any part of it, without word
//! segmentation, which is wrong for names.

use std::ops::Range;

use super::pinyin::{MARK, PinyinQuery, Syllable, readings};
use super::rank::{NameQuery, Names, Phase, Rank};

/// Kinds of term, in the top bits.
pub(super) const KIND: u64 = 7 << 61;
const PAIR: u64 = 0;
const SINGLE: u64 = 1 << 61;
const INITIALS: u64 = 2 << 61;
const SYLLABLES: u64 = 3 << 61;
const SYLLABLE: u64 = 4 << 61;

/// Bits of one character, initial, syllable in a term.
const CHARACTER_BITS: u32 = 21;
const SYMBOL_BITS: u32 = 6;
const SYLLABLE_BITS: u32 = 16;

/// Longest run of initials that is one term. 36^4 runs over three million
/// names leave lists that are short enough to be read whole.
const RUN: usize = 4;

/// Readings of a run that are kept: four characters of two readings.
const READINGS_MAX: usize = 16;

/// A term, as a number: its kind in the top three bits, and at most 42 more.
pub(super) type Term = u64;

/// Names that have at least one of some terms.
pub(super) type Clause = Vec<Term>;

fn pair(first: char, second: char) -> Term {
    PAIR | (u64::from(u32::from(first)) << CHARACTER_BITS) | u64::from(u32::from(second))
}

fn single(character: char) -> Term {
    SINGLE | u64::from(u32::from(character))
}

fn run(symbols: &[u8]) -> Term {
    symbols.iter().fold(INITIALS, |term, symbol| {
        // Shifts within the low bits, so that the kind stays where it is.
        let low = term & !KIND;
        INITIALS | (low << SYMBOL_BITS) | u64::from(*symbol)
    })
}

fn syllable_pair(first: Syllable, second: Syllable) -> Term {
    SYLLABLES | (u64::from(first) << SYLLABLE_BITS) | u64::from(second)
}

fn syllable(syllable: Syllable) -> Term {
    SYLLABLE | u64::from(syllable)
}

/// Whether only the best of the names with this term are listed: terms so
/// common that nobody pages to their end, and that no longer query needs.
pub(super) fn is_capped(term: Term) -> bool {
    match term & KIND {
        SINGLE | SYLLABLE => true,
        INITIALS => term & !KIND < 1 << (SYMBOL_BITS * 3),
        _ => false,
    }
}

/// Stands before the first character of a name.
const BEGIN: char = '\0';

/// Gives every term of the name or names that have `rank`.
pub(super) fn terms(names: &Names, rank: Rank, mut give: impl FnMut(Term)) {
    if rank == names.rank() {
        let characters = names.current.characters();
        text_terms(characters, &mut give);
        pinyin_terms(characters, &mut give);
        return;
    }
    for former in &names.former {
        if names.former_rank(former) == rank {
            text_terms(former.characters(), &mut give);
        }
    }
}

fn text_terms(characters: &[char], give: &mut impl FnMut(Term)) {
    let mut before = BEGIN;
    for character in characters {
        give(pair(before, *character));
        give(single(*character));
        before = *character;
    }
}

fn pinyin_terms(characters: &[char], give: &mut impl FnMut(Term)) {
    let readings = readings();
    let initials: Vec<_> = characters.iter().map(|c| readings.initials(*c)).collect();
    let mut symbols = Vec::with_capacity(RUN + 1);
    for start in 0..initials.len() {
        let mut budget = READINGS_MAX;
        runs(&initials[start..], &mut symbols, &mut budget, give);
        if start == 0 {
            symbols.push(MARK);
            let mut budget = READINGS_MAX;
            runs(&initials, &mut symbols, &mut budget, give);
            symbols.clear();
        }
    }
    let mut before: &[Syllable] = &[0];
    for character in characters {
        let syllables = readings.of(*character);
        for second in syllables {
            give(syllable(*second));
            for first in before {
                give(syllable_pair(*first, *second));
            }
        }
        before = syllables;
    }
}

/// Gives the runs of up to [`RUN`] initials that begin here.
fn runs(
    initials: &[super::pinyin::Initials],
    symbols: &mut Vec<u8>,
    budget: &mut usize,
    give: &mut impl FnMut(Term),
) {
    let length = symbols.len() - usize::from(symbols.first() == Some(&MARK));
    let Some(next) = initials.first().filter(|_| length < RUN) else {
        return;
    };
    for (place, symbol) in next.as_slice().iter().enumerate() {
        // The commonest reading always, the others while there is room.
        if place > 0 {
            if *budget == 0 {
                return;
            }
            *budget -= 1;
        }
        symbols.push(*symbol);
        give(run(symbols));
        runs(&initials[1..], symbols, budget, give);
        symbols.pop();
    }
}

/// What a name of `phase` has to have for `query`: alternatives, each of which
/// is a list of clauses that all have to hold. A name may have all that and yet
/// be no hit: who asks looks at the name.
pub(super) fn clauses(query: &NameQuery, phase: Phase) -> Vec<Vec<Clause>> {
    let text = query.key.characters();
    match phase {
        Phase::Exact | Phase::Prefix => vec![text_clauses(text, true)],
        Phase::Inside | Phase::Former => vec![text_clauses(text, false)],
        Phase::PinyinPrefix | Phase::PinyinInside => {
            let begins = phase == Phase::PinyinPrefix;
            let pinyin = query.pinyin.as_ref();
            pinyin
                .map(|pinyin| pinyin_clauses(pinyin, begins))
                .unwrap_or_default()
        }
    }
}

fn text_clauses(text: &[char], begins: bool) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = text
        .windows(2)
        .map(|window| vec![pair(window[0], window[1])])
        .collect();
    match text {
        [first, ..] if begins => clauses.push(vec![pair(BEGIN, *first)]),
        [only] => clauses.push(vec![single(*only)]),
        _ => {}
    }
    clauses
}

fn pinyin_clauses(query: &PinyinQuery, begins: bool) -> Vec<Vec<Clause>> {
    let mut alternatives = Vec::new();
    let symbols = &query.initials;
    let mut clauses: Vec<Clause> = symbols
        .windows(RUN)
        .map(|window| vec![run(window)])
        .collect();
    if begins {
        let marked: Vec<u8> = std::iter::once(MARK)
            .chain(symbols.iter().copied().take(RUN))
            .collect();
        clauses.push(vec![run(&marked)]);
    } else if symbols.len() < RUN {
        clauses.push(vec![run(symbols)]);
    }
    alternatives.push(clauses);
    for cut in &query.cuts {
        let mut clauses: Vec<Clause> = cut
            .whole
            .windows(2)
            .map(|window| vec![syllable_pair(window[0], window[1])])
            .collect();
        let first = match (cut.whole.first(), &cut.begun) {
            (Some(first), _) => *first..*first + 1,
            (None, Some(begun)) => begun.clone(),
            (None, None) => continue,
        };
        if let (Some(last), Some(begun)) = (cut.whole.last(), &cut.begun) {
            clauses.push(each(begun, |next| syllable_pair(*last, next)));
        }
        if begins {
            clauses.push(each(&first, |first| syllable_pair(0, first)));
        } else if clauses.is_empty() {
            clauses.push(each(&first, syllable));
        }
        alternatives.push(clauses);
    }
    alternatives
}

fn each(syllables: &Range<Syllable>, term: impl Fn(Syllable) -> Term) -> Clause {
    syllables.clone().map(term).collect()
}
