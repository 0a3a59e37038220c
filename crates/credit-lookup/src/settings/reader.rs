//! Finds each setting in the place that counts, and remembers what is wrong.

use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use credit_sign::algorithm::Algorithm;

use super::words::{self, Words, variable};
use super::{IdentityMethod, IdentitySettings, Mistake, Settings};
use crate::http::RateLimit;

/// Most proxies that stand one behind the other.
const HOPS_MAX: usize = 16;

/// Most connections at the same time: two million file descriptors are more
/// than a kernel gives a process.
const CONNECTIONS_MAX: usize = 1_000_000;

/// Where settings were written.
enum Place<'a> {
    Flag,
    Environment,
    File(&'a Path),
}

impl Place<'_> {
    fn of(&self, key: &str) -> String {
        match self {
            Self::Flag => format!("--{key}"),
            Self::Environment => variable(key),
            Self::File(path) => format!("{key} in {}", path.display()),
        }
    }
}

pub(super) struct Reader<'a> {
    layers: [(Place<'a>, Words); 3],
    pub(super) mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    pub(super) fn open(
        flags: &Words,
        read: impl Fn(&str) -> Option<OsString>,
        config: Option<&'a Path>,
    ) -> Self {
        let mut mistakes = Vec::new();
        let (environment, unreadable) = Words::of_environment(read);
        let told = |place: &Place<'_>, wrong: Vec<words::Unreadable>| {
            let mistake = |wrong: words::Unreadable| Mistake {
                place: place.of(&wrong.key),
                reason: wrong.reason,
            };
            wrong.into_iter().map(mistake).collect::<Vec<_>>()
        };
        mistakes.extend(told(&Place::Environment, unreadable));
        let path = config.unwrap_or(Path::new(""));
        let file = match config.map(table) {
            None => Words::default(),
            Some(Ok(table)) => {
                let (words, unreadable) = Words::of_table(table);
                mistakes.extend(told(&Place::File(path), unreadable));
                words
            }
            Some(Err(reason)) => {
                let place = path.display().to_string();
                mistakes.push(Mistake { place, reason });
                Words::default()
            }
        };
        Self {
            layers: [
                (Place::Flag, flags.clone()),
                (Place::Environment, environment),
                (Place::File(path), file),
            ],
            mistakes,
        }
    }

    pub(super) fn settings(&mut self) -> Option<Settings> {
        // Everything is read before anything is given up, for its mistakes.
        let db = self.needed("db");
        let require_keys = self.parsed("require-keys").unwrap_or(false);
        let demo_codes = self.parsed("demo-codes").unwrap_or(false);
        let public_url = self.parsed("public-url");
        if require_keys && !self.has("public-url") {
            self.missing("public-url", "is needed with require-keys");
        }
        let settings = (
            self.or("listen", SocketAddr::from(([127, 0, 0, 1], 8787))),
            self.or("issuer-name", "信用信息服务".to_owned()),
            self.or_by("rate-limit", "200/s:2000", rate),
            self.or_by("trusted-hops", "0", |text| whole(text, 0..=HOPS_MAX)),
            self.or_by("max-connections", "8192", |text| {
                whole(text, 1..=CONNECTIONS_MAX)
            }),
        );
        let card_algorithm = self.or("card-algorithm", Algorithm::EdDsa);
        let desk_listen = self.parsed("desk-listen");
        let identity = self.identity();
        let (listen, issuer_name, rate_limit, trusted_hops, max_connections) = settings;
        Some(Settings {
            db: db?,
            index: self.parsed("index"),
            listen: listen?,
            public_url,
            issuer_name: issuer_name?,
            card_algorithm: card_algorithm?,
            keys: self.parsed("keys"),
            require_keys,
            key_passphrase_file: self.parsed("key-passphrase-file"),
            desk_listen,
            rate_limit: rate_limit?,
            trusted_hops: trusted_hops?,
            max_connections: max_connections?,
            demo_codes,
            identity,
        })
    }

    fn identity(&mut self) -> Option<IdentitySettings> {
        let method = match (self.has("identity-provider"), self.has("identity-header")) {
            (false, false) => {
                for key in [
                    "identity-client",
                    "identity-secret-file",
                    "identity-claim",
                    "identity-proxies",
                ] {
                    if let Some(place) = self.found(key).map(|(place, _)| place) {
                        self.wrong(
                            place,
                            "means nothing without identity-provider or identity-header",
                        );
                    }
                }
                return None;
            }
            (true, true) => {
                let place = self.found("identity-header").map(|(place, _)| place);
                self.wrong(
                    place.unwrap_or_default(),
                    "is there beside identity-provider, allowed is one of the two",
                );
                None
            }
            (true, false) => {
                let issuer = self.parsed("identity-provider");
                let client = self.needed("identity-client");
                let claim = self.or("identity-claim", "id_number".to_owned());
                let secret_file = self.parsed("identity-secret-file");
                issuer
                    .zip(client)
                    .zip(claim)
                    .map(|((issuer, client), claim)| IdentityMethod::Provider {
                        issuer,
                        client,
                        secret_file,
                        claim,
                    })
            }
            (false, true) => {
                let name = self.parsed("identity-header");
                let proxies = self.needed_by("identity-proxies", addresses);
                name.zip(proxies)
                    .map(|(name, proxies)| IdentityMethod::Header { name, proxies })
            }
        };
        let contact = self.needed("issuer-contact");
        let (method, contact) = method.zip(contact)?;
        Some(IdentitySettings { contact, method })
    }

    /// The word for `key` in the first place that has one, and that place.
    fn found(&self, key: &str) -> Option<(String, String)> {
        let found = |(place, words): &(Place<'_>, Words)| {
            let word = words.0.get(key)?.trim();
            (!word.is_empty()).then(|| (place.of(key), word.to_owned()))
        };
        self.layers.iter().find_map(found)
    }

    fn has(&self, key: &str) -> bool {
        self.found(key).is_some()
    }

    fn parsed_by<T>(&mut self, key: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let (place, word) = self.found(key)?;
        match parse(&word) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.wrong(place, reason);
                None
            }
        }
    }

    fn parsed<T>(&mut self, key: &str) -> Option<T>
    where
        T: std::str::FromStr,
        T::Err: fmt::Display,
    {
        self.parsed_by(key, by_itself)
    }

    /// The value of `key`, or `default` where it is not set; nothing where it is
    /// wrong.
    fn or<T>(&mut self, key: &str, default: T) -> Option<T>
    where
        T: std::str::FromStr,
        T::Err: fmt::Display,
    {
        if self.has(key) {
            self.parsed(key)
        } else {
            Some(default)
        }
    }

    fn or_by<T>(
        &mut self,
        key: &str,
        default: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.has(key) {
            self.parsed_by(key, parse)
        } else {
            parse(default).ok()
        }
    }

    fn needed<T>(&mut self, key: &str) -> Option<T>
    where
        T: std::str::FromStr,
        T::Err: fmt::Display,
    {
        self.needed_by(key, by_itself)
    }

    fn needed_by<T>(&mut self, key: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        if !self.has(key) {
            self.missing(key, "is not set");
        }
        self.parsed_by(key, parse)
    }

    fn missing(&mut self, key: &str, why: &str) {
        let help = words::named(key).map_or("", |setting| setting.help);
        self.wrong(Place::Flag.of(key), format!("{why}: {help}"));
    }

    fn wrong(&mut self, place: String, reason: impl Into<String>) {
        let reason = reason.into();
        self.mistakes.push(Mistake { place, reason });
    }
}

fn by_itself<T>(text: &str) -> Result<T, String>
where
    T: std::str::FromStr,
    T::Err: fmt::Display,
{
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn table(path: &Path) -> Result<toml::Table, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    text.parse()
        .map_err(|error: toml::de::Error| error.to_string().trim_end().to_owned())
}

fn rate(text: &str) -> Result<Option<RateLimit>, String> {
    match text {
        "off" => Ok(None),
        rate => by_itself(rate).map(Some),
    }
}

fn whole(text: &str, allowed: std::ops::RangeInclusive<usize>) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| allowed.contains(number));
    number.ok_or_else(|| {
        format!(
            "'{text}' is not allowed, allowed is {} to {}",
            allowed.start(),
            allowed.end()
        )
    })
}

fn addresses(text: &str) -> Result<Vec<IpAddr>, String> {
    let parse = |word: &str| {
        let word = word.trim();
        word.parse().map_err(|_| {
            format!("'{word}' is not an IP address, allowed are some with commas between")
        })
    };
    text.split(',').map(parse).collect()
}
