//! The identifier vectors, natively and in a browser's wasm.
#![allow(clippy::panic, reason = "a test says with a panic that it failed")]

use credit_tests::{check_uscc, uscc_vectors};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_vector_of_the_code_holds() {
    let vectors = uscc_vectors();
    assert!(vectors.len() > 40, "the vectors are missing");
    let failures: Vec<String> = vectors.iter().filter_map(check_uscc).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
