//! OpenID Connect: the authorization code flow with PKCE, state and nonce.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use credit_core::feed::PersonNumber;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::url::{Host, Url};
use openidconnect::{
    AsyncHttpClient, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, SignatureVerificationError, StandardErrorResponse, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use zeroize::Zeroizing;

use super::{IdentityError, person};

/// How long what the provider says about itself is believed.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// How long a provider that gave no answer is left alone: people who wait in
/// line for it would each wait their turn and then as long again.
const PAUSE: Duration = Duration::from_secs(5);

/// Longest time that the provider may take. The server ends a request after
/// 10 s; below that, the log says who was slow.
const PATIENCE: Duration = Duration::from_secs(8);

/// Largest answer of the provider, in bytes. Key sets with certificates of the
/// large public providers have 20 KB.
const ANSWER_MAX_BYTES: usize = 256 * 1024;

/// What an ID token may be signed with. Nothing with a shared secret: that would
/// let whoever reads our settings be anybody.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The library's client, with what discovery has filled in.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
    EndpointMaybeSet,
>;

/// What the provider has to be told, and what it tells.
pub struct ProviderSettings {
    /// Its address, exactly as its tokens name it.
    pub issuer: String,
    /// Our name there.
    pub client: String,
    /// Our secret there, if it gave us one.
    pub secret: Option<Zeroizing<String>>,
    /// The claim that holds the document number.
    pub claim: String,
    /// Where people come back to: `https://host/self/callback`.
    pub redirect: String,
}

/// An OpenID Connect provider. It is asked about itself at the first login, so
/// that the server starts without it.
pub struct Provider {
    issuer: IssuerUrl,
    client: ClientId,
    secret: Option<ClientSecret>,
    claim: String,
    redirect: RedirectUrl,
    http: Http,
    /// Locked while the provider is asked, so that one asks and all others wait.
    memory: Mutex<Memory>,
}

/// What has to be remembered while somebody signs in. Their own browser may
/// read it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// Why an address of the provider gave no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// Connection, TLS or HTTP.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// It took too long.
    #[error("no answer within {} s", PATIENCE.as_secs())]
    Slow,
    /// Nothing of this size is needed.
    #[error("answer is longer than {ANSWER_MAX_BYTES} bytes")]
    TooLong,
}

#[derive(Default)]
struct Memory {
    known: Option<Arc<Known>>,
    failed: Option<Instant>,
}

struct Known {
    client: Client,
    since: Instant,
}

impl Provider {
    /// A provider that is not asked anything yet.
    ///
    /// # Errors
    /// [`IdentityError::Address`] or [`IdentityError::Client`].
    pub fn new(settings: ProviderSettings) -> Result<Self, IdentityError> {
        let wrong = |what, address: &str| IdentityError::Address {
            what,
            address: address.to_owned(),
        };
        let issuer = IssuerUrl::new(settings.issuer.clone())
            .ok()
            .filter(|address| is_safe(address.url()))
            .ok_or_else(|| wrong("issuer", &settings.issuer))?;
        let redirect = RedirectUrl::new(settings.redirect.clone())
            .ok()
            .filter(|address| is_safe(address.url()))
            .ok_or_else(|| wrong("redirect", &settings.redirect))?;
        let secret = settings.secret;
        Ok(Self {
            http: Http::new(issuer.url()).map_err(IdentityError::Client)?,
            issuer,
            client: ClientId::new(settings.client),
            secret: secret.map(|secret| ClientSecret::new(String::clone(&secret))),
            claim: settings.claim,
            redirect,
            memory: Mutex::default(),
        })
    }

