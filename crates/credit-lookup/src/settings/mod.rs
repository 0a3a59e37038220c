//! 设置: what a server is told when it starts. Flags count before the
//! environment, the environment before the file. All mistakes are told at once,
//! because who sets up a server has other things to do than to start it ten
//! times.

mod reader;
mod words;

use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use axum::http::HeaderName;
use credit_sign::algorithm::Algorithm;

use crate::http::RateLimit;
use crate::store::{DatabaseUrl, Origin};
use reader::Reader;
pub use words::{SETTINGS, Setting, Words, variable};

/// Settings that were understood.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the records are.
    pub db: DatabaseUrl,
    /// Folder of the name index.
    pub index: Option<PathBuf>,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address that visitors see.
    pub public_url: Option<Origin>,
    /// Name of the issuing office.
    pub issuer_name: String,
    /// How cards are signed where nobody asks for another way.
    pub card_algorithm: Algorithm,
    /// Folder of the signing keys.
    pub keys: Option<PathBuf>,
    /// Whether no keys are made.
    pub require_keys: bool,
    /// File with the passphrase of the keys.
    pub key_passphrase_file: Option<PathBuf>,
    /// Address for the office.
    pub desk_listen: Option<SocketAddr>,
    /// How often one client may ask; none is without limit.
    pub rate_limit: Option<RateLimit>,
    /// Proxies of ours in front.
    pub trusted_hops: usize,
    /// Connections at the same time.
    pub max_connections: usize,
    /// Whether dummy codes are answered.
    pub demo_codes: bool,
    /// How people prove who they are, if they can.
    pub identity: Option<IdentitySettings>,
}

/// How people prove who they are.
#[derive(Clone, Debug)]
pub struct IdentitySettings {
    /// How they reach the office.
    pub contact: String,
    /// Who is asked.
    pub method: IdentityMethod,
}

/// Who is asked who people are.
#[derive(Clone, Debug)]
pub enum IdentityMethod {
    /// An OpenID Connect provider.
    Provider {
        /// Its address.
        issuer: String,
        /// Our name there.
        client: String,
        /// File with our secret there.
        secret_file: Option<PathBuf>,
        /// The claim with the document number.
        claim: String,
    },
    /// A proxy in front.
    Header {
        /// The header that it sets.
        name: HeaderName,
        /// Where it stands.
        proxies: Vec<IpAddr>,
    },
}

/// A setting that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it was written: `--listen`, `CREDIT_LISTEN`, `listen in FILE`.
    pub place: String,
    /// What was found, and what is allowed.
    pub reason: String,
}

