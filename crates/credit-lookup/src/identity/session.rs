//! The cookies of a login and of a session. The server keeps nothing: it seals
//! what it will want to know, and any node with the same keys can open it.

use axum::http::{HeaderMap, header};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use credit_core::date::Timestamp;
use credit_core::record::PersonKey;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sm3::Sm3;
use zeroize::Zeroizing;

use super::Login;
use crate::keys::{KeyFolder, KeysError, Passphrase};

/// Name of the secret's file.
const FILE: &str = "session";

/// Seals what browsers keep for the server.
pub struct Seal {
    /// The secret, filled up with zeros to a block of SM3 as HMAC does it.
    key: Zeroizing<[u8; 64]>,
    is_https: bool,
}

/// What a cookie is for. A seal of one kind is none of the other.
#[derive(Clone, Copy)]
enum Purpose {
    Login,
    Session,
}

/// What stands in a cookie.
#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    /// Seconds since 1970, from which on it is worth nothing.
    until: i64,
    content: T,
}

impl Seal {
    /// Reads the secret in `folder`, or makes one where `may_create`.
    /// `public_url` is where browsers find this server.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn open(
        folder: &KeyFolder,
        passphrase: &Passphrase,
        may_create: bool,
        public_url: &str,
    ) -> Result<Self, KeysError> {
        let secret = folder.secret(FILE, passphrase, may_create)?;
        Ok(Self::new(&secret, public_url.starts_with("https://")))
    }

    fn new(secret: &[u8; 32], is_https: bool) -> Self {
        let mut key = Zeroizing::new([0_u8; 64]);
        key[..32].copy_from_slice(secret);
        Self { key, is_https }
    }

    /// `Set-Cookie` for somebody who goes to sign in.
    #[must_use]
    pub fn login_cookie(&self, login: &Login, now: Timestamp) -> String {
        self.set(Purpose::Login, login, now)
    }

    /// `Set-Cookie` for somebody who has signed in.
    #[must_use]
    pub fn session_cookie(&self, person: PersonKey, now: Timestamp) -> String {
        self.set(Purpose::Session, person.0, now)
    }

    /// `Set-Cookie` that ends the login, which is over when somebody is back.
    #[must_use]
    pub fn end_login_cookie(&self) -> String {
        self.cookie(Purpose::Login, "", 0)
    }

    /// `Set-Cookie` twice: ends login and session.
    #[must_use]
    pub fn end_cookies(&self) -> [String; 2] {
        [Purpose::Login, Purpose::Session].map(|purpose| self.cookie(purpose, "", 0))
    }

    /// The login that this browser began.
    #[must_use]
    pub fn login(&self, headers: &HeaderMap, now: Timestamp) -> Option<Login> {
        self.get(Purpose::Login, headers, now)
    }

    /// The person who signed in with this browser.
    #[must_use]
    pub fn session(&self, headers: &HeaderMap, now: Timestamp) -> Option<PersonKey> {
        self.get(Purpose::Session, headers, now).map(PersonKey)
    }

    fn set<T: Serialize>(&self, purpose: Purpose, content: T, now: Timestamp) -> String {
        let value = self.seal(purpose, content, now);
        self.cookie(purpose, &value, purpose.seconds())
    }

    fn cookie(&self, purpose: Purpose, value: &str, seconds: i64) -> String {
        let name = self.name(purpose);
        let site = purpose.same_site();
        let secure = if self.is_https { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={site}{secure}")
    }

    /// With the prefix that keeps other hosts of the domain from setting it;
    /// browsers take that over https alone.
    fn name(&self, purpose: Purpose) -> String {
        let prefix = if self.is_https { "__Host-" } else { "" };
        format!("{prefix}{}", purpose.label())
    }

    fn get<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        headers: &HeaderMap,
        now: Timestamp,
    ) -> Option<T> {
        let name = self.name(purpose);
        let lines = headers.get_all(header::COOKIE).iter();
        lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(found, _)| *found == name)
            .find_map(|(_, value)| self.unseal(purpose, value, now))
    }

    fn seal<T: Serialize>(&self, purpose: Purpose, content: T, now: Timestamp) -> String {
        let until = now.plus(purpose.seconds()).unix();
        // Texts and numbers: JSON can say them all, and nothing opens to nothing.
        let payload = serde_json::to_vec(&Sealed { until, content }).unwrap_or_default();
        let code: [u8; 32] = self.code(purpose, &payload).finalize().into_bytes().into();
        let encode = Base64UrlUnpadded::encode_string;
        format!("{}.{}", encode(&payload), encode(&code))
    }

    fn unseal<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        value: &str,
        now: Timestamp,
    ) -> Option<T> {
        let (payload, code) = value.split_once('.')?;
        let payload = Base64UrlUnpadded::decode_vec(payload).ok()?;
        let code = Base64UrlUnpadded::decode_vec(code).ok()?;
        self.code(purpose, &payload).verify_slice(&code).ok()?;
        let sealed: Sealed<T> = serde_json::from_slice(&payload).ok()?;
        (now.unix() < sealed.until).then_some(sealed.content)
    }

    /// HMAC-SM3 of the label, a zero that no label has, and the payload.
    fn code(&self, purpose: Purpose, payload: &[u8]) -> Hmac<Sm3> {
        let key: &[u8; 64] = &self.key;
        Hmac::<Sm3>::new(key.into())
            .chain_update(purpose.label())
            .chain_update([0_u8])
            .chain_update(payload)
    }
}

