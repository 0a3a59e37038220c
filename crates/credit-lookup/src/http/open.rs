//! Answers that every origin may read. One answer for everybody, so that caches
//! need not tell origins apart; hence constants, where a library for CORS
//! compares and copies lists for each request.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// What a browser is told before it sends a request that is not a plain one.
const PREFLIGHT: [(HeaderName, &str); 4] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET,HEAD,POST"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
    (header::ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// Runs a request whose answer every origin may read.
pub(super) async fn open(request: Request, next: Next) -> Response {
    let asks = header::ACCESS_CONTROL_REQUEST_METHOD;
    if request.method() == Method::OPTIONS && request.headers().contains_key(asks) {
        return (StatusCode::OK, PREFLIGHT).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    readable(headers);
    // A badge or script is made to be used by other origins, also by pages that
    // isolate themselves (COEP).
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}

/// Lets every origin read an answer, with what of its head widgets need.
pub(super) fn readable(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("etag,retry-after"),
    );
}
