//! The identifier vectors, natively and in a browser's wasm.
#![allow(clippy::panic, reason = "a test says with a panic that it failed")]

use credit_core::date::Date;
use credit_core::identifier::Kind;
use credit_tests::{check, vectors};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The vectors hold from this day on.
fn day() -> Date {
    Date::new(2026, 11, 23).expect("a day of the calendar")
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_vector_of_every_kind_holds() {
    let mut failures = Vec::new();
    for kind in Kind::ALL {
        let vectors = vectors(kind);
        assert!(vectors.len() > 25, "vectors of {kind} are missing");
        failures.extend(
            vectors
                .iter()
                .filter_map(|vector| check(kind, vector, day())),
        );
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
