//! `/docs`: the reference of the interface, read from its OpenAPI 3.1 document.
//! Whatever that lacks is left out; nothing in it can make this fail.

mod operation;
mod schema;

use credit_core::lang::{Lang, Text, text};
use maud::{Markup, html};
use serde_json::Value;

use super::{Presentation, back};

const CONTENTS: Text = text("目录", "Contents");
const VERSION: Text = text("版本", "Version");
const OPERATIONS: Text = text("接口", "Operations");
const SCHEMAS: Text = text("数据结构", "Schemas");
const SCHEMA_PREFIX: &str = "#/components/schemas/";

/// Methods of a path, in the order in which they are listed.
const METHODS: [&str; 8] = [
    "get", "head", "post", "put", "patch", "delete", "options", "trace",
];

/// Longest chain of references that is followed: more is a circle.
const REFERENCES_MAX: usize = 8;

/// The document, and the language of the words around it.
#[derive(Clone, Copy)]
struct Document<'a> {
    openapi: &'a Value,
    lang: Lang,
}

/// A method of a path.
struct Operation<'a> {
    path: &'a str,
    method: &'static str,
    /// The path's item, which has the parameters of all its methods.
    item: &'a Value,
    value: &'a Value,
}

/// The reference of the interface that `openapi` describes.
pub(crate) fn reference(openapi: &Value, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    let document = Document { openapi, lang };
    let info = &openapi["info"];
    let operations = document.operations();
    html! {
        h1 { (member(info, "title")) }
        p.note { (VERSION.in_lang(lang)) " " (member(info, "version")) " · OpenAPI " (member(openapi, "openapi")) }
        (prose(member(info, "description")))
        nav.toc aria-label=(CONTENTS.in_lang(lang)) {
            h2 { (CONTENTS.in_lang(lang)) }
            ul {
                @for operation in &operations {
                    li {
                        (method(operation.method)) " "
                        a href={ "#" (operation.anchor()) } { code { (operation.path) } }
                        " " (member(operation.value, "summary"))
                    }
                }
            }
            @if document.schemas().next().is_some() {
                p { a href="#schemas" { (SCHEMAS.in_lang(lang)) } }
            }
        }
        section {
            h2 { (OPERATIONS.in_lang(lang)) }
            @for operation in &operations { (operation::operation(document, operation)) }
        }
        @if document.schemas().next().is_some() {
            section id="schemas" {
                h2 { (SCHEMAS.in_lang(lang)) }
                @for (name, schema) in document.schemas() {
                    article id=(schema_anchor(name)) {
                        h3 { code { (name) } }
                        (schema::whole(document, schema))
                    }
                }
            }
        }
        (back(presentation))
    }
}

impl<'a> Document<'a> {
    fn operations(self) -> Vec<Operation<'a>> {
        let paths = self.openapi["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            METHODS.into_iter().filter_map(move |method| {
                let value = item.get(method)?;
                Some(Operation {
                    path,
                    method,
                    item,
                    value,
                })
            })
        });
        operations.collect()
    }

    fn schemas(self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        let schemas = &self.openapi["components"]["schemas"];
        schemas.as_object().into_iter().flatten()
    }

    /// `value`, or what it refers to within the document.
    fn resolved(self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..REFERENCES_MAX {
            let target = value["$ref"].as_str().and_then(|to| to.strip_prefix('#'));
            match target.and_then(|pointer| self.openapi.pointer(pointer)) {
                Some(target) => value = target,
                None => break,
            }
        }
        value
    }
}

impl Operation<'_> {
    /// Where it stands in the page.
    fn anchor(&self) -> String {
        let words: Vec<&str> = self
            .path
            .split(|character: char| !character.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        format!("{}-{}", self.method, words.join("-"))
    }
}

fn schema_anchor(name: &str) -> String {
    format!("schema-{name}")
}

/// A method, in capitals for readers without style too.
fn method(method: &'static str) -> Markup {
    html! { span.method.(method) { (method.to_ascii_uppercase()) } }
}

/// A text member, or nothing.
fn member<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// A description: of CommonMark only paragraphs and `code`.
fn prose(text: &str) -> Markup {
    let paragraphs = text.split("\n\n").map(str::trim);
    html! {
        @for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
            p { (line(paragraph)) }
        }
    }
}

/// A text in which every second part between backticks is code.
fn line(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
