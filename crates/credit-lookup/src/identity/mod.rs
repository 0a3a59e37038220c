//! 身份核验: who a natural person is, asked of a city's identity provider or
//! told by a reverse proxy. What stays of it is the keyed digest of the document
//! number, in a cookie.

pub mod consent;
mod provider;
mod session;

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName};
use credit_core::feed::PersonNumber;
use openidconnect::{ClaimsVerificationError, DiscoveryError};

use crate::clock;
pub use provider::{FetchError, Login, Provider, ProviderSettings};
pub use session::Seal;

/// How persons prove who they are.
pub enum Identity {
    /// They sign in with an OpenID Connect provider.
    Oidc(Box<Provider>),
    /// A reverse proxy has asked them already.
    Header(TrustedHeader),
}

/// A header that says who somebody is, and who may set it.
#[derive(Clone, Debug)]
pub struct TrustedHeader {
    /// Its name; the value is `NUMBER` or `KIND:NUMBER`.
    pub name: HeaderName,
    /// The proxies that set it. They have to take out what a client sends under
    /// this name.
    pub proxies: Vec<IpAddr>,
}

/// Why nobody knows who it is. The number of a person stands in none of them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// An address of the settings.
    #[error("{what} '{address}' is not an https address, nor an http one on this machine")]
    Address {
        /// Which setting.
        what: &'static str,
        /// What was given.
        address: String,
    },
    /// Nothing to ask the provider with.
    #[error("HTTP client for the identity provider")]
    Client(#[source] reqwest::Error),
    /// The provider gave no answer.
    #[error("identity provider cannot be reached")]
    Unreachable(#[source] FetchError),
    /// The provider gave no answer a moment ago, and is left alone for a while.
    #[error("identity provider could not be reached a moment ago")]
    Paused,
    /// What the provider says about itself.
    #[error("identity provider does not describe itself as OpenID Connect Discovery has it")]
    Metadata(#[source] Box<DiscoveryError<FetchError>>),
    /// There is nowhere to take a code to.
    #[error("identity provider names no token endpoint")]
    NoTokenEndpoint,
    /// Somebody came back from a login that another browser began.
    #[error("state of the answer is not the one of this login")]
    State,
    /// The provider does not take the code.
    #[error("identity provider refuses the code: {error}")]
    Refused {
        /// Its word for why.
        error: String,
    },
    /// The provider took the code and answered something else.
    #[error("identity provider answers the code with what is no token: {detail}")]
    Answer {
        /// What is wrong.
        detail: String,
    },
    /// OAuth without OpenID Connect.
    #[error("identity provider gives no ID token")]
    NoIdToken,
    /// Signature, issuer, audience, expiry or nonce.
    #[error("ID token does not hold")]
    IdToken(#[source] ClaimsVerificationError),
    /// The ID token says nothing of a document.
    #[error("ID token has no text under the claim '{claim}'")]
    NoClaim {
        /// The claim of the settings.
        claim: String,
    },
    /// What is said is not the number of a document.
    #[error("'{place}' has no number of a person's document, allowed is NUMBER or KIND:NUMBER")]
    NotANumber {
        /// The claim or the header.
        place: String,
    },
    /// A client sent the header too, and the proxy let it through.
    #[error("header '{name}' is there more than once")]
    HeaderTwice {
        /// Which.
        name: HeaderName,
    },
}

impl TrustedHeader {
    /// The person that a trusted proxy vouches for. From anybody else the header
    /// means nothing, and an empty one is somebody who is not signed in.
    pub fn person(
        &self,
        headers: &HeaderMap,
        peer: IpAddr,
    ) -> Option<Result<PersonNumber, IdentityError>> {
        // A listener on both families sees 10.0.0.1 as ::ffff:10.0.0.1.
        let peer = peer.to_canonical();
        let mut proxies = self.proxies.iter().map(IpAddr::to_canonical);
        if !proxies.any(|proxy| proxy == peer) {
            return None;
        }
        let mut values = headers.get_all(&self.name).iter();
        let value = values.next()?;
        if values.next().is_some() {
            let name = self.name.clone();
            return Some(Err(IdentityError::HeaderTwice { name }));
        }
        let text = value.to_str().unwrap_or("?");
        (!text.trim().is_empty()).then(|| person(text, self.name.as_str()))
    }
}

/// Reads `NUMBER` or `KIND:NUMBER`, with a kind of the code set
/// `person-document`. A number of no known kind is refused rather than looked
/// for: it could only be the digest of nobody.
fn person(text: &str, place: &str) -> Result<PersonNumber, IdentityError> {
    let (kind, number) = match text.split_once(':') {
        Some((kind, number)) => (Some(kind.trim()), number),
        None => (None, text),
    };
    let today = clock::now().date_in_china();
    PersonNumber::attested(number, kind, today).ok_or_else(|| IdentityError::NotANumber {
        place: place.to_owned(),
    })
}

impl IdentityError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "identity-address",
            Self::Client(_) => "identity-client",
            Self::Unreachable(_) | Self::Paused => "identity-unreachable",
            Self::Metadata(_) | Self::NoTokenEndpoint => "identity-metadata",
            Self::State => "identity-state",
            Self::Refused { .. } => "identity-refused",
            Self::Answer { .. } | Self::NoIdToken => "identity-answer",
            Self::IdToken(_) => "identity-token",
            Self::NoClaim { .. } => "identity-claim",
            Self::NotANumber { .. } => "identity-number",
            Self::HeaderTwice { .. } => "identity-header",
        }
    }

    /// Whether it may go well in a moment.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Paused)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const NUMBER: &str = "11010519491231002X";

    fn header() -> TrustedHeader {
        TrustedHeader {
            name: HeaderName::from_static("x-person"),
            proxies: vec![IpAddr::from([10, 0, 0, 1])],
        }
    }

    fn told(values: &[&'static str], peer: &str) -> Option<Result<PersonNumber, IdentityError>> {
        let mut headers = HeaderMap::new();
        for &value in values {
            headers.append("x-person", HeaderValue::from_static(value));
        }
        header().person(&headers, peer.parse().unwrap())
    }

    #[test]
    fn a_header_counts_from_the_proxies_alone() {
        let person = told(&[NUMBER], "10.0.0.1").unwrap().unwrap();
        assert_eq!(person.digested(), format!("id:{NUMBER}"));
        assert!(told(&[NUMBER], "::ffff:10.0.0.1").is_some());
        assert!(told(&[NUMBER], "10.0.0.2").is_none());
        assert!(told(&[NUMBER], "::1").is_none());
        assert!(told(&[], "10.0.0.1").is_none());
        assert!(told(&[" "], "10.0.0.1").is_none());
    }

    #[test]
    fn a_header_that_a_client_added_to_is_refused() {
        let error = told(&[NUMBER, NUMBER], "10.0.0.1").unwrap().unwrap_err();
        assert_eq!(error.code(), "identity-header");
    }

    #[test]
    fn a_kind_may_stand_before_the_number() {
        let person = told(&["passport:E12345678"], "10.0.0.1").unwrap().unwrap();
        assert_eq!(person.digested(), "passport:E12345678");
        let person = told(&["id:11010519491231002X"], "10.0.0.1").unwrap();
        assert_eq!(person.unwrap().digested(), format!("id:{NUMBER}"));
    }

    #[test]
    fn what_is_no_number_is_refused_and_not_repeated() {
        let wrong = [
            "110105194912310021",
            "E12345678",
            "card:E12345678",
            "id:",
            "?",
        ];
        for text in wrong {
            let error = told(&[text], "10.0.0.1").unwrap().unwrap_err();
            assert_eq!(error.code(), "identity-number", "{text}");
            if text.len() > 3 {
                assert!(!format!("{error} {error:?}").contains(text), "{text}");
            }
        }
    }
}
