//! What must never be believed, and what has to be.
#![cfg(feature = "issue")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

mod office;

use credit_core::date::Timestamp;
use credit_core::document::Document;
use credit_core::identifier::SubjectCode;
use credit_core::json::Value;
use credit_core::trust::{CheckKind, Outcome, Trust};
use credit_sign::algorithm::Algorithm;
use credit_sign::issue::{StatusBits, key_set, window};
use credit_sign::jws::TYP_CREDENTIAL;
use credit_sign::keyset::Pins;
use credit_sign::status::StatusList;
use credit_sign::verdict::{Question, Wanted, examine, keys};

use office::{
    LIST, NOW, Office, Parts, VERSION, card, code, judge, judge_having_seen, list_by, pass,
};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_good_document_is_verified_and_says_what_it_was_made_of() {
    for algorithm in Algorithm::ALL {
        let office = Office::with(algorithm, 1);
        for (token, document) in [
            (office.token(), Document::Card(card())),
            (office.pass(), Document::Pass(pass())),
        ] {
            let (keys, status) = (office.keys(), office.status(&[]));
            let verdict = judge(&token, Ok(&keys), &office.roots(), Ok(&status), NOW);
            assert_eq!(verdict.trust, Trust::Verified, "{:?}", verdict.checks);
            assert_eq!(verdict.document, Some(document));
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn each_flaw_has_its_word() {
    for algorithm in Algorithm::ALL {
        each_flaw_under(algorithm);
    }
}

fn each_flaw_under(algorithm: Algorithm) {
    let office = Office::with(algorithm, 1);
    let stranger = Office::with(algorithm, 100);
    let (token, keys, roots) = (office.token(), office.keys(), office.roots());
    let status = office.status(&[]);
    let late = NOW + 3 * 86_400;
    let good = Ok(status.as_str());
    let foreign_card = stranger.token();
    let foreign_keys = stranger.keys();
    let by_status_key = office.status_key.sign(TYP_CREDENTIAL, &card().to_json());
    let none = StatusBits::empty();
    let status_by_card_key = list_by(&office.card_key, LIST, &none, VERSION);
    let second = "https://credit.example/v1/status/2";
    let other_list = list_by(&office.status_key, second, &none, VERSION);
    let under_later_keys = list_by(&office.status_key, LIST, &none, VERSION + 1);
    let revoked = office.status(&[9]);
    let neighbour = office.status(&[8, 10]);
    let mut retired = office.set();
    retired.keys[0].retired = Some(Timestamp::from_unix(NOW));
    let retired = key_set(&office.root, &retired);
    let mut other_issuer = office.set();
    other_issuer.issuer = "https://other.example".to_owned();
    let other_issuer = key_set(&office.root, &other_issuer);

    for (what, trust, verdict) in [
        (
            "card of a stranger",
            Trust::Invalid,
            judge(&foreign_card, Ok(&keys), &roots, good, NOW),
        ),
        (
            "keys of a stranger",
            Trust::Invalid,
            judge(&foreign_card, Ok(&foreign_keys), &roots, good, NOW),
        ),
        (
            "card by the status key",
            Trust::Invalid,
            judge(&by_status_key, Ok(&keys), &roots, good, NOW),
        ),
        (
            "key set of another issuer",
            Trust::Invalid,
            judge(&token, Ok(&other_issuer), &roots, good, NOW),
        ),
        (
            "empty token",
            Trust::Invalid,
            judge("", Ok(&keys), &roots, good, NOW),
        ),
        (
            "keys out of reach",
            Trust::Unverified,
            judge(&token, Err("network"), &roots, good, NOW),
        ),
        (
            "keys out of reach and too late",
            Trust::Unverified,
            judge(&token, Err("network"), &roots, good, late),
        ),
        (
            "no root pinned",
            Trust::Unverified,
            judge(&token, Ok(&keys), &[], good, NOW),
        ),
        (
            "status out of reach",
            Trust::Unverified,
            judge(&token, Ok(&keys), &roots, Err("network"), NOW),
        ),
        (
            "status by the card key",
            Trust::Unverified,
            judge(&token, Ok(&keys), &roots, Ok(&status_by_card_key), NOW),
        ),
        (
            "another status list",
            Trust::Unverified,
            judge(&token, Ok(&keys), &roots, Ok(&other_list), NOW),
        ),
        (
            "status list under a later key set",
            Trust::Unverified,
            judge(&token, Ok(&keys), &roots, Ok(&under_later_keys), NOW),
        ),
        (
            "key set rolled back",
            Trust::Unverified,
            judge_having_seen(VERSION + 1, &token, Ok(&keys), &roots, good, NOW),
        ),
        (
            "key set as it was seen",
            Trust::Verified,
            judge_having_seen(VERSION, &token, Ok(&keys), &roots, good, NOW),
        ),
        (
            "key set out of date",
            Trust::Unverified,
            judge(&token, Ok(&keys), &roots, good, NOW + 20_000_000),
        ),
        (
            "old status list",
            Trust::Unverified,
            judge(&token, Ok(&keys), &roots, good, NOW + 3600),
        ),
        (
            "revoked",
            Trust::Revoked,
            judge(&token, Ok(&keys), &roots, Ok(&revoked), NOW),
        ),
        (
            "neighbours revoked",
            Trust::Verified,
            judge(&token, Ok(&keys), &roots, Ok(&neighbour), NOW),
        ),
        (
            "key retired",
            Trust::Revoked,
            judge(&token, Ok(&retired), &roots, good, NOW),
        ),
        (
            "too late",
            Trust::Expired,
            judge(&token, Ok(&keys), &roots, good, late),
        ),
        (
            "device in the past",
            Trust::Unverified,
            judge(&token, Ok(&keys), &roots, good, NOW - 2 * 86_400),
        ),
    ] {
        assert_eq!(verdict.trust, trust, "{what}: {:?}", verdict.checks);
        assert_eq!(
            verdict.document.is_none(),
            trust == Trust::Invalid,
            "{what}"
        );
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_card_of_somebody_else_is_not_an_answer() {
    let office = Office::with(Algorithm::EdDsa, 1);
    let now = Timestamp::from_unix(NOW);
    let pins = Pins {
        roots: &office.roots(),
        seen: 0,
    };
    let key_set = keys(Ok(&office.keys()), &pins, now).unwrap();
    let token = office.token();
    let question = Question {
        token: &token,
        asked: Some(&SubjectCode::as_published("92120102MATEXT01X1").unwrap()),
        wanted: Wanted::Any,
        keys: Ok(&key_set),
        now,
    };
    let list = StatusList::open(&office.status(&[]), &key_set, LIST, now).unwrap();
    let verdict = examine(&question).conclude(Ok(&list));
    assert_eq!(verdict.trust, Trust::Invalid);
    assert!(verdict.checks.iter().any(|check| {
        check.kind == CheckKind::Subject && check.outcome == Outcome::Failed("other-subject")
    }));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn headers_are_exactly_ours() {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let office = Office::with(Algorithm::EdDsa, 1);
    let (keys, roots, status) = (office.keys(), office.roots(), office.status(&[]));
    let kid = office.card_key.public().thumbprint();
    let jwk = office.card_key.public().to_jwk();
    let payload = Base64UrlUnpadded::encode_string(card().to_json().to_string().as_bytes());
    for (header, code) in [
        (
            format!(r#"{{"alg":"none","kid":"{kid}","typ":"vc+jwt"}}"#),
            "algorithm",
        ),
        (
            format!(r#"{{"alg":"ES256","kid":"{kid}","typ":"vc+jwt"}}"#),
            "algorithm",
        ),
        (
            format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"jwt"}}"#),
            "type",
        ),
        (
            format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"vc+jwt","jwk":{jwk}}}"#),
            "header",
        ),
        (
            format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"vc+jwt","crit":[]}}"#),
            "header",
        ),
        (
            format!(r#"{{"alg":"none","alg":"EdDSA","kid":"{kid}"}}"#),
            "header",
        ),
        (
            r#"{"alg":"EdDSA","kid":"x","typ":"vc+jwt"}"#.to_owned(),
            "header",
        ),
        ("[]".to_owned(), "header"),
    ] {
        let header = Base64UrlUnpadded::encode_string(header.as_bytes());
        let token = format!("{header}.{payload}.");
        let verdict = judge(&token, Ok(&keys), &roots, Ok(&status), NOW);
        assert_eq!(verdict.trust, Trust::Invalid);
        assert_eq!(verdict.checks[1].outcome, Outcome::Failed(code), "{header}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_key_verifies_under_its_own_algorithm_only() {
    for (algorithm, named) in [
        (Algorithm::EdDsa, "SM2-SM3"),
        (Algorithm::Sm2Sm3, "EdDSA"),
        (Algorithm::Sm2Sm3, "Ed25519"),
        (Algorithm::Sm2Sm3, "SM2"),
    ] {
        let office = Office::with(algorithm, 1);
        let mut parts = Parts::of(&office.token());
        let kid = office.card_key.public().thumbprint().to_string();
        parts.header = Value::object([
            ("alg", Some(Value::text(named))),
            ("kid", Some(Value::text(kid))),
            ("typ", Some(Value::text(TYP_CREDENTIAL))),
        ]);
        let (keys, status) = (office.keys(), office.status(&[]));
        let token = parts.token();
        let verdict = judge(&token, Ok(&keys), &office.roots(), Ok(&status), NOW);
        assert_eq!(verdict.trust, Trust::Invalid, "{named}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_payload_with_two_dates_is_no_card() {
    let office = Office::with(Algorithm::EdDsa, 1);
    let Value::Object(mut members) = card().to_json() else {
        panic!("a card is an object")
    };
    members
        .iter_mut()
        .filter(|(name, _)| name == "exp")
        .for_each(|(_, value)| {
            *value = Value::Int(NOW + 100_000_000);
        });
    let token = office
        .card_key
        .sign(TYP_CREDENTIAL, &Value::Object(members));
    let verdict = judge(
        &token,
        Ok(&office.keys()),
        &office.roots(),
        Ok(&office.status(&[])),
        NOW,
    );
    assert_eq!(verdict.trust, Trust::Invalid);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn windows_last_a_day_and_differ_by_code() {
    let now = Timestamp::from_unix(NOW);
    let (from, until) = window(&code(), now);
    assert!(from <= now && now < from.plus(86_400));
    assert_eq!(until, from.plus(2 * 86_400));
    assert_eq!(window(&code(), from), (from, until));
    assert_ne!(window(&code(), from.plus(-1)), (from, until));
    let other = SubjectCode::as_published("92120102MATEXT01X1").unwrap();
    assert_ne!(window(&other, now).0, from);
}
