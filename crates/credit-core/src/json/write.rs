//! Writing: no spaces, members in their order, the shortest escapes. The same
//! value is always the same bytes.

use std::fmt;

use super::Value;
use crate::text::decimal;

impl Value {
    /// The value as JSON. Into a text and not by way of a formatter, whose code
    /// is a tenth of a small widget.
    #[must_use]
    pub fn written(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Int(number) => out.push_str(&decimal(*number)),
            Self::String(text) => string(out, text),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    string(out, name);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    // In stretches: character by character a card takes four times as long.
    let mut rest = text;
    while let Some(place) = rest
        .bytes()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
    {
        out.push_str(&rest[..place]);
        out.push('\\');
        match rest.as_bytes()[place] {
            byte @ (b'"' | b'\\') => out.push(char::from(byte)),
            byte => {
                out.push_str("u00");
                for digit in [byte >> 4, byte & 15] {
                    let digit = char::from_digit(u32::from(digit), 16);
                    out.push(digit.unwrap_or('0'));
                }
            }
        }
        rest = &rest[place + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::{JsonError, Value, parse};
    use proptest::prelude::*;

    #[test]
    fn strict_json_is_read_and_all_else_refused() {
        for good in [
            r#"{}"#,
            r#"[]"#,
            r#"{"a":1,"b":[true,false,null,"x"]}"#,
            r#""天津""#,
            r#"-12"#,
            r#"9007199254740991"#,
        ] {
            assert_eq!(parse(good).unwrap().to_string(), good);
        }
        assert_eq!(parse(r#""\ud83d\ude00\u5929""#), Ok(Value::text("😀天")));
        let duplicate = JsonError::Duplicate {
            name: "a".to_owned(),
        };
        assert_eq!(parse(r#"{"a":1,"\u0061":2}"#), Err(duplicate));
        for bad in [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":}",
            "{\"a\" 1}",
            "01",
            "-0",
            "+1",
            "1.0",
            "1e3",
            "--1",
            "9007199254740992",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\u0041\"",
            "\"\\x\"",
            "\"a",
            "\"\n\"",
            "1 2",
            "nul",
            "{'a':1}",
            "[1 2]",
            "\u{feff}1",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), Err(JsonError::Depth));
        let members: Vec<String> = (0..100_000)
            .map(|number| format!("\"{number}\":0"))
            .collect();
        assert_eq!(
            parse(&format!("{{{}}}", members.join(","))),
            Err(JsonError::Members)
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in r#"[\[\]{}:,"\\u0-9a-f天 .-]{0,60}"#) {
            let _ = parse(&text);
        }

        #[test]
        fn every_text_survives_the_round_trip(text in any::<String>()) {
            let value = Value::text(text);
            prop_assert_eq!(parse(&value.to_string()).unwrap(), value);
        }
    }
}
