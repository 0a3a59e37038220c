//! 拼音: the readings of characters, and a query read as initials or syllables.

use std::ops::Range;
use std::sync::OnceLock;

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// Readings of one character that are searched; more are mostly archaic.
const READINGS: usize = 3;

/// Characters with readings: from 〇 to the last of the ideographs beyond the
/// basic plane, which names of places and persons have.
const FIRST: u32 = 0x3007;
const LAST: u32 = 0x3_23af;

/// Ways to cut a query into syllables that are tried (`xian` has two), and as
/// many again whose last syllable is only begun.
const CUTS: usize = 16;

/// Letters of the longest syllable: zhuang.
const SYLLABLE_LETTERS: usize = 6;

/// Number of a syllable, from 1, in alphabetical order.
pub(super) type Syllable = u32;

/// The readings of all characters.
pub(super) struct Readings {
    syllables: Vec<String>,
    table: Vec<[Syllable; READINGS]>,
}

/// The readings, made at first use.
pub(super) fn readings() -> &'static Readings {
    static TABLE: OnceLock<Readings> = OnceLock::new();
    TABLE.get_or_init(Readings::new)
}

impl Readings {
    fn new() -> Self {
        let spelled = |character: char| {
            let mut spellings: Vec<String> = Vec::new();
            // The commonest first: where there are many, it may be listed late.
            let readings = character.to_pinyin().into_iter();
            for reading in readings.chain(character.to_pinyin_multi().into_iter().flatten()) {
                // Keyboards have v where the syllable has ü.
                let spelling = reading.plain().replace('ü', "v");
                let plain = spelling.bytes().all(|byte| byte.is_ascii_lowercase());
                if plain && spellings.len() < READINGS && !spellings.contains(&spelling) {
                    spellings.push(spelling);
                }
            }
            spellings
        };
        let all: Vec<Vec<String>> = (FIRST..=LAST)
            .map(|code| char::from_u32(code).map(spelled).unwrap_or_default())
            .collect();
        let mut syllables: Vec<String> = all.iter().flatten().cloned().collect();
        syllables.sort();
        syllables.dedup();
        let number = |spelling: &String| {
            let place = syllables.binary_search(spelling).unwrap_or_default();
            Syllable::try_from(place + 1).unwrap_or_default()
        };
        let table = all
            .iter()
            .map(|spellings| {
                let mut row = [0; READINGS];
                for (place, spelling) in row.iter_mut().zip(spellings) {
                    *place = number(spelling);
                }
                row
            })
            .collect();
        Self { syllables, table }
    }

    /// The readings of a character, none for most that are not Chinese.
    pub(super) fn of(&self, character: char) -> &[Syllable] {
        let row = u32::from(character)
            .checked_sub(FIRST)
            .and_then(|place| self.table.get(usize::try_from(place).ok()?));
        row.map_or(&[], |row| {
            let end = row.iter().position(|syllable| *syllable == 0);
            &row[..end.unwrap_or(READINGS)]
        })
    }

    /// First letters of a character's readings; a letter or digit is its own.
    pub(super) fn initials(&self, character: char) -> Initials {
        let mut initials = Initials::default();
        if let Some(symbol) = symbol(character) {
            initials.push(symbol);
        }
        for syllable in self.of(character) {
            let first = self.spelling(*syllable).chars().next();
            if let Some(symbol) = first.and_then(symbol) {
                initials.push(symbol);
            }
        }
        initials
    }

    fn spelling(&self, syllable: Syllable) -> &str {
        let place = usize::try_from(syllable).unwrap_or_default();
        let spelling = place
            .checked_sub(1)
            .and_then(|place| self.syllables.get(place));
        spelling.map_or("", String::as_str)
    }

    /// The syllables that begin with `text`.
    fn beginning_with(&self, text: &str) -> Range<Syllable> {
        let number = |place: usize| Syllable::try_from(place + 1).unwrap_or(Syllable::MAX);
        let start = self
            .syllables
            .partition_point(|syllable| syllable.as_str() < text);
        let end = start
            + self.syllables[start..]
                .iter()
                .take_while(|syllable| syllable.starts_with(text))
                .count();
        number(start)..number(end)
    }

    fn number(&self, text: &str) -> Option<Syllable> {
        let place = self
            .syllables
            .binary_search_by(|syllable| syllable.as_str().cmp(text));
        Syllable::try_from(place.ok()? + 1).ok()
    }
}

/// Up to [`READINGS`] different first letters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Initials {
    symbols: [u32; READINGS + 1],
    count: usize,
}

impl Initials {
    fn push(&mut self, symbol: u32) {
        if !self.as_slice().contains(&symbol) && self.count < self.symbols.len() {
            self.symbols[self.count] = symbol;
            self.count += 1;
        }
    }

    pub(super) fn as_slice(&self) -> &[u32] {
        &self.symbols[..self.count]
    }
}

impl AsRef<[u32]> for Initials {
    fn as_ref(&self) -> &[u32] {
        self.as_slice()
    }
}

/// 1 to 26 for letters, 27 to 36 for digits.
fn symbol(character: char) -> Option<u32> {
    let byte = u8::try_from(u32::from(character)).ok()?;
    match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a' + 1)),
        b'0'..=b'9' => Some(u32::from(byte - b'0' + 27)),
        _ => None,
    }
}

/// A query of Latin letters, read both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PinyinQuery {
    /// One symbol a character.
    pub(super) initials: Vec<u32>,
    /// One syllable a character, in every way the letters can be cut.
    pub(super) cuts: Vec<Cut>,
}

