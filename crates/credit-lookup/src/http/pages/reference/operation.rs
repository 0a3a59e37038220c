//! One operation: what it takes and what it answers.

use credit_core::lang::{Text, text};
use maud::{Markup, html};
use serde_json::Value;

use super::{Document, Operation, line, member, method, prose, schema};

const PARAMETERS: Text = text("参数", "Parameters");
const NAME: Text = text("名称", "Name");
const PLACE: Text = text("位置", "In");
const REQUIRED: Text = text("必填", "Required");
const TYPE: Text = text("类型", "Type");
const DESCRIPTION: Text = text("说明", "Description");
const BODY: Text = text("请求体", "Request body");
const RESPONSES: Text = text("响应", "Responses");
const STATUS: Text = text("状态码", "Status");
const CONTENT: Text = text("内容", "Content");
const AUTHENTICATION: Text = text("身份验证", "Authentication");
const EXAMPLE: Text = text("示例", "Example");
const DEPRECATED: Text = text("已弃用", "Deprecated");
const YES: Text = text("是", "yes");
const NO: Text = text("否", "no");

/// The article of an operation.
pub(super) fn operation(document: Document<'_>, operation: &Operation<'_>) -> Markup {
    let value = operation.value;
    let lang = document.lang;
    html! {
        article id=(operation.anchor()) {
            h3 { (method(operation.method)) " " code { (operation.path) } }
            @if value["deprecated"] == true { p.flag { (DEPRECATED.in_lang(lang)) } }
            @let summary = member(value, "summary");
            @if !summary.is_empty() { p { strong { (summary) } } }
            (prose(member(value, "description")))
            (authentication(document, value))
            (parameters(document, operation))
            (body(document, value))
            (responses(document, value))
        }
    }
}

/// The schemes by one of which a caller has to say who it is.
fn authentication(document: Document<'_>, operation: &Value) -> Markup {
    let ways = operation["security"].as_array().into_iter().flatten();
    let schemes = ways.filter_map(Value::as_object).flat_map(|way| way.keys());
    let schemes: Vec<&str> = schemes.map(String::as_str).collect();
    html! {
        @if !schemes.is_empty() {
            p { (AUTHENTICATION.in_lang(document.lang)) " " code { (schemes.join(", ")) } }
        }
    }
}

fn parameters(document: Document<'_>, operation: &Operation<'_>) -> Markup {
    let lang = document.lang;
    let parameters: Vec<&Value> = [operation.item, operation.value]
        .into_iter()
        .flat_map(|owner| owner["parameters"].as_array().into_iter().flatten())
        .map(|parameter| document.resolved(parameter))
        .collect();
    html! {
        @if !parameters.is_empty() {
            h4 { (PARAMETERS.in_lang(lang)) }
            table.stack {
                thead {
                    tr {
                        @for label in [NAME, PLACE, REQUIRED, TYPE, DESCRIPTION] {
                            th scope="col" { (label.in_lang(lang)) }
                        }
                    }
                }
                tbody { @for parameter in parameters { (parameter_row(document, parameter)) } }
            }
        }
    }
}

fn parameter_row(document: Document<'_>, parameter: &Value) -> Markup {
    let lang = document.lang;
    let required = if parameter["required"] == true {
        YES
    } else {
        NO
    };
    html! {
        tr {
            th scope="row" { code { (member(parameter, "name")) } }
            td data-label=(PLACE.in_lang(lang)) { (member(parameter, "in")) }
            td data-label=(REQUIRED.in_lang(lang)) { (required.in_lang(lang)) }
            td data-label=(TYPE.in_lang(lang)) {
                (schema::kind(&parameter["schema"])) (schema::limits(&parameter["schema"]))
            }
            td data-label=(DESCRIPTION.in_lang(lang)) { (line(member(parameter, "description"))) }
        }
    }
}

fn body(document: Document<'_>, operation: &Value) -> Markup {
    let body = document.resolved(&operation["requestBody"]);
    html! {
        @if body.is_object() {
            h4 { (BODY.in_lang(document.lang)) }
            (prose(member(body, "description")))
            (content(document, body))
        }
    }
}

fn responses(document: Document<'_>, operation: &Value) -> Markup {
    let lang = document.lang;
    html! {
        @if let Some(responses) = operation["responses"].as_object() {
            h4 { (RESPONSES.in_lang(lang)) }
            table.stack {
                thead {
                    tr {
                        @for label in [STATUS, DESCRIPTION, CONTENT] {
                            th scope="col" { (label.in_lang(lang)) }
                        }
                    }
                }
                tbody {
                    @for (status, response) in responses {
                        @let response = document.resolved(response);
                        tr {
                            th scope="row" { code { (status) } }
                            td data-label=(DESCRIPTION.in_lang(lang)) {
                                (line(member(response, "description")))
                            }
                            td data-label=(CONTENT.in_lang(lang)) { (content(document, response)) }
                        }
                    }
                }
            }
        }
    }
}

/// The content types of a body, each with its schema and example.
fn content(document: Document<'_>, body: &Value) -> Markup {
    let types = body["content"].as_object().into_iter().flatten();
    html! {
        @for (content_type, media) in types {
            div.media {
                code { (content_type) } " " (schema::kind(&media["schema"]))
                (schema::nested(&media["schema"]))
                (example(document, media))
            }
        }
    }
}

fn example(document: Document<'_>, media: &Value) -> Markup {
    let example = media.get("example").filter(|example| !example.is_null());
    let text = example.and_then(|example| serde_json::to_string_pretty(example).ok());
    html! {
        @if let Some(text) = text {
            // It scrolls sideways, so that the keyboard has to reach it.
            pre tabindex="0" aria-label=(EXAMPLE.in_lang(document.lang)) { code { (text) } }
        }
    }
}
