//! A key that signs.

use std::fmt;

use credit_core::json::Value;
use ed25519_dalek::Signer as _;

use crate::algorithm::{Algorithm, SM2_USER_ID};
use crate::base64::encode;
use crate::key::{KeyError, PublicKey};

/// A private key with its public half.
pub struct Signer {
    key: Key,
    public: PublicKey,
}

enum Key {
    Ed25519(ed25519_dalek::SigningKey),
    Sm2(sm2::dsa::SigningKey),
}

impl Signer {
    /// A signer from the 32 secret bytes of a key: the seed of Ed25519, the
    /// scalar of SM2 with its most significant byte first.
    ///
    /// # Errors
    /// [`KeyError::Point`] for the few bytes that make no key or a weak one.
    pub fn new(algorithm: Algorithm, secret: &[u8; 32]) -> Result<Self, KeyError> {
        match algorithm {
            Algorithm::EdDsa => {
                let key = ed25519_dalek::SigningKey::from_bytes(secret);
                let public = PublicKey::ed25519(key.verifying_key().as_bytes())?;
                let key = Key::Ed25519(key);
                Ok(Self { key, public })
            }
            Algorithm::Sm2Sm3 => {
                let key = sm2::dsa::SigningKey::from_slice(SM2_USER_ID, secret)
                    .map_err(|_| KeyError::Point)?;
                let point = key.verifying_key().to_sec1_bytes();
                let coordinate = |range| {
                    let bytes: Option<&[u8]> = point.get(range);
                    let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
                    bytes.ok_or(KeyError::Point)
                };
                let public = PublicKey::sm2(coordinate(1..33)?, coordinate(33..65)?)?;
                let key = Key::Sm2(key);
                Ok(Self { key, public })
            }
        }
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// `payload` as a signed document of type `typ`. The same payload is the
    /// same bytes: no nonce is drawn.
    #[must_use]
    pub fn sign(&self, typ: &str, payload: &Value) -> String {
        let header = Value::object([
            ("alg", Some(Value::text(self.public.algorithm().code()))),
            (
                "kid",
                Some(Value::text(self.public.thumbprint().to_string())),
            ),
            ("typ", Some(Value::text(typ))),
        ]);
        let input = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(payload.to_string().as_bytes())
        );
        let signature = self.key.sign(input.as_bytes());
        format!("{input}.{}", encode(&signature))
    }
}

impl Key {
    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
            // It fails for one nonce in 2^255; nobody would believe the document
            // without signature, which is the safe way for that to go.
            Self::Sm2(key) => key
                .try_sign(message)
                .map(|signature| signature.to_bytes().to_vec())
                .unwrap_or_default(),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public.thumbprint())
    }
}
