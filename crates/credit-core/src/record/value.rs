//! What a field holds.

use super::codeset::Word;
use super::schema::FieldKind;
use crate::date::Date;
use crate::identifier::{DocumentNumber, Identifier as _, SubjectCode};
use crate::lang::Lang;
use crate::money::Amount;

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, also masked names and numbers, codes of this kind and that.
    Text(String),
    /// A day.
    Date(Date),
    /// 长期: no end.
    OpenEnd,
    /// An amount.
    Amount(Amount),
    /// 统一社会信用代码
    Code(SubjectCode),
    /// 文书号
    DocumentNumber(DocumentNumber),
    /// Words of a set.
    Words(Vec<Word>),
}

/// How an open end is kept.
const OPEN_END: &str = "open";

/// Separates words that are kept; words of a source lose it.
const WORD_SEPARATOR: char = ';';

impl Value {
    /// As it is kept.
    #[must_use]
    pub fn to_stored(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::OpenEnd => OPEN_END.to_owned(),
            Self::Amount(amount) => amount.to_string(),
            Self::Code(code) => code.to_string(),
            Self::DocumentNumber(number) => number.to_string(),
            Self::Words(words) => {
                let words: Vec<String> = words
                    .iter()
                    .map(|word| word.to_stored().replace(WORD_SEPARATOR, ","))
                    .collect();
                words.join(&WORD_SEPARATOR.to_string())
            }
        }
    }

    /// Reads what [`Self::to_stored`] writes.
    #[must_use]
    pub fn from_stored(kind: FieldKind, text: &str) -> Option<Self> {
        Some(match kind {
            FieldKind::Date | FieldKind::OpenDate if text == OPEN_END => Self::OpenEnd,
            FieldKind::Date | FieldKind::OpenDate => Self::Date(text.parse().ok()?),
            FieldKind::Wan | FieldKind::Yuan => Self::Amount(text.parse().ok()?),
            FieldKind::HolderCode | FieldKind::UnitCode => {
                Self::Code(SubjectCode::as_published(text).ok()?)
            }
            FieldKind::DocumentNumber => {
                let reading = DocumentNumber::read(text, Date::EPOCH).ok()?;
                Self::DocumentNumber(reading.value)
            }
            FieldKind::Word(set) | FieldKind::Words(set) => {
                let words = text.split(WORD_SEPARATOR);
                let words = words.map(|word| set.from_stored(word));
                Self::Words(words.collect::<Option<_>>()?)
            }
            FieldKind::HolderName
            | FieldKind::PersonNumber
            | FieldKind::PersonName
            | FieldKind::Text(_)
            | FieldKind::Unit(_)
            | FieldKind::Pledge
            | FieldKind::Percent
            | FieldKind::Count
            | FieldKind::Url
            | FieldKind::Id(_) => Self::Text(text.to_owned()),
        })
    }

    /// As people read it.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        match self {
            Self::OpenEnd => match lang {
                Lang::ZhCn => "长期".to_owned(),
                Lang::En => "no end".to_owned(),
            },
            Self::Amount(amount) => amount.label(lang),
            Self::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| word.label(lang)).collect();
                words.join(match lang {
                    Lang::ZhCn => "、",
                    Lang::En => ", ",
                })
            }
            other => other.to_stored(),
        }
    }
}
