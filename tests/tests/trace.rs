//! The vectors of tracing codes, natively and in a browser's wasm.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::collections::BTreeMap;

use credit_core::lang::Lang;
use credit_core::trace::{TraceCode, TraceError, recognise};
use serde::Deserialize;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const VECTORS: &str = include_str!("../vectors-trace.json");

/// A line of the vectors.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    /// As somebody types, pastes or scans it.
    input: String,
    /// What it may be, the likeliest first.
    #[serde(default)]
    kinds: Vec<String>,
    /// What it says of itself, where that is pinned.
    #[serde(default)]
    parts: BTreeMap<String, String>,
    /// By what it is looked up, where that is pinned.
    keys: Option<Vec<String>>,
    /// Code of what is wrong.
    error: Option<String>,
    /// The sentence of it, where that is pinned.
    sentence: Option<String>,
    /// Why it is there.
    #[serde(rename = "why")]
    _why: Option<String>,
}

impl Vector {
    fn holds(&self, found: &Result<TraceCode, TraceError>) -> bool {
        match found {
            Err(error) => {
                let sentence = error.sentence(Lang::ZhCn);
                self.error.as_deref() == Some(error.code())
                    && self
                        .sentence
                        .as_ref()
                        .is_none_or(|pinned| *pinned == sentence)
            }
            Ok(code) => {
                let kinds = code.kinds().iter().map(|kind| kind.code());
                let has = |(name, value): (&String, &String)| {
                    let mut parts = code.parts().iter();
                    parts.any(|(part, found)| part.code() == name && found == value)
                };
                self.error.is_none()
                    && kinds.eq(self.kinds.iter().map(String::as_str))
                    && self.parts.iter().all(has)
                    && self.keys.as_ref().is_none_or(|keys| keys == code.keys())
            }
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_vector_of_tracing_codes_holds() {
    let vectors: Vec<Vector> = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.len() > 90, "vectors are missing");
    let mut failures = Vec::new();
    for vector in &vectors {
        let found = recognise(&vector.input);
        if !vector.holds(&found) {
            failures.push(format!("{vector:?}\n  gives {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
