//! What editors, compilers and documentation tools want to know of the elements,
//! made from their Rust definitions.

use std::fmt::Write as _;

use credit_core::lang::Text;
use credit_core::trust::Trust;
use credit_element::definition::{
    Attribute, Definition, ELEMENTS, Event, PROPERTIES, STATES, Value,
};
use serde_json::json;

/// The files, by name.
pub(crate) fn files() -> [(&'static str, String); 6] {
    [
        ("custom-elements.json", custom_elements()),
        ("vscode.html-custom-data.json", html_data()),
        ("vscode.css-custom-data.json", css_data()),
        ("credit-widgets.d.ts", types()),
        ("react.d.ts", react()),
        ("vue.d.ts", vue()),
    ]
}

/// A text in both languages, as one line.
fn said(text: Text) -> String {
    format!("{} / {}", text.zh, text.en)
}

/// `credit-badge` → `CreditBadgeElement`.
fn class(tag: &str) -> String {
    let words = tag.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<String>() + "Element"
}

/// Words as a type of TypeScript.
fn union<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words
        .into_iter()
        .map(|word| format!("\"{word}\""))
        .collect();
    quoted.join(" | ")
}

fn type_of(attribute: &Attribute) -> String {
    match attribute.value {
        Value::Words(words) => union(words.iter().copied()),
        Value::Form => "string".to_owned(),
    }
}

fn detail(event: &Event) -> String {
    let fields: Vec<String> = event
        .detail
        .iter()
        .map(|name| format!("{name}: string"))
        .collect();
    match fields.is_empty() {
        true => "CustomEvent<Record<string, never>>".to_owned(),
        false => format!("CustomEvent<{{ {} }}>", fields.join("; ")),
    }
}

/// Attributes that an element sets by itself.
fn reflected(definition: &Definition) -> Vec<(&'static str, String, &'static str)> {
    let state = (
        "state",
        union(STATES),
        "元素状态，由元素自己设置 / set by the element",
    );
    let trust = (
        "trust",
        union(Trust::ALL.map(Trust::code)),
        "核验结果，由元素自己设置 / verdict, set by the element",
    );
    if definition.is_signed {
        vec![state, trust]
    } else {
        vec![state]
    }
}

/// <https://github.com/webcomponents/custom-elements-manifest>
fn custom_elements() -> String {
    let declarations: Vec<_> = ELEMENTS.iter().map(declaration).collect();
    let exports: Vec<_> = ELEMENTS
        .iter()
        .map(|definition| {
            json!({
                "kind": "custom-element-definition",
                "name": definition.tag,
                "declaration": { "name": class(definition.tag), "module": "credit.js" },
            })
        })
        .collect();
    let manifest = json!({
        "schemaVersion": "2.1.0",
        "modules": [{
            "kind": "javascript-module",
            "path": "credit.js",
            "declarations": declarations,
            "exports": exports,
        }],
    });
    format!("{manifest:#}\n")
}

fn declaration(definition: &Definition) -> serde_json::Value {
    let attributes: Vec<_> = definition
        .all_attributes()
        .map(|attribute| {
            let mut entry = json!({
                "name": attribute.name,
                "description": said(attribute.about),
                "type": { "text": type_of(attribute) },
            });
            if let (Value::Words([first, ..]), Some(entry)) = (attribute.value, entry.as_object_mut()) {
                entry.insert("default".to_owned(), json!(format!("\"{first}\"")));
            }
            entry
        })
        .chain(reflected(definition).into_iter().map(|(name, words, about)| {
            json!({ "name": name, "description": about, "type": { "text": words }, "readonly": true })
        }))
        .collect();
    let events: Vec<_> = definition
        .all_events()
        .map(|event| {
            json!({ "name": event.name, "description": said(event.about), "type": { "text": detail(event) } })
        })
        .collect();
    let properties: Vec<_> = PROPERTIES
        .iter()
        .map(|property| json!({ "name": property.name, "description": said(property.about) }))
        .collect();
    let parts: Vec<_> = definition
        .parts
        .iter()
        .map(|part| json!({ "name": part }))
        .collect();
    json!({
        "kind": "class",
        "customElement": true,
        "tagName": definition.tag,
        "name": class(definition.tag),
        "superclass": { "name": "HTMLElement" },
        "description": said(definition.about),
        "attributes": attributes,
        "events": events,
        "slots": [{ "name": "", "description": "后备内容，元素就绪前和不能运行时显示 / fallback, seen until the element is ready and where it cannot run" }],
        "cssProperties": properties,
        "cssParts": parts,
    })
}

