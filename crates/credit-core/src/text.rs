//! Text as people type it and as it is compared.

use std::fmt::Write as _;

/// Folds full-width forms (全角) to ASCII: `９１Ａ` is `91A`, the ideographic
/// space is a space. This is the part of NFKC that Chinese input methods
/// produce; everything else is left alone.
#[must_use]
pub fn fold_width(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            // The full-width block repeats ASCII 0x21–0x7E at this distance.
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
}

/// Characters that change how text looks without being seen: controls,
/// zero-width characters and bidirectional overrides. They have no place in a
/// name and are how one name is made to look like another.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00ad}'
                | '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// The characters that a search compares: width and case folded, punctuation
/// and spaces dropped, each with its index in `text`.
pub fn compared(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.chars().enumerate().flat_map(|(index, character)| {
        fold_width(character)
            .to_lowercase()
            .filter(|lower| lower.is_alphanumeric())
            .map(move |lower| (index, lower))
    })
}

/// Whether a search finds something to compare in `text`. Pages ask it before they
/// ask the server: without the tables of all letters, which are three kilobytes of a
/// bundle, and [`compared`] has the last word there.
#[must_use]
pub fn is_searchable(text: &str) -> bool {
    text.chars().map(fold_width).any(|character| {
        if character.is_ascii() {
            character.is_ascii_alphanumeric()
        } else {
            // General and CJK punctuation.
            !matches!(character, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}')
        }
    })
}

/// Whether two words are the same to who reads them: width, case and spaces do not
/// count. Signs do: A+ is another grade than A. Letters with a case are Latin ones
/// in every scheme that there is.
#[must_use]
pub fn is_same_word(one: &str, other: &str) -> bool {
    let read = |text: &str| -> String {
        let folded = text.chars().map(fold_width);
        folded
            .filter(|character| !character.is_whitespace())
            .map(|character| character.to_ascii_lowercase())
            .collect()
    };
    read(one) == read(other)
}

/// Cuts `text` after `limit` characters.
#[must_use]
pub fn truncated(text: &str, limit: usize) -> &str {
    text.char_indices()
        .nth(limit)
        .map_or(text, |(end, _)| &text[..end])
}

/// The pieces of `text` between `marks`, which are ASCII. The standard iterators do
/// the same for every pattern of their own, and a small bundle has room for one.
#[must_use]
pub fn pieces<'a>(text: &'a str, marks: &[u8]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (place, byte) in text.bytes().enumerate() {
        if marks.contains(&byte) {
            pieces.extend(text.get(from..place));
            from = place + 1;
        }
    }
    pieces.extend(text.get(from..));
    pieces
}

/// The number that decimal digits tell, and nothing but digits.
#[must_use]
pub fn whole(digits: &str) -> Option<i64> {
    let mut number = (!digits.is_empty()).then_some(0_i64);
    for byte in digits.bytes() {
        let digit = char::from(byte).to_digit(10)?;
        number = number?.checked_mul(10)?.checked_add(digit.into());
    }
    number
}

/// A number in decimal digits, without a formatter on the way: that is what makes
/// small bundles large.
#[must_use]
pub fn decimal(number: i64) -> String {
    let mut digits = Vec::with_capacity(20);
    let mut rest = number.unsigned_abs();
    loop {
        let digit = (rest % 10) as u32;
        digits.push(char::from_digit(digit, 10).unwrap_or('0'));
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}

/// A character as an error shows it: visible ones in quotes, others by number.
/// Letters of other alphabets have both, because many look like Latin ones.
#[must_use]
pub fn shown(character: char) -> String {
    let mut text = String::new();
    if is_invisible(character) || character.is_whitespace() {
        let _ = write!(text, "U+{:04X}", u32::from(character));
    } else {
        let _ = write!(text, "'{character}'");
        // Below the Chinese characters and their punctuation.
        if matches!(character, '\u{80}'..'\u{2e80}') {
            let _ = write!(text, " (U+{:04X})", u32::from(character));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_those_of_the_standard_library() {
        for text in ["", ".", "a.b.c", "..a", "名.称.", "a-b.c"] {
            assert_eq!(pieces(text, b"."), text.split('.').collect::<Vec<_>>());
            let both: Vec<_> = text.split(['.', '-']).collect();
            assert_eq!(pieces(text, b".-"), both);
        }
    }

    #[test]
    fn invisible_characters_are_known() {
        for hidden in ['\u{202e}', '\u{200b}', '\0', '\u{feff}'] {
            assert!(is_invisible(hidden), "{:04X}", u32::from(hidden));
        }
        for seen in ['天', 'A', '（', '·'] {
            assert!(!is_invisible(seen));
        }
    }

    #[test]
    fn words_are_the_same_whatever_their_width_but_not_without_their_signs() {
        assert!(is_same_word("Ａ 级", "a级"));
        assert!(!is_same_word("A+", "A"));
        assert!(!is_same_word("", "A"));
        for (text, expected) in [
            ("", false),
            (" 。，《》-·…", false),
            ("—（）　", false),
            ("海", true),
            ("·a", true),
            ("９", true),
        ] {
            assert_eq!(is_searchable(text), expected, "{text}");
            assert_eq!(compared(text).next().is_some(), expected, "{text}");
        }
    }

    #[test]
    fn truncation_counts_characters() {
        assert_eq!(truncated("天津河东", 2), "天津");
        assert_eq!(truncated("天津", 2), "天津");
    }

    #[test]
    fn numbers_are_written_as_others_write_them() {
        for number in [0, 7, 10, -1, 1_795_400_000, i64::MAX, i64::MIN] {
            assert_eq!(decimal(number), number.to_string());
        }
        for text in ["0", "007", "9223372036854775807", "9223372036854775808"] {
            assert_eq!(whole(text), text.parse().ok());
        }
        for text in ["", "-1", "+1", " 1", "1a", "一"] {
            assert_eq!(whole(text), None);
        }
    }
}
