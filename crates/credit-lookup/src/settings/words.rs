//! The settings as they are written: by flag, in the environment, in a file.

use std::collections::BTreeMap;
use std::ffi::OsString;

use clap::error::Error;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

/// A setting, as `--help` and `docs/operations.md` tell it.
pub struct Setting {
    /// Its flag without dashes, and its key in a file.
    pub key: &'static str,
    /// What stands behind the flag; nothing behind one that is on or off.
    pub value: Option<&'static str>,
    /// What it does, and what counts where it is absent.
    pub help: &'static str,
}

const fn setting(key: &'static str, value: &'static str, help: &'static str) -> Setting {
    Setting {
        key,
        value: Some(value),
        help,
    }
}

/// All settings of `serve`.
pub const SETTINGS: [Setting; 21] = [
    setting(
        "db",
        "URL",
        "Where the records are: sqlite:PATH or postgres://USER@HOST/NAME",
    ),
    setting(
        "index",
        "DIR",
        "Folder of the name index; default beside an SQLite file, else here",
    ),
    setting(
        "listen",
        "ADDR",
        "Address to listen on, port 0 takes a free one; default 127.0.0.1:8787",
    ),
    setting(
        "public-url",
        "URL",
        "Address that visitors see, signed into every card; default http://LISTEN",
    ),
    setting(
        "issuer-name",
        "NAME",
        "Name of the issuing office; default 信用信息服务",
    ),
    setting(
        "issuer-contact",
        "TEXT",
        "How people reach the office; needed to ask who they are",
    ),
    setting(
        "card-algorithm",
        "ALG",
        "How cards are signed where nobody asks for another way: EdDSA or SM2-SM3; default EdDSA",
    ),
    setting(
        "keys",
        "DIR",
        "Folder of the signing keys; default beside the database",
    ),
    Setting {
        key: "require-keys",
        value: None,
        help: "Never make keys; also asks for --public-url",
    },
    setting(
        "key-passphrase-file",
        "FILE",
        "File with the passphrase of the keys (else CREDIT_KEY_PASSPHRASE, else a prompt)",
    ),
    setting(
        "desk-listen",
        "ADDR",
        "Address for metrics and health, for the office only; default none",
    ),
    setting(
        "rate-limit",
        "RATE",
        "How often one client may ask: off, N/s or N/min, and :BURST behind it; default 200/s:2000",
    ),
    setting(
        "trusted-hops",
        "N",
        "Proxies of ours in front: the client is the N-th from the right of X-Forwarded-For; default 0",
    ),
    setting(
        "max-connections",
        "N",
        "Connections at the same time; default 8192",
    ),
    Setting {
        key: "demo-codes",
        value: None,
        help: "Answer for the dummy codes with which people test their pages",
    },
    setting(
        "identity-provider",
        "URL",
        "OpenID Connect provider that people sign in with to see their own records",
    ),
    setting(
        "identity-client",
        "ID",
        "Name of this server at the identity provider",
    ),
    setting(
        "identity-secret-file",
        "FILE",
        "File with the secret of this server at the identity provider",
    ),
    setting(
        "identity-claim",
        "NAME",
        "Claim of the ID token with the document number; default id_number",
    ),
    setting(
        "identity-header",
        "NAME",
        "Header in which a proxy of ours says who somebody is, instead of a provider",
    ),
    setting(
        "identity-proxies",
        "ADDR,…",
        "Addresses of the proxies whose identity header counts",
    ),
];

/// Settings by key, as they were written in one place.
#[derive(Clone, Debug, Default)]
pub struct Words(pub(super) BTreeMap<&'static str, String>);

/// A setting of a place that cannot be read.
pub(super) struct Unreadable {
    pub(super) key: String,
    pub(super) reason: String,
}

/// The setting of this name.
pub(super) fn named(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// Name of a setting in the environment.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("CREDIT_{}", key.replace('-', "_").to_ascii_uppercase())
}

impl Words {
    /// What stands in the environment, which `read` reads.
    pub(super) fn of_environment(
        read: impl Fn(&str) -> Option<OsString>,
    ) -> (Self, Vec<Unreadable>) {
        let (mut words, mut wrong) = (BTreeMap::new(), Vec::new());
        for setting in &SETTINGS {
            match read(&variable(setting.key)).map(OsString::into_string) {
                None => {}
                Some(Ok(word)) => {
                    words.insert(setting.key, word);
                }
                Some(Err(_)) => wrong.push(Unreadable {
                    key: setting.key.to_owned(),
                    reason: "not UTF-8".to_owned(),
                }),
            }
        }
        (Self(words), wrong)
    }

    /// What stands in a TOML file.
    pub(super) fn of_table(table: toml::Table) -> (Self, Vec<Unreadable>) {
        let (mut words, mut wrong) = (BTreeMap::new(), Vec::new());
        for (key, value) in table {
            let word = match named(&key) {
                None => Err("no such setting".to_owned()),
                Some(setting) => match word(&value) {
                    Some(word) => Ok((setting.key, word)),
                    None => Err(format!(
                        "{}, allowed is a text, a number, true or false, or a list of texts",
                        value.type_str()
                    )),
                },
            };
            match word {
                Ok((key, word)) => {
                    words.insert(key, word);
                }
                Err(reason) => wrong.push(Unreadable { key, reason }),
            }
        }
        (Self(words), wrong)
    }
}

fn word(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(is_on) => Some(is_on.to_string()),
        toml::Value::Array(values) => {
            let texts: Option<Vec<&str>> = values.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}

impl Args for Words {
    fn augment_args(command: Command) -> Command {
        let arguments = SETTINGS.iter().map(|setting| {
            let argument = Arg::new(setting.key).long(setting.key).help(setting.help);
            match setting.value {
                Some(value) => argument.value_name(value),
                None => argument.num_args(0..=1).default_missing_value("true"),
            }
        });
        command.args(arguments)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Words {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = SETTINGS.iter().filter_map(|setting| {
            let word = matches.get_one::<String>(setting.key)?;
            Some((setting.key, word.clone()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.extend(Self::from_arg_matches(matches)?.0);
        Ok(())
    }
}
