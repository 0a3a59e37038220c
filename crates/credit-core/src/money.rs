//! Amounts as registries write them.

use std::fmt;
use std::str::FromStr;

use crate::lang::Lang;
use crate::limits::CAPITAL_TEXT_MAX_CHARS;
use crate::name::is_null_marker;
use crate::subject::UnknownWord;
use crate::text::{fold_width, is_invisible};

/// Parts of one currency unit that an amount is counted in: registries give up
/// to four decimals of 万 (10 000), which is whole units.
const PARTS: i64 = 10_000;

/// 注册资本: the text as published and, where it can be read, the amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capital {
    text: String,
    amount: Option<Amount>,
}

/// An amount of money, exact to a ten-thousandth of the currency's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    parts: i64,
    currency: Currency,
}

/// 币种, by ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Currency {
    /// 人民币
    Cny,
    /// 美元
    Usd,
    /// 欧元
    Eur,
    /// 日元
    Jpy,
    /// 港币
    Hkd,
    /// 英镑
    Gbp,
    /// 澳大利亚元
    Aud,
    /// 德国马克, in rows from before 2002
    Dem,
}

/// Words for currencies, longest first where one contains another. A bare 元
/// is 人民币.
const CURRENCIES: [(&str, Currency); 13] = [
    ("人民币元", Currency::Cny),
    ("元人民币", Currency::Cny),
    ("人民币", Currency::Cny),
    ("澳大利亚元", Currency::Aud),
    ("澳元", Currency::Aud),
    ("德国马克", Currency::Dem),
    ("美元", Currency::Usd),
    ("欧元", Currency::Eur),
    ("日元", Currency::Jpy),
    ("港币", Currency::Hkd),
    ("港元", Currency::Hkd),
    ("英镑", Currency::Gbp),
    ("元", Currency::Cny),
];

/// Why a capital text is refused. A text that is merely not understood is kept
/// without an amount instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CapitalError {
    /// More than [`CAPITAL_TEXT_MAX_CHARS`] characters.
    Length {
        /// Characters found.
        found: usize,
    },
    /// A control, zero-width or bidirectional character.
    Invisible,
}

impl Capital {
    /// Reads a cell of a registry; a null marker (`N/A`, `-`) is no capital.
    ///
    /// # Errors
    /// [`CapitalError`] for texts that cannot be kept.
    pub fn parse(text: &str) -> Result<Option<Self>, CapitalError> {
        let trimmed = text.trim();
        if is_null_marker(trimmed) {
            return Ok(None);
        }
        let found = trimmed.chars().count();
        if found > CAPITAL_TEXT_MAX_CHARS {
            return Err(CapitalError::Length { found });
        }
        if trimmed.chars().any(is_invisible) {
            return Err(CapitalError::Invisible);
        }
        Ok(Some(Self {
            text: trimmed.to_owned(),
            amount: read_amount(trimmed),
        }))
    }

    /// The text as published.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as published, to keep.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// The amount, where the text says number, unit and currency.
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        self.amount
    }
}

/// Reads `1,913.2157(万元人民币)`, `13万人民币元`, `18.2人民币元`, `500(万美元)`.
/// Without a word for the currency (`500(万)`, `9.9`) there is no amount.
fn read_amount(text: &str) -> Option<Amount> {
    let folded: String = text
        .chars()
        .map(fold_width)
        .filter(|character| !character.is_whitespace() && !matches!(character, ',' | '(' | ')'))
        .collect();
    let end = folded.find(|character: char| !character.is_ascii_digit() && character != '.')?;
    let (number, unit) = folded.split_at(end);
    let (scale, word) = match unit.strip_prefix('万') {
        Some(rest) => (10_000, rest),
        None => (1, unit),
    };
    let currency = CURRENCIES.iter().find(|(name, _)| *name == word)?.1;
    let parts = read_number(number, scale)?;
    Some(Amount { parts, currency })
}

