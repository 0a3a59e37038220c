//! Laws of the identifiers over generated inputs.
#![cfg(feature = "tables")]
#![allow(clippy::panic, reason = "a test says with a panic that it failed")]

use credit_core::date::Date;
use credit_core::identifier::check::{each_verdict, lines, report, report_bytes, verdict};
use credit_core::identifier::{
    Gtin, Identifier, Kind, OrganisationCode, RegistrationNumber, ResidentId, Uscc, suggestions,
};
use proptest::prelude::*;

const CODE: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const BASE_36: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &[u8; 10] = b"0123456789";

fn today() -> Date {
    Date::new(2026, 11, 23).expect("a day of the calendar")
}

fn is<T: Identifier>(text: &[u8]) -> bool {
    let text = std::str::from_utf8(text).expect("ASCII");
    T::read(text, today()).is_ok()
}

/// `body` with the check character of `symbols` that `T` takes.
fn checked<T: Identifier>(mut body: Vec<u8>, symbols: &[u8]) -> Vec<u8> {
    for symbol in symbols {
        body.push(*symbol);
        if is::<T>(&body) {
            return body;
        }
        body.pop();
    }
    panic!("no check character for {}", String::from_utf8_lossy(&body));
}

fn symbols(alphabet: &'static [u8], count: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(alphabet), count)
}

fn code() -> impl Strategy<Value = Vec<u8>> {
    (symbols(CODE, 2), symbols(DIGITS, 6), symbols(CODE, 9))
        .prop_map(|(begin, division, end)| checked::<Uscc>([begin, division, end].concat(), CODE))
}

fn resident() -> impl Strategy<Value = Vec<u8>> {
    (1900_u16..2026, 1_u8..=12, 1_u8..=28, 0_u16..1000).prop_map(|(year, month, day, serial)| {
        let body = format!("120102{year}{month:02}{day:02}{serial:03}");
        checked::<ResidentId>(body.into_bytes(), b"0123456789X")
    })
}

/// Every text that differs from `number` in one place, by a symbol of `alphabet`.
fn substitutions<'a>(
    number: &'a [u8],
    alphabet: &'a [u8],
) -> impl Iterator<Item = (usize, u8, Vec<u8>)> + 'a {
    (0..number.len()).flat_map(move |place| {
        let others = alphabet.iter().filter(move |one| **one != number[place]);
        others.map(move |other| {
            let mut changed = number.to_vec();
            changed[place] = *other;
            (place, *other, changed)
        })
    })
}

/// Every text in which two different characters changed places.
fn transpositions(number: &[u8]) -> impl Iterator<Item = (usize, usize, Vec<u8>)> + '_ {
    (0..number.len()).flat_map(move |first| {
        let later = (first + 1..number.len()).filter(move |two| number[first] != number[*two]);
        later.map(move |second| {
            let mut changed = number.to_vec();
            changed.swap(first, second);
            (first, second, changed)
        })
    })
}

