//! JWS compact serialisation (RFC 7515), as narrow as our documents are.

use std::fmt;

use credit_core::json::{self, Value};
use credit_core::limits::{DOCUMENT_MAX_BYTES, TOKEN_MAX_BYTES};
use credit_core::text::pieces;

use crate::algorithm::Algorithm;
use crate::base64::decode;
use crate::key::{PublicKey, Thumbprint};

/// `typ` of a card and of a status list.
pub const TYP_CREDENTIAL: &str = "vc+jwt";
/// `typ` of a pass.
pub const TYP_PASS: &str = "credit-pass+jwt";
/// `typ` of a key set.
pub const TYP_KEY_SET: &str = "credit-keyset+jwt";

/// A document whose signature has not been checked yet.
#[derive(Clone, Debug)]
pub struct Jws<'a> {
    typ: &'static str,
    algorithm: Algorithm,
    kid: Thumbprint,
    payload: Value,
    signing_input: &'a str,
    signature: Vec<u8>,
}

/// Why a text is not one of our documents, or not signed by the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwsError {
    /// More than [`TOKEN_MAX_BYTES`], or [`DOCUMENT_MAX_BYTES`] of a report.
    Size,
    /// Not three parts of canonical base64url.
    Form,
    /// The header is not exactly `alg`, `kid`, `typ`.
    Header,
    /// An algorithm that we do not take.
    Algorithm,
    /// Another kind of document.
    Type,
    /// The payload is not strict JSON.
    Payload,
    /// The signature is not the key's.
    Signature,
}

impl<'a> Jws<'a> {
    /// Takes a document of one of the types `types` apart.
    ///
    /// The header has three members and no more: an embedded key, a key
    /// address, a certificate or a `crit` list has no place in it.
    ///
    /// # Errors
    /// [`JwsError`], all but `Signature`.
    pub fn parse(token: &'a str, types: &[&'static str]) -> Result<Self, JwsError> {
        if token.len() > TOKEN_MAX_BYTES {
            return Err(JwsError::Size);
        }
        Self::parse_long(token, types)
    }

    /// The same where it may be a report.
    ///
    /// # Errors
    /// [`JwsError`], all but `Signature`.
    pub fn parse_long(token: &'a str, types: &[&'static str]) -> Result<Self, JwsError> {
        if token.len() > DOCUMENT_MAX_BYTES {
            return Err(JwsError::Size);
        }
        let [header, payload, signature] = pieces(token, b".")[..] else {
            return Err(JwsError::Form);
        };
        let signing_input = &token[..header.len() + 1 + payload.len()];
        let header = read(header, JwsError::Header)?;
        let kid = match &header {
            Value::Object(members) if members.len() == 3 => header.str_of("kid"),
            _ => None,
        };
        let kid = kid
            .and_then(|kid| kid.parse().ok())
            .ok_or(JwsError::Header)?;
        let alg = header.str_of("alg").ok_or(JwsError::Header)?;
        let algorithm = Algorithm::of_header(alg).ok_or(JwsError::Algorithm)?;
        let typ = header.str_of("typ").ok_or(JwsError::Header)?;
        let typ = types.iter().find(|known| **known == typ);
        let typ = *typ.ok_or(JwsError::Type)?;
        Ok(Self {
            typ,
            algorithm,
            kid,
            payload: read(payload, JwsError::Payload)?,
            signing_input,
            signature: decode(signature).ok_or(JwsError::Form)?,
        })
    }

    /// The type that the document names.
    #[must_use]
    pub fn typ(&self) -> &'static str {
        self.typ
    }

    /// The key that the document names.
    #[must_use]
    pub fn kid(&self) -> Thumbprint {
        self.kid
    }

    /// What the document says. Nothing of it is to be believed before
    /// [`verify`](Self::verify).
    #[must_use]
    pub fn unverified_payload(&self) -> &Value {
        &self.payload
    }

    /// The payload, if `key` is the one that is named and signed it, under the
    /// key's own algorithm.
    ///
    /// # Errors
    /// [`JwsError::Signature`]
    pub fn verify(&self, key: &PublicKey) -> Result<&Value, JwsError> {
        let signed = key.thumbprint() == self.kid
            && key.algorithm() == self.algorithm
            && key.verifies(self.signing_input.as_bytes(), &self.signature);
        signed.then_some(&self.payload).ok_or(JwsError::Signature)
    }
}

fn read(part: &str, error: JwsError) -> Result<Value, JwsError> {
    let bytes = decode(part).ok_or(JwsError::Form)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| error)?;
    json::parse(text).map_err(|_| error)
}

impl JwsError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Form => "form",
            Self::Header => "header",
            Self::Algorithm => "algorithm",
            Self::Type => "type",
            Self::Payload => "payload",
            Self::Signature => "signature",
        }
    }
}

impl fmt::Display for JwsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size => f.write_str("document is larger than one of its kind"),
            Self::Form => f.write_str("document is not three parts of canonical base64url"),
            Self::Header => f.write_str("header is not exactly alg, kid and typ"),
            Self::Algorithm => f.write_str("algorithm is neither EdDSA nor SM2-SM3"),
            Self::Type => f.write_str("another kind of document"),
            Self::Payload => f.write_str("payload is not strict JSON of that kind"),
            Self::Signature => f.write_str("signature does not fit the document and the key"),
        }
    }
}

impl std::error::Error for JwsError {}
