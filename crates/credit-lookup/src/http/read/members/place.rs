//! The order of places: 2号楼 stands before 10号楼.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

use credit_core::text::fold_width;

/// How two places follow each other: numbers by what they come to, everything else by
/// character. Places that differ by zeros in front alone are equal.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let order = match (digit(&mut one), digit(&mut other)) {
            (Some(_), Some(_)) => {
                let (first, second) = (number(&mut one), number(&mut other));
                let by_length = first.len().cmp(&second.len());
                by_length.then_with(|| first.cmp(&second))
            }
            _ => match (one.next(), other.next()) {
                (None, None) => return Ordering::Equal,
                (first, second) => first.map(fold_width).cmp(&second.map(fold_width)),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The digit that comes next, if one does.
fn digit(text: &mut Peekable<Chars<'_>>) -> Option<char> {
    let folded = fold_width(*text.peek()?);
    folded.is_ascii_digit().then_some(folded)
}

/// Takes a number, of any length, without the zeros in front.
fn number(text: &mut Peekable<Chars<'_>>) -> String {
    let mut taken = String::new();
    while let Some(digit) = digit(text) {
        text.next();
        if digit != '0' || !taken.is_empty() {
            taken.push(digit);
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_by_what_they_come_to() {
        let places = [
            "",
            "1号楼2室",
            "1号楼10室",
            "2号楼1室",
            "１０号楼1室",
            "10号楼01室A",
            "123456789012345678901234567890号",
            "A座9",
            "A座303",
            "B座",
        ];
        for (place, one) in places.iter().enumerate() {
            for (other_place, other) in places.iter().enumerate() {
                let wanted = place.cmp(&other_place);
                assert_eq!(compare(one, other), wanted, "{one} {other}");
            }
        }
        assert_eq!(compare("007号", "7号"), Ordering::Equal);
    }
}