proptest! {
    /// 31 is prime and the weights are distinct, but for places 1 and 18, which
    /// both have weight 1.
    #[test]
    fn a_code_catches_every_slip_of_one_place_and_every_swap_but_one(code in code()) {
        for (_, _, changed) in substitutions(&code, CODE) {
            prop_assert!(!is::<Uscc>(&changed), "{}", String::from_utf8_lossy(&changed));
        }
        for (first, second, changed) in transpositions(&code) {
            let same_weight = (first, second) == (0, 17);
            let is_code = is::<Uscc>(&changed);
            prop_assert!(!is_code || same_weight, "{}", String::from_utf8_lossy(&changed));
        }
    }

    /// Mod 11 does not tell symbols apart whose values differ by 11 or 22 or 33.
    #[test]
    fn an_organisation_code_catches_what_modulus_11_can(body in symbols(BASE_36, 8)) {
        let value = |symbol: u8| char::from(symbol).to_digit(36).expect("base 36");
        let code = checked::<OrganisationCode>(body, b"0123456789X");
        for (place, other, changed) in substitutions(&code[..8], BASE_36) {
            let blind = value(other) % 11 == value(code[place]) % 11;
            let changed = [&changed[..], &code[8..]].concat();
            prop_assert_eq!(is::<OrganisationCode>(&changed), blind);
        }
    }

    /// The weights are powers of 2 modulo 11, which come again after ten places.
    #[test]
    fn a_resident_number_catches_what_modulus_11_can(number in resident()) {
        for (_, _, changed) in substitutions(&number, DIGITS) {
            prop_assert!(!is::<ResidentId>(&changed));
        }
        for (first, second, changed) in transpositions(&number) {
            prop_assert!(!is::<ResidentId>(&changed) || second - first == 10);
        }
    }

    #[test]
    fn a_registration_number_catches_every_slip_of_one_place(body in symbols(DIGITS, 14)) {
        let number = checked::<RegistrationNumber>(body, DIGITS);
        for (_, _, changed) in substitutions(&number, DIGITS) {
            prop_assert!(!is::<RegistrationNumber>(&changed));
        }
    }

    /// With weights 3 and 1 a swap of neighbours that differ by 5 is not seen.
    #[test]
    fn a_barcode_catches_what_weights_3_and_1_can(body in symbols(DIGITS, 12)) {
        let number = checked::<Gtin>(body, DIGITS);
        for (_, _, changed) in substitutions(&number, DIGITS) {
            prop_assert!(!is::<Gtin>(&changed));
        }
        for (first, second, changed) in transpositions(&number) {
            if second == first + 1 {
                let blind = number[first].abs_diff(number[second]) == 5;
                prop_assert_eq!(is::<Gtin>(&changed), blind);
            }
        }
    }

    /// What is right is printed so that it reads as itself, and nothing that is
    /// offered instead of a wrong text is wrong.
    #[test]
    fn what_is_printed_reads_as_itself(
        text in "[0-9A-Za-z０-９ \\-第号〔〕()]{0,20}|[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-2][0-9]{4}[0-9X]"
    ) {
        for kind in Kind::ALL {
            match report(kind, &text, today()).outcome {
                Ok(right) => {
                    let again = report(kind, &right.value, today()).outcome.expect("right before");
                    prop_assert_eq!(&again.value, &right.value);
                    prop_assert_eq!(again.warnings, right.warnings);
                    prop_assert_eq!(again.parts, right.parts);
                    prop_assert_eq!(again.key, right.key);
                    prop_assert_eq!(right.masked == right.value, !kind.is_personal());
                }
                Err(wrong) => {
                    prop_assert!(!wrong.errors.is_empty());
                    for suggestion in wrong.suggestions {
                        let offered = report(kind, &suggestion.value, today());
                        prop_assert_eq!(offered.result(), "ok");
                    }
                }
            }
        }
    }

    #[test]
    fn no_bytes_panic_and_both_ways_of_checking_agree(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        text in any::<String>(),
    ) {
        for bytes in [&bytes[..], text.as_bytes()] {
            for kind in Kind::ALL {
                let report = report_bytes(kind, bytes, today());
                let said = verdict(kind, bytes, today()).to_string();
                let said = said.split([':', ',']).collect::<Vec<_>>();
                prop_assert_eq!(said[0], report.result());
                if let Err(wrong) = report.outcome {
                    prop_assert_eq!(said[1], wrong.errors[0].code());
                    prop_assert!(!wrong.errors[0].zh().is_empty());
                }
            }
        }
    }

    /// The fast way through a list and the line by line one.
    #[test]
    fn a_batch_says_of_each_line_what_is_said_of_it_alone(
        codes in prop::collection::vec(
            prop_oneof![code(), symbols(CODE, 18), prop::collection::vec(any::<u8>(), 0..40)],
            0..12,
        ),
        ending in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let text = codes.join(ending.as_bytes());
        let mut batch = Vec::new();
        each_verdict(Kind::Uscc, &text, today(), |line, verdict| batch.push((line, verdict)));
        let alone: Vec<_> = lines(&text)
            .map(|line| (line, verdict(Kind::Uscc, line, today())))
            .collect();
        prop_assert_eq!(batch, alone);
    }

    /// Two neighbours that changed places are put back, where that is the only
    /// thing that makes the number right and unremarkable.
    #[test]
    fn swapped_neighbours_are_offered(number in resident(), place in 0_usize..17) {
        let mut typed = number.clone();
        typed.swap(place, place + 1);
        prop_assume!(!is::<ResidentId>(&typed));
        let text = String::from_utf8(typed).expect("ASCII");
        let right = String::from_utf8(number).expect("ASCII");
        let offered = suggestions(&text, today(), |_: &ResidentId| true);
        // Where another swap or a look-alike helps too, nobody can tell.
        let swapped = offered.iter().find(|one| one.slip.code() == "swapped");
        prop_assert!(swapped.is_none_or(|one| one.value == right));
    }
}
