//! Registrars and categories of the 统一社会信用代码, as `data/registrars.txt`
//! has them.

use std::sync::OnceLock;

use crate::lang::{Text, text};

const TABLE: &str = include_str!("../../data/registrars.txt");

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

/// Whether the two characters are a pair of the table. A look into a bit set,
/// because it is asked of every code of a batch.
#[inline]
pub(super) fn is_pair(authority: u8, category: u8) -> bool {
    /// For each character from 0 on, the categories as bits from 0 on.
    static CATEGORIES: OnceLock<[u64; 64]> = OnceLock::new();
    let categories = CATEGORIES.get_or_init(|| {
        let mut categories = [0; 64];
        for ([authority, category], _) in pairs() {
            let row = categories.get_mut(row(authority));
            if let (Some(row), Some(bit)) = (row, 1_u64.checked_shl(bit(category))) {
                *row |= bit;
            }
        }
        categories
    });
    let bits = categories.get(row(char::from(authority)));
    let bit = 1_u64.checked_shl(bit(char::from(category)));
    bits.zip(bit).is_some_and(|(bits, bit)| bits & bit != 0)
}

fn row(authority: char) -> usize {
    (authority as usize).wrapping_sub('0' as usize)
}

fn bit(category: char) -> u32 {
    u32::from(category).wrapping_sub(u32::from('0'))
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
                assert_eq!(is_pair(authority, category), listed);
            }
        }
    }
}
