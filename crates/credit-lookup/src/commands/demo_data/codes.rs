//! Codes and numbers with right check characters that nobody has.

use std::fmt;

use super::random::{Random, Stream};

/// The symbols of 统一社会信用代码 in the order of their values.
const SYMBOLS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// What stands at the third place of the organisation codes of subjects: letters
/// that no registrar has reached yet, so that a synthetic code is nobody's. T is
/// that of the fixed subjects, Y that of the offices.
const UNREACHED: &[u8; 6] = b"PQRUWX";

/// How many subjects can have different codes.
const SPACE: u64 = 6 * 31_u64.pow(5);

/// Prime to [`SPACE`], so that no two numbers below it meet in a code.
const STRIDE: u64 = 86_028_121;

/// 统一社会信用代码 as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code([u8; 18]);

impl Code {
    /// The code of subject `number`.
    pub(super) fn of_subject(seed: u64, number: u32, kind: [u8; 2], division: &str) -> Self {
        let offset = Random::new(seed, Stream::Codes, 0).next() % SPACE;
        let place = (u64::from(number) * STRIDE + offset) % SPACE;
        let mut body = *b"MA000000";
        body[1] = letter(kind[0]);
        let (first, mut rest) = (place % 6, place / 6);
        body[2] = symbol(UNREACHED, first);
        for slot in &mut body[3..] {
            *slot = symbol(SYMBOLS, rest % 31);
            rest /= 31;
        }
        Self::new(kind, division, body)
    }

    /// The code of a public office.
    pub(super) fn of_office(number: usize, kind: [u8; 2], division: &str) -> Self {
        let number = number as u64;
        let mut body = *b"MBY00000";
        body[6] = symbol(SYMBOLS, number / 31 % 31);
        body[7] = symbol(SYMBOLS, number % 31);
        Self::new(kind, division, body)
    }

    /// The code that is known already.
    pub(super) fn fixed(text: &str) -> Self {
        let mut code = [b'0'; 18];
        for (slot, byte) in code.iter_mut().zip(text.bytes()) {
            *slot = byte;
        }
        Self(code)
    }

    fn new(kind: [u8; 2], division: &str, body: [u8; 8]) -> Self {
        let mut code = [b'0'; 18];
        code[..2].copy_from_slice(&kind);
        for (slot, byte) in code[2..8].iter_mut().zip(division.bytes()) {
            *slot = byte;
        }
        code[8..16].copy_from_slice(&body);
        code[16] = organisation_check(&body);
        code[17] = check(&code[..17]);
        Self(code)
    }

    pub(super) fn as_str(&self) -> &str {
        // Nothing but ASCII is put in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// 组织机构代码, places 9 to 17.
    pub(super) fn organisation(&self) -> &str {
        &self.as_str()[8..17]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Second letter of an organisation code, which says who registered it.
fn letter(registrar: u8) -> u8 {
    match registrar {
        b'1' => b'B',
        b'3' => b'D',
        b'5' => b'J',
        b'N' => b'F',
        _ => b'A',
    }
}

fn symbol(symbols: &[u8], value: u64) -> u8 {
    let place = usize::try_from(value).unwrap_or_default();
    symbols.get(place).copied().unwrap_or(b'0')
}

/// GB 11714: weights 3, 7, 9, 10, 5, 8, 4, 2 over digits and letters, mod 11.
fn organisation_check(body: &[u8; 8]) -> u8 {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let values = body.iter().map(|byte| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => u32::from(byte.wrapping_sub(b'A')) + 10,
    });
    let sum: u32 = values.zip(WEIGHTS).map(|(value, one)| value * one).sum();
    b"0X987654321"[sum as usize % 11]
}

/// GB 32100: weights 3^(i−1) mod 31 over the values of the symbols.
fn check(code: &[u8]) -> u8 {
    let mut sum = 0;
    let mut weight = 1;
    for byte in code {
        sum += value(*byte) * weight;
        weight = weight * 3 % 31;
    }
    SYMBOLS[(31 - sum % 31) % 31]
}

/// Value of a symbol; each of I, O, S, V and Z that it is behind takes one off.
fn value(byte: u8) -> usize {
    match byte {
        b'0'..=b'9' => usize::from(byte - b'0'),
        _ => {
            let left_out = b"IOSVZ".iter().filter(|other| **other < byte).count();
            usize::from(byte.wrapping_sub(b'A')) + 10 - left_out
        }
    }
}

/// 居民身份号码 of 17 digits: their check character (ISO 7064 MOD 11-2).
pub(super) fn resident_check(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = values(digits).zip(WEIGHTS).map(|(one, by)| one * by).sum();
    char::from(b"10X98765432"[sum as usize % 11])
}

/// 商品条码: the check digit of 12 digits.
pub(super) fn gtin_check(digits: &str) -> u32 {
    let weights = [1, 3].into_iter().cycle();
    let sum: u32 = values(digits).zip(weights).map(|(one, by)| one * by).sum();
    (10 - sum % 10) % 10
}

fn values(digits: &str) -> impl Iterator<Item = u32> {
    digits
        .bytes()
        .map(|byte| u32::from(byte.wrapping_sub(b'0')))
}

/// Most subjects that have codes of their own.
pub(super) const SUBJECTS_MAX: u32 = 100_000_000;

const _: () = assert!(SUBJECTS_MAX as u64 <= SPACE);
