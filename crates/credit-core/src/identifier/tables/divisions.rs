//! GB/T 2260 with its history, as `data/divisions.txt` has it.

use std::sync::OnceLock;

use super::super::division::NATIONAL;

const TABLE: &str = include_str!("../../../data/divisions.txt");

/// A name that a division code stands or stood for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    code: u32,
    /// First year, where known; else before the first table (1980).
    pub from: Option<u16>,
    /// Year in which the code was abolished, renamed or given up, if it was.
    pub until: Option<u16>,
    /// Name, without the province and prefecture that it belongs to.
    pub name: &'static str,
}

/// One bit for each number of six digits, 125 KB.
pub(in crate::identifier) struct DivisionSet(Vec<u64>);

impl DivisionSet {
    /// All that is or ever was a division, and the national registrar.
    pub(in crate::identifier) fn get() -> &'static Self {
        known()
    }

    /// Whether the number is in it. It is asked of every code of a batch.
    #[inline]
    pub(in crate::identifier) fn contains(&self, code: u32) -> bool {
        let bits = self.0.get(code as usize / 64).copied();
        bits.unwrap_or_default() & (1 << (code % 64)) != 0
    }
}

/// The codes of the table without their names, each as its distance from the one
/// before: who only asks whether there is such a code does without 180 KB.
const STEPS: [u16; COUNT] = steps();

/// The longest distance within a province is below, that between two above.
const FAR: u16 = u16::MAX;

/// Lines of codes in the table.
const COUNT: usize = {
    let mut count = 0;
    let mut at = 0;
    while at < TABLE.len() {
        count += (TABLE.as_bytes()[at] != b'#') as usize;
        at = next_line(at);
    }
    count
};

const fn next_line(mut at: usize) -> usize {
    while at < TABLE.len() && TABLE.as_bytes()[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// Codes of two digits are provinces, those of four are of the province before. A
/// province is [`FAR`] and takes no number.
const fn steps() -> [u16; COUNT] {
    let text = TABLE.as_bytes();
    let mut steps = [0; COUNT];
    let (mut at, mut place, mut before) = (0, 0, 0);
    while at < text.len() {
        if text[at] != b'#' {
            let (mut code, mut digit) = (0, at);
            while text[digit].is_ascii_digit() {
                code = code * 10 + (text[digit] - b'0') as u16;
                digit += 1;
            }
            // The first four digits of a province are the two of its own.
            (steps[place], before) = match digit - at {
                2 => (FAR - code, 0),
                _ => (code - before, code),
            };
            place += 1;
        }
        at = next_line(at);
    }
    steps
}

fn known() -> &'static DivisionSet {
    static READ: OnceLock<DivisionSet> = OnceLock::new();
    READ.get_or_init(|| {
        let mut known = vec![0; 1_000_000_usize.div_ceil(64)];
        let mut add = |code: u32| known[code as usize / 64] |= 1 << (code % 64);
        add(number(NATIONAL));
        let mut code = 0;
        for step in STEPS {
            code = match FAR - step {
                province @ 0..100 => u32::from(province) * 10_000,
                _ => code + u32::from(step),
            };
            add(code);
        }
        DivisionSet(known)
    })
}

/// Sorted by code, the eras of one code from the oldest on.
fn table() -> &'static [Place] {
    static READ: OnceLock<Vec<Place>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut table = Vec::with_capacity(8_000);
        let mut province = 0;
        table.push(Place {
            code: number(NATIONAL),
            from: None,
            until: None,
            name: "国家",
        });
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some(place) = line.split_once(' ').and_then(|(code, rest)| {
                if code.len() == 2 {
                    province = number(code) * 10_000;
                    return era_and_name(province, rest);
                }
                era_and_name(province + number(code), rest)
            }) else {
                continue;
            };
            table.push(place);
        }
        // Stable, so that eras stay in their order.
        table.sort_by_key(|place| place.code);
        table
    })
}

/// The number that a text of decimal digits writes; 0 for anything else.
fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or_default()
}

