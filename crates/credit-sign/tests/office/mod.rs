//! An office of tests, its documents, and the verdict over them.
#![allow(dead_code, reason = "each file of tests uses a part")]

use base64ct::{Base64UrlUnpadded, Encoding};
use credit_core::card::{Card, Issuer, StatusEntry};
use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_core::json::{self, Value};
use credit_core::pass::Pass;
use credit_core::subject::{Source, Subject, SubjectStatus};
use credit_sign::algorithm::Algorithm;
use credit_sign::issue::{Signer, StatusBits, StatusFacts, key_set, status_list, window};
use credit_sign::jws::{TYP_CREDENTIAL, TYP_PASS};
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeyEntry, KeySet, Pins, Purpose};
use credit_sign::status::StatusList;
use credit_sign::verdict::{Question, Verdict, Wanted, examine, keys};

pub(crate) const NOW: i64 = 1_795_400_000;
pub(crate) const VERSION: i64 = 7;
pub(crate) const LIST: &str = "https://credit.example/v1/status/1";

pub(crate) struct Office {
    pub(crate) root: Signer,
    pub(crate) card_key: Signer,
    pub(crate) status_key: Signer,
}

impl Office {
    /// An office whose cards are signed under `algorithm`.
    pub(crate) fn with(algorithm: Algorithm, seed: u8) -> Self {
        let signer = |number: u8| {
            let algorithm = if number == 1 {
                algorithm
            } else {
                Algorithm::EdDsa
            };
            Signer::new(algorithm, &[seed + number; 32]).unwrap()
        };
        Self {
            root: signer(0),
            card_key: signer(1),
            status_key: signer(2),
        }
    }

    pub(crate) fn roots(&self) -> Vec<Thumbprint> {
        vec![self.root.public().thumbprint()]
    }

    pub(crate) fn set(&self) -> KeySet {
        let entry = |signer: &Signer, purpose| KeyEntry {
            key: signer.public().clone(),
            purpose,
            from: Timestamp::from_unix(NOW - 1000),
            until: Timestamp::from_unix(NOW + 10_000_000),
            retired: None,
        };
        KeySet {
            issuer: issuer().id,
            version: VERSION,
            made: Timestamp::from_unix(NOW - 1000),
            until: Timestamp::from_unix(NOW + 10_000_000),
            keys: vec![
                entry(&self.card_key, Purpose::Card),
                entry(&self.status_key, Purpose::Status),
            ],
        }
    }

    pub(crate) fn keys(&self) -> String {
        key_set(&self.root, &self.set())
    }

    pub(crate) fn token(&self) -> String {
        self.card_key.sign(TYP_CREDENTIAL, &card().to_json())
    }

    pub(crate) fn status(&self, revoked: &[u64]) -> String {
        let mut bits = StatusBits::empty();
        revoked.iter().for_each(|index| bits.revoke(*index));
        list_by(&self.status_key, LIST, &bits, VERSION)
    }

    pub(crate) fn pass(&self) -> String {
        self.card_key.sign(TYP_PASS, &pass().to_json())
    }
}

pub(crate) fn list_by(signer: &Signer, address: &str, bits: &StatusBits, key_set: i64) -> String {
    let facts = StatusFacts {
        issuer: &issuer(),
        address,
        bits,
        key_set,
        made: Timestamp::from_unix(NOW - 60),
    };
    status_list(signer, &facts)
}

pub(crate) fn issuer() -> Issuer {
    Issuer {
        id: "https://credit.example".to_owned(),
        name: "示例信用中心".to_owned(),
    }
}

pub(crate) fn code() -> SubjectCode {
    SubjectCode::as_published("91120102MATEXT01X4").unwrap()
}

pub(crate) fn card() -> Card {
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
        Vec::new(),
        issuer(),
        window(&code(), Timestamp::from_unix(NOW)),
        status,
    )
}

pub(crate) fn pass() -> Pass {
    let card = card();
    Pass {
        issuer: card.issuer,
        code: card.code,
        name: card.name,
        report: None,
        issued: Timestamp::from_unix(NOW - 1000),
        valid_until: Timestamp::from_unix(NOW + 30_000_000),
        status_entry: card.status_entry,
    }
}

pub(crate) fn judge(
    token: &str,
    key_set: Result<&str, &'static str>,
    roots: &[Thumbprint],
    status: Result<&str, &'static str>,
    now: i64,
) -> Verdict {
    judge_having_seen(0, token, key_set, roots, status, now)
}

pub(crate) fn judge_having_seen(
    seen: i64,
    token: &str,
    key_set: Result<&str, &'static str>,
    roots: &[Thumbprint],
    status: Result<&str, &'static str>,
    now: i64,
) -> Verdict {
    let now = Timestamp::from_unix(now);
    let keys = keys(key_set, &Pins { roots, seen }, now);
    let question = Question {
        token,
        asked: Some(&code()),
        wanted: Wanted::Any,
        keys: keys.as_ref(),
        now,
    };
    let examined = examine(&question);
    let list = examined.status_address().map(str::to_owned);
    let list = match (status, list, &keys) {
        (Ok(token), Some(address), Ok(keys)) => {
            StatusList::open(token, keys, &address, now).map_err(|error| error.code())
        }
        (Ok(_), _, _) => Err("status-address"),
        (Err(code), _, _) => Err(code),
    };
    examined.conclude(list.as_ref().map_err(|code| *code))
}

/// A document as its parts, to be put together wrongly.
pub(crate) struct Parts {
    pub(crate) header: Value,
    pub(crate) payload: Value,
    pub(crate) signature: Vec<u8>,
}

impl Parts {
    pub(crate) fn of(token: &str) -> Self {
        let parts: Vec<Vec<u8>> = token
            .split('.')
            .map(|part| Base64UrlUnpadded::decode_vec(part).unwrap())
            .collect();
        let read = |part: &[u8]| json::parse(std::str::from_utf8(part).unwrap()).unwrap();
        Self {
            header: read(&parts[0]),
            payload: read(&parts[1]),
            signature: parts[2].clone(),
        }
    }

    pub(crate) fn token(&self) -> String {
        [
            self.header.to_string().as_bytes(),
            self.payload.to_string().as_bytes(),
            &self.signature,
        ]
        .map(Base64UrlUnpadded::encode_string)
        .join(".")
    }
}
