//! The key of persons: numbers of natural persons are kept as HMAC-SM3 under
//! it, and as nothing else. It signs nothing, and no other key does this.

use credit_core::feed::PersonNumber;
use credit_core::record::PersonKey;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sm3::Sm3;
use zeroize::Zeroizing;

use super::{KeyFolder, KeysError, Passphrase};

/// Name of its file.
const FILE: &str = "person";

/// Makes keyed digests of persons' numbers.
pub struct PersonDigest(Zeroizing<[u8; 32]>);

impl PersonDigest {
    /// Reads the key in `folder`, or makes one where `may_create`.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn open(
        folder: &KeyFolder,
        passphrase: &Passphrase,
        may_create: bool,
    ) -> Result<Self, KeysError> {
        let secret = folder.secret(FILE, passphrase, may_create)?;
        Ok(Self(secret))
    }

    /// The digest of a number.
    #[must_use]
    pub fn of(&self, number: &PersonNumber) -> PersonKey {
        let digested = Zeroizing::new(number.digested());
        // A key of any length is taken, so that this cannot fail.
        let mut mac = match Hmac::<Sm3>::new_from_slice(self.0.as_ref()) {
            Ok(mac) => mac,
            Err(_) => return PersonKey([0; 32]),
        };
        mac.update(digested.as_bytes());
        PersonKey(mac.finalize().into_bytes().into())
    }
}
