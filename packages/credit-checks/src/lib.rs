#![doc = include_str!("../README.md")]

use credit_core::date::{Date, Timestamp};
use credit_core::identifier::Kind;
use credit_core::identifier::check::{self, Verdict};
use wasm_bindgen::prelude::*;

/// The types of what goes in and comes out, for TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Everything that can be said of `text` as a `kind`. `today` is the day after
/// which no date in a number may lie, `YYYY-MM-DD`; without it the date in China.
///
/// # Errors
/// `kind` is none of the kinds, or `today` no day.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "Kind")] kind: &str,
    text: &str,
    today: Option<String>,
) -> Result<JsValue, JsError> {
    let report = check::report(kind.parse()?, text, day(today)?);
    let json = report.to_json().to_string();
    js_sys::JSON::parse(&json).map_err(|_| JsError::new("the report is no JSON"))
}

/// A number for each line of `text`, UTF-8 with line feeds; `describe` says
/// what it means. 0 is right.
///
/// # Errors
/// `kind` is none of the kinds, or `today` no day.
#[wasm_bindgen(js_name = checkLines)]
pub fn check_lines(
    #[wasm_bindgen(unchecked_param_type = "Kind")] kind: &str,
    text: &[u8],
    today: Option<String>,
) -> Result<Vec<u16>, JsError> {
    let (kind, today) = (kind.parse()?, day(today)?);
    // A code with its line feed has 19 bytes.
    let mut numbers = Vec::with_capacity(text.len() / 19 + 1);
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    check::each_verdict(kind, text, today, |_, verdict| {
        numbers.push(verdict.number())
    });
    Ok(numbers)
}

/// What a number of `checkLines` means: `ok`, `warn:CODE[,CODE]` or
/// `error:CODE`; nothing for a number that it does not give.
#[wasm_bindgen]
#[must_use]
pub fn describe(number: u16) -> Option<String> {
    Verdict::from_number(number).map(|verdict| verdict.to_string())
}

/// All kinds.
#[wasm_bindgen(unchecked_return_type = "Kind[]")]
#[must_use]
pub fn kinds() -> Vec<String> {
    Kind::ALL.into_iter().map(|kind| kind.to_string()).collect()
}

/// The day that was given, or today in China.
fn day(given: Option<String>) -> Result<Date, JsError> {
    match given {
        Some(text) => Ok(text.parse()?),
        None => {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "whole seconds of a number far below 2^53"
            )]
            let seconds = (js_sys::Date::now() / 1_000.0) as i64;
            Ok(Timestamp::from_unix(seconds).date_in_china())
        }
    }
}
