//! 密钥变更: new keys, successors, retirements. Each makes the next version of
//! the key set, which counts once the root has signed it: at once where the root
//! lies in the folder, else by way of a request that is carried to it.

use std::fs;
use std::path::{Path, PathBuf};

use credit_core::date::Timestamp;
use credit_core::json;
use credit_sign::algorithm::Algorithm;
use credit_sign::issue;
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeyEntry, KeySet, Pins, Purpose};

use super::{KeyFolder, KeysError, LIFETIME, Passphrase, name};

/// How long before it signs a successor stands in the key set, in seconds: as
/// long as a cache that cannot reach us may go on with an older one, which is a
/// day, and an hour for who looks late.
const LEAD: i64 = 25 * 3_600;

/// A change of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The first key of its kind, which signs at once.
    New(Purpose, Algorithm),
    /// A successor, which signs when everybody can know it. The key before it
    /// stays good for what it signed.
    Rotate(Purpose, Algorithm),
    /// The end of all trust in a key, with all that it signed. Where it is the
    /// last of its kind, another takes its place at once.
    Retire(Thumbprint),
}

/// A version of the key set that the root has not signed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal(KeySet);

impl Proposal {
    /// The first version, without keys.
    #[must_use]
    pub fn first(issuer: &str, now: Timestamp) -> Self {
        Self(KeySet {
            issuer: issuer.to_owned(),
            version: 1,
            made: now,
            until: now.plus(LIFETIME),
            keys: Vec::new(),
        })
    }

    /// The next version after the one that `folder` has: the request that waits
    /// there for the root, if one does.
    ///
    /// # Errors
    /// [`KeysError`]; [`KeysError::NoIssuer`] where there is none and `issuer`
    /// is not given.
    pub fn next(
        folder: &KeyFolder,
        issuer: Option<&str>,
        now: Timestamp,
    ) -> Result<Self, KeysError> {
        let known = folder.is_complete().then(|| current(folder, now));
        let known = known.transpose()?;
        let waiting = folder.request();
        let mut next = match (&known, waiting.is_file().then(|| Self::read(&waiting))) {
            (known, Some(request)) => {
                let request = request?;
                let last = known.as_ref().map_or(0, |known| known.version);
                // One that was signed meanwhile has had its time.
                if request.0.version > last {
                    request
                } else {
                    known.clone().map_or(request, Self::after)
                }
            }
            (Some(known), None) => Self::after(known.clone()),
            (None, None) => Self::first(issuer.ok_or(KeysError::NoIssuer)?, now),
        };
        if let Some(issuer) = issuer {
            next.0.issuer = issuer.to_owned();
        }
        next.0.made = now;
        next.0.until = now.plus(LIFETIME);
        Ok(next)
    }

    fn after(mut known: KeySet) -> Self {
        known.version += 1;
        Self(known)
    }

    /// What it says.
    #[must_use]
    pub fn key_set(&self) -> &KeySet {
        &self.0
    }