/// Digits with at most one point between them, times `scale`, as parts.
fn read_number(number: &str, scale: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || fraction.contains('.') || (number.contains('.') && fraction.is_empty()) {
        return None;
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let mut parts = whole
        .parse::<i64>()
        .ok()?
        .checked_mul(PARTS)?
        .checked_mul(scale)?;
    // Eight decimals of 万 are the last that PARTS can hold.
    let mut place = PARTS * scale;
    for digit in fraction.bytes() {
        place /= 10;
        if place == 0 && digit != b'0' {
            return None;
        }
        parts = parts.checked_add(i64::from(digit - b'0') * place)?;
    }
    Some(parts)
}

impl Amount {
    /// Reads a number of yuan, or of 万元 with `scale` 10 000: digits, commas
    /// between thousands, decimals down to a ten-thousandth of a yuan.
    #[must_use]
    pub fn cny(text: &str, scale: i64) -> Option<Self> {
        let number: String = text
            .chars()
            .map(fold_width)
            .filter(|character| !character.is_whitespace() && *character != ',')
            .collect();
        let parts = read_number(&number, scale)?;
        Some(Self {
            parts,
            currency: Currency::Cny,
        })
    }

    /// As people read it: `3.5万元`, `CNY 35000`.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        let wan = PARTS * 10_000;
        match lang {
            Lang::ZhCn if self.currency == Currency::Cny && self.parts >= wan => {
                // Four decimals of 万 are whole yuan.
                let whole = self.parts / wan;
                let rest = format!("{:08}", self.parts % wan);
                match rest.trim_end_matches('0') {
                    "" => format!("{whole}万元"),
                    rest => format!("{whole}.{rest}万元"),
                }
            }
            Lang::ZhCn if self.currency == Currency::Cny => format!("{}元", self.number()),
            _ => format!("{} {}", self.currency.code(), self.number()),
        }
    }

    /// 分: hundredths of the currency's unit, where it is whole ones.
    #[must_use]
    pub fn hundredths(&self) -> Option<i64> {
        let parts = PARTS / 100;
        (self.parts % parts == 0).then_some(self.parts / parts)
    }

    fn number(&self) -> String {
        let whole = self.parts / PARTS;
        let fraction = format!("{:04}", self.parts % PARTS);
        match fraction.trim_end_matches('0') {
            "" => whole.to_string(),
            fraction => format!("{whole}.{fraction}"),
        }
    }

    /// The currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }
}

impl fmt::Display for Amount {
    /// `19132157 CNY`, decimals only where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number(), self.currency.code())
    }
}

impl FromStr for Amount {
    type Err = UnknownWord;

    /// Reads what `Display` writes.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let read = || {
            let (number, code) = text.split_once(' ')?;
            let currency = CURRENCIES.iter().find(|(_, other)| other.code() == code)?.1;
            let parts = read_number(number, 1)?;
            Some(Self { parts, currency })
        };
        read().ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

impl Currency {
    /// ISO 4217 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Jpy => "JPY",
            Self::Hkd => "HKD",
            Self::Gbp => "GBP",
            Self::Aud => "AUD",
            Self::Dem => "DEM",
        }
    }
}

impl CapitalError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "capital-length",
            Self::Invisible => "capital-invisible",
        }
    }
}

impl fmt::Display for CapitalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { found } => write!(
                f,
                "capital has {found} characters, at most {CAPITAL_TEXT_MAX_CHARS} are allowed"
            ),
            Self::Invisible => f.write_str("invisible character in the capital"),
        }
    }
}

impl std::error::Error for CapitalError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_is_read_in_every_spelling_that_registries_use() {
        for (text, expected) in [
            ("1,913.2157(万元人民币)", Some("19132157 CNY")),
            ("216(万元人民币)", Some("2160000 CNY")),
            ("50(万元)", Some("500000 CNY")),
            ("500万人民币", Some("5000000 CNY")),
            ("13万人民币元", Some("130000 CNY")),
            ("18.2人民币元", Some("18.2 CNY")),
            ("100万元人民币", Some("1000000 CNY")),
            ("100元人民币", Some("100 CNY")),
            ("1,000(万美元)", Some("10000000 USD")),
            ("15(万澳大利亚元)", Some("150000 AUD")),
            ("0.00005(万欧元)", Some("0.5 EUR")),
            ("５０（万元）", Some("500000 CNY")),
            ("500(万)", None),
            ("9.9", None),
            ("万元", None),
            ("1.2.3万元", None),
            (".5万元", None),
            ("5.万元", None),
            ("99999999999999999999万元", None),
            ("0.000000001万元", None),
        ] {
            let capital = Capital::parse(text).unwrap().unwrap();
            assert_eq!(capital.text(), text);
            let amount = capital.amount().map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), expected, "{text}");
        }
        assert_eq!(Capital::parse("N/A"), Ok(None));
        assert_eq!(Capital::parse("-"), Ok(None));
        assert_eq!(
            Capital::parse("5\u{202e}万").unwrap_err().code(),
            "capital-invisible"
        );
        assert_eq!(
            Capital::parse(&"9".repeat(65)).unwrap_err().code(),
            "capital-length"
        );
    }
}
