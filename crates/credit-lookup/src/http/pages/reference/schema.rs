//! A schema in words: its type in a line, its limits, its properties.

use credit_core::lang::{Text, text};
use maud::{Markup, html};
use serde_json::Value;

use super::{Document, SCHEMA_PREFIX, line, member, prose, schema_anchor};

const NAME: Text = text("名称", "Name");
const TYPE: Text = text("类型", "Type");
const REQUIRED: Text = text("必填", "Required");
const DESCRIPTION: Text = text("说明", "Description");
const YES: Text = text("是", "yes");
const NO: Text = text("否", "no");

/// What a schema is made of, and how types are joined for it.
const COMBINATIONS: [(&str, &str); 3] = [("oneOf", " | "), ("anyOf", " | "), ("allOf", " & ")];

/// Keywords that are shown as they are: who reads a reference knows them.
const LIMITS: [&str; 10] = [
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "const",
    "default",
];

/// The type in a line; schemas with a name are links.
pub(super) fn kind(schema: &Value) -> Markup {
    if let Some(target) = schema["$ref"].as_str() {
        return match target.strip_prefix(SCHEMA_PREFIX) {
            Some(name) => html! { a href={ "#" (schema_anchor(name)) } { code { (name) } } },
            None => html! { code { (target) } },
        };
    }
    for (word, joint) in COMBINATIONS {
        if let Some(parts) = schema[word].as_array() {
            return joined(parts.iter().map(kind), joint);
        }
    }
    let items = &schema["items"];
    let types = types(schema).into_iter().map(|word| match word {
        "array" if items.is_object() => html! { "array<" (kind(items)) ">" },
        word => html! { (word) },
    });
    joined(types, " | ")
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(word) => vec![word],
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
        _ if schema["properties"].is_object() => vec!["object"],
        _ => Vec::new(),
    }
}

fn joined(parts: impl Iterator<Item = Markup>, joint: &str) -> Markup {
    html! {
        @for (place, part) in parts.enumerate() {
            @if place > 0 { (joint) }
            (part)
        }
    }
}

/// What a value is limited to.
pub(super) fn limits(schema: &Value) -> Markup {
    let words = schema["enum"].as_array();
    html! {
        @for name in LIMITS {
            @if let Some(limit) = schema.get(name) {
                " " span.limit { (name) " " code { (plain(limit)) } }
            }
        }
        @if let Some(words) = words {
            " " span.limit { "enum" @for word in words { " " code { (plain(word)) } } }
        }
    }
}

/// A value as people write it: a text without its quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The properties of a schema without a name, as nested lists.
pub(super) fn nested(schema: &Value) -> Markup {
    let inner = if schema["items"].is_object() {
        &schema["items"]
    } else {
        schema
    };
    html! {
        @if let Some(properties) = inner["properties"].as_object() {
            ul.properties {
                @for (name, property) in properties {
                    li {
                        code { (name) } " " (kind(property)) (limits(property))
                        " " (line(member(property, "description")))
                        (nested(property))
                    }
                }
            }
        }
    }
}

/// All of a schema with a name: description, limits, table of properties, and
/// the same for each of the parts that it is made of.
pub(super) fn whole(document: Document<'_>, schema: &Value) -> Markup {
    html! {
        (prose(member(schema, "description")))
        @if !schema["properties"].is_object() { p { (kind(schema)) (limits(schema)) } }
        (properties(document, schema))
        @for (word, _) in COMBINATIONS {
            @for part in schema[word].as_array().into_iter().flatten() {
                (properties(document, part))
            }
        }
    }
}

fn properties(document: Document<'_>, schema: &Value) -> Markup {
    let lang = document.lang;
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let word = |name: &str| if required.contains(&name) { YES } else { NO };
    html! {
        @if let Some(properties) = schema["properties"].as_object() {
            table.stack {
                thead {
                    tr {
                        @for label in [NAME, REQUIRED, TYPE, DESCRIPTION] {
                            th scope="col" { (label.in_lang(lang)) }
                        }
                    }
                }
                tbody {
                    @for (name, property) in properties {
                        tr {
                            th scope="row" { code { (name) } }
                            td data-label=(REQUIRED.in_lang(lang)) { (word(name).in_lang(lang)) }
                            td data-label=(TYPE.in_lang(lang)) { (kind(property)) (limits(property)) }
                            td data-label=(DESCRIPTION.in_lang(lang)) {
                                (line(member(property, "description")))
                                (nested(property))
                            }
                        }
                    }
                }
            }
        }
    }
}
