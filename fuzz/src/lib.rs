//! What every identifier parser has to hold on any bytes.

pub use libfuzzer_sys::fuzz_target;

use credit_core::date::Date;
use credit_core::identifier::Kind;
use credit_core::identifier::check::{each_verdict, lines, report_bytes, verdict};

/// The fuzz target of a kind.
#[macro_export]
macro_rules! target {
    ($kind:ident) => {
        $crate::fuzz_target!(|bytes: &[u8]| $crate::hold(
            credit_core::identifier::Kind::$kind,
            bytes
        ));
    };
}

/// Never a panic; what is right is printed so that it reads as itself; what is
/// offered is right; the verdict is the report's; a batch is its lines.
pub fn hold(kind: Kind, bytes: &[u8]) {
    let today = Date::new(2026, 11, 23).expect("a day of the calendar");
    let report = report_bytes(kind, bytes, today);
    let said = verdict(kind, bytes, today).to_string();
    assert!(said.starts_with(report.result()));
    let _ = report.to_json().to_string();
    match &report.outcome {
        Ok(right) => {
            let again = report_bytes(kind, right.value.as_bytes(), today);
            let again = again.outcome.expect("what is printed is right");
            assert_eq!(again.value, right.value);
            assert_eq!(again.key, right.key);
            assert_eq!(again.parts, right.parts);
        }
        Err(wrong) => {
            for error in &wrong.errors {
                assert!(!error.zh().is_empty() && !error.to_string().is_empty());
            }
            for suggestion in &wrong.suggestions {
                let offered = report_bytes(kind, suggestion.value.as_bytes(), today);
                assert_eq!(offered.result(), "ok");
            }
        }
    }
    let mut batch = Vec::new();
    each_verdict(kind, bytes, today, |line, verdict| batch.push((line, verdict)));
    let alone: Vec<_> = lines(bytes)
        .map(|line| (line, verdict(kind, line, today)))
        .collect();
    assert_eq!(batch, alone);
}
