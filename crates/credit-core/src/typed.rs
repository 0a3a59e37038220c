//! Dates and amounts as people type them into a field. What was understood is
//! shown beside the field, so that a slip is seen before it is sent.

use std::fmt;

use crate::date::{Date, DateError};
use crate::lang::{Lang, Text, text};
use crate::money::Amount;
use crate::text::{fold_width, is_invisible};

/// Most characters of a typed amount or date that are looked at: thirteen digits
/// with separators, a word for the currency and a unit.
const TYPED_MAX_CHARS: usize = 40;

/// Why what was typed is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AmountError {
    /// Not digits with a unit such as 元, 万元 or 亿元.
    Form,
    /// Below zero.
    Negative,
    /// More than two decimals of a yuan.
    Decimals,
    /// A trillion yuan or more.
    Range,
}

/// A yuan has a hundred 分, and no amount of a form is larger than this.
const AMOUNT_MAX_YUAN: i64 = 1_000_000_000_000;

/// Reads a day: `2026-1-5`, `2026/01/05`, `2026.1.5`, `2026 1 5`, `20260105`,
/// `2026年1月5日`, in full-width digits too. A year has four digits: 26-1-5 could be
/// a year or a day.
///
/// # Errors
/// [`DateError`].
pub fn date(typed: &str) -> Result<Date, DateError> {
    let folded = folded(typed).ok_or(DateError::Form)?;
    if let Some(date) = eight_digits(&folded) {
        return date;
    }
    let marks = ['-', '/', '.', ' ', '年', '月', '日', '号'];
    let mut parts = folded.split(marks).filter(|part| !part.is_empty());
    let mut part = |most: usize| {
        let part = parts.next().ok_or(DateError::Form)?;
        let is_number = part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_number.then(|| part.parse::<u16>().ok()).flatten();
        number.ok_or(DateError::Form)
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() || year < 1000 {
        return Err(DateError::Form);
    }
    let [month, day] = [month, day].map(|part| u8::try_from(part).unwrap_or(u8::MAX));
    Date::new(year, month, day)
}

fn eight_digits(folded: &str) -> Option<Result<Date, DateError>> {
    let is_eight = folded.len() == 8 && folded.bytes().all(|byte| byte.is_ascii_digit());
    is_eight.then(|| {
        let part = |from, to| {
            folded
                .get(from..to)
                .and_then(|part: &str| part.parse().ok())
        };
        let year = part(0, 4).ok_or(DateError::Form)?;
        let part = |from, to| {
            folded
                .get(from..to)
                .and_then(|part: &str| part.parse().ok())
        };
        let month = part(4, 6).ok_or(DateError::Form)?;
        Date::new(year, month, part(6, 8).ok_or(DateError::Form)?)
    })
}

/// Reads an amount of renminbi: `1234.5`, `1,234.50元`, `￥300`, `12.5万`,
/// `3亿元`, `人民币五` is none.
///
/// # Errors
/// [`AmountError`].
pub fn amount(typed: &str) -> Result<Amount, AmountError> {
    let folded = folded(typed).ok_or(AmountError::Form)?;
    let mut rest = folded.as_str();
    for word in ["人民币", "RMB", "CNY", "rmb", "cny", "¥", "￥"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    for word in ["整", "圆", "元", "块", "人民币"] {
        rest = rest.strip_suffix(word).unwrap_or(rest).trim_end();
    }
    let (number, scale) = [
        ("万亿", 1_000_000_000_000),
        ("亿", 100_000_000),
        ("万", 10_000),
        ("千", 1_000),
    ]
    .into_iter()
    .find_map(|(unit, scale)| Some((rest.strip_suffix(unit)?, scale)))
    .unwrap_or((rest, 1));
    let number = number.trim();
    if let Some(positive) = number.strip_prefix(['-', '−', '－']) {
        let is_number = Amount::cny(positive, 1).is_some();
        return Err(if is_number {
            AmountError::Negative
        } else {
            AmountError::Form
        });
    }
    if !groups_fit(number) {
        return Err(AmountError::Form);
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b',')
    };
    if whole.is_empty() || !digits(whole) || !digits(fraction) || number.ends_with('.') {
        return Err(AmountError::Form);
    }
    let amount = Amount::cny(number, scale).ok_or(AmountError::Range)?;
    let fen = amount.hundredths().ok_or(AmountError::Decimals)?;
    if fen >= AMOUNT_MAX_YUAN * 100 {
        return Err(AmountError::Range);
    }
    Ok(amount)
}

/// Whether commas stand where people put them: every three digits, or every four.
/// `1,5` may be one and a half, and is not guessed at.
fn groups_fit(number: &str) -> bool {
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    rest.is_empty()
        || [3, 4].into_iter().any(|length| {
            (1..=length).contains(&first.len()) && rest.iter().all(|group| group.len() == length)
        })
}

/// Width folded, outer spaces gone; nothing where it is too long or hides
/// something.
fn folded(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let fits = typed.chars().count() <= TYPED_MAX_CHARS && !typed.chars().any(is_invisible);
    fits.then(|| typed.chars().map(fold_width).collect::<String>())
}

impl AmountError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "amount-form",
            Self::Negative => "amount-negative",
            Self::Decimals => "amount-decimals",
            Self::Range => "amount-range",
        }
    }

    /// The sentence for people.
    #[must_use]
    pub fn sentence(self, lang: Lang) -> &'static str {
        let sentence: Text = match self {
            Self::Form => text(
                "金额应为数字，可带单位，例如 12000、1.2万元",
                "an amount is digits, with a unit if you like: 12000 or 1.2万元",
            ),
            Self::Negative => text("金额不能小于零", "an amount is not below zero"),
            Self::Decimals => text(
                "金额最多到分，即两位小数",
                "an amount has at most two decimals of a yuan",
            ),
            Self::Range => text(
                "金额应小于一万亿元",
                "an amount is below 1 000 000 000 000 yuan",
            ),
        };
        sentence.in_lang(lang)
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence(Lang::En))
    }
}

