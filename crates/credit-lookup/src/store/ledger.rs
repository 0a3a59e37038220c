//! What an office keeps beside the records: who embeds its widgets, and who
//! did what.

use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;
use credit_core::date::{Date, Timestamp};
use credit_core::identifier::SubjectCode;
use sm3::{Digest as _, Sm3};

use super::StoreError;

/// Most origins of one site.
const ORIGINS_MAX: usize = 20;

/// Longest name of a site, in characters: as long as that of a unit.
const SITE_NAME_MAX_CHARS: usize = 200;

/// 嵌入站点: a registered embedder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Where its pages are.
    pub origins: Vec<Origin>,
    /// Since when it is registered.
    pub added: Date,
}

/// Scheme, host and port of a page, as browsers send it: `https://www.example.cn`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(String);

/// Why a site cannot be registered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SiteError {
    /// Not an origin.
    #[error("'{found}' is not an origin, allowed is https://host[:port] without a path")]
    Origin {
        /// What was given.
        found: String,
    },
    /// No name, too long a name, or one with a line break.
    #[error(
        "name of a site has {found} characters, allowed is 1 to {SITE_NAME_MAX_CHARS} on one line"
    )]
    Name {
        /// Characters found.
        found: usize,
    },
    /// No origin, or too many.
    #[error("{found} origins, allowed is 1 to {ORIGINS_MAX}")]
    Origins {
        /// How many.
        found: usize,
    },
}

/// How often a site was used on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uses {
    /// Name of the site.
    pub site: String,
    /// The day, in China.
    pub day: Date,
    /// Requests.
    pub count: u64,
}

/// 撤销: what was signed of a subject until then is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The number in the status lists that is revoked.
    pub number: u64,
    /// The number that stands for the subject from then on.
    pub next: u64,
    /// Whom it is about.
    pub code: SubjectCode,
    /// When.
    pub at: Timestamp,
    /// Why, for the office.
    pub reason: String,
}

/// An act that is to be remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// Who: a role or a keyed digest, never a person's number.
    pub actor: String,
    /// What: `import`, `purge`, `site-add`, `self-query`, …
    pub action: &'static str,
    /// To what.
    pub object: String,
    /// What else is to be known.
    pub detail: String,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Counts up from 1 without a gap.
    pub number: u64,
    /// When.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub object: String,
    /// What else is to be known.
    pub detail: String,
    /// SM3 over the digest before and all of the above, as hexadecimal digits.
    pub digest: String,
}

/// The office's own books.
#[async_trait]
pub trait Ledger: Send + Sync + 'static {
    /// The registered sites, by name.
    async fn sites(&self) -> Result<Vec<Site>, StoreError>;

    /// Registers a site; one with this name gets these origins.
    async fn put_site(&self, site: Site) -> Result<(), StoreError>;

    /// Takes a site out; whether there was one. Its counts stay.
    async fn remove_site(&self, name: &str) -> Result<bool, StoreError>;

    /// Adds to the counts of sites.
    async fn add_uses(&self, uses: Vec<Uses>) -> Result<(), StoreError>;

    /// The counts since `day`, by site and day.
    async fn uses(&self, since: Date) -> Result<Vec<Uses>, StoreError>;

    /// What is revoked, in order.
    async fn revocations(&self) -> Result<Vec<Revocation>, StoreError>;

    /// Revokes what was signed of a subject; none where there is no such subject.
    async fn revoke(
        &self,
        code: SubjectCode,
        at: Timestamp,
        reason: String,
    ) -> Result<Option<Revocation>, StoreError>;

    /// Appends to the audit log.
    async fn audit(&self, act: Act) -> Result<(), StoreError>;

    /// Up to `limit` entries after number `after`, in order.
    async fn audit_entries(&self, after: u64, limit: usize) -> Result<Vec<AuditEntry>, StoreError>;
}

impl Site {
    /// A site that may be registered.
    ///
    /// # Errors
    /// [`SiteError`]
    pub fn new(name: &str, origins: &[String], added: Date) -> Result<Self, SiteError> {
        let name = name.trim();
        let length = name.chars().count();
        if !(1..=SITE_NAME_MAX_CHARS).contains(&length) || name.chars().any(char::is_control) {
            return Err(SiteError::Name { found: length });
        }
        if !(1..=ORIGINS_MAX).contains(&origins.len()) {
            let found = origins.len();
            return Err(SiteError::Origins { found });
        }
        let origins = origins.iter().map(|origin| origin.parse());
        Ok(Self {
            name: name.to_owned(),
            origins: origins.collect::<Result<_, _>>()?,
            added,
        })
    }
}

impl Origin {
    /// As browsers send it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = SiteError;

    fn from_str(text: &str) -> Result<Self, SiteError> {
        let lower = text.trim().to_ascii_lowercase();
        let found = || SiteError::Origin {
            found: text.to_owned(),
        };
        let (scheme, rest) = lower.split_once("://").ok_or_else(found)?;
        let host = rest.strip_suffix('/').unwrap_or(rest);
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
            _ => (host, None),
        };
        let is_named = !name.is_empty()
            && name.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'[' | b']' | b':')
            });
        let default = match scheme {
            "https" => "443",
            "http" => "80",
            _ => return Err(found()),
        };
        let port = match port {
            None => String::new(),
            Some(port) if port == default => String::new(),
            Some(port) if port.parse::<u16>().is_ok_and(|number| number > 0) => format!(":{port}"),
            Some(_) => return Err(found()),
        };
        if !is_named {
            return Err(found());
        }
        Ok(Self(format!("{scheme}://{name}{port}")))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AuditEntry {
    /// The entry of `act` behind one with number and digest `last`.
    #[must_use]
    pub fn after(last: Option<(u64, &str)>, act: Act) -> Self {
        let (number, before) = last.unwrap_or_default();
        let mut entry = Self {
            number: number + 1,
            at: act.at.to_string(),
            actor: act.actor,
            action: act.action.to_owned(),
            object: act.object,
            detail: act.detail,
            digest: String::new(),
        };
        entry.digest = entry.digest_after(before);
        entry
    }

    /// The digest that this entry has to have behind one with digest `before`.
    #[must_use]
    pub fn digest_after(&self, before: &str) -> String {
        let mut digest = Sm3::new();
        let number = self.number.to_string();
        for part in [
            before,
            &number,
            &self.at,
            &self.actor,
            &self.action,
            &self.object,
            &self.detail,
        ] {
            // With its length, so that no text can move from one part to the next.
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part.as_bytes());
        }
        let digest = digest.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_send_it() {
        for (text, origin) in [
            ("https://WWW.Example.cn/", "https://www.example.cn"),
            ("https://www.example.cn:443", "https://www.example.cn"),
            ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().as_str(), origin);
        }
        for bad in [
            "",
            "www.example.cn",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://a b",
            "https://a:0",
            "https://a:b",
            "https://u@a",
            "null",
            "*",
            "https://*.a.cn",
        ] {
            assert!(bad.parse::<Origin>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_entry_that_was_changed_does_not_fit() {
        let act = |object: &str| Act {
            at: Timestamp::from_unix(0),
            actor: "office".into(),
            action: "import",
            object: object.into(),
            detail: String::new(),
        };
        let first = AuditEntry::after(None, act("a"));
        let mut second = AuditEntry::after(Some((1, &first.digest)), act("b"));
        assert_eq!((first.number, second.number), (1, 2));
        assert_eq!(second.digest, second.digest_after(&first.digest));
        second.object = "c".into();
        assert_ne!(second.digest, second.digest_after(&first.digest));
    }
}
