//! 测试密钥: the key that signs what dummy codes show. Both its halves are
//! published, so that it proves nothing; no root signs it, and widgets take it
//! for dummy codes only, with a mark that cannot be missed.

use crate::key::PublicKey;
use crate::keyset::{KeyEntry, KeySet, Purpose};

/// The secret half. Everybody may have it.
#[cfg(feature = "issue")]
const SECRET: &[u8; 32] = b"credit-widgets, a published key!";

/// The public half.
const PUBLIC: [u8; 32] = [
    0xb7, 0x35, 0x2e, 0x99, 0xf3, 0x70, 0xec, 0xe5, 0x4c, 0x06, 0x0a, 0xc6, 0xad, 0xa2, 0xcd, 0x1a,
    0x41, 0x2d, 0x0d, 0xe3, 0x85, 0x63, 0x0c, 0xa9, 0xbe, 0xd3, 0x20, 0xaa, 0x2d, 0x9c, 0x98, 0xbf,
];

/// The key set that a document about a dummy code is checked with, beside the
/// issuer's own. `None` never comes: the key is one.
#[must_use]
pub fn keys(own: &KeySet) -> Option<KeySet> {
    let key = PublicKey::ed25519(&PUBLIC).ok()?;
    let entry = |purpose| KeyEntry {
        key: key.clone(),
        purpose,
        from: own.made,
        until: own.until,
        retired: None,
    };
    Some(KeySet {
        issuer: own.issuer.clone(),
        keys: vec![entry(Purpose::Card), entry(Purpose::Status)],
        ..*own
    })
}

/// What signs for dummy codes.
///
/// # Errors
/// None: the secret is one.
#[cfg(feature = "issue")]
pub fn signer() -> Result<crate::issue::Signer, crate::key::KeyError> {
    crate::issue::Signer::new(crate::algorithm::Algorithm::EdDsa, SECRET)
}

#[cfg(all(test, feature = "issue"))]
mod tests {
    use super::*;

    #[test]
    fn both_halves_belong_together() {
        let signer = signer().unwrap();
        assert_eq!(PublicKey::ed25519(&PUBLIC).as_ref(), Ok(signer.public()));
    }
}
