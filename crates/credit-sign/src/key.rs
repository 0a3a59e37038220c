//! Public keys, as JWK (RFC 7517, RFC 8037) and by thumbprint (RFC 7638).

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use credit_core::json::Value;
use sha2::{Digest, Sha256};

use crate::algorithm::Algorithm;
use crate::base64::{decode, encode};
use crate::curve::{Comb, Point, ed25519, sm2};

/// SHA-256 thumbprint of a key (RFC 7638): what `kid` is and what roots are
/// pinned by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thumbprint([u8; 32]);

/// A key that verifies under its own algorithm only.
#[derive(Clone, Debug)]
pub struct PublicKey {
    algorithm: Algorithm,
    /// `x`, and `y` where the algorithm has it.
    coordinates: [[u8; 32]; 2],
    point: Point,
    /// Made with the first signature that is checked.
    comb: OnceLock<Comb>,
    thumbprint: Thumbprint,
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
        let point = ed25519::key(bytes).ok_or(KeyError::Point)?;
        Ok(Self::of(Algorithm::EdDsa, [*bytes, [0; 32]], point))
    }

    /// An SM2 key from the coordinates of its point, 32 bytes each, most
    /// significant first.
    ///
    /// # Errors
    /// [`KeyError::Point`] for coordinates of no point of the curve.
    pub fn sm2(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, KeyError> {
        let point = sm2::key(x, y).ok_or(KeyError::Point)?;
        Ok(Self::of(Algorithm::Sm2Sm3, [*x, *y], point))
    }

    fn of(algorithm: Algorithm, coordinates: [[u8; 32]; 2], point: Point) -> Self {
        // RFC 7638: the members that make the key, in order of their names and
        // without a space. None of them needs an escape.
        let (kty, crv) = algorithm.key_kind();
        let (x, y) = members(algorithm, &coordinates);
        let mut json = ["{\"crv\":\"", crv, "\",\"kty\":\"", kty, "\",\"x\":\"", &x].concat();
        if let Some(y) = y {
            json.push_str("\",\"y\":\"");
            json.push_str(&y);
        }
        json.push_str("\"}");
        let thumbprint = Thumbprint(Sha256::digest(json.as_bytes()).into());
        Self {
            algorithm,
            coordinates,
            point,
            comb: OnceLock::new(),
            thumbprint,
        }
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
        if jwk.str_of("kid") == Some(key.thumbprint.text().as_str()) {
            Ok(key)
        } else {
            Err(KeyError::Kid)
        }
    }

    /// The key as JWK.
    #[must_use]
    pub fn to_jwk(&self) -> Value {
        let (kty, crv) = self.algorithm.key_kind();
        let text = |text: &str| Some(Value::text(text));
        let (x, y) = members(self.algorithm, &self.coordinates);
        Value::object([
            ("kty", text(kty)),
            ("crv", text(crv)),
            ("x", Some(Value::text(x))),
            ("y", y.map(Value::text)),
            ("alg", text(self.algorithm.code())),
            ("use", text("sig")),
            ("kid", Some(Value::text(self.thumbprint.to_string()))),
        ])
    }

    /// The only algorithm that the key verifies under.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
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
        let [x, y] = &self.coordinates;
        let comb = self.comb.get_or_init(|| match self.algorithm {
            Algorithm::EdDsa => ed25519::comb(&self.point),
            Algorithm::Sm2Sm3 => sm2::comb(&self.point),
        });
        match self.algorithm {
            Algorithm::EdDsa => ed25519::verifies(comb, x, message, signature),
            Algorithm::Sm2Sm3 => sm2::verifies(comb, [x, y], message, signature),
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

/// The members `x` and `y` of a JWK.
fn members(algorithm: Algorithm, [x, y]: &[[u8; 32]; 2]) -> (String, Option<String>) {
    let y = (algorithm == Algorithm::Sm2Sm3).then(|| encode(y));
    (encode(x), y)
}

impl Thumbprint {
    /// As `kid` and pins have it: 43 characters.
    #[must_use]
    pub fn text(&self) -> String {
        encode(&self.0)
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
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
