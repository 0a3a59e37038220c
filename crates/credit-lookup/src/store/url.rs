//! Which database, and how it is opened.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use super::{PostgresStore, SqliteStore, Store, StoreError};

/// Where records are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite:PATH`
    Sqlite(PathBuf),
    /// `postgres://…`; may hold a password.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let is_postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            None if is_postgres => Ok(Self::Postgres(text.to_owned())),
            _ => Err(StoreError::Url {
                found: without_password(text),
            }),
        }
    }
}

/// An address without the password that stands before its host.
fn without_password(text: &str) -> String {
    let masked = || {
        let (scheme, rest) = text.split_once("://")?;
        let (user, host) = rest.rsplit_once('@')?;
        let (user, _) = user.split_once(':')?;
        Some(format!("{scheme}://{user}:***@{host}"))
    };
    masked().unwrap_or_else(|| text.to_owned())
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

/// The same as `Display`: what is printed ends in logs.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl DatabaseUrl {
    /// Opens the store, made and brought up to date on first use.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be opened or is none of ours.
    pub async fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::Sqlite(path) => Arc::new(SqliteStore::open(path)?),
            Self::Postgres(url) => Arc::new(PostgresStore::open(url).await?),
        })
    }

    /// Opens a store that there is: a mistyped path makes no new one.
    ///
    /// # Errors
    /// [`StoreError::Absent`], and those of [`Self::open`].
    pub async fn open_existing(&self) -> Result<Arc<dyn Store>, StoreError> {
        match self {
            Self::Sqlite(path) if std::fs::metadata(path).is_ok_and(|file| file.len() > 0) => {}
            Self::Sqlite(path) => return Err(StoreError::Absent { path: path.clone() }),
            Self::Postgres(_) => {}
        }
        self.open().await
    }

    /// Folder of what belongs to the database on this machine: beside an SQLite
    /// file, else where the program was started.
    #[must_use]
    pub fn beside(&self) -> PathBuf {
        match self {
            Self::Sqlite(path) => path.parent().map(PathBuf::from).unwrap_or_default(),
            Self::Postgres(_) => PathBuf::new(),
        }
    }

    /// Folder of the name index.
    #[must_use]
    pub fn index_folder(&self) -> PathBuf {
        self.with_ending(".names")
    }

    /// Folder of the widgets of this release and those before it.
    #[must_use]
    pub fn releases_folder(&self) -> PathBuf {
        self.with_ending(".embed")
    }

    fn with_ending(&self, ending: &str) -> PathBuf {
        let mut name = match self {
            Self::Sqlite(path) => path.clone().into_os_string(),
            Self::Postgres(_) => "credit-lookup".into(),
        };
        name.push(ending);
        PathBuf::from(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://credit:secret@db/credit".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://credit:***@db/credit");
        assert_eq!(format!("{url:?}"), url.to_string());
        let wrong = "mysql://credit:secret@db/credit".parse::<DatabaseUrl>();
        assert!(!wrong.unwrap_err().to_string().contains("secret"));
        assert!("sqlite:".parse::<DatabaseUrl>().is_err());
    }
}
