//! 产品追溯码: what kind of code stands on a product, what it says of itself, and by
//! what it is looked up. Window and server ask the same function, so that a product
//! is found by any form of its code.

mod element;
mod places;
mod problem;

pub use places::{Place, places};
pub use problem::TraceError;

use self::element::Elements;
use crate::identifier::{gs1, is_separator};
use crate::lang::{Lang, Text, text};
use crate::limits::{IDENTIFIER_MAX_BYTES, TRACE_CODE_MAX_CHARS};
use crate::text::{fold_width, is_invisible};

/// Digits of 有机码, of 药品追溯码 and of the 药品标识码 that it begins with.
const ORGANIC_DIGITS: usize = 17;
const DRUG_DIGITS: usize = 20;
const DRUG_ID_DIGITS: usize = 7;

/// Digits of a GTIN with all its zeros.
const GTIN_DIGITS: usize = 14;

/// 追溯码类别, by the words of the code set `trace-code-kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceKind {
    /// 商品条码
    Gtin,
    /// 有机码
    Organic,
    /// 药品追溯码
    DrugTrace,
    /// 医疗器械唯一标识
    Udi,
    /// 承诺达标合格证
    Conformity,
    /// Any other, as published.
    Other,
}

/// What a code says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TracePart {
    /// 商品条码, with all its zeros.
    Item,
    /// 批号
    Batch,
    /// 序列号
    Serial,
    /// 生产日期
    Produced,
    /// 保质期至
    BestBefore,
    /// 有效期至
    Expires,
    /// 药品标识码
    Drug,
    /// 认证机构代码
    Certifier,
    /// 年份
    Year,
}

/// A tracing code that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceCode {
    kinds: Vec<TraceKind>,
    keys: Vec<String>,
    parts: Vec<(TracePart, String)>,
}

impl TraceKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Gtin,
        Self::Organic,
        Self::DrugTrace,
        Self::Udi,
        Self::Conformity,
        Self::Other,
    ];

    /// Its word in the code set.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Gtin => "gtin",
            Self::Organic => "organic",
            Self::DrugTrace => "drug-trace",
            Self::Udi => "udi",
            Self::Conformity => "conformity",
            Self::Other => "other",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Gtin => text("商品条码", "GTIN"),
            Self::Organic => text("有机码", "organic code"),
            Self::DrugTrace => text("药品追溯码", "drug trace code"),
            Self::Udi => text("医疗器械唯一标识", "unique device identification"),
            Self::Conformity => text("承诺达标合格证", "certificate of pledged conformity"),
            Self::Other => text("其他追溯码", "another tracing code"),
        }
    }
}

impl TracePart {
    /// Stable word for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Item => "item14",
            Self::Batch => "batch",
            Self::Serial => "serial",
            Self::Produced => "produced",
            Self::BestBefore => "best-before",
            Self::Expires => "expires",
            Self::Drug => "drug",
            Self::Certifier => "certifier",
            Self::Year => "year",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Item => text("商品条码（14位）", "GTIN, 14 digits"),
            Self::Batch => text("批号", "Batch"),
            Self::Serial => text("序列号", "Serial number"),
            Self::Produced => text("生产日期", "Produced on"),
            Self::BestBefore => text("保质期至", "Best before"),
            Self::Expires => text("有效期至", "Expires on"),
            Self::Drug => text("药品标识码", "Drug id"),
            Self::Certifier => text("认证机构代码", "Certifier"),
            Self::Year => text("年份（末两位）", "Year, two digits"),
        }
    }
}

impl TraceCode {
    /// What it may be, the likeliest first; never empty.
    #[must_use]
    pub fn kinds(&self) -> &[TraceKind] {
        &self.kinds
    }

    /// By what it is looked up, one after the other: as written, then its other
    /// forms. Never empty, and never more than six.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// What it says of itself.
    #[must_use]
    pub fn parts(&self) -> &[(TracePart, String)] {
        &self.parts
    }

    /// What it says of this.
    #[must_use]
    pub fn part(&self, part: TracePart) -> Option<&str> {
        let found = self.parts.iter().find(|(other, _)| *other == part);
        found.map(|(_, value)| value.as_str())
    }

    /// What it was recognised as, in a sentence.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let mut sentence = text("识别为", "Recognised as ").in_lang(lang).to_owned();
        for (place, kind) in self.kinds.iter().enumerate() {
            if place > 0 {
                sentence.push_str(text("，也可能是", "; it may also be ").in_lang(lang));
            }
            sentence.push_str(kind.label().in_lang(lang));
        }
        sentence.push_str(text("。", ".").in_lang(lang));
        sentence
    }

    fn new(kinds: &[TraceKind], written: &str) -> Self {
        Self {
            kinds: kinds.to_vec(),
            keys: vec![written.to_owned()],
            parts: Vec::new(),
        }
    }

    fn key(&mut self, key: &str) {
        if !self.keys.iter().any(|other| other == key) {
            self.keys.push(key.to_owned());
        }
    }

    /// The forms in which a GTIN of 14 digits is written: the usual one first.
    fn item(&mut self, item14: &str) {
        for zeros in [1, 0, 2, 6] {
            let (front, form) = item14.split_at(zeros);
            if "000000".starts_with(front) {
                self.key(form);
            }
        }
        self.parts.push((TracePart::Item, item14.to_owned()));
    }

    fn elements(mut self, elements: Elements) -> Result<Self, TraceError> {
        let item = elements.iter().find(|(part, _)| *part == TracePart::Item);
        let (_, item) = item.ok_or(TraceError::Item)?;
        self.item(item);
        let others = elements.into_iter();
        self.parts
            .extend(others.filter(|(part, _)| *part != TracePart::Item));
        Ok(self)
    }
}

