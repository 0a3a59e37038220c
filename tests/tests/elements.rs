//! The reference of the elements, made from their definitions.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use credit_core::lang::Text;
use credit_element::definition::{
    Attribute, COMMON_ATTRIBUTES, COMMON_EVENTS, Definition, ELEMENTS, Event, PROPERTIES, STATES,
    Value,
};

fn attributes(text: &mut String, attributes: &[Attribute]) {
    text.push_str("| attribute | value | | |\n|---|---|---|---|\n");
    for attribute in attributes {
        let value = match attribute.value {
            Value::Form => String::new(),
            Value::Words(words) => words.map_to_code(),
        };
        let Text { zh, en } = attribute.about;
        let _ = writeln!(text, "| `{}` | {value} | {zh} | {en} |", attribute.name);
    }
}

fn events(text: &mut String, events: &[Event]) {
    text.push_str("\n| event | `detail` | | |\n|---|---|---|---|\n");
    for event in events {
        let Text { zh, en } = event.about;
        let detail = event.detail.map_to_code();
        let _ = writeln!(text, "| `{}` | {detail} | {zh} | {en} |", event.name);
    }
}

trait Code {
    fn map_to_code(&self) -> String;
}

impl Code for [&str] {
    fn map_to_code(&self) -> String {
        let quoted: Vec<String> = self.iter().map(|word| format!("`{word}`")).collect();
        quoted.join(", ")
    }
}

fn reference() -> String {
    let mut text = String::from("\n## Every element\n\n");
    attributes(&mut text, &COMMON_ATTRIBUTES);
    let _ = writeln!(text, "\nIt sets `state`: {}.", STATES.map_to_code());
    events(&mut text, &COMMON_EVENTS);
    text.push_str("\n| property | | |\n|---|---|---|\n");
    for property in PROPERTIES {
        let Text { zh, en } = property.about;
        let _ = writeln!(text, "| `{}` | {zh} | {en} |", property.name);
    }
    for Definition {
        tag,
        about,
        attributes: own,
        events: sent,
        is_signed,
        is_framed,
        parts,
        ..
    } in &ELEMENTS
    {
        let (first, rest) = about.en.split_at(1);
        let first = first.to_uppercase();
        let _ = write!(text, "\n## {tag}\n\n{}。{first}{rest}.", about.zh);
        if *is_signed {
            text.push_str(" Sets `trust`.");
        }
        if !is_framed {
            text.push_str(" Not in frames.");
        }
        text.push_str("\n\n");
        if !own.is_empty() {
            attributes(&mut text, own);
        }
        if !sent.is_empty() {
            events(&mut text, sent);
        }
        let _ = writeln!(text, "\nParts: {}", parts.map_to_code());
    }
    text
}

#[test]
fn the_reference_of_elements_is_that_of_the_definitions() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/elements.md");
    let text = fs::read_to_string(&path).unwrap();
    let begin = text.find("<!-- generated").unwrap();
    let line = text[begin..].find('\n').unwrap() + begin + 1;
    let (written, expected) = (&text[line..], reference());
    if written != expected && std::env::var_os("CREDIT_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{}{expected}", &text[..line])).unwrap();
        return;
    }
    assert!(
        written == expected,
        "docs/elements.md is not what the definitions say: CREDIT_WRITE_DOCS=1 writes it"
    );
}
