//! 本人查询: what is recorded about the person who asks. Everything else about
//! natural persons stays unsaid; without a way to prove who somebody is, these
//! addresses do not exist.

mod pages;

use std::net::IpAddr;
use std::num::NonZeroU32;

use axum::Router;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use credit_api::path;
use credit_api::problem::{CONTENT_TYPE, Problem, ProblemKind};
use credit_api::self_query::{ConsentBody, SelfQueryAnswer, SelfQueryRequest, SelfStatus};
use credit_core::date::Timestamp;
use credit_core::lang::Lang;
use credit_core::record::{Holder, PersonKey, Record};

use super::answer::{no_store, unkept};
use super::extract::BodyOf;
use super::guard::{Limiter, Peer, RateLimit, language};
use super::openapi::Refused;
use super::problem::Refusal;
use super::read::listing::own_item;
use super::read::records::sort;
use super::{App, AppState};
use crate::clock;
use crate::identity::consent::Consent;
use crate::identity::{Identity, IdentityError, Seal};
use crate::keys::PersonDigest;
use crate::store::{Act, Origin};
use crate::terminal;

/// How often a person may ask. Somebody reads a page of records before the
/// next; a program that took over a session does not.
const PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

/// Most records of an answer: the most that real portals have of one person are
/// some dozens.
const RECORDS_MAX: usize = 500;

/// How people prove who they are, and what they agree to.
pub struct OwnParts {
    /// Who is asked.
    pub identity: Identity,
    /// Seals cookies.
    pub seal: Seal,
    /// Turns numbers into what is kept of them.
    pub digest: PersonDigest,
    /// The text that is agreed to.
    pub consent: &'static Consent,
    /// Who runs this server, and how to reach them.
    pub handler: String,
    /// Where our own pages are.
    pub origin: Origin,
}

/// The same, and how often who asked.
pub(super) struct Own {
    parts: OwnParts,
    limiter: Limiter<PersonKey>,
}

/// What browsers open; what programs ask for stands in the OpenAPI document.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(path::SELF_PAGE, get(pages::page))
        .route(path::SELF_LOGIN, get(pages::login))
        .route(path::SELF_CALLBACK, get(pages::callback))
        .route(path::SELF_LOGOUT, post(logout))
}

impl Own {
    pub(super) fn new(parts: OwnParts) -> Self {
        Self {
            parts,
            limiter: Limiter::new(RateLimit::per_minute(PER_MINUTE)),
        }
    }

    pub(super) fn tidy(&self) {
        self.limiter.tidy();
    }

    /// Who asks, if that is known.
    fn person(&self, headers: &HeaderMap, peer: IpAddr) -> Result<Option<PersonKey>, Refusal> {
        match &self.parts.identity {
            Identity::Oidc(_) => Ok(self.parts.seal.session(headers, clock::now())),
            Identity::Header(header) => match header.person(headers, peer) {
                None => Ok(None),
                Some(Ok(number)) => Ok(Some(self.parts.digest.of(&number))),
                Some(Err(error)) => Err(refusal(&error)),
            },
        }
    }

    /// Only our own pages act for somebody: a browser adds cookies, and a proxy
    /// its header, to what any page sends.
    fn is_ours(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let origin = headers.get(header::ORIGIN).map(HeaderValue::as_bytes);
        if origin == Some(self.parts.origin.as_str().as_bytes()) {
            Ok(())
        } else {
            Err(ProblemKind::ForeignOrigin.into())
        }
    }
}

/// The part of the server that is there only where it is set up.
pub(super) struct Open;

impl FromRequestParts<AppState> for Open {
    type Rejection = Refusal;

    async fn from_request_parts(_: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        app.own()?;
        Ok(Self)
    }
}

impl App {
    fn own(&self) -> Result<&Own, Refusal> {
        let own = self.own.as_ref();
        own.ok_or_else(|| ProblemKind::NoSuchPath.into())
    }
}

