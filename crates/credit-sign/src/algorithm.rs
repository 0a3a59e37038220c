//! 签名算法: which there are, and what each is made of.

use std::fmt;

/// A signature algorithm. A key has one and verifies under no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Ed25519 (RFC 8032) as JOSE has it (RFC 8037).
    EdDsa,
    /// SM2 signatures over SM3 digests (GB/T 32918.2, GB/T 32905). JOSE has no
    /// name for it, so that this one is private: `r‖s` of 32 bytes each, over
    /// the signing input, with the user id [`SM2_USER_ID`].
    Sm2Sm3,
}

/// 用户身份标识: GM/T 0009 gives it for whoever has none of their own.
pub const SM2_USER_ID: &str = "1234567812345678";

impl Algorithm {
    /// All algorithms.
    pub const ALL: [Self; 2] = [Self::EdDsa, Self::Sm2Sm3];

    /// `alg` in our documents and keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Sm2Sm3 => "SM2-SM3",
        }
    }

    /// The algorithm that a document's header names. RFC 9864 calls EdDSA with
    /// Ed25519 by the name of its curve.
    pub(crate) fn of_header(alg: &str) -> Option<Self> {
        match alg {
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            "SM2-SM3" => Some(Self::Sm2Sm3),
            _ => None,
        }
    }

    /// `kty` and `crv` of its keys.
    pub(crate) fn key_kind(self) -> (&'static str, &'static str) {
        match self {
            Self::EdDsa => ("OKP", "Ed25519"),
            Self::Sm2Sm3 => ("EC", "SM2"),
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(text: &str) -> Result<Self, UnknownAlgorithm> {
        let mut all = Self::ALL.into_iter();
        all.find(|algorithm| algorithm.code() == text)
            .ok_or(UnknownAlgorithm)
    }
}

/// A name that no algorithm of ours has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAlgorithm;

impl fmt::Display for UnknownAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("allowed are EdDSA and SM2-SM3")
    }
}

impl std::error::Error for UnknownAlgorithm {}
