//! Names as they are searched.

use std::ops::Range;
use std::sync::OnceLock;

use crate::text::compared;

/// 繁简对照: pairs of a traditional and a simplified character.
const TABLE: &str = include_str!("../data/traditional.txt");

/// The ideographs, which have a place of their own in the table.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x3_23af;

/// A text reduced to what is compared in a search: width, case and traditional
/// characters folded, punctuation and spaces dropped, each kept character with
/// its place in the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchKey {
    characters: Vec<char>,
    /// Index, in characters of the original, that each kept one comes from.
    origins: Vec<usize>,
}

impl SearchKey {
    /// Reduces `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let (origins, characters) = compared(text)
            .map(|(index, character)| (index, simplified(character)))
            .unzip();
        Self {
            characters,
            origins,
        }
    }

    /// The characters that are compared.
    #[must_use]
    pub fn characters(&self) -> &[char] {
        &self.characters
    }

    /// Nothing to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// Where `needle` first stands in this text, as a half-open range of
    /// characters of the original.
    #[must_use]
    pub fn find(&self, needle: &Self) -> Option<(usize, usize)> {
        if needle.is_empty() {
            return None;
        }
        let start = self
            .characters
            .windows(needle.characters.len())
            .position(|window| window == needle.characters)?;
        self.origin(start..start + needle.characters.len())
    }

    /// Where a range of the kept characters stands in the original.
    #[must_use]
    pub fn origin(&self, kept: Range<usize>) -> Option<(usize, usize)> {
        let last = kept.end.checked_sub(1)?;
        Some((*self.origins.get(kept.start)?, self.origins.get(last)? + 1))
    }
}

/// 简体字 of a traditional character, else the character itself.
#[must_use]
pub fn simplified(character: char) -> char {
    static SIMPLIFIED: OnceLock<Vec<char>> = OnceLock::new();
    let table = SIMPLIFIED.get_or_init(|| {
        // Surrogates are no characters, but keep their places.
        let mut table: Vec<char> = (FIRST..=LAST)
            .map(|code| char::from_u32(code).unwrap_or_default())
            .collect();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            for pair in line.split_whitespace() {
                let mut pair = pair.chars();
                if let (Some(traditional), Some(simple)) = (pair.next(), pair.next())
                    && let Some(place) = place(traditional)
                    && let Some(row) = table.get_mut(place)
                {
                    *row = simple;
                }
            }
        }
        table
    });
    let simple = place(character).and_then(|place| table.get(place));
    simple.copied().unwrap_or(character)
}

fn place(character: char) -> Option<usize> {
    usize::try_from(u32::from(character).checked_sub(FIRST)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(text: &str, needle: &str, expected: Option<(usize, usize)>) {
        assert_eq!(SearchKey::new(text).find(&SearchKey::new(needle)), expected);
    }

    #[test]
    fn a_needle_is_found_where_people_see_it() {
        finds("天津市河东区五金", "河东", Some((3, 5)));
        finds("中石化—霍尼韦尔(天津)有限公司", "尔天津", Some((7, 11)));
        finds("天津ＳＣＣ有限公司", "scc", Some((2, 5)));
        finds("天津SCC有限公司", "ｓｃｃ", Some((2, 5)));
        finds("六0九", "六O九", None);
        finds("廣東華僑有限公司", "广东华", Some((0, 3)));
        finds("天津国际商店", "國際", Some((2, 4)));
        for same in ['国', '𬨎', '𠮷', 'ﬀ', 'a', '〇'] {
            assert_eq!(simplified(same), same);
        }
        finds("天津", "", None);
        finds("", "天", None);
        finds("天津", "天津市", None);
    }
}
