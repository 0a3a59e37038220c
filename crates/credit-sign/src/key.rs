//! Public keys, as JWK (RFC 7517, RFC 8037) and by thumbprint (RFC 7638).

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64UrlUnpadded, Encoding};
use credit_core::json::Value;
use sha2::{Digest, Sha256};
use sm2::dsa::signature::Verifier as _;

use crate::algorithm::{Algorithm, SM2_USER_ID};

/// SHA-256 thumbprint of a key (RFC 7638): what `kid` is and what roots are
/// pinned by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thumbprint([u8; 32]);

/// A key that verifies under its own algorithm only.
#[derive(Clone, Debug)]
pub struct PublicKey {
    key: Key,
    thumbprint: Thumbprint,
}

#[derive(Clone, Debug)]
enum Key {
    Ed25519(ed25519_dalek::VerifyingKey),
    Sm2(sm2::dsa::VerifyingKey),
}

/// Why a JWK or thumbprint is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// Neither Ed25519 with `alg` EdDSA nor SM2 with `alg` SM2-SM3, or private.
    Kind,
    /// A coordinate is not the canonical base64url of 32 bytes.
    Encoding,
    /// Not a point of the curve, or one of small order.
    Point,
    /// `kid` is not the key's thumbprint.
    Kid,
}

impl PublicKey {
    /// An Ed25519 key from its 32 bytes.
    ///
    /// # Errors
    /// [`KeyError::Point`] for bytes that are no point, or a weak one.
    pub fn ed25519(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Point)?;
        if key.is_weak() || key.as_bytes() != bytes {
            return Err(KeyError::Point);
        }
        Ok(Self::of(Key::Ed25519(key)))
    }

    /// An SM2 key from the coordinates of its point, 32 bytes each, most
    /// significant first.
    ///
    /// # Errors
    /// [`KeyError::Point`] for coordinates of no point of the curve.
    pub fn sm2(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, KeyError> {
        let mut point = [4; 65];
        point[1..33].copy_from_slice(x);
        point[33..].copy_from_slice(y);
        let key = sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_USER_ID, &point);
        key.map(|key| Self::of(Key::Sm2(key)))
            .map_err(|_| KeyError::Point)
    }

    /// The key of a signer.
    #[cfg(feature = "issue")]
    pub(crate) fn of_sm2(key: sm2::dsa::VerifyingKey) -> Self {
        Self::of(Key::Sm2(key))
    }

    fn of(key: Key) -> Self {
        // RFC 7638: the members that make the key, in order of their names.
        let (kty, crv) = key.algorithm().key_kind();
        let [x, y] = key.coordinates();
        let text = |text: &str| Some(Value::text(text));
        let members = Value::object([("crv", text(crv)), ("kty", text(kty)), ("x", x), ("y", y)]);
        let thumbprint = Thumbprint(Sha256::digest(members.to_string().as_bytes()).into());
        Self { key, thumbprint }
    }

    /// Reads a JWK; `alg` and `kid` have to be there and right.
    ///
    /// # Errors
    /// [`KeyError`] says what is wrong.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        let algorithm: Algorithm = jwk
            .str_of("alg")
            .and_then(|alg| alg.parse().ok())
            .ok_or(KeyError::Kind)?;
        let (kty, crv) = algorithm.key_kind();
        let is_kind = jwk.str_of("kty") == Some(kty) && jwk.str_of("crv") == Some(crv);
        if !is_kind || jwk.get("d").is_some() {
            return Err(KeyError::Kind);
        }
        let coordinate = |name| {
            let bytes = decode(jwk.str_of(name).unwrap_or_default());
            let bytes: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
            bytes.ok_or(KeyError::Encoding)
        };
        let key = match algorithm {
            Algorithm::EdDsa => Self::ed25519(&coordinate("x")?)?,
            Algorithm::Sm2Sm3 => Self::sm2(&coordinate("x")?, &coordinate("y")?)?,
        };
        if jwk.str_of("kid") == Some(key.thumbprint.to_string().as_str()) {
            Ok(key)
        } else {
            Err(KeyError::Kid)
        }
    }

    /// The key as JWK.
    #[must_use]
    pub fn to_jwk(&self) -> Value {
        let algorithm = self.algorithm();
        let (kty, crv) = algorithm.key_kind();
        let text = |text: &str| Some(Value::text(text));
        let [x, y] = self.key.coordinates();
        Value::object([
            ("kty", text(kty)),
            ("crv", text(crv)),
            ("x", x),
            ("y", y),
            ("alg", text(algorithm.code())),
            ("use", text("sig")),
            ("kid", Some(Value::text(self.thumbprint.to_string()))),
        ])
    }

    /// The only algorithm that the key verifies under.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
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
        match &self.key {
            Key::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Key::Sm2(key) => sm2::dsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
        }
    }
}

/// Two keys with one thumbprint are the same, or SHA-256 is broken.
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.thumbprint == other.thumbprint
    }
}

impl Eq for PublicKey {}

impl Key {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519(_) => Algorithm::EdDsa,
            Self::Sm2(_) => Algorithm::Sm2Sm3,
        }
    }

    /// The members `x` and `y` of the JWK.
    fn coordinates(&self) -> [Option<Value>; 2] {
        let member = |bytes: &[u8]| Some(Value::text(encode(bytes)));
        match self {
            Self::Ed25519(key) => [member(key.as_bytes()), None],
            Self::Sm2(key) => {
                let point = key.to_sec1_bytes();
                [point.get(1..33), point.get(33..)].map(|part| part.and_then(member))
            }
        }
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
            Self::Kind => "not a public key on Ed25519 with alg EdDSA, or on SM2 with alg SM2-SM3",
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
