//! How the numbers of natural persons are shown to others, as `data/masks.txt`
//! has it.

use super::kind::Kind;
use crate::table::table;

const TABLE: &str = table!("../../data/masks.txt");

/// `text` as it may be shown: as it is when the kind is not a person's, else
/// with stars. A person's kind without a row would be stars altogether.
#[must_use]
pub fn masked_number(kind: Kind, text: &str) -> String {
    if !kind.is_personal() {
        return text.to_owned();
    }
    let count = text.chars().count();
    starred(text, kept(kind.word(), count).unwrap_or_default(), HIDDEN)
}

/// 姓名 of a natural person as it may be shown.
#[must_use]
pub fn masked_name(name: &str) -> String {
    let count = name.chars().count();
    starred(name, kept("name", count).unwrap_or_default(), 1)
}

/// `text` with stars between what is kept at both ends; `hidden` characters are
/// hidden at least, so that a short text keeps less.
fn starred(text: &str, (mut left, mut right): (usize, usize), hidden: usize) -> String {
    let count = text.chars().count();
    while left + right > 0 && count < left + right + hidden {
        if left > right {
            left -= 1;
        } else {
            right -= 1;
        }
    }
    text.chars()
        .enumerate()
        .map(|(index, character)| {
            if index < left || index >= count - right {
                character
            } else {
                '*'
            }
        })
        .collect()
}

/// Least characters hidden, where there are as many: 10 000 guesses.
const HIDDEN: usize = 4;

fn kept(kind: &str, count: usize) -> Option<(usize, usize)> {
    TABLE.lines().find_map(|line| {
        let mut columns = line.split('\t');
        let is_kind = columns.next()? == kind;
        let length = columns.next()?;
        let is_row = is_kind && (length == "*" || length.parse() == Ok(count));
        let (left, right) = (columns.next()?, columns.next()?);
        is_row.then_some((left.parse().ok()?, right.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_a_person_has_a_row() {
        for kind in Kind::ALL {
            assert_eq!(
                kept(kind.word(), 18).is_some(),
                kind.is_personal(),
                "{kind}"
            );
        }
    }

    #[test]
    fn stars_hide_the_middle() {
        assert_eq!(
            masked_number(Kind::Id, "120102199001010013"),
            "120102********0013"
        );
        assert_eq!(
            masked_number(Kind::Id, "120102900101001"),
            "120102******001"
        );
        assert_eq!(masked_number(Kind::Mobile, "13800001234"), "138****1234");
        assert_eq!(masked_number(Kind::Passport, "E1234"), "E****");
        assert_eq!(masked_name("张三"), "张*");
        assert_eq!(masked_name("欧阳小明"), "欧**明");
        assert_eq!(masked_name("李"), "*");
        assert_eq!(
            masked_number(Kind::Docno, "津东〔2025〕1号"),
            "津东〔2025〕1号"
        );
    }
}
