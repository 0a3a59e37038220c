//! A key that signs.

use std::fmt;

use credit_core::json::Value;
use ed25519_dalek::{Signer as _, SigningKey};

use crate::key::{ALG_EDDSA, KeyError, PublicKey, encode};

/// A private key with its public half.
pub struct Signer {
    key: SigningKey,
    public: PublicKey,
}

impl Signer {
    /// A signer from the 32 secret bytes of an Ed25519 key.
    ///
    /// # Errors
    /// [`KeyError::Point`] for the few seeds whose public key is weak.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let public = PublicKey::from_bytes(key.verifying_key().as_bytes())?;
        Ok(Self { key, public })
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// `payload` as a signed document of type `typ`.
    #[must_use]
    pub fn sign(&self, typ: &str, payload: &Value) -> String {
        let header = Value::object([
            ("alg", Some(Value::text(ALG_EDDSA))),
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
        format!("{input}.{}", encode(&signature.to_bytes()))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public.thumbprint())
    }
}
