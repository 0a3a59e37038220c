//! 签名密钥: the folder of encrypted private keys and what is signed with them.

mod folder;
mod passphrase;
mod person;

use std::path::PathBuf;

use credit_core::date::Timestamp;
use credit_sign::issue::{self, Signer};
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeyEntry, KeySet, KeySetError, Purpose};

pub use folder::KeyFolder;
pub use passphrase::{Passphrase, PassphraseError};
pub use person::PersonDigest;

/// How long a signing key made here is good for, in seconds: two years.
const KEY_LIFETIME: i64 = 2 * 365 * 86_400;

/// The keys that a running server signs with. The root is not among them.
#[derive(Debug)]
pub struct Keys {
    /// Signs cards.
    pub card: Signer,
    /// Signs status lists.
    pub status: Signer,
    /// The key set as the root signed it.
    pub key_set_token: String,
    /// The same, read.
    pub key_set: KeySet,
    /// The root's thumbprint, which widgets pin.
    pub root: Thumbprint,
}

/// Why there are no keys to sign with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// A file of the folder.
    #[error("key file {path}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Others can read a private key.
    #[error("{path} can be read by others, its mode has to be 0600")]
    Mode {
        /// Which.
        path: PathBuf,
    },
    /// A wrong passphrase or a broken file.
    #[error("{path} cannot be decrypted with this passphrase")]
    Decrypt {
        /// Which.
        path: PathBuf,
    },
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The key set is not good.
    #[error("key set of the folder")]
    KeySet(#[from] KeySetError),
    /// The root of another server lies in this folder.
    #[error("key set is for {found}, this server is {expected}; sign a new one with the root")]
    Issuer {
        /// In the key set.
        found: String,
        /// `--public-url`.
        expected: String,
    },
    /// A key that the key set does not know, or no longer.
    #[error("{path} is not a current {purpose} key of the key set")]
    NotInSet {
        /// Which.
        path: PathBuf,
        /// What it should sign.
        purpose: &'static str,
    },
    /// `--require-keys`, or a database that others share.
    #[error("there are no keys in {path} and this server must not make them")]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// A folder with a root and without its key set.
    #[error(
        "{path} is there, but not keyset.jwt; bring that back, or move the keys away to begin anew"
    )]
    Unfinished {
        /// The root.
        path: PathBuf,
    },
    /// The system gave no randomness.
    #[error("no randomness from the system: {0}")]
    Random(getrandom::Error),
    /// A key could not be encrypted.
    #[error("a new key could not be encrypted")]
    Encrypt,
}

impl Keys {
    /// Reads the keys of `folder` for the issuer at `issuer`.
    ///
    /// A key set for another address is signed anew when the root lies in the
    /// folder, as it does on the machine of a developer who changes ports.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn open(
        folder: &KeyFolder,
        passphrase: &Passphrase,
        issuer: &str,
        now: Timestamp,
    ) -> Result<Self, KeysError> {
        let card = folder.read("card", passphrase)?;
        let status = folder.read("status", passphrase)?;
        let root = folder.root()?;
        let mut token = folder.key_set()?;
        let mut set = KeySet::open(&token, &[root], now)?;
        if set.issuer != issuer {
            if !folder.has("root") {
                let found = set.issuer;
                return Err(KeysError::Issuer {
                    found,
                    expected: issuer.to_owned(),
                });
            }
            set.issuer = issuer.to_owned();
            set.version += 1;
            set.made = now;
            token = issue::key_set(&folder.read("root", passphrase)?, &set);
            folder.write_key_set(&token)?;
        }
        for (name, signer, purpose) in [
            ("card", &card, Purpose::Card),
            ("status", &status, Purpose::Status),
        ] {
            let entry = set.key(signer.public().thumbprint(), purpose);
            if entry.is_none_or(|entry| entry.retired.is_some() || entry.until < now) {
                let path = folder.path(name);
                return Err(KeysError::NotInSet {
                    path,
                    purpose: purpose.code(),
                });
            }
        }
        Ok(Self {
            card,
            status,
            key_set_token: token,
            key_set: set,
            root,
        })
    }

    /// Makes a root, a card key and a status key in `folder`.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn create(
        folder: &KeyFolder,
        passphrase: &Passphrase,
        issuer: &str,
        now: Timestamp,
    ) -> Result<(), KeysError> {
        // A root that is there may be the one that pages trust.
        if folder.has("root") {
            let path = folder.path("root");
            return Err(KeysError::Unfinished { path });
        }
        let root = folder.create("root", passphrase)?;
        let card = folder.create("card", passphrase)?;
        let status = folder.create("status", passphrase)?;
        let until = now.plus(KEY_LIFETIME);
        let entry = |signer: &Signer, purpose| KeyEntry {
            key: signer.public().clone(),
            purpose,
            from: now,
            until,
            retired: None,
        };
        let set = KeySet {
            issuer: issuer.to_owned(),
            version: 1,
            made: now,
            until,
            keys: vec![entry(&card, Purpose::Card), entry(&status, Purpose::Status)],
        };
        folder.write_root(root.public().thumbprint())?;
        // Last, because a folder counts as made when its key set is there.
        folder.write_key_set(&issue::key_set(&root, &set))
    }
}
