//! Many lines, a verdict for each.

use std::hint::black_box;

use super::super::registrars::PairSet;
use super::super::tables::{DivisionSet, unknown_codes};
use super::super::uscc::{CODE_LENGTH, WEIGHTS, Weights, judge};
use super::super::{ErrorCode, Identifier, Kind, WarningCode};
use super::with_type_of;
use crate::date::Date;
use crate::limits::IDENTIFIER_MAX_BYTES;

/// What is said of one line of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right.
    Ok,
    /// Right and odd.
    Warn(WarningSet),
    /// Wrong, with the main error.
    Error(ErrorCode),
}

/// A set of warning codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WarningSet(u16);

impl WarningSet {
    fn with(self, code: WarningCode, present: bool) -> Self {
        Self(self.0 | u16::from(present) << code as u16)
    }

    /// The codes, in the order in which they are listed.
    pub fn iter(self) -> impl Iterator<Item = WarningCode> {
        WarningCode::ALL
            .into_iter()
            .filter(move |code| self.0 & (1 << *code as u16) != 0)
    }
}

/// Set in [`Verdict::number`] of a right line with warnings.
const WARN_BIT: u16 = 0x8000;

impl Verdict {
    fn of_warnings(set: WarningSet) -> Self {
        if set.0 == 0 {
            Self::Ok
        } else {
            Self::Warn(set)
        }
    }

    /// As a number: 0 is right; below 0x8000 an error, its place in
    /// [`ErrorCode::ALL`] from 1; from 0x8000 on a bit for each warning, in the
    /// order of [`WarningCode::ALL`].
    #[must_use]
    pub fn number(self) -> u16 {
        match self {
            Self::Ok => 0,
            Self::Error(code) => code as u16,
            Self::Warn(set) => WARN_BIT | set.0,
        }
    }

    /// The verdict that [`Self::number`] gave a number for.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        if number == 0 {
            return Some(Self::Ok);
        }
        if number & WARN_BIT != 0 {
            let set = number & !WARN_BIT;
            let known = 1..1 << WarningCode::ALL.len();
            return known.contains(&set).then_some(Self::Warn(WarningSet(set)));
        }
        let code = ErrorCode::ALL.get(usize::from(number) - 1)?;
        Some(Self::Error(*code))
    }
}

/// `ok`, `warn:CODE[,CODE]` or `error:CODE`.
impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ok => f.write_str("ok"),
            Self::Error(code) => write!(f, "error:{}", code.word()),
            Self::Warn(set) => {
                for (index, code) in set.iter().enumerate() {
                    write!(
                        f,
                        "{}{}",
                        if index == 0 { "warn:" } else { "," },
                        code.word()
                    )?;
                }
                Ok(())
            }
        }
    }
}

/// Checks the bytes of one line, without its line break, as a `kind`. Nothing
/// is allocated for a 统一社会信用代码.
#[inline]
#[must_use]
pub fn verdict(kind: Kind, line: &[u8], today: Date) -> Verdict {
    if kind == Kind::Uscc
        && let Ok(code) = line.try_into()
        && let Some(verdict) = CleanCodes::new(WEIGHTS).verdict(code)
    {
        return verdict;
    }
    if line.len() > IDENTIFIER_MAX_BYTES {
        return Verdict::Error(ErrorCode::Length);
    }
    match std::str::from_utf8(line) {
        Ok(text) => with_type_of!(kind, verdict_of(text, today)),
        Err(_) => Verdict::Error(ErrorCode::Encoding),
    }
}

/// What clean codes are checked with, taken once for a batch.
struct CleanCodes {
    weights: Weights,
    pairs: &'static PairSet,
    divisions: &'static DivisionSet,
}

impl CleanCodes {
    fn new(weights: Weights) -> Self {
        Self {
            weights,
            pairs: PairSet::get(),
            divisions: DivisionSet::get(),
        }
    }

    /// The verdict on a 统一社会信用代码 that needs no normalisation; nothing for
    /// one that does or that is not one.
    #[inline]
    fn verdict(&self, code: &[u8; CODE_LENGTH]) -> Option<Verdict> {
        let judgement = judge(code, &self.weights);
        if !judgement.shape || code[CODE_LENGTH - 1] != judgement.check {
            return None;
        }
        let division = code[2..8]
            .iter()
            .fold(0, |code, digit| code * 10 + u32::from(digit - b'0'));
        let organisation = code[16] == judgement.organisation_check;
        let pair = self.pairs.contains(code[0], code[1]);
        let division = self.divisions.contains(division);
        if organisation && pair && division {
            return Some(Verdict::Ok);
        }
        let set = WarningSet::default()
            .with(WarningCode::OrgChecksum, !organisation)
            .with(WarningCode::UnknownPair, !pair)
            .with(WarningCode::UnknownDivision, !division);
        Some(Verdict::Warn(set))
    }
}

fn verdict_of<T: Identifier>(text: &str, today: Date) -> Verdict {
    match T::read(text, today) {
        Err(problems) => Verdict::Error(problems.first().problem.code_of()),
        Ok(reading) => {
            let value = &reading.value;
            let odd = value.warnings().chain(unknown_codes(value));
            Verdict::of_warnings(odd.fold(WarningSet::default(), |set, warning| {
                set.with(warning.code_of(), true)
            }))
        }
    }
}

/// Checks every line of `text`, as [`lines`] has them, as a `kind`, and hands
/// line and verdict on.
pub fn each_verdict<'a>(
    kind: Kind,
    mut text: &'a [u8],
    today: Date,
    mut each: impl FnMut(&'a [u8], Verdict),
) {
    let clean = (kind == Kind::Uscc).then(|| CleanCodes::new(black_box(WEIGHTS)));
    while !text.is_empty() {
        if let Some(clean) = &clean {
            // Most lines of a list of codes are exactly a code. A line feed
            // within is no symbol, so that nobody has to look for one.
            while let Some((code, rest)) = text.split_first_chunk::<CODE_LENGTH>()
                && let Some((b'\n', rest)) = rest.split_first()
                && let Some(verdict) = clean.verdict(code)
            {
                each(code, verdict);
                text = rest;
            }
        }
        if let Some(line) = next_line(&mut text) {
            each(line, verdict(kind, line, today));
        }
    }
}

/// The lines of `text`, each ended by a line feed (with a carriage return
/// before it or not) or by the end. A text that ends with a line feed has no
/// empty line after it.
pub fn lines(mut text: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || next_line(&mut text))
}

fn next_line<'a>(text: &mut &'a [u8]) -> Option<&'a [u8]> {
    if text.is_empty() {
        return None;
    }
    let end = text.iter().position(|byte| *byte == b'\n');
    let end = end.unwrap_or(text.len());
    let line = &text[..end];
    *text = text.get(end + 1..).unwrap_or_default();
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}
