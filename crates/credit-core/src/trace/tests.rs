//! What the vectors in `tests/vectors-trace.json` cannot say: that this agrees with
//! the other rules and tables of the project.

use super::*;
use crate::identifier::Gtin;
use proptest::prelude::*;

#[test]
fn every_kind_has_a_place_and_every_line_is_one() {
    for kind in TraceKind::ALL {
        assert!(!places(kind).is_empty(), "{}", kind.code());
    }
    let table = include_str!("../../data/traces.txt");
    let lines = table.lines().filter(|line| !line.starts_with('#')).count();
    let read: usize = TraceKind::ALL.map(|kind| places(kind).len()).iter().sum();
    assert_eq!(read, lines);
    for place in TraceKind::ALL.into_iter().flat_map(places) {
        let address = place.address("1").unwrap_or("https://".to_owned());
        assert!(address.starts_with("https://") || address.starts_with("http://"));
    }
}

#[cfg(feature = "records")]
#[test]
fn kinds_are_the_words_of_the_code_set() {
    let set = crate::record::CodeSet::named("trace-code-kind").unwrap();
    let kinds = TraceKind::ALL.into_iter();
    let of_the_set: Vec<(&str, Text)> = kinds
        .filter(|kind| *kind != TraceKind::Other)
        .map(|kind| (kind.code(), kind.label()))
        .collect();
    let codes = set.codes.iter().map(|code| {
        (
            code.code,
            Text {
                zh: code.zh,
                en: code.en,
            },
        )
    });
    assert_eq!(of_the_set, codes.collect::<Vec<_>>());
}

#[test]
fn the_form_as_written_is_looked_up_first() {
    let keys = |text| recognise(text).unwrap().keys().to_vec();
    assert_eq!(
        keys(" 6901234 567892"),
        ["6901234 567892", "6901234567892", "06901234567892"]
    );
    assert_eq!(
        keys("00000096385074"),
        [
            "00000096385074",
            "0000096385074",
            "000096385074",
            "96385074"
        ]
    );
    assert_eq!(keys("16901234567899"), ["16901234567899"]);
    assert_eq!(keys("CNHGZ-120102-0001"), ["CNHGZ-120102-0001"]);
}

#[test]
fn what_is_shown_of_a_wrong_code_is_short() {
    let error = recognise(&["(01)", &"９".repeat(300)].concat()).unwrap_err();
    assert_eq!(error.code(), "element");
    assert!(error.to_string().chars().count() < 70, "{error}");
}

proptest! {
    #[test]
    fn numbers_are_recognised_as_their_own_type_does(digits in "[0-9]{8}|[0-9]{12,14}") {
        let is_one = digits.parse::<Gtin>();
        let found = recognise(&digits);
        prop_assert_eq!(found.is_ok(), is_one.is_ok());
        if let (Ok(found), Ok(one)) = (found, is_one) {
            let item = one.item14();
            prop_assert_eq!(found.part(TracePart::Item), Some(item.as_str()));
        }
    }

    #[test]
    fn no_text_panics_or_is_looked_up_without_bound(text in ".{0,200}|(\\(?[0-9]{2,4}\\)?[0-9A-Z\u{1d}]{0,9}){0,9}|https?://[a-z/0-9?&=%]{0,60}") {
        if let Ok(found) = recognise(&text) {
            prop_assert!((1..=6).contains(&found.keys().len()));
            prop_assert!(!found.kinds().is_empty());
            // Any form that is looked up is the same product again.
            if let Some(item) = found.part(TracePart::Item) {
                for key in &found.keys()[1..] {
                    if let Ok(again) = recognise(key) {
                        prop_assert_eq!(again.part(TracePart::Item), Some(item));
                    }
                }
            }
        }
    }
}
