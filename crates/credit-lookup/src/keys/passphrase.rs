//! The passphrase that the keys are encrypted with: from the environment, a
//! file, or a person at a terminal.

use std::env;
use std::fmt;
use std::fs;
use std::io::{IsTerminal as _, stdin};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Environment variable that holds it.
const VARIABLE: &str = "CREDIT_KEY_PASSPHRASE";

/// A passphrase, wiped from memory when dropped.
pub struct Passphrase(Zeroizing<String>);

/// Why there is none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PassphraseError {
    /// The file cannot be read.
    #[error("passphrase file {path}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Given, but empty.
    #[error("passphrase is empty")]
    Empty,
    /// Nowhere to get it from.
    #[error(
        "no passphrase for the keys: set CREDIT_KEY_PASSPHRASE, give --key-passphrase-file, or start on a terminal"
    )]
    None,
    /// The terminal failed.
    #[error("passphrase prompt")]
    Prompt(#[source] std::io::Error),
}

impl Passphrase {
    /// From `file` if given, else the environment, else the terminal.
    ///
    /// # Errors
    /// [`PassphraseError`]
    pub fn find(file: Option<&Path>) -> Result<Self, PassphraseError> {
        let text = if let Some(path) = file {
            fs::read_to_string(path).map_err(|source| PassphraseError::File {
                path: path.to_owned(),
                source,
            })?
        } else if let Ok(text) = env::var(VARIABLE) {
            text
        } else if stdin().is_terminal() {
            rpassword::prompt_password("Passphrase of the signing keys: ")
                .map_err(PassphraseError::Prompt)?
        } else {
            return Err(PassphraseError::None);
        };
        let text = Zeroizing::new(text.trim().to_owned());
        if text.is_empty() {
            Err(PassphraseError::Empty)
        } else {
            Ok(Self(text))
        }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}
