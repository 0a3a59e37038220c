//! How the numbers of natural persons are shown to others, as `data/masks.txt`
//! has it.

use super::kind::Kind;

const TABLE: &str = include_str!("../../data/masks.txt");

/// `text` as it may be shown: as it is when the kind is not a person's, else
/// with stars. A person's kind without a row would be stars altogether.
pub(super) fn masked(kind: Kind, text: &str) -> String {
    if !kind.is_personal() {
        return text.to_owned();
    }
    let (left, right) = kept(kind).unwrap_or_default();
    let count = text.chars().count();
    // Numbers too short to hide anything are hidden altogether.
    let (left, right) = if left + right < count {
        (left, right)
    } else {
        (0, 0)
    };
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

fn kept(kind: Kind) -> Option<(usize, usize)> {
    TABLE.lines().find_map(|line| {
        let mut columns = line.split('\t');
        (columns.next()? == kind.word()).then_some(())?;
        Some((columns.next()?.parse().ok()?, columns.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_a_person_has_a_row() {
        for kind in Kind::ALL {
            assert_eq!(kept(kind).is_some(), kind.is_personal(), "{kind}");
        }
    }

    #[test]
    fn stars_hide_the_middle() {
        assert_eq!(masked(Kind::Id, "120102199001010013"), "120102********0013");
        assert_eq!(masked(Kind::Mobile, "13800001234"), "138****1234");
        assert_eq!(masked(Kind::Passport, "E123"), "****");
        assert_eq!(masked(Kind::Docno, "津东〔2025〕1号"), "津东〔2025〕1号");
    }
}