/// What a person has to agree to, and whether they are signed in
///
/// 404 `no-such-path` where the server knows nobody's identity. Only for its own
/// pages: no other origin may read it.
#[utoipa::path(
    get, path = path::SELF_QUERIES, tag = "self", operation_id = "self_status",
    responses(
        (status = 200, description = "How things stand", body = SelfStatus),
        (status = 403, description = "Nobody can say who asks", body = Problem, content_type = CONTENT_TYPE),
        Refused
    )
)]
pub(super) async fn status(
    State(app): State<AppState>,
    Peer(peer): Peer,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let own = app.own()?;
    let consent = own.parts.consent;
    let told = |lang| consent.told(lang, &own.parts.handler);
    unkept(&SelfStatus {
        consent: ConsentBody {
            version: consent.version.to_string(),
            zh: told(Lang::ZhCn),
            en: told(Lang::En),
        },
        signed_in: own.person(&headers, peer)?.is_some(),
        login: match own.parts.identity {
            Identity::Oidc(_) => Some(path::SELF_LOGIN.to_owned()),
            Identity::Header(_) => None,
        },
    })
}

/// What is recorded about the person who asks
///
/// Needs a session, the version of the consent that was agreed to, and an
/// `Origin` of the server itself. Every query stands in the audit log.
#[utoipa::path(
    post, path = path::SELF_QUERIES, tag = "self", operation_id = "self_query",
    request_body = SelfQueryRequest,
    responses(
        (status = 200, description = "The records", body = SelfQueryAnswer),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = CONTENT_TYPE),
        (status = 403, description = "The page is not one of this server", body = Problem, content_type = CONTENT_TYPE),
        (status = 409, description = "The consent has another text now", body = Problem, content_type = CONTENT_TYPE),
        (status = 415, description = "The body is not JSON", body = Problem, content_type = CONTENT_TYPE),
        Refused
    )
)]
pub(super) async fn query(
    _: Open,
    State(app): State<AppState>,
    Peer(peer): Peer,
    headers: HeaderMap,
    BodyOf(request): BodyOf<SelfQueryRequest>,
) -> Result<Response, Refusal> {
    let own = app.own()?;
    own.is_ours(&headers)?;
    let person = own.person(&headers, peer)?;
    let person = person.ok_or(ProblemKind::NotSignedIn)?;
    own.limiter
        .take(person)
        .map_err(|wait| Refusal::for_now(ProblemKind::Rate, wait))?;
    let version = own.parts.consent.version.to_string();
    if request.consent != version {
        return Err(ProblemKind::Consent.into());
    }
    let now = clock::now();
    let number = query_number(now)?;
    // First the entry, then the records: nobody reads what no entry tells of.
    let act = Act {
        at: now,
        actor: format!("person {person}"),
        action: "self-query",
        object: number.clone(),
        detail: format!("consent {version}"),
    };
    app.store.audit(act).await?;
    let records = app.store.records(&Holder::Person(person)).await?;
    let mut records: Vec<Record> = records.into_iter().map(|stored| stored.record).collect();
    sort(&mut records);
    let lang = language(&headers).unwrap_or_default();
    let today = now.date_in_china();
    let shown = records.iter().take(RECORDS_MAX);
    unkept(&SelfQueryAnswer {
        number,
        at: now.to_string(),
        records: shown
            .map(|record| own_item(record, &records, today, lang))
            .collect(),
        is_cut: records.len() > RECORDS_MAX,
    })
}

/// `POST /self/logout`: a form of our own page has no body worth reading.
async fn logout(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Refusal> {
    let own = app.own()?;
    own.is_ours(&headers)?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    for cookie in own.parts.seal.end_cookies() {
        set_cookie(&mut response, &cookie);
    }
    no_store(&mut response);
    Ok(response)
}

/// 查询编号: the day, and what nobody guesses.
fn query_number(now: Timestamp) -> Result<String, Refusal> {
    let mut random = [0_u8; 6];
    getrandom::fill(&mut random).map_err(|error| {
        tracing::error!(%error, "no random bytes");
        Refusal::from(ProblemKind::Internal)
    })?;
    let day = now.date_in_china().to_string().replace('-', "");
    let tail: String = random.iter().map(|byte| format!("{byte:02X}")).collect();
    Ok(format!("Q{day}-{tail}"))
}

/// What somebody is told, while the log has what happened: neither names a
/// person.
fn refusal(error: &IdentityError) -> Refusal {
    let code = error.code();
    tracing::warn!(code, error = terminal::chain(error), "identity");
    if error.is_passing() {
        ProblemKind::Unavailable.into()
    } else {
        ProblemKind::Identity.into()
    }
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
