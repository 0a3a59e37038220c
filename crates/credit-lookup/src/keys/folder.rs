//! The files: `root.pem`, `card.pem`, `status.pem` as encrypted PKCS #8,
//! `root.txt` with the root's thumbprint, `keyset.jwt`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use credit_sign::issue::Signer;
use credit_sign::key::Thumbprint;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding};
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

    pub(super) fn has(&self, name: &str) -> bool {
        self.path(name).is_file()
    }

    pub(super) fn read(&self, name: &str, passphrase: &Passphrase) -> Result<Signer, KeysError> {
        let path = self.path(name);
        refuse_readable_by_others(&path)?;
        let pem = Zeroizing::new(read(&path)?);
        SigningKey::from_pkcs8_encrypted_pem(&pem, passphrase.as_bytes())
            .ok()
            .and_then(|key| Signer::from_seed(key.as_bytes()).ok())
            .ok_or(KeysError::Decrypt { path })
    }

    pub(super) fn create(&self, name: &str, passphrase: &Passphrase) -> Result<Signer, KeysError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut()).map_err(KeysError::Random)?;
        let signer = Signer::from_seed(&seed).map_err(|_| KeysError::Encrypt)?;
        let pem = SigningKey::from_bytes(&seed)
            .to_pkcs8_encrypted_pem(passphrase.as_bytes(), LineEnding::LF)
            .map_err(|_| KeysError::Encrypt)?;
        self.write(&format!("{name}.pem"), pem.as_bytes())?;
        Ok(signer)
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
        let path = self.path(name);
        refuse_readable_by_others(&path)?;
        let pem = Zeroizing::new(read(&path)?);
        let secret = || {
            let (_, document) = SecretDocument::from_pem(&pem).ok()?;
            let encrypted = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).ok()?;
            let decrypted = encrypted.decrypt(passphrase.as_bytes()).ok()?;
            let info = PrivateKeyInfoRef::try_from(decrypted.as_bytes()).ok()?;
            let is_ours = info.algorithm.oid == HMAC_SM3;
            let bytes = info.private_key.as_bytes().try_into().ok();
            bytes.filter(|_| is_ours).map(Zeroizing::new)
        };
        secret().ok_or(KeysError::Decrypt { path })
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
