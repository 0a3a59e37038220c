//! The check characters of the field, each one function.
//!
//! The functions take the characters before the check character and give the
//! one that belongs there.

/// ISO 7064 MOD 11-2 of 17 digits, as in GB 11643: weights 2^(18−i) mod 11.
pub(super) fn mod_11_2(digits: &[u8]) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const SYMBOLS: [u8; 11] = *b"10X98765432";
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| value(*digit) * weight)
        .sum();
    char::from(SYMBOLS[(sum % 11) as usize])
}

/// ISO 7064 MOD 11,10 of 14 digits, as in the registration number of GS 15.
pub(super) fn mod_11_10(digits: &[u8]) -> char {
    let product = digits.iter().fold(10, |product, digit| {
        let sum = match (product + value(*digit)) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    // The product is 1 to 10, never 0: twice 1 to 10 is no multiple of 11.
    digit((11 - product) % 10)
}

/// GS1 mod 10: weights 3 and 1 by turns, 3 at the last place before the check
/// digit.
pub(crate) fn gs1(digits: &[u8]) -> char {
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| value(*digit) * weight)
        .sum();
    digit((10 - sum % 10) % 10)
}

/// GB 11714: weights 3, 7, 9, 10, 5, 8, 4, 2 over digits and letters (A is 10).
pub(super) fn organisation(characters: &[u8]) -> char {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = characters
        .iter()
        .zip(WEIGHTS)
        .map(|(character, weight)| value(*character) * weight)
        .sum();
    char::from(organisation_symbol(sum))
}

/// The check character of GB 11714 for a weighted sum: C = 11 − sum mod 11,
/// with 10 written X and 11 written 0.
pub(super) fn organisation_symbol(sum: u32) -> u8 {
    const SYMBOLS: [u8; 11] = *b"0X987654321";
    SYMBOLS[(sum % 11) as usize]
}

/// Value of a digit or capital, 0 to 35.
fn value(character: u8) -> u32 {
    char::from(character).to_digit(36).unwrap_or_default()
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}