/// Reads `[FROM-UNTIL ]NAME`.
fn era_and_name(code: u32, rest: &'static str) -> Option<Place> {
    let (era, name) = match rest.split_once(' ') {
        Some((era, name)) => (era.split_once('-')?, name),
        None => (("", ""), rest),
    };
    Some(Place {
        code: (code < 1_000_000).then_some(code)?,
        from: era.0.parse().ok(),
        until: era.1.parse().ok(),
        name,
    })
}

/// Whether the six digits are or ever were a division, or stand for the
/// national registrar.
#[must_use]
pub fn is_division(digits: &str) -> bool {
    digits.len() == 6
        && digits
            .parse()
            .is_ok_and(|code| DivisionSet::get().contains(code))
}

/// What the six digits stand or stood for, from the oldest on; nothing for a
/// code that never was one.
#[must_use]
pub fn places(digits: &str) -> &'static [Place] {
    if !is_division(digits) {
        return &[];
    }
    let code = number(digits);
    let places = table();
    let first = places.partition_point(|place| place.code < code);
    let end = places.partition_point(|place| place.code <= code);
    &places[first..end]
}

/// The latest name with the province and prefecture around it: `四川省成都市简阳市`.
#[must_use]
pub fn full_name(digits: &str) -> Option<String> {
    let latest = |code: &str| places(code).last().copied();
    let own = latest(digits)?;
    let mut name = String::new();
    let around = [
        [&digits[..2], "0000"].concat(),
        [&digits[..4], "00"].concat(),
    ];
    for code in around {
        if code == digits {
            break;
        }
        if let Some(place) = latest(&code).filter(|place| !is_grouping(place.name)) {
            name.push_str(place.name);
        }
    }
    name.push_str(own.name);
    Some(name)
}

/// Names that only group codes and are no part of an address.
fn is_grouping(name: &str) -> bool {
    matches!(name, "市辖区" | "县" | "市") || name.contains("直辖")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_without_names_are_those_with() {
        let mut named = vec![0_u64; 1_000_000_usize.div_ceil(64)];
        for place in table() {
            named[place.code as usize / 64] |= 1 << (place.code % 64);
        }
        assert_eq!(known().0, named);
    }

    #[test]
    fn every_line_is_read_and_the_eras_of_a_code_follow_each_other() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        let places = table();
        assert_eq!(places.len(), lines + 1, "a line is not read");
        for pair in places
            .windows(2)
            .filter(|pair| pair[0].code == pair[1].code)
        {
            let (until, from) = (pair[0].until, pair[1].from);
            assert!(until.is_some() && from >= until, "{pair:?}");
        }
        for place in places {
            assert!(
                place
                    .from
                    .zip(place.until)
                    .is_none_or(|(from, until)| from <= until)
            );
            assert!(
                place
                    .name
                    .chars()
                    .all(|one| !one.is_ascii() && one > '\u{2000}')
            );
        }
    }

    #[track_caller]
    fn is(digits: &str, expected: &[(Option<u16>, Option<u16>, &str)]) {
        let found: Vec<_> = places(digits)
            .iter()
            .map(|place| (place.from, place.until, place.name))
            .collect();
        assert_eq!(found, expected, "{digits}");
    }

    #[test]
    fn tianjin_has_its_history() {
        is("120102", &[(None, None, "河东区")]);
        is("120107", &[(None, Some(2009), "塘沽区")]);
        is("120116", &[(Some(2009), None, "滨海新区")]);
        is("120225", &[(Some(1982), Some(2016), "蓟县")]);
        is("120999", &[]);
        is("12010", &[]);
        is("天津", &[]);
        assert_eq!(full_name("120102").as_deref(), Some("天津市河东区"));
        assert_eq!(full_name("510185").as_deref(), Some("四川省成都市简阳市"));
        assert_eq!(full_name("120000").as_deref(), Some("天津市"));
        assert_eq!(full_name("100000").as_deref(), Some("国家"));
        assert_eq!(full_name("129999"), None);
    }
}