impl Purpose {
    fn label(self) -> &'static str {
        match self {
            Self::Login => "credit-login",
            Self::Session => "credit-session",
        }
    }

    /// How long it is good for.
    fn seconds(self) -> i64 {
        match self {
            Self::Login => 10 * 60,
            Self::Session => 15 * 60,
        }
    }

    /// A login comes back by a link from the provider's site; a session is asked
    /// for by our own pages alone.
    fn same_site(self) -> &'static str {
        match self {
            Self::Login => "Lax",
            Self::Session => "Strict",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const PERSON: PersonKey = PersonKey([7; 32]);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(NOW + seconds)
    }

    fn login() -> Login {
        Login {
            state: "state".to_owned(),
            nonce: "nonce".to_owned(),
            verifier: "verifier".to_owned(),
        }
    }

    /// What a browser sends back for these `Set-Cookie`.
    fn sent(cookies: &[String]) -> HeaderMap {
        let pairs: Vec<&str> = cookies
            .iter()
            .filter_map(|cookie| cookie.split(';').next())
            .collect();
        let mut headers = HeaderMap::new();
        let line = format!("theme=dark; {}", pairs.join("; "));
        headers.append(header::COOKIE, line.parse().unwrap());
        headers
    }

    #[test]
    fn a_browser_brings_back_what_it_was_given() {
        for is_https in [false, true] {
            let seal = Seal::new(&[1; 32], is_https);
            let cookies = [
                seal.login_cookie(&login(), at(0)),
                seal.session_cookie(PERSON, at(0)),
            ];
            let headers = sent(&cookies);
            assert!(seal.login(&headers, at(1)) == Some(login()));
            assert!(seal.session(&headers, at(1)) == Some(PERSON));
            let other_node = Seal::new(&[1; 32], is_https);
            assert!(other_node.session(&headers, at(1)) == Some(PERSON));
            assert!(seal.session(&HeaderMap::new(), at(1)).is_none());
            let ended = sent(&seal.end_cookies());
            assert!(seal.login(&ended, at(1)).is_none());
            assert!(seal.session(&ended, at(1)).is_none());
        }
    }

    #[test]
    fn a_cookie_says_who_may_send_it() {
        let https = Seal::new(&[1; 32], true);
        let cookie = https.login_cookie(&login(), at(0));
        assert!(cookie.starts_with("__Host-credit-login="), "{cookie}");
        let rest = "; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure";
        assert!(cookie.ends_with(rest), "{cookie}");
        let http = Seal::new(&[1; 32], false);
        let cookie = http.session_cookie(PERSON, at(0));
        assert!(cookie.starts_with("credit-session="), "{cookie}");
        let rest = "; Path=/; Max-Age=900; HttpOnly; SameSite=Strict";
        assert!(cookie.ends_with(rest), "{cookie}");
        let ended = "__Host-credit-login=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure";
        assert_eq!(https.end_login_cookie(), ended);
        assert_eq!(https.end_cookies()[0], ended);
    }

    #[test]
    fn a_cookie_ends() {
        let seal = Seal::new(&[1; 32], false);
        let headers = sent(&[
            seal.login_cookie(&login(), at(0)),
            seal.session_cookie(PERSON, at(0)),
        ]);
        assert!(seal.login(&headers, at(599)).is_some());
        assert!(seal.login(&headers, at(600)).is_none());
        assert!(seal.session(&headers, at(899)).is_some());
        assert!(seal.session(&headers, at(900)).is_none());
    }

    #[test]
    fn a_changed_byte_opens_nothing() {
        let seal = Seal::new(&[1; 32], false);
        let value = seal.seal(Purpose::Session, PERSON.0, at(0));
        let opened = |value: &str| seal.unseal::<[u8; 32]>(Purpose::Session, value, at(1));
        assert_eq!(opened(&value), Some(PERSON.0));
        for place in 0..value.len() {
            let mut bytes = value.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(opened(&changed), None, "byte {place}");
            assert_eq!(opened(&value[..place]), None, "cut at {place}");
        }
        let foreign = Seal::new(&[2; 32], false);
        let foreign = foreign.seal(Purpose::Session, PERSON.0, at(0));
        assert_eq!(opened(&foreign), None);
    }

    #[test]
    fn a_login_is_no_session() {
        let seal = Seal::new(&[1; 32], false);
        let value = seal.seal(Purpose::Login, PERSON.0, at(0));
        assert!(
            seal.unseal::<[u8; 32]>(Purpose::Login, &value, at(1))
                .is_some()
        );
        assert!(
            seal.unseal::<[u8; 32]>(Purpose::Session, &value, at(1))
                .is_none()
        );
        let headers = sent(&[format!("credit-session={value}")]);
        assert!(seal.session(&headers, at(1)).is_none());
    }

    #[test]
    fn a_foreign_cookie_of_the_same_name_does_not_hide_ours() {
        let seal = Seal::new(&[1; 32], false);
        let ours = seal.session_cookie(PERSON, at(0));
        let headers = sent(&["credit-session=e30.AAAA".to_owned(), ours]);
        assert!(seal.session(&headers, at(1)) == Some(PERSON));
    }
}