    /// Makes the key that `change` asks for, and notes what becomes of others.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn change(
        &mut self,
        change: Change,
        folder: &KeyFolder,
        passphrase: &Passphrase,
        now: Timestamp,
    ) -> Result<(), KeysError> {
        match change {
            Change::New(purpose, algorithm) => {
                if self.has(folder, purpose, algorithm, now) {
                    return Err(KeysError::Exists { purpose, algorithm });
                }
                self.add(folder, passphrase, purpose, algorithm, now)
            }
            Change::Rotate(purpose, algorithm) => {
                let from = if self.has(folder, purpose, algorithm, now) {
                    now.plus(LEAD)
                } else {
                    now
                };
                self.add(folder, passphrase, purpose, algorithm, from)
            }
            Change::Retire(kid) => {
                let mut entries = self.0.keys.iter_mut();
                let entry = entries.find(|entry| entry.key.thumbprint() == kid);
                let entry = entry.ok_or(KeysError::Unknown(kid))?;
                if entry.retired.is_some() {
                    return Err(KeysError::Retired(kid));
                }
                entry.retired = Some(now);
                let (purpose, algorithm) = (entry.purpose, entry.key.algorithm());
                if self.has(folder, purpose, algorithm, now) {
                    return Ok(());
                }
                self.add(folder, passphrase, purpose, algorithm, now)
            }
        }
    }

    /// Adds a new key that signs after `from`.
    pub(super) fn add(
        &mut self,
        folder: &KeyFolder,
        passphrase: &Passphrase,
        purpose: Purpose,
        algorithm: Algorithm,
        from: Timestamp,
    ) -> Result<(), KeysError> {
        let signer = folder.create_signing(algorithm, passphrase)?;
        self.0.keys.push(KeyEntry {
            key: signer.public().clone(),
            purpose,
            from,
            until: from.plus(LIFETIME),
            retired: None,
        });
        Ok(())
    }

    /// Whether a key of that kind can sign now: one whose private half is lost
    /// cannot.
    fn has(
        &self,
        folder: &KeyFolder,
        purpose: Purpose,
        algorithm: Algorithm,
        now: Timestamp,
    ) -> bool {
        self.0.keys.iter().any(|entry| {
            let is_kind = entry.purpose == purpose && entry.key.algorithm() == algorithm;
            let is_good = entry.retired.is_none() && entry.from <= now && now <= entry.until;
            is_kind && is_good && folder.holds(entry)
        })
    }

    /// Signs it with the root in `folder`, where the server takes it from.
    pub(super) fn sign(
        mut self,
        folder: &KeyFolder,
        passphrase: &Passphrase,
        now: Timestamp,
    ) -> Result<String, KeysError> {
        self.0.made = now;
        self.0.until = now.plus(LIFETIME);
        let token = issue::key_set(&folder.read("root", passphrase)?, &self.0);
        // Last, because a folder counts as made when its key set is there.
        folder.write_key_set(&token)?;
        Ok(token)
    }

    /// Lets it count: signed where the root lies in `folder`, else written down
    /// as a request, whose path is the answer.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn settle(
        self,
        folder: &KeyFolder,
        passphrase: &Passphrase,
        now: Timestamp,
    ) -> Result<Option<PathBuf>, KeysError> {
        if folder.has("root") {
            self.sign(folder, passphrase, now)?;
            folder.forget_request();
            return Ok(None);
        }
        let payload = issue::key_set_payload(&self.0, None);
        folder.write_request(&payload.to_string())?;
        Ok(Some(folder.request()))
    }

    /// Reads a request.
    ///
    /// # Errors
    /// [`KeysError::Request`] says what is wrong with it.
    pub fn read(path: &Path) -> Result<Self, KeysError> {
        let wrong = |reason: String| KeysError::Request {
            path: path.to_owned(),
            reason,
        };
        let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let payload = json::parse(&text).map_err(|error| wrong(error.to_string()))?;
        let set = KeySet::from_json(&payload).map_err(|error| wrong(error.to_string()))?;
        Ok(Self(set))
    }

    /// Signs it with a root that lies elsewhere than the server, and remembers
    /// there what was signed.
    ///
    /// # Errors
    /// [`KeysError::Version`] for one that does not come after the last.
    pub fn sign_offline(
        self,
        root: &KeyFolder,
        passphrase: &Passphrase,
        now: Timestamp,
    ) -> Result<String, KeysError> {
        if root.is_complete() {
            let last = current(root, now)?.version;
            if self.0.version <= last {
                let found = self.0.version;
                return Err(KeysError::Version { found, last });
            }
        }
        self.sign(root, passphrase, now)
    }
}

/// Takes in a key set that the root signed elsewhere. `root` says which root,
/// where the folder does not know yet.
///
/// # Errors
/// [`KeysError`]
pub(super) fn take_in(
    folder: &KeyFolder,
    token: &str,
    root: Option<Thumbprint>,
    now: Timestamp,
) -> Result<KeySet, KeysError> {
    let known = folder.knows_root();
    let root = match root {
        Some(root) if !known => root,
        _ if known => folder.root()?,
        _ => return Err(KeysError::NoRoot),
    };
    let roots = [root];
    let last = if folder.is_complete() {
        current(folder, now)?.version
    } else {
        0
    };
    let pins = Pins {
        roots: &roots,
        seen: 0,
    };
    let set = KeySet::open(token, &pins, now)?;
    if set.version <= last {
        let found = set.version;
        return Err(KeysError::Version { found, last });
    }
    // A set whose keys lie elsewhere would leave the server without a voice.
    let is_usable = set.keys.iter().any(|entry| folder.has(&name(entry)));
    if !is_usable {
        return Err(KeysError::NoKey {
            folder: folder.to_string(),
            purpose: Purpose::Card,
            algorithm: Algorithm::EdDsa,
        });
    }
    if !known {
        folder.write_root(root)?;
    }
    folder.write_key_set(token)?;
    folder.forget_request();
    Ok(set)
}

/// The key set that counts in `folder`.
pub(super) fn current(folder: &KeyFolder, now: Timestamp) -> Result<KeySet, KeysError> {
    let roots = [folder.root()?];
    let pins = Pins {
        roots: &roots,
        seen: 0,
    };
    Ok(KeySet::open(&folder.key_set()?, &pins, now)?)
}
