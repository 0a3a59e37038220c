//! What others rely on: the interface as a document, and the settings as the
//! manual tells them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use credit_lookup::http::openapi;
use credit_lookup::settings::{SETTINGS, variable};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_interface_is_the_one_that_was_agreed_on() {
    let now = serde_json::to_string_pretty(&openapi()).unwrap() + "\n";
    let snapshot = root().join("tests/openapi.json");
    if std::fs::read_to_string(&snapshot).unwrap_or_default() != now {
        let found = root().join("target/openapi.json");
        std::fs::write(&found, now).unwrap();
        panic!(
            "the interface changed: compare {} with {}, and copy it there if that was meant",
            found.display(),
            snapshot.display()
        );
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_how_it_refuses() {
    let document: Value = serde_json::to_value(openapi()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut names = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let place = format!("{method} {path}");
            let name = operation["operationId"].as_str().unwrap_or_default();
            assert!(!name.is_empty() && names.insert(name), "{place}: '{name}'");
            assert!(operation["summary"].is_string(), "{place} has no summary");
            assert!(
                operation["responses"]["429"].is_object(),
                "{place} never refuses"
            );
        }
    }
    assert!(names.len() >= 20, "{names:?}");
}

#[test]
fn every_setting_stands_in_the_manual() {
    let manual = std::fs::read_to_string(root().join("docs/operations.md")).unwrap();
    let rows: Vec<&str> = manual
        .lines()
        .filter(|line| line.starts_with("| `--"))
        .collect();
    assert_eq!(rows.len(), SETTINGS.len(), "rows of settings");
    for (setting, row) in SETTINGS.iter().zip(rows) {
        let key = setting.key;
        let begin = format!("| `--{key}` | `{}` | `{key}` |", variable(key));
        assert!(row.starts_with(&begin), "{row} is not that of {key}");
    }
}