    /// Where the browser has to go, and what has to be remembered until it is
    /// back.
    ///
    /// # Errors
    /// [`IdentityError::is_passing`], or what the provider says about itself is
    /// wrong.
    pub async fn begin(&self) -> Result<(String, Login), IdentityError> {
        let known = self.known().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let request = known.client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        );
        let (address, state, nonce) = request.set_pkce_challenge(challenge).url();
        let login = Login {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        };
        Ok((address.to_string(), login))
    }

    /// The person that the provider vouches for, for the `state` and `code` that
    /// the browser brings back from it.
    ///
    /// # Errors
    /// [`IdentityError`]
    pub async fn finish(
        &self,
        login: &Login,
        state: &str,
        code: &str,
    ) -> Result<PersonNumber, IdentityError> {
        if login.state != state {
            return Err(IdentityError::State);
        }
        let known = self.known().await?;
        let answer = known
            .client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(login.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(refusal)?;
        let token = answer.id_token().ok_or(IdentityError::NoIdToken)?;
        let nonce = Nonce::new(login.nonce.clone());
        let verified = match known.verify(token, &nonce) {
            // It has changed its keys since it was asked.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => self.newer(&known).await?.verify(token, &nonce),
            verified => verified,
        };
        verified.map_err(IdentityError::IdToken)?;
        let number = claim(token, &self.claim).ok_or_else(|| IdentityError::NoClaim {
            claim: self.claim.clone(),
        })?;
        person(&number, &self.claim)
    }

    /// What the provider said about itself within the hour.
    async fn known(&self) -> Result<Arc<Known>, IdentityError> {
        let mut memory = self.memory.lock().await;
        let known = memory.known.clone();
        match known.filter(|known| known.since.elapsed() < KEPT) {
            Some(known) => Ok(known),
            None => self.ask(&mut memory).await,
        }
    }

    /// What the provider says about itself after it said `old`.
    async fn newer(&self, old: &Arc<Known>) -> Result<Arc<Known>, IdentityError> {
        let mut memory = self.memory.lock().await;
        let known = memory.known.clone();
        match known.filter(|known| !Arc::ptr_eq(known, old)) {
            Some(known) => Ok(known),
            None => self.ask(&mut memory).await,
        }
    }

    async fn ask(&self, memory: &mut Memory) -> Result<Arc<Known>, IdentityError> {
        if memory.failed.is_some_and(|since| since.elapsed() < PAUSE) {
            return Err(IdentityError::Paused);
        }
        match self.discover().await {
            Ok(known) => {
                let known = Arc::new(known);
                memory.known = Some(Arc::clone(&known));
                memory.failed = None;
                Ok(known)
            }
            Err(error) => {
                memory.failed = Some(Instant::now());
                Err(error)
            }
        }
    }

    /// Asks for the metadata and the keys.
    async fn discover(&self) -> Result<Known, IdentityError> {
        let asked = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http);
        let metadata = timeout(PATIENCE, asked)
            .await
            .map_err(|_| IdentityError::Unreachable(FetchError::Slow))?
            .map_err(|error| match error {
                DiscoveryError::Request(source) => IdentityError::Unreachable(source),
                error => IdentityError::Metadata(Box::new(error)),
            })?;
        let endpoint = metadata.token_endpoint().cloned();
        let endpoint = endpoint.ok_or(IdentityError::NoTokenEndpoint)?;
        // A provider that does not say takes Basic (OpenID Connect Discovery, 3).
        let takes_basic = metadata
            .token_endpoint_auth_methods_supported()
            .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let auth_type = if takes_basic {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        };
        let (client, secret) = (self.client.clone(), self.secret.clone());
        let client = CoreClient::from_provider_metadata(metadata, client, secret)
            .set_token_uri(endpoint)
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(auth_type);
        Ok(Known {
            client,
            since: Instant::now(),
        })
    }
}

impl Known {
    /// Signature, issuer, audience, expiry and nonce.
    fn verify(&self, token: &CoreIdToken, nonce: &Nonce) -> Result<(), ClaimsVerificationError> {
        let verifier = self.client.id_token_verifier().set_allowed_algs(ALGORITHMS);
        token.claims(&verifier, nonce).map(|_| ())
    }
}

/// The text under `name` in a token that was verified. It is read from the
/// token's own bytes, because any claim may hold the number, `sub` as well, and
/// the library hands out the others alone by their names.
fn claim(token: &CoreIdToken, name: &str) -> Option<Zeroizing<String>> {
    let text = Zeroizing::new(token.to_string());
    let payload = Base64UrlUnpadded::decode_vec(text.split('.').nth(1)?).ok()?;
    let payload = Zeroizing::new(payload);
    let mut claims: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&payload).ok()?;
    match claims.remove(name)? {
        serde_json::Value::String(text) => Some(Zeroizing::new(text)),
        _ => None,
    }
}

