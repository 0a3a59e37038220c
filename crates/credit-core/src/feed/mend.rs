//! 更正: what a cell would say if it were written as it is read.

use super::Cells;
use super::cell;
use super::record::is_person_number;
use crate::date::Date;
use crate::identifier::{SubjectCode, Uscc, look_alikes, tables};
use crate::limits::FREE_TEXT_MAX_CHARS;
use crate::name::is_null_marker;
use crate::record::FieldKind;
use crate::text::fold_width;

/// A cell that could be written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// Its place in the row.
    pub place: usize,
    /// What it would say.
    pub text: String,
    /// Why.
    pub kind: MendKind,
}

/// Why a cell could be written otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MendKind {
    /// 代码的全半角、大小写和分隔符: the code is right, and was not written plainly.
    Code,
    /// A day in another notation than `2024-05-13`.
    Date,
    /// A unit's name with digits or a date around it.
    Unit,
    /// A wrong code with letters that look like digits; with those it would be right.
    LookAlike,
}

impl MendKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Code, Self::Date, Self::Unit, Self::LookAlike];

    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Date => "date",
            Self::Unit => "unit",
            Self::LookAlike => "look-alike",
        }
    }

    /// Whether it says the same as before: the importer reads both alike. One wrong
    /// code in 31 passes its check by chance, so that a look-alike is not certain.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self != Self::LookAlike
    }
}

/// The cells of `row` that could be written otherwise, by their kinds and places.
pub(super) fn mends(
    cells: impl Iterator<Item = (FieldKind, Option<usize>)>,
    row: &(impl Cells + ?Sized),
    today: Date,
) -> Vec<Mend> {
    let mut found: Vec<Mend> = Vec::new();
    for (kind, place) in cells {
        let Some(place) = place else { continue };
        let text = row.cell(place).unwrap_or_default().trim();
        // Two fields may be read from one column.
        if is_null_marker(text) || found.iter().any(|mend| mend.place == place) {
            continue;
        }
        if let Some((kind, text)) = mended(kind, text, today) {
            found.push(Mend { place, text, kind });
        }
    }
    found
}

fn mended(kind: FieldKind, text: &str, today: Date) -> Option<(MendKind, String)> {
    match kind {
        FieldKind::HolderCode | FieldKind::UnitCode => match SubjectCode::as_published(text) {
            Ok(SubjectCode::Uscc(code)) => {
                let plain = code.as_str();
                (plain != text).then(|| (MendKind::Code, plain.to_owned()))
            }
            Ok(SubjectCode::AsPublished(_)) => None,
            Err(_) if is_person_number(text, today) => None,
            Err(_) => look_alike(text, today).map(|text| (MendKind::LookAlike, text)),
        },
        FieldKind::Date | FieldKind::OpenDate => {
            let plain = plain_date(text)?;
            (plain != text).then_some((MendKind::Date, plain))
        }
        FieldKind::Unit(limit) => {
            let free = cell::free_text(text, limit.min(FREE_TEXT_MAX_CHARS)).ok()?;
            let clean = cell::unpolluted(&free);
            (!clean.is_empty() && clean.len() < free.len())
                .then(|| (MendKind::Unit, clean.to_owned()))
        }
        _ => None,
    }
}

fn look_alike(text: &str, today: Date) -> Option<String> {
    let is_sound = |code: &Uscc| tables::warnings(code).is_empty();
    let mut found = look_alikes::<Uscc>(text, today, is_sound).into_iter();
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one.value),
        _ => None,
    }
}

/// A day as `2024-05-13`, where nothing is lost by it: a time of day would be, and
/// milliseconds since 1970 might be some other number.
fn plain_date(text: &str) -> Option<String> {
    let folded: String = text.chars().map(fold_width).collect();
    let (day, time) = folded.split_once([' ', 'T']).unwrap_or((&folded, ""));
    let is_plain = day.len() == 8 || day.bytes().any(|byte| !byte.is_ascii_digit());
    let is_midnight = time.chars().all(|c| matches!(c, '0' | ':' | '.' | ' '));
    if !is_plain || !is_midnight {
        return None;
    }
    cell::date(text).ok().map(Date::text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(kind: FieldKind, text: &str, expected: Option<(MendKind, &str)>) {
        let today = "2026-11-24".parse().unwrap();
        let found = mended(kind, text, today);
        let found = found.as_ref().map(|(kind, text)| (*kind, text.as_str()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_certain_is_mended_and_nothing_else() {
        let code = "91120102MATEXT01X4";
        for (text, expected) in [
            (code, None),
            (
                "９１１２０１０２ＭＡＴＥＸＴ０１Ｘ４",
                Some((MendKind::Code, code)),
            ),
            ("91120102-matext01x4", Some((MendKind::Code, code))),
            ("911201O2MATEXT01X4", Some((MendKind::LookAlike, code))),
            ("91120102MATEXT01X5", None),
            ("9112", None),
            // 居民身份证号码
            ("120102199001010013", None),
        ] {
            becomes(FieldKind::HolderCode, text, expected);
        }
        for (text, expected) in [
            ("2024-05-13", None),
            ("2024/5/13", Some("2024-05-13")),
            ("２０２４．５．１３", Some("2024-05-13")),
            ("2024年5月13日", Some("2024-05-13")),
            ("20240513", Some("2024-05-13")),
            ("2024-05-13 00:00:00", Some("2024-05-13")),
            ("2024-05-13 08:30:00", None),
            ("1715529600000", None),
            ("长期", None),
            ("2024-02-30", None),
        ] {
            let expected = expected.map(|text| (MendKind::Date, text));
            becomes(FieldKind::OpenDate, text, expected);
        }
        let unit = "天津市河东区市场监督管理局";
        let polluted = "天津市河东区市场监督管理局20240513";
        becomes(FieldKind::Unit(200), polluted, Some((MendKind::Unit, unit)));
        becomes(FieldKind::Unit(200), "公安局第5分局", None);
        becomes(FieldKind::Unit(200), "20240513", None);
    }
}
