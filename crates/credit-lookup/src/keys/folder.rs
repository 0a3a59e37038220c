//! The files: `root.pem` and the signing keys as encrypted PKCS #8, those by
//! their thumbprints; `root.txt` with the root's thumbprint, `keyset.jwt`, and
//! `request.json` while a change waits for the root.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use credit_sign::algorithm::Algorithm;
use credit_sign::issue::Signer;
use credit_sign::key::Thumbprint;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::{EncodePrivateKey, spki::der::pem::LineEnding};
use pkcs8::der::asn1::{ObjectIdentifier, OctetStringRef};
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument};
use zeroize::Zeroizing;

use super::{KeysError, Passphrase};

/// HMAC with SM3 (GM/T 0006).
const HMAC_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.401.2");

/// A folder of keys.
#[derive(Clone, Debug)]
pub struct KeyFolder {
    path: PathBuf,
}

impl KeyFolder {
    /// The folder at `path`.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// Where the key `name` lies.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.pem"))
    }

    /// Whether the folder was made to its end.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.path.join("keyset.jwt").is_file()
    }

    /// When the key set was written last.
    #[must_use]
    pub fn changed(&self) -> Option<SystemTime> {
        let metadata = fs::metadata(self.path.join("keyset.jwt")).ok()?;
        metadata.modified().ok()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.path(name).is_file()
    }

    pub(super) fn read(&self, name: &str, passphrase: &Passphrase) -> Result<Signer, KeysError> {
        let path = self.path(name);
        let secret = self.decrypted(name, passphrase, |info| {
            let (algorithm, secret) = if let Ok(key) = SigningKey::try_from(info.clone()) {
                (Algorithm::EdDsa, Zeroizing::new(key.to_bytes()))
            } else {
                let key = sm2::SecretKey::try_from(info).ok()?;
                (Algorithm::Sm2Sm3, Zeroizing::new(key.to_bytes().into()))
            };
            Signer::new(algorithm, &secret).ok()
        })?;
        secret.ok_or(KeysError::Decrypt { path })
    }

    /// Makes the key `name`.
    pub(super) fn create(
        &self,
        name: &str,
        algorithm: Algorithm,
        passphrase: &Passphrase,
    ) -> Result<Signer, KeysError> {
        let (signer, pem) = new_key(algorithm, passphrase)?;
        self.write(&format!("{name}.pem"), pem.as_bytes())?;
        Ok(signer)
    }

    /// Makes a key that is called as its thumbprint.
    pub(super) fn create_signing(
        &self,
        algorithm: Algorithm,
        passphrase: &Passphrase,
    ) -> Result<Signer, KeysError> {
        let (signer, pem) = new_key(algorithm, passphrase)?;
        let name = signer.public().thumbprint();
        self.write(&format!("{name}.pem"), pem.as_bytes())?;
        Ok(signer)
    }

    /// Decrypts the file of the key `name` and hands it to `read`.
    fn decrypted<T>(
        &self,
        name: &str,
        passphrase: &Passphrase,
        read_key: impl FnOnce(PrivateKeyInfoRef<'_>) -> Option<T>,
    ) -> Result<Option<T>, KeysError> {
        let path = self.path(name);
        refuse_readable_by_others(&path)?;
        let pem = Zeroizing::new(read(&path)?);
        let opened = || {
            let (_, document) = SecretDocument::from_pem(&pem).ok()?;
            let encrypted = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).ok()?;
            let decrypted = encrypted.decrypt(passphrase.as_bytes()).ok()?;
            read_key(PrivateKeyInfoRef::try_from(decrypted.as_bytes()).ok()?)
        };
        Ok(opened())
    }

    /// The secret `name`, which is no signing key but kept like one; made where
    /// there is none and `may_create`.
    pub(crate) fn secret(
        &self,
        name: &str,
        passphrase: &Passphrase,
        may_create: bool,
    ) -> Result<Zeroizing<[u8; 32]>, KeysError> {
        if self.has(name) {
            return self.read_secret(name, passphrase);
        }
        if !may_create {
            let path = self.path(name);
            return Err(KeysError::Missing { path });
        }
        let mut secret = Zeroizing::new([0; 32]);
        getrandom::fill(secret.as_mut()).map_err(KeysError::Random)?;
        self.write_secret(name, passphrase, &secret)?;
        Ok(secret)
    }

    fn read_secret(
        &self,
        name: &str,
        passphrase: &Passphrase,
    ) -> Result<Zeroizing<[u8; 32]>, KeysError> {
        let secret = self.decrypted(name, passphrase, |info| {
            let is_ours = info.algorithm.oid == HMAC_SM3;
            let bytes = info.private_key.as_bytes().try_into().ok();
            bytes.filter(|_| is_ours).map(Zeroizing::new)
        })?;
        let path = self.path(name);
        secret.ok_or(KeysError::Decrypt { path })
    }

    fn write_secret(
        &self,
        name: &str,
        passphrase: &Passphrase,
        secret: &[u8; 32],
    ) -> Result<(), KeysError> {
        let pem = || {
            let algorithm = AlgorithmIdentifierRef {
                oid: HMAC_SM3,
                parameters: None,
            };
            let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(secret).ok()?);
            let encrypted = info.encrypt(passphrase.as_bytes()).ok()?;
            encrypted
                .to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)
                .ok()
        };
        let pem = pem().ok_or(KeysError::Encrypt)?;
        self.write(&format!("{name}.pem"), pem.as_bytes())
    }

    pub(super) fn key_set(&self) -> Result<String, KeysError> {
        Ok(read(&self.path.join("keyset.jwt"))?.trim().to_owned())
    }

    pub(super) fn write_key_set(&self, token: &str) -> Result<(), KeysError> {
        self.write("keyset.jwt", token.as_bytes())
    }

    pub(super) fn root(&self) -> Result<Thumbprint, KeysError> {
        let path = self.path.join("root.txt");
        read(&path)?
            .trim()
            .parse()
            .map_err(|_| KeysError::Decrypt { path })
    }

    pub(super) fn knows_root(&self) -> bool {
        self.path.join("root.txt").is_file()
    }

    /// Where a request waits for the root.
    #[must_use]
    pub fn request(&self) -> PathBuf {
        self.path.join("request.json")
    }

    pub(super) fn write_request(&self, text: &str) -> Result<(), KeysError> {
        self.write("request.json", text.as_bytes())
    }

    /// The request was answered.
    pub(super) fn forget_request(&self) {
        let _ = fs::remove_file(self.request());
    }

    pub(super) fn write_root(&self, root: Thumbprint) -> Result<(), KeysError> {
        self.write("root.txt", root.to_string().as_bytes())
    }

    /// Writes beside and renames over, so that a file is old or new, never half.
    fn write(&self, name: &str, content: &[u8]) -> Result<(), KeysError> {
        let path = self.path.join(name);
        let beside = self.path.join(format!("{name}.new"));
        let written = fs::create_dir_all(&self.path)
            .and_then(|()| private_directory(&self.path))
            .and_then(|()| private_file(&beside))
            .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&beside, &path));
        written.map_err(|source| KeysError::File { path, source })
    }
}