impl std::error::Error for AmountError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in [
            "2026-1-5",
            "2026-01-05",
            "2026/1/5",
            "2026.01.05",
            "2026 1 5",
            "20260105",
            "2026年1月5日",
            "2026年01月05号",
            " ２０２６－１－５ ",
            "2026. 1. 5.",
        ] {
            assert_eq!(
                date(typed).map(Date::text),
                Ok("2026-01-05".to_owned()),
                "{typed}"
            );
        }
        for (typed, error) in [
            ("", DateError::Form),
            ("26-1-5", DateError::Form),
            ("2026-1", DateError::Form),
            ("5.1.2026", DateError::Form),
            ("2026-1-5-6", DateError::Form),
            ("2026-001-5", DateError::Form),
            ("明天", DateError::Form),
            ("2026-\u{200b}1-5", DateError::Form),
            ("2026-2-30", DateError::NoSuchDay),
            ("20261301", DateError::NoSuchDay),
            ("2026-99-99", DateError::NoSuchDay),
            ("1066-10-14", DateError::Range),
        ] {
            assert_eq!(date(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, label) in [
            ("0", "0元"),
            ("1234.5", "1234.5元"),
            ("1,234.50元", "1234.5元"),
            ("１，２３４", "1234元"),
            ("￥300", "300元"),
            ("¥ 300", "300元"),
            ("人民币300元整", "300元"),
            ("12.5万", "12.5万元"),
            ("3亿元", "30000万元"),
            ("1,2345", "1.2345万元"),
            ("0.01", "0.01元"),
            ("3千", "3000元"),
        ] {
            assert_eq!(
                amount(typed).map(|amount| amount.label(Lang::ZhCn)),
                Ok(label.to_owned()),
                "{typed}"
            );
        }
        for (typed, error) in [
            ("", AmountError::Form),
            ("元", AmountError::Form),
            ("五万", AmountError::Form),
            ("1,5", AmountError::Form),
            ("1.2.3", AmountError::Form),
            ("1e9", AmountError::Form),
            ("12.", AmountError::Form),
            ("NaN", AmountError::Form),
            ("-5", AmountError::Negative),
            ("−5万", AmountError::Negative),
            ("0.001", AmountError::Decimals),
            ("1.0000005万", AmountError::Decimals),
            ("1万亿", AmountError::Range),
            ("99999999999999999999", AmountError::Range),
        ] {
            assert_eq!(amount(typed), Err(error), "{typed}");
        }
    }
}