/// Letters as syllables; while somebody types, the last is not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) whole: Vec<Syllable>,
    /// Syllables that the rest may become.
    pub(super) begun: Option<Range<Syllable>>,
}

impl PinyinQuery {
    /// Reads `characters`, which are folded; none when there is anything but
    /// letters and digits, or no letter.
    pub(super) fn new(characters: &[char]) -> Option<Self> {
        // Keyboards have v where the syllable has ü; some people have ü.
        let typed = |c: &char| if *c == 'ü' { 'v' } else { *c };
        let characters: Vec<char> = characters.iter().map(typed).collect();
        let initials: Option<Vec<u32>> = characters.iter().map(|c| symbol(*c)).collect();
        if !characters.iter().any(char::is_ascii_lowercase) {
            return None;
        }
        let text: String = characters.iter().collect();
        Some(Self {
            initials: initials?,
            cuts: cuts(&text),
        })
    }

    /// Where the query stands in a name, as range of its characters, at place
    /// `start` or anywhere.
    pub(super) fn find(&self, name: &[char]) -> Option<Range<usize>> {
        (0..name.len()).find_map(|start| {
            let length = self.length_at(&name[start..])?;
            Some(start..start + length)
        })
    }

    /// Characters that the query covers at the start of `name`.
    fn length_at(&self, name: &[char]) -> Option<usize> {
        let readings = readings();
        let count = self.initials.len();
        let by_initials = name.len() >= count
            && name
                .iter()
                .zip(&self.initials)
                .all(|(c, symbol)| readings.initials(*c).as_slice().contains(symbol));
        if by_initials {
            return Some(count);
        }
        let fits = |cut: &&Cut| {
            let whole = cut.whole.len();
            name.len() >= cut.length()
                && name
                    .iter()
                    .zip(&cut.whole)
                    .all(|(c, syllable)| readings.of(*c).contains(syllable))
                && cut.begun.as_ref().is_none_or(|begun| {
                    let syllables = readings.of(name[whole]);
                    syllables.iter().any(|syllable| begun.contains(syllable))
                })
        };
        self.cuts.iter().find(fits).map(Cut::length)
    }
}

impl Cut {
    fn length(&self) -> usize {
        self.whole.len() + usize::from(self.begun.is_some())
    }
}

/// The ways to cut letters into syllables, those of few syllables first: those
/// that end with a whole one, and those whose last one is only begun.
fn cuts(text: &str) -> Vec<Cut> {
    if !text.is_ascii() {
        return Vec::new();
    }
    let readings = readings();
    // Of the ways to cut the first letters the best few, for every place.
    let mut ways: Vec<Vec<Vec<Syllable>>> = vec![Vec::new(); text.len() + 1];
    ways[0].push(Vec::new());
    let mut begun: Vec<Cut> = Vec::new();
    for start in 0..text.len() {
        let mut here = std::mem::take(&mut ways[start]);
        here.sort_by_key(Vec::len);
        here.truncate(CUTS);
        let rest = &text[start..];
        for length in 1..=rest.len().min(SYLLABLE_LETTERS) {
            if let Some(syllable) = readings.number(&rest[..length]) {
                let longer = here
                    .iter()
                    .map(|way| [way.as_slice(), &[syllable]].concat());
                ways[start + length].extend(longer);
            }
        }
        let mut next = readings.beginning_with(rest);
        // The syllable itself, the first that begins so, is a whole one. One
        // letter is an initial rather than the start of a fifth of all.
        next.start += Syllable::from(readings.number(rest).is_some());
        if !next.is_empty() && text.len() > 1 {
            begun.extend(here.into_iter().map(|whole| Cut {
                whole,
                begun: Some(next.clone()),
            }));
        }
    }
    let mut whole = ways.pop().unwrap_or_default();
    whole.sort_by_key(Vec::len);
    begun.sort_by_key(Cut::length);
    let whole = whole.into_iter().take(CUTS);
    let whole = whole.map(|whole| Cut { whole, begun: None });
    whole.chain(begun.into_iter().take(CUTS)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(name: &str, query: &str, expected: Option<Range<usize>>) {
        let query: Vec<char> = query.chars().collect();
        let name: Vec<char> = name.chars().collect();
        let query = PinyinQuery::new(&query).expect("a query of letters");
        assert_eq!(query.find(&name), expected);
    }

    #[test]
    fn a_name_is_found_by_initials_and_by_syllables() {
        finds("重庆银行", "cqyh", Some(0..4));
        finds("重庆银行", "zqyx", Some(0..4));
        finds("天津海河食品", "haihe", Some(2..4));
        finds("天津海河食品", "haih", Some(2..4));
        finds("天津海河食品", "jinhaiheshi", Some(1..5));
        finds("天津海河食品", "tjhh", Some(0..4));
        finds("西安商店", "xian", Some(0..2));
        finds("先进商店", "xian", Some(0..1));
        finds("绿叶商店", "lvye", Some(0..2));
        finds("凡高电竞", "fangaodianjing", Some(0..4));
        finds("方奥店景", "fangaodianj", Some(0..4));
        finds("天津3m店", "j3md", Some(1..5));
        finds("河东𬭚鸡店", "hdcj", Some(0..4));
        finds("天津", "tjs", None);
        finds("天津", "tianjins", None);
        assert_eq!(PinyinQuery::new(&['天', 'j']), None);
        assert_eq!(PinyinQuery::new(&['1', '2']), None);
    }
}
