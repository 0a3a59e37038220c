//! What must never be believed, and what has to be.
#![cfg(feature = "issue")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

use credit_core::card::{Card, Issuer, StatusEntry};
use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_core::json::Value;
use credit_core::subject::{Source, Subject, SubjectStatus};
use credit_core::trust::{CheckKind, Outcome, Trust};
use credit_sign::issue::{Signer, StatusBits, key_set, status_list, window};
use credit_sign::jws::TYP_CREDENTIAL;
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeyEntry, KeySet, Purpose};
use credit_sign::verdict::{Question, Verdict, examine};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const NOW: i64 = 1_795_400_000;
const LIST: &str = "https://credit.example/v1/status/1";

struct Office {
    root: Signer,
    card_key: Signer,
    status_key: Signer,
}

impl Office {
    fn new(seed: u8) -> Self {
        let signer = |number: u8| Signer::from_seed(&[seed + number; 32]).unwrap();
        Self {
            root: signer(0),
            card_key: signer(1),
            status_key: signer(2),
        }
    }

    fn roots(&self) -> Vec<Thumbprint> {
        vec![self.root.public().thumbprint()]
    }

    fn set(&self) -> KeySet {
        let entry = |signer: &Signer, purpose| KeyEntry {
            key: signer.public().clone(),
            purpose,
            from: Timestamp::from_unix(NOW - 1000),
            until: Timestamp::from_unix(NOW + 10_000_000),
            retired: None,
        };
        KeySet {
            issuer: issuer().id,
            version: 1,
            made: Timestamp::from_unix(NOW - 1000),
            until: Timestamp::from_unix(NOW + 10_000_000),
            keys: vec![
                entry(&self.card_key, Purpose::Card),
                entry(&self.status_key, Purpose::Status),
            ],
        }
    }

    fn keys(&self) -> String {
        key_set(&self.root, &self.set())
    }

    fn token(&self) -> String {
        self.card_key.sign(TYP_CREDENTIAL, &card().to_json())
    }

    fn status(&self, revoked: &[u64]) -> String {
        let mut bits = StatusBits::empty();
        revoked.iter().for_each(|index| bits.revoke(*index));
        status_list(
            &self.status_key,
            &issuer(),
            LIST,
            &bits,
            Timestamp::from_unix(NOW - 60),
        )
    }
}

fn issuer() -> Issuer {
    Issuer {
        id: "https://credit.example".to_owned(),
        name: "示例信用中心".to_owned(),
    }
}

fn code() -> SubjectCode {
    SubjectCode::as_published("91120102MATEXT01X4").unwrap()
}

fn card() -> Card {
    let subject = Subject {
        code: code(),
        name: "示例（河东）有限公司".parse().unwrap(),
        former_names: Vec::new(),
        status: SubjectStatus::Active,
        established: Some("2001-02-03".parse().unwrap()),
        entity_type: Some("有限责任公司".to_owned()),
        capital: None,
        scope: None,
        region: Some("天津 河东".to_owned()),
        address: None,
        source: Source {
            unit: "示例登记机关".to_owned(),
            as_of: "2026-11-01".parse().unwrap(),
        },
    };
    let status = StatusEntry {
        list: LIST.to_owned(),
        index: 9,
    };
    Card::of(
        &subject,
        issuer(),
        window(&code(), Timestamp::from_unix(NOW)),
        status,
    )
}

fn judge(
    token: &str,
    keys: Result<&str, &'static str>,
    roots: &[Thumbprint],
    status: Result<&str, &'static str>,
    now: i64,
) -> Verdict {
    let question = Question {
        token,
        asked: &code(),
        roots,
        key_set: keys,
        now: Timestamp::from_unix(now),
    };
    examine(&question).conclude(status)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_good_card_is_verified_and_says_what_it_was_made_of() {
    let office = Office::new(1);
    let verdict = judge(
        &office.token(),
        Ok(&office.keys()),
        &office.roots(),
        Ok(&office.status(&[])),
        NOW,
    );
    assert_eq!(verdict.trust, Trust::Verified, "{:?}", verdict.checks);
    assert_eq!(verdict.card, Some(card()));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn each_flaw_has_its_word() {
    let office = Office::new(1);
    let stranger = Office::new(100);
    let (token, keys, roots) = (office.token(), office.keys(), office.roots());
    let status = office.status(&[]);
    let late = NOW + 3 * 86_400;
    let good = Ok(status.as_str());
    let foreign_card = stranger.token();
    let foreign_keys = stranger.keys();
    let by_status_key = office.status_key.sign(TYP_CREDENTIAL, &card().to_json());
    let status_by_card_key = status_list(
        &office.card_key,
        &issuer(),
        LIST,
        &StatusBits::empty(),
        Timestamp::from_unix(NOW),
    );
    let other_list = status_list(
        &office.status_key,
        &issuer(),
        "https://credit.example/v1/status/2",
        &StatusBits::empty(),
        Timestamp::from_unix(NOW),
    );
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
        assert_eq!(verdict.card.is_none(), trust == Trust::Invalid, "{what}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_card_of_somebody_else_is_not_an_answer() {
    let office = Office::new(1);
    let (token, keys, roots) = (office.token(), office.keys(), office.roots());
    let question = Question {
        token: &token,
        asked: &SubjectCode::as_published("92120102MATEXT01X1").unwrap(),
        roots: &roots,
        key_set: Ok(&keys),
        now: Timestamp::from_unix(NOW),
    };
    let verdict = examine(&question).conclude(Ok(&office.status(&[])));
    assert_eq!(verdict.trust, Trust::Invalid);
    assert!(verdict.checks.iter().any(|check| {
        check.kind == CheckKind::Subject && check.outcome == Outcome::Failed("other-subject")
    }));
}

/// Every byte of every document, each changed to another character of its
/// alphabet and to one outside: never verified. Native only: 20 000 verdicts
/// without optimisation take a browser minutes.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn no_changed_byte_is_ever_verified() {
    let office = Office::new(1);
    let (token, keys, roots) = (office.token(), office.keys(), office.roots());
    let status = office.status(&[]);
    for (which, document) in [&token, &keys, &status].into_iter().enumerate() {
        for index in 0..document.len() {
            for replacement in ["A", "B", ".", "=", "\u{7f}", ""] {
                let mut changed = document.clone();
                changed.replace_range(index..=index, replacement);
                if changed == *document {
                    continue;
                }
                let verdict = judge(
                    if which == 0 { &changed } else { &token },
                    Ok(if which == 1 { &changed } else { &keys }),
                    &roots,
                    Ok(if which == 2 { &changed } else { &status }),
                    NOW,
                );
                let expected = if which == 2 {
                    Trust::Unverified
                } else {
                    Trust::Invalid
                };
                assert_eq!(verdict.trust, expected, "document {which}, byte {index}");
            }
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn headers_are_exactly_ours() {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let office = Office::new(1);
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
fn a_payload_with_two_dates_is_no_card() {
    let office = Office::new(1);
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
