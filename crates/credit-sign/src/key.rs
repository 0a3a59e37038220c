//! Public keys, as JWK (RFC 7517, RFC 8037) and by thumbprint (RFC 7638).

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64UrlUnpadded, Encoding};
use credit_core::json::Value;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// `alg` of Ed25519 signatures (RFC 8037). Our documents use no other name.
pub const ALG_EDDSA: &str = "EdDSA";

/// SHA-256 thumbprint of a key (RFC 7638): what `kid` is and what roots are
/// pinned by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thumbprint([u8; 32]);

/// A key that verifies under its own algorithm only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    thumbprint: Thumbprint,
}

/// Why a JWK or thumbprint is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// Not an OKP key on Ed25519 with `alg` EdDSA.
    Kind,
    /// `x` is not the canonical base64url of 32 bytes.
    Encoding,
    /// Not a point of the curve, or one of small order.
    Point,
    /// `kid` is not the key's thumbprint.
    Kid,
}

impl PublicKey {
    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// [`KeyError::Point`] for bytes that are no point, or a weak one.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Point)?;
        if key.is_weak() || key.as_bytes() != bytes {
            return Err(KeyError::Point);
        }
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, encode(bytes));
        let thumbprint = Thumbprint(Sha256::digest(members.as_bytes()).into());
        Ok(Self { key, thumbprint })
    }

    /// Reads a JWK; `alg` and `kid` have to be there and right.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        let kind = (jwk.str_of("kty"), jwk.str_of("crv"), jwk.str_of("alg"));
        if kind != (Some("OKP"), Some("Ed25519"), Some(ALG_EDDSA)) || jwk.get("d").is_some() {
            return Err(KeyError::Kind);
        }
        let x = decode(jwk.str_of("x").unwrap_or_default()).ok_or(KeyError::Encoding)?;
        let bytes: [u8; 32] = x.try_into().map_err(|_| KeyError::Encoding)?;
        let key = Self::from_bytes(&bytes)?;
        if jwk.str_of("kid") == Some(key.thumbprint.to_string().as_str()) {
            Ok(key)
        } else {
            Err(KeyError::Kid)
        }
    }

    /// The key as JWK.
    #[must_use]
    pub fn to_jwk(&self) -> Value {
        Value::object([
            ("kty", Some(Value::text("OKP"))),
            ("crv", Some(Value::text("Ed25519"))),
            ("x", Some(Value::text(encode(self.key.as_bytes())))),
            ("alg", Some(Value::text(ALG_EDDSA))),
            ("use", Some(Value::text("sig"))),
            ("kid", Some(Value::text(self.thumbprint.to_string()))),
        ])
    }

    /// The key's thumbprint, its `kid`.
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        self.thumbprint
    }

    /// Whether `signature` over `message` is this key's. Strict: neither
    /// malleable signatures nor points of small order pass.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode(&self.0))
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Thumbprint({self})")
    }
}

impl FromStr for Thumbprint {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        decode(text)
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or(KeyError::Encoding)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind => "not an Ed25519 public key with alg EdDSA",
            Self::Encoding => "not the canonical base64url of 32 bytes",
            Self::Point => "not a point of the curve, or a weak one",
            Self::Kid => "kid is not the thumbprint of the key",
        })
    }
}

impl std::error::Error for KeyError {}

/// base64url without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Bytes of canonical base64url without padding: one text for one value.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64UrlUnpadded::decode_vec(text).ok()?;
    (encode(&bytes) == text).then_some(bytes)
}
