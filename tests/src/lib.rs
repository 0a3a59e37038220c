#![doc = include_str!("../README.md")]

#[cfg(not(target_arch = "wasm32"))]
pub mod postgres;
#[cfg(not(target_arch = "wasm32"))]
pub mod program;

use std::collections::BTreeMap;

use credit_core::date::Date;
use credit_core::identifier::Kind;
use credit_core::identifier::check::{Report, report};
use serde::Deserialize;

/// A line of `vectors/KIND.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// As somebody writes it.
    pub input: String,
    /// As it is printed, when it is right.
    pub value: Option<String>,
    /// Warnings of a right one.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// What was normalised in a right one.
    #[serde(default)]
    pub changes: Vec<String>,
    /// Pieces of a right one, where they are pinned.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
    /// Codes of what is wrong, the main one first.
    #[serde(default)]
    pub errors: Vec<String>,
    /// Where the main error is, where that is pinned.
    pub position: Option<usize>,
    /// The check character that belongs there, where that is pinned.
    pub expected: Option<char>,
    /// The sentence of the main error, where that is pinned.
    pub sentence: Option<String>,
    /// Texts that have to be among the suggestions; none at all for an empty
    /// list.
    pub suggests: Option<Vec<String>>,
    /// Why it is there.
    pub why: Option<String>,
}

impl Vector {
    /// What the command line says of it after the tab.
    #[must_use]
    pub fn verdict(&self) -> String {
        match self.errors.first() {
            Some(error) => format!("error:{error}"),
            None if self.warnings.is_empty() => "ok".to_owned(),
            None => format!("warn:{}", self.warnings.join(",")),
        }
    }
}

macro_rules! vector_files {
    ($($kind:ident => $file:literal),* $(,)?) => {
        /// The vectors of `kind`.
        #[must_use]
        pub fn vectors(kind: Kind) -> Vec<Vector> {
            let text = match kind {
                $(Kind::$kind => include_str!(concat!("../vectors/", $file, ".json")),)*
                _ => "",
            };
            serde_json::from_str(text).unwrap_or_default()
        }
    };
}

vector_files! {
    Uscc => "uscc",
    Org => "org",
    Regno => "regno",
    Id => "id",
    Permit => "permit",
    Fpr => "fpr",
    Passport => "passport",
    TravelPermit => "travel-permit",
    Mobile => "mobile",
    Division => "division",
    Docno => "docno",
    Pledge => "pledge",
    Gtin => "gtin",
    Organic => "organic",
}

/// What is wrong with the implementation on `vector`; nothing, if it is right.
#[must_use]
pub fn check(kind: Kind, vector: &Vector, today: Date) -> Option<String> {
    let found = report(kind, &vector.input, today);
    let problem = difference(&found, vector)?;
    Some(format!("{kind} {vector:?}\n  {problem}, gave {found:?}"))
}

fn difference(found: &Report, vector: &Vector) -> Option<&'static str> {
    let unless = |holds: bool, problem| (!holds).then_some(problem);
    match &found.outcome {
        Ok(right) => {
            let warnings: Vec<&str> = right.warnings.iter().map(|one| one.code()).collect();
            let changes: Vec<&str> = right.changes.iter().map(|one| one.code()).collect();
            let holds = |(name, text): (&String, &String)| match name.as_str() {
                "key" => right.key.as_ref() == Some(text),
                name => right
                    .parts
                    .iter()
                    .any(|part| part.name.word() == name && *part.text == **text),
            };
            unless(vector.value.as_ref() == Some(&right.value), "value")
                .or(unless(warnings == vector.warnings, "warnings"))
                .or(unless(changes == vector.changes, "changes"))
                .or(unless(vector.parts.iter().all(holds), "parts"))
        }
        Err(wrong) => {
            let mut codes: Vec<&str> = wrong.errors.iter().map(|error| error.code()).collect();
            codes.dedup();
            let main = wrong.errors.first()?;
            let position = main.problem.position();
            let expected = main.problem.expected();
            let sentence = main.to_string();
            let suggested: Vec<&str> = wrong
                .suggestions
                .iter()
                .map(|suggestion| suggestion.value.as_str())
                .collect();
            let suggests = match vector.suggests.as_deref() {
                None => true,
                Some([]) => suggested.is_empty(),
                Some(wanted) => wanted.iter().all(|one| suggested.contains(&one.as_str())),
            };
            unless(codes == vector.errors, "errors")
                .or(unless(
                    vector.position.is_none_or(|one| Some(one) == position),
                    "position",
                ))
                .or(unless(
                    vector.expected.is_none_or(|one| Some(one) == expected),
                    "expected",
                ))
                .or(unless(
                    vector.sentence.as_ref().is_none_or(|one| *one == sentence),
                    "sentence",
                ))
                .or(unless(suggests, "suggestions"))
        }
    }
}
