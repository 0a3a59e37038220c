//! The desk address: what only the office may see. It is not reachable from
//! outside, and answers nothing that the public address answers.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use credit_api::path;
use credit_api::problem::ProblemKind;

use super::{App, AppState, Refusal, guard, read, set};

/// The desk server as a function from request to response.
pub fn desk(app: Arc<App>) -> Router {
    Router::new()
        .route(path::METRICS, get(metrics))
        .route(path::HEALTH, get(read::health::live))
        .route(path::READY, get(read::health::ready))
        .fallback(async || Refusal::from(ProblemKind::NoSuchPath))
        .method_not_allowed_fallback(async || Refusal::from(ProblemKind::Method))
        .with_state(Arc::clone(&app))
        .layer(set(
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .layer(set("cross-origin-resource-policy", "same-origin"))
        .layer(from_fn_with_state(guard::Door::Desk(app), guard::edge))
}

/// `GET /metrics`
async fn metrics(State(app): State<AppState>) -> Response {
    app.metrics.set("credit_names", app.index.len() as f64);
    app.metrics
        .set("credit_names_sequence", app.index.sequence() as f64);
    app.metrics
        .set("credit_cards_cached", app.cards.len() as f64);
    let end = app.office.keys().end();
    app.metrics
        .set("credit_keys_end_timestamp_seconds", end.unix() as f64);
    if let Ok(position) = app.store.position().await {
        app.metrics.set("credit_subjects", position.subjects as f64);
        app.metrics
            .set("credit_store_sequence", position.sequence as f64);
    }
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, app.metrics.text()).into_response()
}
