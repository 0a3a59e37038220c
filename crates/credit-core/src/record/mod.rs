//! 信用信息: one record, whatever it is about. What a record of a dataset
//! consists of stands in tables; a record holds values that were read by them.

mod codeset;
mod schema;
mod value;

use std::fmt;

pub use codeset::{Code, CodeSet, Word, code_sets};
pub use schema::{Dataset, Field, FieldKind, HolderRule, datasets};
pub use value::Value;

use crate::date::Date;
use crate::identifier::{Identifier as _, SubjectCode};
use crate::json;
use crate::subject::Source;
use crate::text::compared;

/// Separates the parts of a natural key; no text that was read holds it.
const KEY_SEPARATOR: char = '\u{1f}';

/// 一条信用信息
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What kind it is.
    pub dataset: &'static Dataset,
    /// Who it is about.
    pub holder: Holder,
    /// Where it came from.
    pub source: Source,
    /// One place for each field of the dataset.
    values: Vec<Option<Value>>,
}

/// Who a record is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A subject with a code.
    Subject(SubjectCode),
    /// 自然人: known by a keyed digest of the number and nothing else.
    Person(PersonKey),
    /// Nobody: a table of the district.
    Nobody,
}

/// Keyed digest (HMAC-SM3) of a natural person's document number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonKey(pub [u8; 32]);

/// A stored record that cannot be read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// Its dataset.
    pub dataset: &'static str,
    /// The member that is missing or wrong.
    pub member: String,
}

impl Record {
    /// A record of values in the order of the dataset's fields.
    pub(crate) fn new(
        dataset: &'static Dataset,
        holder: Holder,
        source: Source,
        mut values: Vec<Option<Value>>,
    ) -> Self {
        values.resize(dataset.fields.len(), None);
        Self {
            dataset,
            holder,
            source,
            values,
        }
    }

    /// What the record is listed under: the area of a member, the code of a product.
    #[must_use]
    pub fn topic(&self) -> Option<&Value> {
        self.values.get(self.dataset.topic?)?.as_ref()
    }

    /// The value of the field `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(self.dataset.place(name)?)?.as_ref()
    }

    /// The day in the field `name`.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Date> {
        match self.get(name)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The word in the field `name`, as code.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&'static str> {
        self.words(name).next()
    }

    /// The words in the field `name`, as codes.
    pub fn words(&self, name: &str) -> impl Iterator<Item = &'static str> {
        let words = match self.get(name) {
            Some(Value::Words(words)) => words.as_slice(),
            _ => &[],
        };
        words.iter().map(Word::code)
    }

    /// The fields that have a value.
    pub fn values(&self) -> impl Iterator<Item = (&'static Field, &Value)> {
        let fields = self.dataset.fields.iter().zip(&self.values);
        fields.filter_map(|(field, value)| Some((field, value.as_ref()?)))
    }

    /// What tells this record from the others of its dataset: the holder and
    /// the key fields, as they are compared.
    #[must_use]
    pub fn key(&self) -> String {
        let mut key = self.holder.to_string();
        for place in &self.dataset.key {
            key.push(KEY_SEPARATOR);
            match self.values.get(*place).and_then(Option::as_ref) {
                None => {}
                Some(Value::DocumentNumber(number)) => {
                    key.push_str(number.key().unwrap_or_default());
                }
                Some(Value::Text(text)) => {
                    key.extend(compared(text).map(|(_, character)| character));
                }
                Some(value) => key.push_str(&value.to_stored()),
            }
        }
        key
    }

    /// The values, as they are kept.
    #[must_use]
    pub fn to_json(&self) -> json::Value {
        let members = self.values().map(|(field, value)| {
            let text = json::Value::text(value.to_stored());
            (field.name.to_owned(), text)
        });
        json::Value::Object(members.collect())
    }

    /// Reads what [`Self::to_json`] writes. Members that the dataset no longer
    /// has are left out.
    ///
    /// # Errors
    /// [`RecordError`] names the member that does not fit.
    pub fn from_json(
        dataset: &'static Dataset,
        holder: Holder,
        source: Source,
        body: &json::Value,
    ) -> Result<Self, RecordError> {
        let failed = |member: &str| RecordError {
            dataset: dataset.name,
            member: member.to_owned(),
        };
        let values = dataset.fields.iter().map(|field| {
            let Some(member) = body.get(field.name) else {
                return Ok(None);
            };
            let text = member.as_str().ok_or_else(|| failed(field.name))?;
            let value = Value::from_stored(field.kind, text);
            value.map(Some).ok_or_else(|| failed(field.name))
        });
        let values = values.collect::<Result<_, _>>()?;
        Ok(Self::new(dataset, holder, source, values))
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subject(code) => write!(f, "{code}"),
            Self::Person(key) => write!(f, "{key}"),
            Self::Nobody => Ok(()),
        }
    }
}

impl fmt::Display for PersonKey {
    /// 64 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A digest of a person has no place in a log.
impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey(…)")
    }
}

impl std::str::FromStr for PersonKey {
    type Err = crate::subject::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || crate::subject::UnknownWord("a person's key".to_owned());
        if text.len() != 64 || !text.is_ascii() {
            return Err(unknown());
        }
        let mut key = [0; 32];
        for (byte, place) in key.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[place..place + 2], 16).map_err(|_| unknown())?;
        }
        Ok(Self(key))
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "member '{}' of a record of {} cannot be read",
            self.member, self.dataset
        )
    }
}

impl std::error::Error for RecordError {}
