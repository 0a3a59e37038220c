//! Numbers of a workbook as a CSV would have them. Not by way of floats, whose tables
//! are fifteen kilobytes of a bundle: a workbook shows fifteen digits, and what it
//! writes beyond is how far a float is from them.

/// Digits that a workbook keeps.
const DIGITS: usize = 15;

/// Longest number that is read, in bytes, and the exponents of floats.
const LENGTH_MAX: usize = 400;
const EXPONENT_MAX: i32 = 400;

/// Days from 1899-01-01 to 1899-12-31, which is day 0, and to 1904-01-01.
const TO_1900: i64 = 364;
const TO_1904: i64 = 1_825;

/// 9999-12-31, the last day that a workbook can hold.
const LAST: i64 = 2_958_465;

/// A number: `0.digits` times ten to the power.
struct Decimal {
    is_negative: bool,
    /// At most fifteen, the first and the last of them not 0; none for 0.
    digits: Vec<u8>,
    power: i32,
}

/// The text of a number; `is_day` where its style shows a day.
pub(super) fn text(said: &str, is_day: bool, is_1904: bool) -> String {
    let Some(number) = Decimal::read(said.trim()) else {
        return said.to_owned();
    };
    if is_day && let Some(day) = number.day(is_1904) {
        return day;
    }
    number.text()
}

impl Decimal {
    fn read(said: &str) -> Option<Self> {
        let (is_negative, rest) = match said.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, said.strip_prefix('+').unwrap_or(said)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (rest, 0_i32),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = mantissa.len() <= LENGTH_MAX
            && whole.len() + part.len() > 0
            && exponent.abs() <= EXPONENT_MAX
            && whole
                .bytes()
                .chain(part.bytes())
                .all(|byte| byte.is_ascii_digit());
        if !is_number {
            return None;
        }
        let all = whole.bytes().chain(part.bytes()).map(|byte| byte - b'0');
        let zeros = all.clone().take_while(|digit| *digit == 0).count();
        let mut digits: Vec<u8> = all.skip(zeros).collect();
        let lengths = i32::try_from(whole.len()).ok()? - i32::try_from(zeros).ok()?;
        let mut power = lengths + exponent;
        let is_up = digits.get(DIGITS).is_some_and(|digit| *digit >= 5);
        digits.truncate(DIGITS);
        if is_up {
            while digits.last() == Some(&9) {
                digits.pop();
            }
            match digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    digits.push(1);
                    power += 1;
                }
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Some(Self {
            is_negative,
            digits,
            power,
        })
    }

    fn text(&self) -> String {
        let mut text = String::new();
        if self.digits.is_empty() {
            return "0".to_owned();
        }
        if self.is_negative {
            text.push('-');
        }
        let digit = |digit: &u8| char::from(b'0' + digit);
        let whole = usize::try_from(self.power).unwrap_or_default();
        // Beyond fifteen digits a workbook has rounded: this is no code any more,
        // and may not look like one.
        if whole > DIGITS {
            let (first, rest) = self.digits.split_at(1);
            text.extend(first.iter().map(digit));
            if !rest.is_empty() {
                text.push('.');
                text.extend(rest.iter().map(digit));
            }
            text.push('e');
            return text + &(whole - 1).to_string();
        }
        let padded = self.digits.iter().chain(std::iter::repeat(&0));
        text.extend(padded.take(whole).map(digit));
        if whole == 0 {
            text.push('0');
        }
        if self.digits.len() > whole {
            text.push('.');
            let zeros = usize::try_from(-self.power).unwrap_or_default();
            text.extend(std::iter::repeat_n('0', zeros));
            text.extend(self.digits.iter().skip(whole).map(digit));
        }
        text
    }

    /// The day that a number of days stands for; the core's calendar is too short for
    /// what a workbook can hold.
    fn day(&self, is_1904: bool) -> Option<String> {
        if self.is_negative || self.power > 7 {
            return None;
        }
        let whole = usize::try_from(self.power).unwrap_or_default();
        let padded = self.digits.iter().chain(std::iter::repeat(&0));
        let days = padded
            .take(whole)
            .fold(0, |days, digit| days * 10 + i64::from(*digit));
        // What is half a millisecond before midnight is the next day.
        let nines = self.digits.iter().skip(whole);
        let is_late = self.power >= 0 && nines.take_while(|digit| **digit == 9).count() >= 8;
        let days = days + i64::from(is_late);
        if days > LAST {
            return None;
        }
        Some(written(match days {
            days if is_1904 => days + TO_1904,
            // Lotus 1-2-3 had a 29th of February in 1900, and so has every workbook.
            60.. => days - 1 + TO_1900,
            days => days + TO_1900,
        }))
    }
}

/// The day so many days after 1899-01-01.
fn written(days: i64) -> String {
    let (mut year, mut left) = (1899, days);
    let leap = |year: i64| i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    while left >= 365 + leap(year) {
        left -= 365 + leap(year);
        year += 1;
    }
    let february = 28 + leap(year);
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while left >= lengths[month] {
        left -= lengths[month];
        month += 1;
    }
    format!("{year:04}-{:02}-{:02}", month + 1, left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_would() {
        for (said, is_day, expected) in [
            ("45425", true, "2024-05-13"),
            ("45425.9999999999", true, "2024-05-14"),
            ("45425.5", true, "2024-05-13"),
            ("61", true, "1900-03-01"),
            ("59", true, "1900-02-28"),
            ("1", true, "1900-01-01"),
            ("0.5", true, "1899-12-31"),
            ("-1", true, "-1"),
            ("2958465", true, "9999-12-31"),
            ("2958466", true, "2958466"),
            ("45425", false, "45425"),
            ("45425.0", false, "45425"),
            ("4.5425E4", false, "45425"),
            ("100", false, "100"),
            ("1.20102199001010013E17", false, "1.2010219900101e17"),
            ("9.1120102e17", false, "9.1120102e17"),
            ("999999999999999", false, "999999999999999"),
            ("1000000000000000", false, "1e15"),
            ("999999999999999.9", false, "1e15"),
            ("0.10000000000000001", false, "0.1"),
            ("0.29999999999999999", false, "0.3"),
            ("1.5E-3", false, "0.0015"),
            ("12.5", false, "12.5"),
            ("-12.50", false, "-12.5"),
            ("0", false, "0"),
            ("-0.0", false, "0"),
            ("abc", false, "abc"),
            ("1e999", false, "1e999"),
            (".", false, "."),
            ("1e", false, "1e"),
            ("", true, ""),
        ] {
            assert_eq!(text(said, is_day, false), expected, "{said}");
        }
        assert_eq!(text("43963", true, true), "2024-05-13");
    }
}