/// What Visual Studio Code completes in HTML.
fn html_data() -> String {
    let tags: Vec<_> = ELEMENTS
        .iter()
        .map(|definition| {
            let attributes: Vec<_> = definition
                .all_attributes()
                .map(|attribute| match attribute.value {
                    Value::Words(words) => {
                        let values: Vec<_> = words.iter().map(|word| json!({ "name": word })).collect();
                        json!({ "name": attribute.name, "description": said(attribute.about), "values": values })
                    }
                    Value::Form => json!({ "name": attribute.name, "description": said(attribute.about) }),
                })
                .collect();
            json!({ "name": definition.tag, "description": said(definition.about), "attributes": attributes })
        })
        .collect();
    format!("{:#}\n", json!({ "version": 1.1, "tags": tags }))
}

/// What Visual Studio Code completes in CSS.
fn css_data() -> String {
    let properties: Vec<_> = PROPERTIES
        .iter()
        .map(|property| json!({ "name": property.name, "description": said(property.about) }))
        .collect();
    format!(
        "{:#}\n",
        json!({ "version": 1.1, "properties": properties })
    )
}

fn types() -> String {
    let mut text = String::from(
        "// Made from the Rust definitions of the elements.\n\n\
         /** Attributes of every element. */\nexport interface CreditAttributes {\n",
    );
    for attribute in &credit_element::definition::COMMON_ATTRIBUTES {
        text += &member(attribute);
    }
    text += "}\n";
    for definition in &ELEMENTS {
        let name = class(definition.tag);
        let attributes = name.replace("Element", "Attributes");
        let _ = write!(
            text,
            "\n/** Attributes of `<{}>`. */\nexport interface {attributes} extends CreditAttributes {{\n",
            definition.tag
        );
        for attribute in definition.attributes {
            text += &member(attribute);
        }
        let _ = write!(
            text,
            "}}\n\n/** {} */\nexport interface {name} extends HTMLElement {{\n",
            said(definition.about)
        );
        for event in definition.all_events() {
            for call in ["addEventListener", "removeEventListener"] {
                let _ = writeln!(
                    text,
                    "  {call}(type: \"{}\", listener: (event: {}) => void, options?: boolean | AddEventListenerOptions): void;",
                    event.name,
                    detail(event)
                );
            }
        }
        text += "  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;\n";
        text += "  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;\n}\n";
    }
    text += "\n/** By name of the element. */\nexport interface CreditElementAttributes {\n";
    for definition in &ELEMENTS {
        let _ = writeln!(
            text,
            "  \"{}\": {};",
            definition.tag,
            class(definition.tag).replace("Element", "Attributes")
        );
    }
    text += "}\n\ndeclare global {\n  interface HTMLElementTagNameMap {\n";
    for definition in &ELEMENTS {
        let _ = writeln!(
            text,
            "    \"{}\": {};",
            definition.tag,
            class(definition.tag)
        );
    }
    text + "  }\n}\n"
}

fn member(attribute: &Attribute) -> String {
    format!(
        "  /** {} */\n  {}?: {};\n",
        said(attribute.about),
        attribute.name,
        type_of(attribute)
    )
}

/// The elements in JSX of React 18 and 19.
fn react() -> String {
    "// Made from the Rust definitions of the elements.\n\
     import type { DetailedHTMLProps, HTMLAttributes } from \"react\";\n\
     import type { CreditElementAttributes } from \"./credit-widgets.js\";\n\n\
     type Html = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;\n\
     type CreditJsx = { [Tag in keyof CreditElementAttributes]: CreditElementAttributes[Tag] & Omit<Html, keyof CreditElementAttributes[Tag]> };\n\n\
     declare module \"react\" {\n  namespace JSX {\n    interface IntrinsicElements extends CreditJsx {}\n  }\n}\n"
        .to_owned()
}

/// The elements in templates of Vue 3.
fn vue() -> String {
    let mut text = String::from(
        "// Made from the Rust definitions of the elements.\n\
         import type { DefineComponent } from \"vue\";\n\
         import type { CreditElementAttributes } from \"./credit-widgets.js\";\n\n\
         declare module \"vue\" {\n  interface GlobalComponents {\n",
    );
    for definition in &ELEMENTS {
        let _ = writeln!(
            text,
            "    \"{0}\": DefineComponent<CreditElementAttributes[\"{0}\"]>;",
            definition.tag
        );
    }
    text + "  }\n}\n"
}