impl fmt::Display for KeyFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())
    }
}

/// A new key, and its file.
fn new_key(
    algorithm: Algorithm,
    passphrase: &Passphrase,
) -> Result<(Signer, Zeroizing<String>), KeysError> {
    let mut secret = Zeroizing::new([0; 32]);
    getrandom::fill(secret.as_mut()).map_err(KeysError::Random)?;
    let signer = Signer::new(algorithm, &secret).map_err(|_| KeysError::Encrypt)?;
    let pem = match algorithm {
        Algorithm::EdDsa => SigningKey::from_bytes(&secret)
            .to_pkcs8_encrypted_pem(passphrase.as_bytes(), LineEnding::LF)
            .ok(),
        Algorithm::Sm2Sm3 => sm2::SecretKey::from_slice(secret.as_ref())
            .ok()
            .and_then(|key| {
                key.to_pkcs8_encrypted_pem(passphrase.as_bytes(), LineEnding::LF)
                    .ok()
            }),
    };
    Ok((signer, pem.ok_or(KeysError::Encrypt)?))
}

fn read(path: &Path) -> Result<String, KeysError> {
    fs::read_to_string(path).map_err(|source| KeysError::File {
        path: path.to_owned(),
        source,
    })
}

fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn private_directory(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn refuse_readable_by_others(path: &Path) -> Result<(), KeysError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = fs::metadata(path).map_err(|source| KeysError::File {
            path: path.to_owned(),
            source,
        })?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(KeysError::Mode {
                path: path.to_owned(),
            });
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