/// Leaves out what the provider sent: the token of somebody may stand in it.
fn refusal(
    error: RequestTokenError<FetchError, StandardErrorResponse<CoreErrorResponseType>>,
) -> IdentityError {
    match error {
        RequestTokenError::Request(source) => IdentityError::Unreachable(source),
        RequestTokenError::ServerResponse(answer) => IdentityError::Refused {
            error: answer.error().to_string(),
        },
        RequestTokenError::Parse(error, _) => IdentityError::Answer {
            detail: format!("JSON at '{}' is not what it should be", error.path()),
        },
        RequestTokenError::Other(detail) => IdentityError::Answer { detail },
    }
}

/// Codes and tokens travel encrypted, or do not leave the machine.
fn is_safe(address: &Url) -> bool {
    match address.scheme() {
        "https" => true,
        "http" => is_on_this_machine(address),
        _ => false,
    }
}

fn is_on_this_machine(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Asks the provider, and nobody it points to.
struct Http(reqwest::Client);

impl Http {
    fn new(issuer: &Url) -> reqwest::Result<Self> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(issuer.scheme() == "https")
            .timeout(PATIENCE);
        if is_on_this_machine(issuer) {
            // The proxy's own machine is another.
            builder = builder.no_proxy();
        }
        builder.build().map(Self)
    }

    async fn fetch(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let request = reqwest::Request::try_from(request)?;
        let mut response = self.0.execute(request).await?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > ANSWER_MAX_BYTES {
                return Err(FetchError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = HttpResponse::new(body);
        *answer.status_mut() = response.status();
        *answer.headers_mut() = response.headers().clone();
        Ok(answer)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.fetch(request))
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(issuer: &str, redirect: &str) -> Result<Provider, IdentityError> {
        Provider::new(ProviderSettings {
            issuer: issuer.to_owned(),
            client: "credit-lookup".to_owned(),
            secret: Some(Zeroizing::new("a test".to_owned())),
            claim: "id_number".to_owned(),
            redirect: redirect.to_owned(),
        })
    }

    #[test]
    fn tokens_travel_encrypted_or_stay_on_the_machine() {
        let page = "https://credit.example.cn/self/callback";
        for issuer in [
            "https://id.example.cn",
            "https://id.example.cn/realms/city/",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "http://localhost:8080",
        ] {
            assert!(provider(issuer, page).is_ok(), "{issuer}");
        }
        for issuer in [
            "http://id.example.cn",
            "id.example.cn",
            "ftp://localhost",
            "",
        ] {
            let error = provider(issuer, page).err().unwrap();
            assert_eq!(error.code(), "identity-address", "{issuer}");
        }
        let error = provider(
            "https://id.example.cn",
            "http://credit.example.cn/self/callback",
        );
        let text = error.err().unwrap().to_string();
        assert!(
            text.starts_with("redirect 'http://credit.example.cn/"),
            "{text}"
        );
    }

    #[tokio::test]
    async fn a_provider_that_is_down_is_left_alone_for_a_while() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let provider = provider(&issuer, "http://127.0.0.1/self/callback").unwrap();
        let error = provider.begin().await.unwrap_err();
        assert!(matches!(error, IdentityError::Unreachable(_)), "{error:?}");
        let error = provider.begin().await.unwrap_err();
        assert!(matches!(error, IdentityError::Paused), "{error:?}");
    }

    #[tokio::test]
    async fn who_began_elsewhere_is_turned_away_before_the_provider_is_asked() {
        let provider = provider("https://id.invalid", "https://credit.invalid/self/callback");
        let login = Login {
            state: "a".to_owned(),
            nonce: "b".to_owned(),
            verifier: "c".to_owned(),
        };
        assert_eq!(format!("{login:?}"), "Login");
        let error = provider.unwrap().finish(&login, "x", "code").await;
        assert_eq!(error.unwrap_err().code(), "identity-state");
    }

    #[test]
    fn any_claim_may_hold_the_number() {
        let encode = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
        let claims = r#"{"iss": "https://id.example.cn", "aud": "credit-lookup", "exp": 2,
            "iat": 1, "sub": "A1", "id_number": "B2", "level": 3}"#;
        let header = encode(r#"{"alg": "RS256"}"#);
        let token = format!("{header}.{}.{}", encode(claims), encode("signature"));
        let token: CoreIdToken = token.parse().unwrap();
        let found = |name| claim(&token, name).map(|text| text.as_str().to_owned());
        assert_eq!(found("sub").as_deref(), Some("A1"));
        assert_eq!(found("id_number").as_deref(), Some("B2"));
        assert_eq!(found("level"), None);
        assert_eq!(found("birthdate"), None);
    }
}
