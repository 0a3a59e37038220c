//! Answers that caches can keep: strong ETag, `Cache-Control`, 304.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::Refusal;
use credit_api::problem::ProblemKind;

/// How long others may keep an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Keep {
    /// Facts that may change at any time: a minute is "at once".
    Minute,
    /// The name contains the content's hash.
    Forever,
}

/// `body` as an answer to a request with `asked` as headers.
pub(super) fn answer(
    asked: &HeaderMap,
    content_type: &'static str,
    keep: Keep,
    body: impl Into<Vec<u8>>,
) -> Response {
    let body = body.into();
    let tag = etag(&body);
    let keep = match keep {
        Keep::Minute => "public, max-age=60",
        Keep::Forever => "public, max-age=31536000, immutable",
    };
    let known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| {
            // Weak comparison, as RFC 9110 asks for If-None-Match.
            let candidate = candidate.trim();
            candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == tag
        });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, content_type)], Body::from(body)).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

/// A value as JSON.
pub(super) fn json(asked: &HeaderMap, value: &impl Serialize) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Refusal::from(ProblemKind::Internal)
    })?;
    Ok(answer(asked, "application/json", Keep::Minute, body))
}

fn etag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let mut tag = String::with_capacity(34);
    tag.push('"');
    for byte in digest.iter().take(16) {
        tag.push_str(&format!("{byte:02x}"));
    }
    tag.push('"');
    tag
}
