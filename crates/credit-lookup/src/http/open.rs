//! Answers that every origin may read. One answer for everybody, so that caches
//! need not tell origins apart; hence constants, where a library for CORS
//! compares and copies lists for each request.

use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::future::{Either, MapOk, Ready, TryFutureExt as _, ready};
use tower::{Layer, Service};

/// What a browser is told before it sends a request that is not a plain one.
const PREFLIGHT: [(HeaderName, &str); 4] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET,HEAD,POST"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
    (header::ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// Lets every origin read the answers of a service. Not a function in the
/// middle, which would copy the service and box its answer for each request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open;

impl<S> Layer<S> for Open {
    type Service = Opened<S>;

    fn layer(&self, inner: S) -> Opened<S> {
        Opened(inner)
    }
}

/// A service whose answers every origin may read.
#[derive(Clone, Debug)]
pub(super) struct Opened<S>(S);

impl<S: Service<Request, Response = Response>> Service<Request> for Opened<S> {
    type Response = Response;
    type Error = S::Error;
    type Future =
        Either<Ready<Result<Response, S::Error>>, MapOk<S::Future, fn(Response) -> Response>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let asks = header::ACCESS_CONTROL_REQUEST_METHOD;
        if request.method() == Method::OPTIONS && request.headers().contains_key(asks) {
            let allowed = (StatusCode::OK, PREFLIGHT).into_response();
            return Either::Left(ready(Ok(allowed)));
        }
        Either::Right(
            self.0
                .call(request)
                .map_ok(opened as fn(Response) -> Response),
        )
    }
}

fn opened(mut response: Response) -> Response {
    readable(response.headers_mut());
    response
}

/// Lets every origin read an answer.
fn readable(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
}

/// Lets every origin read a refusal, and when it may ask again.
pub(super) fn readable_refusal(headers: &mut HeaderMap) {
    readable(headers);
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("retry-after"),
    );
}
