//! Tracing codes: never a panic, what is looked up is bounded and the same product,
//! and what is wrong has a sentence in both languages.
#![no_main]

use credit_core::lang::Lang;
use credit_core::trace::{TracePart, recognise};

credit_fuzz::fuzz_target!(|text: &str| {
    match recognise(text) {
        Ok(code) => {
            assert!(!code.kinds().is_empty());
            assert!((1..=6).contains(&code.keys().len()));
            let item = code.part(TracePart::Item);
            let forms = code.keys().iter().filter_map(|key| recognise(key).ok());
            for form in forms {
                assert!(form.part(TracePart::Item).is_none() || form.part(TracePart::Item) == item);
            }
        }
        Err(error) => {
            for lang in [Lang::ZhCn, Lang::En] {
                assert!(!error.sentence(lang).is_empty());
            }
        }
    }
});
