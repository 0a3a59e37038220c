//! Registrars and categories of the 统一社会信用代码, as `data/registrars.txt`
//! has them.

use std::sync::OnceLock;

use crate::lang::{Text, text};
use crate::table::table;

const TABLE: &str = table!("../../data/registrars.txt");

/// A registering authority and the category of what it registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registrar {
    /// 登记管理部门
    pub authority: Text,
    /// 机构类别
    pub category: Text,
}

/// What the first two characters of a code say; nothing, when they are no pair
/// of the table.
#[must_use]
pub fn registrar(authority: char, category: char) -> Option<Registrar> {
    pairs()
        .find(|pair| pair.0 == [authority, category])
        .map(|pair| pair.1)
}

/// The pairs as a bit set.
pub(super) struct PairSet {
    /// For each character from 0 on, the categories as bits from 0 on.
    categories: [u64; 64],
}

impl PairSet {
    /// The pairs of the table.
    pub(super) fn get() -> &'static Self {
        static PAIRS: OnceLock<PairSet> = OnceLock::new();
        PAIRS.get_or_init(|| {
            let mut categories = [0; 64];
            for ([authority, category], _) in pairs() {
                if let (Some(row), Some(bit)) =
                    (categories.get_mut(from_zero(authority)), bit(category))
                {
                    *row |= bit;
                }
            }
            Self { categories }
        })
    }

    /// Whether the two characters are a pair. It is asked of every code of a
    /// batch.
    #[inline]
    pub(super) fn contains(&self, authority: u8, category: u8) -> bool {
        let row = self.categories.get(from_zero(char::from(authority)));
        let bit = bit(char::from(category));
        row.zip(bit).is_some_and(|(row, bit)| row & bit != 0)
    }
}

#[inline]
fn from_zero(character: char) -> usize {
    (character as usize).wrapping_sub('0' as usize)
}

#[inline]
fn bit(category: char) -> Option<u64> {
    1_u64.checked_shl(u32::try_from(from_zero(category)).ok()?)
}

/// The pairs of the table.
fn pairs() -> impl Iterator<Item = ([char; 2], Registrar)> {
    let mut above = None;
    TABLE.lines().filter_map(move |line| {
        let is_category = line.starts_with(' ');
        let (character, name) = entry(line.trim_start())?;
        if is_category {
            let (authority_character, authority) = above?;
            let category = name;
            Some((
                [authority_character, character],
                Registrar {
                    authority,
                    category,
                },
            ))
        } else {
            above = Some((character, name));
            None
        }
    })
}

fn entry(line: &'static str) -> Option<(char, Text)> {
    let mut columns = line.split('\t');
    let mut first = columns.next()?.chars();
    let character = first.next()?;
    let (zh, en) = (columns.next()?, columns.next()?);
    first.next().is_none().then(|| (character, text(zh, en)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_pairs_of_the_standard() {
        assert_eq!(pairs().count(), 36);
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines, 36 + 12, "a line is not read");
        assert_eq!(registrar('9', '3').unwrap().category.zh, "农民专业合作社");
        assert_eq!(registrar('9', '9'), None);
    }

    #[test]
    fn the_bit_set_agrees_with_the_table() {
        for authority in 0..=255 {
            for category in 0..=255 {
                let listed = registrar(char::from(authority), char::from(category)).is_some();
                assert_eq!(PairSet::get().contains(authority, category), listed);
            }
        }
    }
}
