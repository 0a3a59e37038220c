//! One text, with everything that can be said of it.

use super::super::suggestion::{Suggestion, suggestions};
use super::super::tables::{Place, meaning, places, warnings};
use super::super::{
    Change, Changes, Identifier, IdentifierError, Kind, Part, PartName, Problem, Warning,
};
use super::with_type_of;
use crate::date::Date;
use crate::json::Value;
use crate::lang::Lang;
use crate::limits::IDENTIFIER_MAX_BYTES;

/// Everything that can be said of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it was checked as.
    pub kind: Kind,
    /// What it is, or what is wrong with it.
    pub outcome: Result<Right, Wrong>,
}

/// A right text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// As it is printed.
    pub value: String,
    /// As it may be shown to others.
    pub masked: String,
    /// What is compared, for kinds that are kept as written.
    pub key: Option<String>,
    /// What was normalised.
    pub changes: Changes,
    /// What is odd about it.
    pub warnings: Vec<Warning>,
    /// What is in it.
    pub parts: Vec<Part>,
}

/// A wrong text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// All that is wrong, the main thing first.
    pub errors: Vec<IdentifierError>,
    /// What may have been meant; only texts that are right and not odd.
    pub suggestions: Vec<Suggestion>,
}

/// Checks `text` as a `kind`.
#[must_use]
pub fn report(kind: Kind, text: &str, today: Date) -> Report {
    let outcome = with_type_of!(kind, outcome_of(text, today));
    Report { kind, outcome }
}

/// Checks bytes as a `kind`; they may be anything.
#[must_use]
pub fn report_bytes(kind: Kind, bytes: &[u8], today: Date) -> Report {
    if bytes.len() > IDENTIFIER_MAX_BYTES {
        return report_too_long(kind, characters(bytes));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => report(kind, text, today),
        Err(error) => wrong(kind, Problem::encoding(error.valid_up_to())),
    }
}

/// The report on a text of so many `characters` that it is not looked at.
#[must_use]
pub fn report_too_long(kind: Kind, characters: usize) -> Report {
    wrong(kind, Problem::length(characters))
}

/// Characters of UTF-8, without reading it: all bytes but continuations.
#[must_use]
pub fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

fn wrong(kind: Kind, problem: Problem) -> Report {
    let outcome = Err(Wrong {
        errors: vec![IdentifierError { kind, problem }],
        suggestions: Vec::new(),
    });
    Report { kind, outcome }
}

fn outcome_of<T: Identifier>(text: &str, today: Date) -> Result<Right, Wrong> {
    match T::read(text, today) {
        Ok(reading) => {
            let value = reading.value;
            Ok(Right {
                value: value.to_string(),
                masked: value.masked(),
                key: value.key().map(str::to_owned),
                changes: reading.changes,
                warnings: warnings(&value),
                parts: value.parts().collect(),
            })
        }
        Err(problems) => Err(Wrong {
            errors: problems.iter().collect(),
            suggestions: suggestions(text, today, |value: &T| warnings(value).is_empty()),
        }),
    }
}

impl Report {
    /// `ok`, `warn` or `error`.
    #[must_use]
    pub fn result(&self) -> &'static str {
        match &self.outcome {
            Ok(right) if right.warnings.is_empty() => "ok",
            Ok(_) => "warn",
            Err(_) => "error",
        }
    }

    /// As JSON: what the command line writes and the npm package gives.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut members = vec![
            member("kind", Value::text(self.kind.word())),
            member("result", Value::text(self.result())),
        ];
        match &self.outcome {
            Ok(right) => members.extend(right.members()),
            Err(wrong) => members.extend([
                member("errors", list(&wrong.errors, error_json)),
                member("suggestions", list(&wrong.suggestions, suggestion_json)),
            ]),
        }
        Value::Object(members)
    }
}

impl Right {
    fn members(&self) -> Vec<(String, Value)> {
        let changes: Vec<Change> = self.changes.iter().collect();
        let mut members = vec![
            member("value", Value::text(&self.value)),
            member("masked", Value::text(&self.masked)),
        ];
        if let Some(key) = &self.key {
            members.push(member("key", Value::text(key)));
        }
        members.extend([
            member(
                "changes",
                list(&changes, |change| Value::text(change.code())),
            ),
            member("warnings", list(&self.warnings, warning_json)),
            member("parts", list(&self.parts, |part| self.part_json(part))),
        ]);
        members
    }

    fn part_json(&self, part: &Part) -> Value {
        let label = part.name.label();
        let meaning = |lang| meaning(&self.parts, part, lang);
        let bilingual = meaning(Lang::ZhCn).zip(meaning(Lang::En)).map(|(zh, en)| {
            Value::object([("zh", Some(Value::text(zh))), ("en", Some(Value::text(en)))])
        });
        let places =
            (part.name == PartName::Division).then(|| list(places(&part.text), place_json));
        Value::object([
            ("name", Some(Value::text(part.name.word()))),
            ("text", Some(Value::text(&*part.text))),
            ("position", Some(position_json(part.position))),
            ("zh", Some(Value::text(label.zh))),
            ("en", Some(Value::text(label.en))),
            ("meaning", bilingual),
            ("places", places),
        ])
    }
}

fn member(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

fn list<T>(items: &[T], json: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(json).collect())
}

fn position_json(position: usize) -> Value {
    Value::Int(i64::try_from(position).unwrap_or(i64::MAX))
}

fn sentence_json(
    code: &str,
    position: Option<usize>,
    expected: Option<char>,
    zh: String,
    en: String,
) -> Value {
    Value::object([
        ("code", Some(Value::text(code))),
        ("position", position.map(position_json)),
        ("expected", expected.map(Value::text)),
        ("zh", Some(Value::text(zh))),
        ("en", Some(Value::text(en))),
    ])
}

fn error_json(error: &IdentifierError) -> Value {
    let IdentifierError { problem, .. } = error;
    let (position, expected) = (problem.position(), problem.expected());
    sentence_json(
        error.code(),
        position,
        expected,
        error.zh(),
        error.to_string(),
    )
}

fn warning_json(warning: &Warning) -> Value {
    let (position, expected) = (warning.position(), warning.expected());
    sentence_json(
        warning.code(),
        position,
        expected,
        warning.zh(),
        warning.to_string(),
    )
}

fn suggestion_json(suggestion: &Suggestion) -> Value {
    Value::object([
        ("value", Some(Value::text(&suggestion.value))),
        ("slip", Some(Value::text(suggestion.slip.code()))),
        ("position", Some(position_json(suggestion.slip.position()))),
    ])
}

fn place_json(place: &Place) -> Value {
    let year = |year: Option<u16>| year.map(|year| Value::Int(year.into()));
    Value::object([
        ("name", Some(Value::text(place.name))),
        ("from", year(place.from)),
        ("until", year(place.until)),
    ])
}
