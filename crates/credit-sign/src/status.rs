//! 撤销状态: W3C Bitstring Status List 1.0, itself a signed credential.

use std::fmt;

use credit_core::date::Timestamp;
use credit_core::json::Value;
use credit_core::limits::{CLOCK_SKEW_SECONDS, STATUS_LIST_BITS};

use crate::base64::decode;
use crate::inflate::inflate;
use crate::jws::{Jws, JwsError, TYP_CREDENTIAL};
use crate::keyset::{KeySet, Purpose};

/// `type` of the credential beside `VerifiableCredential`.
pub const STATUS_LIST_TYPE: &str = "BitstringStatusListCredential";

/// Member that names the version of the key set that was in force.
pub(crate) const KEY_SET_VERSION: &str = "keySetVersion";

/// A status list that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    /// Its address, which cards point to.
    pub id: String,
    /// When it was made.
    pub made: Timestamp,
    /// For so many seconds it tells what is revoked.
    ttl: i64,
    bits: Vec<u8>,
}

/// Why a status list tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatusError {
    /// Not a status list, or not signed by a status key of the set.
    Document(JwsError),
    /// The key is unknown, retired or meant for something else.
    Key,
    /// A member is missing or wrong.
    Member(&'static str),
    /// It is another list than the card points to.
    Address,
    /// Older than its own lifetime, or from the future.
    Stale,
    /// There is a later key set than the one it was checked with: a key may
    /// have been retired since.
    KeySet,
    /// The document's index lies outside.
    Index,
}

impl StatusList {
    /// Checks a status list.
    ///
    /// # Errors
    /// [`StatusError`]. Whatever it is, revocation was *not checked*: a broken
    /// list is no evidence against a card.
    pub fn open(
        token: &str,
        keys: &KeySet,
        address: &str,
        now: Timestamp,
    ) -> Result<Self, StatusError> {
        let jws = Jws::parse(token, &[TYP_CREDENTIAL]).map_err(StatusError::Document)?;
        let entry = keys
            .key(jws.kid(), Purpose::Status)
            .ok_or(StatusError::Key)?;
        if entry.retired.is_some() || entry.until < now {
            return Err(StatusError::Key);
        }
        let payload = jws.verify(&entry.key).map_err(StatusError::Document)?;
        let member = StatusError::Member;
        let types = payload
            .get("type")
            .and_then(Value::as_array)
            .unwrap_or_default();
        if !types
            .iter()
            .any(|word| word.as_str() == Some(STATUS_LIST_TYPE))
        {
            return Err(member("type"));
        }
        let subject = payload
            .get("credentialSubject")
            .ok_or(member("credentialSubject"))?;
        if subject.str_of("statusPurpose") != Some("revocation") {
            return Err(member("statusPurpose"));
        }
        let id = payload.str_of("id").ok_or(member("id"))?.to_owned();
        if id != address {
            return Err(StatusError::Address);
        }
        let key_set = subject.int_of(KEY_SET_VERSION);
        if key_set.ok_or(member(KEY_SET_VERSION))? > keys.version {
            return Err(StatusError::KeySet);
        }
        let made = payload
            .int_of("iat")
            .map(Timestamp::from_unix)
            .ok_or(member("iat"))?;
        // W3C gives the lifetime in milliseconds.
        let ttl = subject.int_of("ttl").ok_or(member("ttl"))? / 1000;
        let bits = subject
            .str_of("encodedList")
            .and_then(unpack)
            .ok_or(member("encodedList"))?;
        let list = Self {
            id,
            made,
            ttl: ttl.clamp(0, 86_400),
            bits,
        };
        if list.is_fresh(now) {
            Ok(list)
        } else {
            Err(StatusError::Stale)
        }
    }

    /// Whether it still tells what is revoked at `now`.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let oldest = now.plus(-self.ttl - CLOCK_SKEW_SECONDS);
        self.made >= oldest && self.made <= now.plus(CLOCK_SKEW_SECONDS)
    }

    /// Whether the bit at `index` is set. Bits count from the most significant
    /// of the first byte.
    ///
    /// # Errors
    /// [`StatusError::Index`] outside the list.
    pub fn is_revoked(&self, index: u64) -> Result<bool, StatusError> {
        let byte = usize::try_from(index / 8)
            .ok()
            .and_then(|byte| self.bits.get(byte));
        byte.map(|byte| byte & (0x80 >> (index % 8)) != 0)
            .ok_or(StatusError::Index)
    }
}

/// Undoes multibase `u` and GZIP (RFC 1952). Inflated here and not by the
/// page: a host that replaced `DecompressionStream` could empty the list.
fn unpack(text: &str) -> Option<Vec<u8>> {
    let bytes = decode(text.strip_prefix('u')?)?;
    // Ten bytes of header without optional fields, eight of trailer.
    let (header, rest) = bytes.split_at_checked(10)?;
    let (body, trailer) = rest.split_at_checked(rest.len().checked_sub(8)?)?;
    if header.get(..4)? != [0x1f, 0x8b, 8, 0] {
        return None;
    }
    let length = usize::try_from(STATUS_LIST_BITS / 8).ok()?;
    let told = u32::from_le_bytes(trailer.get(4..)?.try_into().ok()?);
    inflate(body, length).filter(|_| usize::try_from(told).ok() == Some(length))
}

impl StatusError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Document(JwsError::Signature) => "status-signature",
            Self::Document(_) | Self::Member(_) => "status-form",
            Self::Key => "status-key",
            Self::Address => "status-address",
            Self::Stale => "status-stale",
            Self::KeySet => "key-set-old",
            Self::Index => "status-index",
        }
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(error) => write!(f, "status list: {error}"),
            Self::Key => f.write_str("status list is signed by no valid status key"),
            Self::Member(name) => write!(f, "status list: member '{name}' is missing or wrong"),
            Self::Address => f.write_str("status list has another address"),
            Self::Stale => f.write_str("status list is older than its lifetime"),
            Self::KeySet => f.write_str("status list was made under a later key set"),
            Self::Index => f.write_str("index lies outside the status list"),
        }
    }
}

impl std::error::Error for StatusError {}
