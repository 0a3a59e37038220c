//! HTTP: one file a resource. Reads stand in `read`, apart from everything
//! that changes records.

mod answer;
mod embed;
mod extract;
mod problem;
mod read;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::limits::BODY_MAX_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::issuer::IssuingOffice;
use crate::names::NameIndex;
use crate::store::Store;
pub use embed::has_widgets;
pub use extract::IdentifierPath;
pub use problem::Refusal;

/// Longest time that a request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// What the handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The records.
    pub store: Arc<dyn Store>,
    /// Search by name.
    pub index: Arc<NameIndex>,
    /// What is signed.
    pub office: Arc<IssuingOffice>,
}

/// The server as a function from request to response.
pub fn app(state: AppState) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::ETAG])
        .max_age(Duration::from_secs(86_400));
    let public = Router::new()
        .route(path::SEARCH, get(read::search::search))
        .route(path::SUBJECT, get(read::subjects::subject))
        .route(path::RECORDS, get(read::records::records))
        .route(path::CARDS, get(read::cards::some))
        .route(path::CARDS_BATCH, post(read::cards::batch))
        .route(path::CARD, get(read::cards::one))
        .route(path::BADGE, get(read::badges::badge))
        .route(path::JWKS, get(read::keys::jwks))
        .route(path::KEY_SET, get(read::keys::key_set))
        .route(path::STATUS, get(read::keys::status))
        .route(path::CONTEXT, get(read::keys::context))
        .route(path::EMBED_RELEASE, get(embed::file))
        // A badge or script is made to be used by other origins, also by pages
        // that isolate themselves (COEP).
        .layer(set("cross-origin-resource-policy", "cross-origin"));
    let own = Router::new()
        .route("/", get(read::pages::front))
        .route(path::PAGE, get(read::pages::subject))
        .route("/assets/{file}", get(read::pages::asset))
        .route(path::HEALTH, get(read::health::live))
        .route(path::READY, get(read::health::ready));
    public
        .merge(own)
        .fallback(async || Refusal::from(ProblemKind::NoSuchPath))
        .method_not_allowed_fallback(async || Refusal::from(ProblemKind::Method))
        .with_state(state)
        // From the inside out.
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a handler panicked");
            Refusal::from(ProblemKind::Internal).into_response()
        }))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_TIMEOUT,
        ))
        .layer(axum::middleware::map_response(explain))
        // Around the refusals above, so that a widget can read those too.
        .layer(cors)
        .layer(CompressionLayer::new())
        .layer(set("referrer-policy", "no-referrer"))
        .layer(set("x-content-type-options", "nosniff"))
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

/// The path is logged without its query: what people search for is theirs.
fn span(request: &axum::http::Request<axum::body::Body>) -> tracing::Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}

fn set(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    )
}

/// Gives the timeout layer's bare status the body that every problem has.
async fn explain(response: Response) -> Response {
    let bare = !response.headers().contains_key(header::CONTENT_TYPE);
    if bare && response.status() == StatusCode::SERVICE_UNAVAILABLE {
        return Refusal::from(ProblemKind::Timeout).into_response();
    }
    response
}
