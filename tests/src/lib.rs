#![doc = include_str!("../README.md")]

use credit_core::identifier::{Uscc, UsccError};
use serde::Deserialize;

/// A line of `vectors/uscc.json`.
#[derive(Debug, Deserialize)]
pub struct UsccVector {
    /// As somebody writes it.
    pub input: String,
    /// As it is kept, when it is right.
    pub code: Option<String>,
    /// Warnings of a right one.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Code of what is wrong.
    pub error: Option<String>,
    /// The sentence, where it is pinned.
    pub sentence: Option<String>,
}

/// The vectors of 统一社会信用代码.
#[must_use]
pub fn uscc_vectors() -> Vec<UsccVector> {
    serde_json::from_str(include_str!("../vectors/uscc.json")).unwrap_or_default()
}

/// What is wrong with the implementation on `vector`; nothing, if it is right.
#[must_use]
pub fn check_uscc(vector: &UsccVector) -> Option<String> {
    let found: Result<Uscc, UsccError> = vector.input.parse();
    let matches = match &found {
        Ok(code) => {
            let warnings: Vec<&str> = code.warnings().map(|warning| warning.code()).collect();
            vector.code.as_deref() == Some(code.as_str()) && warnings == vector.warnings
        }
        Err(error) => {
            vector.error.as_deref() == Some(error.code())
                && vector
                    .sentence
                    .as_ref()
                    .is_none_or(|sentence| *sentence == error.to_string())
        }
    };
    (!matches).then(|| format!("{vector:?} gave {found:?}"))
}
