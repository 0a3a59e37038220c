//! 签发: what this server signs.

use credit_api::path;
use credit_core::card::{Card, Issuer, StatusEntry};
use credit_core::date::Timestamp;
use credit_core::json::Value;
use credit_core::limits::{CARD_WINDOW_SECONDS, STATUS_LIST_BITS, STATUS_TTL_SECONDS};
use credit_sign::issue::{StatusBits, status_list, window};
use credit_sign::jws::TYP_CREDENTIAL;

use crate::keys::Keys;
use crate::store::StoredSubject;

/// The issuing office of this server.
#[derive(Debug)]
pub struct IssuingOffice {
    keys: Keys,
    issuer: Issuer,
}

impl IssuingOffice {
    /// The office `name` at `public_url`, which has no slash at its end.
    #[must_use]
    pub fn new(keys: Keys, public_url: String, name: String) -> Self {
        Self {
            keys,
            issuer: Issuer {
                id: public_url,
                name,
            },
        }
    }

    /// Who signs.
    #[must_use]
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// Thumbprint of the root, as widgets pin it.
    #[must_use]
    pub fn root(&self) -> String {
        self.keys.root.to_string()
    }

    /// The signed card of a subject, the same bytes all through its window, and
    /// the end of the window.
    #[must_use]
    pub fn card(&self, stored: &StoredSubject, now: Timestamp) -> (String, Timestamp) {
        let subject = &stored.subject;
        // Lists are numbered from 1, subjects too.
        let position = stored.number.saturating_sub(1);
        let status = StatusEntry {
            list: self.list_address(position / STATUS_LIST_BITS + 1),
            index: position % STATUS_LIST_BITS,
        };
        let window = window(&subject.code, now);
        let card = Card::of(subject, self.issuer.clone(), window, status);
        let token = self.keys.card.sign(TYP_CREDENTIAL, &card.to_json());
        (token, window.0.plus(CARD_WINDOW_SECONDS))
    }

    /// Status list number `list`. Made anew twice in its lifetime, so that a
    /// copy at hand is never older than that.
    #[must_use]
    pub fn status_list(&self, list: u64, now: Timestamp) -> String {
        let period = STATUS_TTL_SECONDS / 2;
        let made = Timestamp::from_unix(now.unix() - now.unix().rem_euclid(period));
        let bits = StatusBits::empty();
        status_list(
            &self.keys.status,
            &self.issuer,
            &self.list_address(list),
            &bits,
            made,
        )
    }

    /// The key set as the root signed it.
    #[must_use]
    pub fn key_set(&self) -> &str {
        &self.keys.key_set_token
    }

    /// The public keys for JOSE libraries.
    #[must_use]
    pub fn jwks(&self) -> Value {
        let keys = self
            .keys
            .key_set
            .keys
            .iter()
            .map(|entry| entry.key.to_jwk())
            .collect();
        Value::object([("keys", Some(Value::Array(keys)))])
    }

    fn list_address(&self, list: u64) -> String {
        format!("{}{}", self.issuer.id, path::status(list))
    }
}
