//! What can be wrong with keys.

use std::path::PathBuf;

use credit_sign::algorithm::Algorithm;
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeySetError, Purpose};

use super::PassphraseError;

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
    #[error(
        "key set is for {found}, this server is {expected}; sign one for it with the root: `keys new … --issuer`"
    )]
    Issuer {
        /// In the key set.
        found: String,
        /// `--public-url`.
        expected: String,
    },
    /// A key is missing, not begun, over or retired.
    #[error(
        "{folder} has no {} key under {algorithm} that is good now; `keys list` shows what it has, `keys new` makes one", .purpose.code()
    )]
    NoKey {
        /// The folder.
        folder: String,
        /// What it should sign.
        purpose: Purpose,
        /// Under which algorithm.
        algorithm: Algorithm,
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
    /// A root where there is one.
    #[error("{path} is there: pages that pin it would lose their trust with it")]
    Root {
        /// The root.
        path: PathBuf,
    },
    /// A key that is none of the key set's.
    #[error("the key set has no key {0}")]
    Unknown(Thumbprint),
    /// A key that was retired before.
    #[error("key {0} is retired already, and stays so")]
    Retired(Thumbprint),
    /// The last key of its kind, and what is made of it would end.
    #[error("there is a {} key under {algorithm} already: `keys rotate` makes its successor", .purpose.code())]
    Exists {
        /// What it signs.
        purpose: Purpose,
        /// Under which algorithm.
        algorithm: Algorithm,
    },
    /// A file that is no request for the root.
    #[error("{path} is no request for the root: {reason}")]
    Request {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A version that does not follow the last.
    #[error("version {found} of the key set does not come after {last}")]
    Version {
        /// In the file.
        found: i64,
        /// The one that was signed or taken in last.
        last: i64,
    },
    /// The first key set of a folder.
    #[error("there is no root.txt yet: say with --root which root is yours")]
    NoRoot,
    /// The first keys of a folder.
    #[error("there is no key set yet: say with --issuer what the server's public address will be")]
    NoIssuer,
    /// The system gave no randomness.
    #[error("no randomness from the system: {0}")]
    Random(getrandom::Error),
    /// A key could not be encrypted.
    #[error("a new key could not be encrypted")]
    Encrypt,
}
