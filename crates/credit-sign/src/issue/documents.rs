//! The documents around a card: key set and status list.

use std::io::Write as _;

use credit_core::card::{CONTEXT_CREDENTIALS, CONTEXT_CREDIT, Issuer};
use credit_core::date::Timestamp;
use credit_core::json::Value;
use credit_core::limits::{STATUS_LIST_BITS, STATUS_TTL_SECONDS};
use flate2::{Compression, GzBuilder};

use super::Signer;
use crate::base64::encode;
use crate::jws::{TYP_CREDENTIAL, TYP_KEY_SET};
use crate::key::PublicKey;
use crate::keyset::KeySet;
use crate::status::{KEY_SET_VERSION, STATUS_LIST_TYPE};

/// The bits of a status list.
#[derive(Clone, Debug)]
pub struct StatusBits(Vec<u8>);

impl Default for StatusBits {
    fn default() -> Self {
        Self::empty()
    }
}

impl StatusBits {
    /// A list in which nothing is revoked.
    #[must_use]
    pub fn empty() -> Self {
        Self(vec![
            0;
            usize::try_from(STATUS_LIST_BITS / 8)
                .unwrap_or_default()
        ])
    }

    /// Marks `index` as revoked; an index outside the list is left alone.
    pub fn revoke(&mut self, index: u64) {
        let byte = usize::try_from(index / 8)
            .ok()
            .and_then(|byte| self.0.get_mut(byte));
        if let Some(byte) = byte {
            *byte |= 0x80 >> (index % 8);
        }
    }
}

/// `keyset.jwt`: `set` signed by `root`, which travels inside.
#[must_use]
pub fn key_set(root: &Signer, set: &KeySet) -> String {
    root.sign(TYP_KEY_SET, &key_set_payload(set, Some(root.public())))
}

/// What a key set says, for `root` to sign.
#[must_use]
pub fn key_set_payload(set: &KeySet, root: Option<&PublicKey>) -> Value {
    let int = |moment: Timestamp| Some(Value::Int(moment.unix()));
    let keys = set.keys.iter().map(|entry| {
        Value::object([
            ("jwk", Some(entry.key.to_jwk())),
            ("purpose", Some(Value::text(entry.purpose.code()))),
            ("nbf", int(entry.from)),
            ("exp", int(entry.until)),
            ("retired", entry.retired.and_then(int)),
        ])
    });
    Value::object([
        ("iss", Some(Value::text(&set.issuer))),
        ("version", Some(Value::Int(set.version))),
        ("iat", int(set.made)),
        ("exp", int(set.until)),
        ("root", root.map(PublicKey::to_jwk)),
        ("keys", Some(Value::Array(keys.collect()))),
    ])
}

/// What a status list says.
#[derive(Clone, Copy, Debug)]
pub struct StatusFacts<'a> {
    /// Who says it.
    pub issuer: &'a Issuer,
    /// Where it is to be found.
    pub address: &'a str,
    /// The bits.
    pub bits: &'a StatusBits,
    /// Version of the key set in force: who has an older one does not know yet
    /// which keys were retired.
    pub key_set: i64,
    /// When.
    pub made: Timestamp,
}

/// A status list credential.
#[must_use]
pub fn status_list(signer: &Signer, facts: &StatusFacts<'_>) -> String {
    let StatusFacts {
        issuer,
        address,
        made,
        ..
    } = *facts;
    let until = made.plus(2 * STATUS_TTL_SECONDS);
    let text = |text: &str| Some(Value::text(text));
    let payload = Value::object([
        (
            "@context",
            Some(Value::Array(vec![
                Value::text(CONTEXT_CREDENTIALS),
                Value::text(format!("{}{CONTEXT_CREDIT}", issuer.id)),
            ])),
        ),
        ("id", text(address)),
        (
            "type",
            Some(Value::Array(vec![
                Value::text("VerifiableCredential"),
                Value::text(STATUS_LIST_TYPE),
            ])),
        ),
        (
            "issuer",
            Some(Value::object([
                ("id", text(&issuer.id)),
                ("name", text(&issuer.name)),
            ])),
        ),
        ("validFrom", text(&made.to_string())),
        ("validUntil", text(&until.to_string())),
        ("iat", Some(Value::Int(made.unix()))),
        ("exp", Some(Value::Int(until.unix()))),
        (
            "credentialSubject",
            Some(Value::object([
                ("id", Some(Value::text(format!("{address}#list")))),
                ("type", text("BitstringStatusList")),
                ("statusPurpose", text("revocation")),
                ("ttl", Some(Value::Int(STATUS_TTL_SECONDS * 1000))),
                (KEY_SET_VERSION, Some(Value::Int(facts.key_set))),
                ("encodedList", Some(Value::text(pack(&facts.bits.0)))),
            ])),
        ),
    ]);
    signer.sign(TYP_CREDENTIAL, &payload)
}

fn pack(bits: &[u8]) -> String {
    // No time and no name in the header: the same bits are the same bytes.
    let mut encoder = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    let packed = encoder.write_all(bits).and_then(|()| encoder.finish());
    // Writing into memory does not fail; an empty list would be refused by
    // every verifier, which is the safe way for the impossible to go.
    format!("u{}", encode(&packed.unwrap_or_default()))
}
