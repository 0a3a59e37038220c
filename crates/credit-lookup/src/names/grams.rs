//! What a name is found by: runs of its characters, of their initials, of their
//! syllables; and what a query asks for.
//!
//! A name is found by any part of it, without word segmentation, which is wrong
//! for names. Runs of every length up to the family's longest are terms, so that
//! a short query is one list; a longer query is the lists of all longest runs in
//! it together. Runs that begin a name are terms of their own.

use super::pinyin::{Cut, PinyinQuery, readings};
use super::rank::{NameQuery, Names, Phase, Rank};

/// A term, as a number: a hash of [`TERM_BITS`] bits. Two runs with one number
/// make a candidate that is no hit, and who searches looks at the name anyway.
pub(super) type Term = u64;

/// Bits of a term.
pub(super) const TERM_BITS: u32 = 45;

/// Names that have at least one of some terms.
pub(super) struct Clause {
    pub(super) terms: Vec<Term>,
    /// What all of `terms` begin with: where nothing has that, nothing has one
    /// of them, and many need not be looked for.
    pub(super) guard: Option<Term>,
}

/// What runs are made of.
#[derive(Clone, Copy)]
struct Family {
    seed: u64,
    /// Longest run that is a term. Lists of the longest runs are short enough to
    /// be read whole; of shorter ones only the best names are listed.
    longest: usize,
}

const CHARACTERS: Family = Family {
    seed: 0x243f_6a88_85a3_08d3,
    longest: 3,
};
const INITIALS: Family = Family {
    seed: 0x1319_8a2e_0370_7344,
    longest: 4,
};
const SYLLABLES: Family = Family {
    seed: 0xa409_3822_299f_31d0,
    longest: 3,
};

/// Stands before the first character of a name.
const BEGIN: u32 = u32::MAX;

/// A run that may go on.
fn run_on(run: u64, symbol: u32) -> u64 {
    let mixed = (run ^ u64::from(symbol)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

fn term(run: u64) -> Term {
    run.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> (64 - TERM_BITS)
}

/// Gives every term of the name or names that have `rank`, and whether it is one
/// that only the best names are listed for.
pub(super) fn terms(names: &Names, rank: Rank, mut give: impl FnMut(Term, bool)) {
    let text = |characters: &[char]| -> Vec<[u32; 1]> {
        characters.iter().map(|c| [u32::from(*c)]).collect()
    };
    if rank != names.rank() {
        for former in &names.former {
            if names.former_rank(former) == rank {
                CHARACTERS.terms(&text(former.characters()), &mut give);
            }
        }
        return;
    }
    let characters = names.current.characters();
    CHARACTERS.terms(&text(characters), &mut give);
    let readings = readings();
    let initials: Vec<_> = characters.iter().map(|c| readings.initials(*c)).collect();
    INITIALS.terms(&initials, &mut give);
    let syllables: Vec<&[u32]> = characters.iter().map(|c| readings.of(*c)).collect();
    SYLLABLES.terms(&syllables, &mut give);
}

impl Family {
    /// Gives the runs of a name, one or more symbols for each character.
    fn terms<S: AsRef<[u32]>>(self, name: &[S], give: &mut impl FnMut(Term, bool)) {
        let mut runs = Vec::new();
        let mut longer = Vec::new();
        let starts = (0..name.len()).map(|start| (self.seed, start));
        for (seed, start) in starts.chain([(run_on(self.seed, BEGIN), 0)]) {
            runs.clear();
            runs.push(seed);
            for (place, symbols) in name[start..].iter().take(self.longest).enumerate() {
                longer.clear();
                for run in &runs {
                    let symbols = symbols.as_ref().iter();
                    longer.extend(symbols.map(|symbol| run_on(*run, *symbol)));
                }
                std::mem::swap(&mut runs, &mut longer);
                let is_capped = place + 1 < self.longest;
                runs.iter().for_each(|run| give(term(*run), is_capped));
            }
        }
    }

    /// What a name has to have that has `query` in it, one or more symbols for
    /// each place.
    fn clauses(self, query: &[Vec<u32>], begins: bool) -> Vec<Clause> {
        let clause = |seed: u64, symbols: &[Vec<u32>]| {
            let mut runs = vec![seed];
            let mut guard = None;
            for alternatives in symbols {
                guard = match runs.as_slice() {
                    [only] if alternatives.len() > 1 && *only != seed => Some(term(*only)),
                    _ => None,
                };
                let longer = runs.iter().flat_map(|run| {
                    let alternatives = alternatives.iter();
                    alternatives.map(|symbol| run_on(*run, *symbol))
                });
                runs = longer.collect();
            }
            Clause {
                terms: runs.into_iter().map(term).collect(),
                guard,
            }
        };
        let first = &query[..query.len().min(self.longest)];
        let mut clauses = Vec::new();
        if begins {
            clauses.push(clause(run_on(self.seed, BEGIN), first));
        } else if query.len() < self.longest {
            clauses.push(clause(self.seed, first));
        }
        if !begins || query.len() > self.longest {
            let runs = query.windows(self.longest);
            clauses.extend(runs.map(|symbols| clause(self.seed, symbols)));
        }
        clauses
    }
}

/// What a name of `phase` has to have for `query`: alternatives, each of which
/// is a list of clauses that all have to hold. A name may have all that and yet
/// be no hit.
pub(super) fn clauses(query: &NameQuery, phase: Phase) -> Vec<Vec<Clause>> {
    match phase {
        Phase::Exact | Phase::Prefix => vec![text_clauses(query, true)],
        Phase::Inside | Phase::Former => vec![text_clauses(query, false)],
        Phase::PinyinPrefix => pinyin_clauses(query.pinyin.as_ref(), true),
        Phase::PinyinInside => pinyin_clauses(query.pinyin.as_ref(), false),
    }
}

fn text_clauses(query: &NameQuery, begins: bool) -> Vec<Clause> {
    let characters = query.key.characters().iter();
    let symbols: Vec<Vec<u32>> = characters.map(|c| vec![u32::from(*c)]).collect();
    CHARACTERS.clauses(&symbols, begins)
}

fn pinyin_clauses(query: Option<&PinyinQuery>, begins: bool) -> Vec<Vec<Clause>> {
    let Some(query) = query else {
        return Vec::new();
    };
    let initials: Vec<Vec<u32>> = query.initials.iter().map(|i| vec![*i]).collect();
    let mut alternatives = vec![INITIALS.clauses(&initials, begins)];
    for Cut { whole, begun } in &query.cuts {
        let whole = whole.iter().map(|syllable| vec![*syllable]);
        let begun = begun.iter().map(|begun| begun.clone().collect());
        let syllables: Vec<Vec<u32>> = whole.chain(begun).collect();
        alternatives.push(SYLLABLES.clauses(&syllables, begins));
    }
    alternatives
}
