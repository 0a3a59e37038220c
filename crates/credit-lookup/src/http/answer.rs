//! Answers that caches can keep: strong ETag, `Cache-Control`, 304.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use credit_api::problem::ProblemKind;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::Refusal;

/// Most headers of an answer, so that room is made for them once.
const HEADERS: usize = 12;

/// How long others may keep an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Keep {
    /// Facts that may change at any time: a minute is "at once". A CDN that
    /// cannot reach us may go on for a day; what is signed says its own end.
    Minute,
    /// The name contains the content's hash.
    Forever,
}

impl Keep {
    fn value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Minute => "public, max-age=60, stale-if-error=86400",
            Self::Forever => "public, max-age=31536000, immutable",
        })
    }
}

/// Content with the tag that tells it from other content.
#[derive(Clone, Debug)]
pub(super) struct Tagged {
    /// The content.
    pub(super) body: Bytes,
    tag: HeaderValue,
}

impl Tagged {
    pub(super) fn new(body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let digest = Sha256::digest(&body).into();
        Self::hashed(body, digest)
    }

    /// `body`, whose SHA-256 is known to be `digest`.
    pub(super) fn hashed(body: Bytes, digest: [u8; 32]) -> Self {
        let mut tag = String::with_capacity(34);
        tag.push('"');
        for byte in digest.iter().take(16) {
            tag.push(char::from(HEX[usize::from(byte >> 4)]));
            tag.push(char::from(HEX[usize::from(byte & 15)]));
        }
        tag.push('"');
        let tag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""));
        Self { body, tag }
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// `body` as an answer to a request with `asked` as headers.
pub(super) fn answer(
    asked: &HeaderMap,
    content_type: &'static str,
    keep: Keep,
    body: impl Into<Bytes>,
) -> Response {
    let mut response = tagged(asked, content_type, keep, &Tagged::new(body));
    by_encoding(&mut response);
    response
}

/// Tells caches that the same address has answers of several encodings.
pub(super) fn by_encoding(response: &mut Response) {
    let value = HeaderValue::from_static("accept-encoding");
    response.headers_mut().insert(header::VARY, value);
}

/// Lets a page of any origin show an answer as picture or run it as script, also
/// a page that isolates itself (COEP).
pub(super) fn embeddable(response: &mut Response) {
    const POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    let value = HeaderValue::from_static("cross-origin");
    response.headers_mut().insert(POLICY, value);
}

/// Content whose tag is known, as it is, to whoever asks.
pub(super) fn tagged(
    asked: &HeaderMap,
    content_type: &'static str,
    keep: Keep,
    content: &Tagged,
) -> Response {
    let mut response = match known(asked, content) {
        Some(tag) => {
            // Without a length: it would have to be that of the content.
            let nothing = futures_util::stream::empty::<Result<Bytes, Infallible>>();
            let mut response = Response::new(Body::from_stream(nothing));
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().insert(header::ETAG, tag);
            response
        }
        None => {
            let mut response = Response::new(Body::from(content.body.clone()));
            let headers = response.headers_mut();
            *headers = HeaderMap::with_capacity(HEADERS);
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
            headers.insert(header::ETAG, content.tag.clone());
            response
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, keep.value());
    response
}

/// The tag by which the client knows the content, if it does. Compressed it has
/// another, see [`compressed`].
fn known(asked: &HeaderMap, content: &Tagged) -> Option<HeaderValue> {
    let tag = content.tag.to_str().ok()?;
    let bare = tag.strip_suffix('"')?;
    for value in asked.get_all(header::IF_NONE_MATCH) {
        for candidate in value.to_str().ok()?.split(',') {
            // Weak comparison, as RFC 9110 asks for If-None-Match.
            let candidate = candidate.trim();
            let candidate = candidate.strip_prefix("W/").unwrap_or(candidate);
            if candidate == "*" {
                return Some(content.tag.clone());
            }
            let rest = candidate.strip_prefix(bare);
            if matches!(rest, Some("\"" | "-br\"" | "-gzip\"")) {
                return HeaderValue::from_str(candidate).ok();
            }
        }
    }
    None
}

/// Gives an answer that was compressed on its way a tag of its own: a strong tag
/// promises the same bytes.
pub(super) fn compressed(response: &mut Response) {
    let Some(encoding) = response.headers().get(header::CONTENT_ENCODING) else {
        return;
    };
    let Ok(encoding) = encoding.to_str().map(str::to_owned) else {
        return;
    };
    if let Some(tag) = response.headers().get(header::ETAG)
        && let Some(bare) = tag.to_str().ok().and_then(|tag| tag.strip_suffix('"'))
        && !bare.ends_with(&format!("-{encoding}"))
        && let Ok(tag) = HeaderValue::from_str(&format!("{bare}-{encoding}\""))
    {
        response.headers_mut().insert(header::ETAG, tag);
    }
}

/// A value as JSON.
pub(super) fn json(asked: &HeaderMap, value: &impl Serialize) -> Result<Response, Refusal> {
    Ok(answer(
        asked,
        "application/json",
        Keep::Minute,
        written(value)?,
    ))
}

/// Nobody may keep this.
pub(super) fn no_store(response: &mut Response) {
    let value = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
}

/// A value as JSON that nobody may keep, because it is for one person.
pub(super) fn unkept(value: &impl Serialize) -> Result<Response, Refusal> {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, written(value)?).into_response())
}

fn written(value: &impl Serialize) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Refusal::from(ProblemKind::Internal)
    })
}