/// All settings that are wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl Settings {
    /// Reads flags, the environment by `variable`, and the file `config`.
    ///
    /// # Errors
    /// Every [`Mistake`] there is.
    pub fn read(
        flags: &Words,
        variable: impl Fn(&str) -> Option<OsString>,
        config: Option<&Path>,
    ) -> Result<Self, Mistakes> {
        let mut reader = Reader::open(flags, variable, config);
        let settings = reader.settings();
        match settings {
            Some(settings) if reader.mistakes.is_empty() => Ok(settings),
            _ => Err(Mistakes(reader.mistakes)),
        }
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings")?;
        for Mistake { place, reason } in &self.0 {
            write!(f, "\n  {place}: {reason}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(given: &[(&str, &str)]) -> Words {
        let given = given.iter().map(|(key, word)| {
            let setting = words::named(key).unwrap();
            (setting.key, (*word).to_owned())
        });
        Words(given.collect())
    }

    fn read(
        flags: &[(&str, &str)],
        environment: &[(&str, &str)],
        file: &str,
    ) -> Result<Settings, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credit.toml");
        std::fs::write(&path, file).unwrap();
        let variable = |name: &str| {
            let found = environment.iter().find(|(other, _)| *other == name);
            found.map(|(_, value)| OsString::from(value))
        };
        let settings = Settings::read(&words(flags), variable, Some(&path));
        settings.map_err(|Mistakes(mistakes)| {
            let told = mistakes.into_iter().map(|Mistake { place, reason }| {
                format!("{place}: {reason}").replace(&path.display().to_string(), "FILE")
            });
            told.collect()
        })
    }

    #[test]
    fn flags_count_before_the_environment_and_that_before_the_file() {
        let file = "db = \"sqlite:c.db\"\nissuer-name = \"文件\"\ntrusted-hops = 1\n\
            listen = \"127.0.0.1:3\"\nrequire-keys = false\n";
        let environment = [
            ("CREDIT_LISTEN", "127.0.0.1:2"),
            ("CREDIT_ISSUER_NAME", "环境"),
        ];
        let settings = read(&[("listen", "127.0.0.1:1")], &environment, file).unwrap();
        assert_eq!(settings.listen.port(), 1);
        assert_eq!(settings.issuer_name, "环境");
        assert_eq!(settings.trusted_hops, 1);
        assert_eq!(settings.max_connections, 8192);
        assert_eq!(settings.rate_limit.unwrap().to_string(), "200/s:2000");
        assert!(settings.identity.is_none());
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let file = "dbx = 1\ntrusted-hops = 99\nkeys = { a = 1 }\nrequire-keys = true\n";
        let environment = [("CREDIT_LISTEN", "here"), ("CREDIT_IDENTITY_CLAIM", "a")];
        let mistakes = read(&[("rate-limit", "fast")], &environment, file).unwrap_err();
        let expected = [
            "dbx in FILE: no such setting",
            "keys in FILE: table, allowed is a text, a number, true or false, or a list of texts",
            "--db: is not set: Where the records are: sqlite:PATH or postgres://USER@HOST/NAME",
            "--public-url: is needed with require-keys: Address that visitors see, signed into every card; default http://LISTEN",
            "CREDIT_LISTEN: invalid socket address syntax",
            "--rate-limit: not a rate, allowed is off, N/s or N/min, and :BURST behind it",
            "trusted-hops in FILE: '99' is not allowed, allowed is 0 to 16",
            "CREDIT_IDENTITY_CLAIM: means nothing without identity-provider or identity-header",
        ];
        assert_eq!(mistakes, expected);
    }

    #[test]
    fn a_file_that_is_no_toml_does_not_hide_other_mistakes() {
        let mistakes = read(&[], &[], "db = \n").unwrap_err();
        assert_eq!(mistakes.len(), 2, "{mistakes:?}");
        assert!(
            mistakes[0].starts_with("FILE: TOML parse error at line 1"),
            "{mistakes:?}"
        );
    }

    #[test]
    fn who_people_are_is_asked_of_one() {
        let file = "db = \"sqlite:c.db\"\nissuer-contact = \"电话\"\n";
        let both = [
            ("identity-provider", "https://id.example.cn"),
            ("identity-header", "x-person"),
        ];
        assert_eq!(
            read(&both, &[], file).unwrap_err(),
            ["--identity-header: is there beside identity-provider, allowed is one of the two"]
        );
        let mistakes =
            read(&[("identity-header", "a b")], &[], "db = \"sqlite:c.db\"").unwrap_err();
        let places = mistakes
            .iter()
            .map(|mistake| mistake.split(':').next().unwrap());
        let expected = [
            "--identity-header",
            "--identity-proxies",
            "--issuer-contact",
        ];
        assert_eq!(places.collect::<Vec<_>>(), expected);
        let file = format!(
            "{file}identity-header = \"x-person\"\nidentity-proxies = [\"10.0.0.1\", \"::1\"]\n"
        );
        let identity = read(&[], &[], &file).unwrap().identity.unwrap();
        assert!(
            matches!(identity.method, IdentityMethod::Header { proxies, .. } if proxies.len() == 2)
        );
    }
}
