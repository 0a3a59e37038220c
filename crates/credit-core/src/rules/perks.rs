//! 信易+: whether a subject can use a benefit.

use crate::record::Record;
use crate::text::is_same_word;

/// Separates the levels of a benefit that several have.
const SEPARATORS: [char; 5] = ['、', ',', '，', '/', ';'];

/// Whether a benefit can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perk<'a> {
    /// By this grade.
    Met(&'a Record),
    /// Its rule asks for something else than a grade: the unit that grants it
    /// can say.
    Ask,
    /// There is no such grade.
    Unmet,
}

impl Perk<'_> {
    /// Stable word for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Met(_) => "met",
            Self::Ask => "ask",
            Self::Unmet => "unmet",
        }
    }

    /// Its place in a list: what can be used stands first.
    #[must_use]
    pub fn place(&self) -> u8 {
        match self {
            Self::Met(_) => 0,
            Self::Ask => 1,
            Self::Unmet => 2,
        }
    }
}

/// Whether who has `grades`, all of them shown today, can use `benefit`. Grades
/// of different schemes are never compared, and a level that the benefit does
/// not name is not taken for a better one: no scheme says how levels of its
/// versions follow each other.
#[must_use]
pub fn perk<'a>(benefit: &Record, grades: &[&'a Record]) -> Perk<'a> {
    if benefit.get("scheme").is_none() {
        return Perk::Ask;
    }
    let levels = benefit.get("level").map(|level| level.to_stored());
    let levels: Vec<&str> = levels
        .as_deref()
        .unwrap_or_default()
        .split(SEPARATORS)
        .filter(|level| !is_same_word(level, ""))
        .collect();
    if levels.is_empty() {
        return Perk::Ask;
    }
    let is_met = |grade: &&&'a Record| {
        let level = grade.get("level").map(|level| level.to_stored());
        let is_named = |level: String| levels.iter().any(|named| is_same_word(named, &level));
        same_scheme(benefit, grade) && level.is_some_and(is_named)
    };
    match grades.iter().find(is_met) {
        Some(grade) => Perk::Met(grade),
        None => Perk::Unmet,
    }
}

/// Whether `grade` was given by the scheme that `benefit` asks for. Schemes that no
/// table knows are told apart by the words of their sources.
#[must_use]
pub fn same_scheme(benefit: &Record, grade: &Record) -> bool {
    let scheme = benefit.get("scheme");
    scheme.is_some() && scheme == grade.get("scheme")
}
