//! Invented natural persons. Their names have 天干 and 地支 in them and their
//! numbers are of divisions where nobody is registered (市辖区 and 县 as such)
//! with serial number 000, which is not given, so that none is anybody's.

use std::fmt::Write as _;

use credit_core::date::Date;

use super::codes;
use super::days::day;
use super::random::{Random, Stream};
use super::words::vocabulary;

/// An invented person.
pub(super) struct Person {
    pub(super) name: String,
    /// 证件类型
    pub(super) document: &'static str,
    pub(super) number: String,
}

const DIVISIONS: [&str; 4] = ["120100", "120200", "110100", "310100"];

/// Days among which the birthdays are, from 1955-01-01 on: fifty years.
const BIRTHDAYS: u32 = 18_250;

/// How many residents there are.
const RESIDENTS: u32 = 4 * BIRTHDAYS;

impl Person {
    /// Resident `number`. After [`RESIDENTS`] the same ones come again.
    pub(super) fn resident(seed: u64, number: u32) -> Self {
        let number = number % RESIDENTS;
        let division = DIVISIONS[(number / BIRTHDAYS) as usize % DIVISIONS.len()];
        let days = i64::from(number % BIRTHDAYS * 7_919 % BIRTHDAYS);
        let birth = day("1955-01-01").plus_days(days).unwrap_or(Date::EPOCH);
        let mut digits = format!("{division}{birth}000");
        digits.retain(|character| character != '-');
        digits.push(codes::resident_check(&digits));
        Self {
            name: name(seed, number),
            document: "身份证",
            number: digits,
        }
    }

    /// Traveller `number`.
    pub(super) fn traveller(seed: u64, number: u32) -> Self {
        Self {
            name: name(seed, u32::MAX - number),
            document: "护照",
            number: format!("EX{:07}", number + 1),
        }
    }
}

fn name(seed: u64, number: u32) -> String {
    let mut name = String::new();
    push_name(&mut Random::new(seed, Stream::Person, number), &mut name);
    name
}

/// A name: 张示川, 欧阳丙.
pub(super) fn push_name(random: &mut Random, name: &mut String) {
    let words = vocabulary();
    let surname = random.pick(&words.surnames);
    let given = random.pick(&words.given);
    let end = if random.chance(750) {
        random.pick(&words.given_ends)
    } else {
        ""
    };
    // Writing to a text never fails.
    let _ = write!(name, "{surname}{given}{end}");
}
