//! The outermost layer of every address: counts, limits, times, and tells what
//! went wrong in the language that was asked for.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use credit_api::problem::ProblemKind;
use credit_core::lang::Lang;
use futures_util::FutureExt as _;
use tracing::Instrument as _;

use super::Client;
use crate::http::App;
use crate::http::answer::compressed;
use crate::http::open::readable_refusal;
use crate::http::problem::Refusal;

/// Longest time that a request may take, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// A request that takes longer is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers the requests of this process.
static REQUESTS: AtomicU64 = AtomicU64::new(0);

/// The machine at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Peer(pub(in crate::http) IpAddr);

impl Peer {
    fn of(extensions: &Extensions) -> Self {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a connection, in tests, everybody is this machine.
        Self(peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

/// Who may come in.
#[derive(Clone)]
pub(in crate::http) enum Door {
    /// Everybody, counted.
    Public(Arc<App>),
    /// The office, which nobody outside can keep out by asking too often.
    Desk(Arc<App>),
}

/// Runs a request.
pub(in crate::http) async fn edge(
    State(door): State<Door>,
    request: Request,
    next: Next,
) -> Response {
    let (app, is_public) = match &door {
        Door::Public(app) => (app, true),
        Door::Desk(app) => (app, false),
    };
    let begin = Instant::now();
    let method = request.method().clone();
    // The pattern, not the path: people paste anything into addresses, their
    // own number too.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let lang = language(request.headers());
    let trace = trace_of(request.headers());
    let span = tracing::info_span!(
        "request",
        http.request.method = method.as_str(),
        http.route = route.as_ref().map_or("", MatchedPath::as_str),
        trace_id = trace.as_deref(),
    );
    let limiter = app.limiter.as_ref().filter(|_| is_public);
    let limited = limiter.map(|limiter| {
        let Peer(peer) = Peer::of(request.extensions());
        limiter.take(Client::of(request.headers(), peer, app.trusted_hops))
    });
    let answered = async {
        let response = match limited {
            Some(Err(wait)) => Refusal::for_now(ProblemKind::Rate, wait).into_response(),
            _ => {
                if is_public {
                    app.sites.note(request.headers());
                }
                run(request, next).await
            }
        };
        let took = begin.elapsed();
        (told(response, lang, took), took)
    };
    let (mut response, took) = answered.instrument(span).await;
    compressed(&mut response);
    let status = response.status();
    let headers = response.headers_mut();
    // Also what no route answered, such as that they ask too often.
    if is_public && (status.is_client_error() || status.is_server_error()) {
        readable_refusal(headers);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    app.metrics.request(&method, route.as_ref(), status, took);
    response
}

/// Runs a request for as long as it may take.
async fn run(request: Request, next: Next) -> Response {
    let run = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(REQUEST_TIMEOUT, run).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("a handler panicked");
            Refusal::from(ProblemKind::Internal).into_response()
        }
        Err(_) => Refusal::for_now(ProblemKind::Timeout, SLOW).into_response(),
    }
}

/// A refusal in the language of who asked, and with a number that finds it in
/// the log where it is ours.
fn told(response: Response, lang: Option<Lang>, took: Duration) -> Response {
    let status = response.status();
    let Some(refusal) = response.extensions().get::<Refusal>().cloned() else {
        if took > SLOW {
            tracing::warn!(http.response.status_code = status.as_u16(), ?took, "slow");
        }
        return response;
    };
    let id = request_id();
    let code = refusal.report().code();
    if status.is_server_error() {
        tracing::error!(
            request_id = id,
            http.response.status_code = status.as_u16(),
            code,
            ?took,
            "failed"
        );
    } else {
        tracing::debug!(
            request_id = id,
            http.response.status_code = status.as_u16(),
            code,
            ?took,
            "refused"
        );
    }
    // A refusal that is not ours says all there is to say.
    let found = status
        .is_server_error()
        .then(|| format!("urn:credit-request:{id}"));
    let mut again = refusal.told(lang, found);
    for (name, value) in response.headers() {
        // What the handler or router added, such as `Allow`, but not what speaks
        // of a body that is no longer there.
        let is_of_body = [header::CONTENT_LENGTH, header::CONTENT_ENCODING].contains(name);
        if !again.headers().contains_key(name) && !is_of_body {
            again.headers_mut().insert(name.clone(), value.clone());
        }
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        again.headers_mut().insert(REQUEST_ID, id);
    }
    again
}

/// A number that no other request has, of this or another process.
fn request_id() -> String {
    let count = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let since = since.unwrap_or_default().as_micros();
    format!("{since:014x}-{:x}-{count:x}", std::process::id())
}

/// The trace that this request is a part of, as W3C Trace Context names it.
fn trace_of(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    let trace = value.split('-').nth(1)?;
    let is_trace = trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_trace.then(|| trace.to_ascii_lowercase())
}

/// The first of our languages in `Accept-Language`, by weight; none where it
/// asks for none of them.
pub(in crate::http) fn language(headers: &HeaderMap) -> Option<Lang> {
    let asked = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let weighted = asked.split(',').filter_map(|part| {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight = weight
            .trim()
            .strip_prefix("q=")?
            .parse::<f32>()
            .ok()
            .filter(|weight| *weight > 0.0)?;
        let tag = tag.trim().to_ascii_lowercase();
        let lang = match tag.split('-').next()? {
            "zh" => Lang::ZhCn,
            "en" => Lang::En,
            _ => return None,
        };
        Some((lang, weight))
    });
    weighted
        .reduce(|best, other| if other.1 > best.1 { other } else { best })
        .map(|(lang, _)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_weighs_most() {
        for (asked, lang) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(Lang::ZhCn)),
            ("en-GB,zh;q=0.9", Some(Lang::En)),
            ("fr, en; q=0.1", Some(Lang::En)),
            ("en;q=0.2, zh-Hant;q=0.7", Some(Lang::ZhCn)),
            ("fr", None),
            ("*", None),
            ("en;q=x", None),
            ("en;q=0", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, asked.parse().unwrap());
            assert_eq!(language(&headers), lang, "{asked}");
        }
    }

    #[test]
    fn a_trace_is_taken_over_only_when_it_is_one() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("traceparent", value.parse().unwrap());
            trace_of(&headers)
        };
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(of(good).unwrap(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(of("00-4bf9-00f0-01"), None);
    }
}
