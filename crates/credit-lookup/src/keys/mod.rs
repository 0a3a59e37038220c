//! 签名密钥: the folder of encrypted private keys and what is signed with them.

mod change;
mod error;
mod folder;
mod passphrase;
mod person;

use credit_core::date::Timestamp;
use credit_sign::algorithm::Algorithm;
use credit_sign::issue::{self, Signer};
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeyEntry, KeySet, Pins, Purpose};

pub use change::{Change, Proposal};
pub use error::KeysError;
pub use folder::KeyFolder;
pub use passphrase::{Passphrase, PassphraseError};
pub use person::PersonDigest;

/// How long a key set is good for, and a signing key made here, in seconds: two
/// years. A pass of 13 months is signed by a key in its first eleven.
const LIFETIME: i64 = 2 * 365 * 86_400;

/// The keys that a running server signs with. The root is not among them.
#[derive(Debug)]
pub struct Keys {
    /// Those of the key set whose private half lies in the folder.
    signers: Vec<Signer>,
    /// The key set as the root signed it.
    pub key_set_token: String,
    /// The same, read.
    pub key_set: KeySet,
    /// The root's thumbprint, which widgets pin.
    pub root: Thumbprint,
}

/// What every server needs: keys of these purposes and algorithms.
const NEEDED: [(Purpose, Algorithm); 2] = [
    (Purpose::Card, Algorithm::EdDsa),
    (Purpose::Status, Algorithm::EdDsa),
];

/// What a server makes for itself: cards under both algorithms.
const MADE: [(Purpose, Algorithm); 3] = [NEEDED[0], (Purpose::Card, Algorithm::Sm2Sm3), NEEDED[1]];

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
        let root = folder.root()?;
        let mut token = folder.key_set()?;
        let roots = [root];
        let pins = Pins {
            roots: &roots,
            seen: 0,
        };
        let mut set = KeySet::open(&token, &pins, now)?;
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
        let at_hand = set.keys.iter().filter(|entry| {
            let is_over = entry.retired.is_some() || entry.until < now;
            !is_over && folder.has(&name(entry))
        });
        let read = |entry: &KeyEntry| {
            let signer = folder.read(&name(entry), passphrase)?;
            if signer.public() == &entry.key {
                Ok(signer)
            } else {
                let path = folder.path(&name(entry));
                Err(KeysError::Decrypt { path })
            }
        };
        let signers = at_hand.map(read).collect::<Result<_, _>>()?;
        let keys = Self {
            signers,
            key_set_token: token,
            key_set: set,
            root,
        };
        for (purpose, algorithm) in NEEDED {
            if keys.signer(purpose, algorithm, now).is_none() {
                return Err(KeysError::NoKey {
                    folder: folder.to_string(),
                    purpose,
                    algorithm,
                });
            }
        }
        Ok(keys)
    }

    /// The key that signs for `purpose` under `algorithm` at `now`: of those
    /// that have begun the one that began last.
    #[must_use]
    pub fn signer(
        &self,
        purpose: Purpose,
        algorithm: Algorithm,
        now: Timestamp,
    ) -> Option<&Signer> {
        let signers = self.signers.iter().filter_map(|signer| {
            let entry = self.key_set.key(signer.public().thumbprint(), purpose)?;
            let is_current = entry.from <= now && now <= entry.until && entry.retired.is_none();
            (is_current && entry.key.algorithm() == algorithm).then_some((entry.from, signer))
        });
        signers
            .max_by_key(|(from, _)| from.unix())
            .map(|(_, signer)| signer)
    }

    /// When this server can no longer sign one of the things that it signs, or its
    /// key set is over.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        let mut ends: Vec<(Purpose, Algorithm, Timestamp)> = Vec::new();
        for key in self.signers.iter().map(Signer::public) {
            for purpose in [Purpose::Card, Purpose::Status] {
                let entry = self.key_set.key(key.thumbprint(), purpose);
                let Some(entry) = entry.filter(|entry| entry.retired.is_none()) else {
                    continue;
                };
                let of = (purpose, key.algorithm());
                match ends.iter_mut().find(|end| (end.0, end.1) == of) {
                    Some(end) => end.2 = end.2.max(entry.until),
                    None => ends.push((of.0, of.1, entry.until)),
                }
            }
        }
        let first = ends.into_iter().map(|(_, _, end)| end).min();
        first.map_or(self.key_set.until, |first| first.min(self.key_set.until))
    }

    /// When another key begins to sign; what is signed now may be signed by
    /// another after that.
    #[must_use]
    pub fn next_begin(&self, now: Timestamp) -> Option<Timestamp> {
        let entries = self.key_set.keys.iter();
        let begin = entries.map(|entry| entry.from).filter(|from| *from > now);
        begin.min_by_key(|from| from.unix())
    }

    /// Makes a root and signing keys in `folder`.
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
        Self::create_root(folder, passphrase)?;
        let mut proposal = Proposal::first(issuer, now);
        for (purpose, algorithm) in MADE {
            proposal.add(folder, passphrase, purpose, algorithm, now)?;
        }
        proposal.sign(folder, passphrase, now)?;
        Ok(())
    }

    /// Makes a root in `folder`.
    ///
    /// # Errors
    /// [`KeysError`]; there must be none yet.
    pub fn create_root(
        folder: &KeyFolder,
        passphrase: &Passphrase,
    ) -> Result<Thumbprint, KeysError> {
        if folder.has("root") {
            let path = folder.path("root");
            return Err(KeysError::Root { path });
        }
        let root = folder.create("root", Algorithm::EdDsa, passphrase)?;
        let thumbprint = root.public().thumbprint();
        folder.write_root(thumbprint)?;
        Ok(thumbprint)
    }
}

/// What the private half of a key is called in the folder.
fn name(entry: &KeyEntry) -> String {
    entry.key.thumbprint().to_string()
}

impl KeyFolder {
    /// The key set that counts here.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn current(&self, now: Timestamp) -> Result<KeySet, KeysError> {
        change::current(self, now)
    }

    /// Takes in a key set that the root signed elsewhere. `root` says which
    /// root that is, where the folder does not know yet.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn take_in(
        &self,
        token: &str,
        root: Option<Thumbprint>,
        now: Timestamp,
    ) -> Result<KeySet, KeysError> {
        change::take_in(self, token, root, now)
    }

    /// Whether the private half of `entry` lies here.
    #[must_use]
    pub fn holds(&self, entry: &KeyEntry) -> bool {
        self.has(&name(entry))
    }
}