/// What `text`, as somebody typed, pasted or scanned it, is.
///
/// # Errors
/// [`TraceError`] where it says what it is and is none, such as a GTIN with another
/// check digit, or where nothing of it can be looked up.
pub fn recognise(text: &str) -> Result<TraceCode, TraceError> {
    if text.len() > IDENTIFIER_MAX_BYTES {
        return Err(TraceError::Length(text.chars().count()));
    }
    let folded: String = text.chars().map(fold).collect();
    let seen = only(&folded, |one| {
        one == element::SEPARATOR || one.is_whitespace() || !is_invisible(one)
    });
    let written = without_label(&seen);
    let compact = only(written, |one| !one.is_whitespace());
    if compact.is_empty() {
        return Err(TraceError::Length(0));
    }
    let digits = only(&compact, |one| !is_separator(one));
    if !digits.is_empty() && is_number(&digits) {
        return number(written, &digits);
    }
    let mut code = TraceCode::new(&[TraceKind::Gtin], written);
    code.key(&compact);
    if let Some(elements) = element::link(&compact) {
        return code.elements(elements?);
    }
    if element::is_string(&compact) {
        code.kinds.push(TraceKind::Udi);
        return code.elements(element::string(&compact)?);
    }
    // Without a mark in front it is one only if all of it is.
    if let Some(elements) = element::unmarked(&compact) {
        code.kinds.push(TraceKind::Udi);
        return code.elements(elements);
    }
    let count = written.chars().count();
    if count > TRACE_CODE_MAX_CHARS {
        return Err(TraceError::Length(count));
    }
    // MA is 中关村工信二维码技术研究院, 156 China, M0 a medical device.
    code.kinds = match compact.get(..9) {
        Some(begin) if begin.eq_ignore_ascii_case("MA.156.M0") => vec![TraceKind::Udi],
        // 承诺达标合格证 have no form of their own.
        _ => vec![TraceKind::Other, TraceKind::Conformity],
    };
    Ok(code)
}

fn number(written: &str, digits: &str) -> Result<TraceCode, TraceError> {
    let one = |kind| {
        let mut code = TraceCode::new(&[kind], written);
        code.key(digits);
        code
    };
    let elements = element::unmarked(digits);
    Ok(match digits.len() {
        8 | 12 | 13 | GTIN_DIGITS => {
            let item = item14(digits)?;
            let mut code = one(TraceKind::Gtin);
            code.item(&item);
            code
        }
        ORGANIC_DIGITS => {
            let mut code = one(TraceKind::Organic);
            code.parts
                .push((TracePart::Certifier, digits[..3].to_owned()));
            code.parts.push((TracePart::Year, digits[3..5].to_owned()));
            code
        }
        DRUG_DIGITS => {
            let mut code = one(TraceKind::DrugTrace);
            let id = digits[..DRUG_ID_DIGITS].to_owned();
            code.parts.push((TracePart::Drug, id));
            match elements {
                Some(elements) => {
                    code.kinds.push(TraceKind::Gtin);
                    code.elements(elements)?
                }
                None => code,
            }
        }
        _ => match elements {
            Some(elements) => {
                let mut code = one(TraceKind::Gtin);
                code.kinds.push(TraceKind::Udi);
                code.elements(elements)?
            }
            None if digits.len() > TRACE_CODE_MAX_CHARS => {
                return Err(TraceError::Length(digits.len()));
            }
            None => {
                let mut code = one(TraceKind::Other);
                code.kinds.push(TraceKind::Conformity);
                code
            }
        },
    })
}

/// The GTIN with all its zeros, if the last digit is the one that belongs there.
fn item14(digits: &str) -> Result<String, TraceError> {
    let (body, found) = digits.split_at(digits.len() - 1);
    let expected = gs1(body.as_bytes());
    if !found.starts_with(expected) {
        return Err(TraceError::Checksum {
            number: digits.to_owned(),
            expected,
        });
    }
    let zeros = "00000000000000";
    Ok([&zeros[digits.len()..], digits].concat())
}

/// Width folded; the separator of GS1 is what terminals show it as, too.
fn fold(character: char) -> char {
    match character {
        '\u{241d}' => element::SEPARATOR,
        other => fold_width(other),
    }
}

/// The characters of `text` that are wanted.
fn only(text: &str, is_wanted: fn(char) -> bool) -> String {
    text.chars().filter(|one| is_wanted(*one)).collect()
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Without the words that stand before a code on a label: 有机码：….
fn without_label(written: &str) -> &str {
    let written = written.trim();
    match written.split_once(':') {
        Some((label, code)) if !label.is_empty() && !label.bytes().any(|byte| byte.is_ascii()) => {
            code.trim()
        }
        _ => written,
    }
}

#[cfg(test)]
mod tests;
