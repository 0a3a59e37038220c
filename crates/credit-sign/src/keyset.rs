//! 密钥集: the issuer's signing keys, signed by its offline root.

use std::fmt;

use credit_core::date::Timestamp;
use credit_core::json::Value;

use crate::jws::{Jws, JwsError, TYP_KEY_SET};
use crate::key::{PublicKey, Thumbprint};

/// The keys that a pinned root vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySet {
    /// The issuer's address.
    pub issuer: String,
    /// Counts up; never goes back.
    pub version: i64,
    /// When it was signed.
    pub made: Timestamp,
    /// When it stops counting.
    pub until: Timestamp,
    /// The keys.
    pub keys: Vec<KeyEntry>,
}

/// One key with what it may be used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// The key.
    pub key: PublicKey,
    /// What it signs.
    pub purpose: Purpose,
    /// First moment that it signs at.
    pub from: Timestamp,
    /// End of its validity.
    pub until: Timestamp,
    /// Since when it is not trusted any more.
    pub retired: Option<Timestamp>,
}

/// What a key signs: a key of one purpose proves nothing of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Cards and passes.
    Card,
    /// Status lists.
    Status,
}

/// What a verifier brings along, and no document can change.
#[derive(Clone, Copy, Debug)]
pub struct Pins<'a> {
    /// The roots that it trusts.
    pub roots: &'a [Thumbprint],
    /// The latest version of the key set that it has seen; 0 is none.
    pub seen: i64,
}

/// Why a key set is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeySetError {
    /// Not a key set, or not signed by the root that it names.
    Document(JwsError),
    /// A member is missing or wrong.
    Member(&'static str),
    /// Its root is not one of the pinned ones.
    Root,
    /// Its time is over.
    Expired,
    /// An older one than was seen before: a key that was retired since may
    /// still stand in it as good.
    RolledBack,
}

impl Purpose {
    /// Stable word for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Status => "status",
        }
    }
}

impl std::str::FromStr for Purpose {
    type Err = KeySetError;

    fn from_str(text: &str) -> Result<Self, KeySetError> {
        match text {
            "card" => Ok(Self::Card),
            "status" => Ok(Self::Status),
            _ => Err(KeySetError::Member("purpose")),
        }
    }
}

impl KeySet {
    /// Checks a `keyset.jwt` against the pinned roots.
    ///
    /// # Errors
    /// [`KeySetError`]; `Expired` and `RolledBack` say that it is an old one,
    /// everything else that somebody else wrote it.
    pub fn open(token: &str, pins: &Pins<'_>, now: Timestamp) -> Result<Self, KeySetError> {
        let jws = Jws::parse(token, &[TYP_KEY_SET]).map_err(KeySetError::Document)?;
        let member = KeySetError::Member;
        let root = jws.unverified_payload().get("root").ok_or(member("root"))?;
        let root = PublicKey::from_jwk(root).map_err(|_| member("root"))?;
        if !pins.roots.contains(&root.thumbprint()) {
            return Err(KeySetError::Root);
        }
        let payload = jws.verify(&root).map_err(KeySetError::Document)?;
        let set = Self::from_json(payload)?;
        if set.version < pins.seen {
            return Err(KeySetError::RolledBack);
        }
        if set.until < now {
            return Err(KeySetError::Expired);
        }
        Ok(set)
    }

    /// Reads what a key set says, whoever says it.
    ///
    /// # Errors
    /// [`KeySetError::Member`] names the first member that is missing or wrong.
    pub fn from_json(payload: &Value) -> Result<Self, KeySetError> {
        let member = KeySetError::Member;
        let keys = payload.get("keys").and_then(Value::as_array);
        let mut entries = Vec::new();
        for key in keys.ok_or(member("keys"))? {
            entries.push(KeyEntry::from_json(key)?);
        }
        Ok(Self {
            issuer: payload.str_of("iss").ok_or(member("iss"))?.to_owned(),
            version: payload.int_of("version").ok_or(member("version"))?,
            made: moment(payload, "iat")?,
            until: moment(payload, "exp")?,
            keys: entries,
        })
    }

    /// The key `kid` for `purpose`.
    #[must_use]
    pub fn key(&self, kid: Thumbprint, purpose: Purpose) -> Option<&KeyEntry> {
        self.keys
            .iter()
            .find(|entry| entry.purpose == purpose && entry.key.thumbprint() == kid)
    }
}

impl KeyEntry {
    fn from_json(value: &Value) -> Result<Self, KeySetError> {
        let member = KeySetError::Member;
        let jwk = value.get("jwk").ok_or(member("jwk"))?;
        Ok(Self {
            key: PublicKey::from_jwk(jwk).map_err(|_| member("jwk"))?,
            purpose: value.str_of("purpose").ok_or(member("purpose"))?.parse()?,
            from: moment(value, "nbf")?,
            until: moment(value, "exp")?,
            retired: match value.get("retired") {
                None => None,
                Some(_) => Some(moment(value, "retired")?),
            },
        })
    }
}

fn moment(value: &Value, name: &'static str) -> Result<Timestamp, KeySetError> {
    value
        .int_of(name)
        .map(Timestamp::from_unix)
        .ok_or(KeySetError::Member(name))
}

impl KeySetError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Document(JwsError::Signature) => "key-set-signature",
            Self::Document(_) | Self::Member(_) => "key-set-form",
            Self::Root => "root-not-pinned",
            Self::Expired => "key-set-expired",
            Self::RolledBack => "key-set-rolled-back",
        }
    }
}

impl fmt::Display for KeySetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(error) => write!(f, "key set: {error}"),
            Self::Member(name) => write!(f, "key set: member '{name}' is missing or wrong"),
            Self::Root => f.write_str("key set is signed by a root that is not pinned"),
            Self::Expired => f.write_str("key set is out of date"),
            Self::RolledBack => f.write_str("key set is older than one that was seen before"),
        }
    }
}

impl std::error::Error for KeySetError {}
