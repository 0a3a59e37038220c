//! `GET /healthz`, `GET /readyz`

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use credit_api::path;
use credit_api::problem::{CONTENT_TYPE, Problem};

use super::super::AppState;
use super::super::openapi::Refused;
use crate::terminal;

/// Whether the process answers
#[utoipa::path(
    get, path = path::HEALTH, tag = "server", operation_id = "live",
    responses((status = 200, description = "It does", body = String, content_type = "text/plain"), Refused)
)]
pub(crate) async fn live() -> Response {
    plain(StatusCode::OK, "ok\n")
}

/// Whether store and index answer
///
/// And the index has followed the store.
#[utoipa::path(
    get, path = path::READY, tag = "server", operation_id = "ready",
    responses(
        (status = 200, description = "They do", body = String, content_type = "text/plain"),
        (status = 503, description = "One does not", body = String, content_type = "text/plain"),
        (status = 429, description = "Too many requests", body = Problem, content_type = CONTENT_TYPE)
    )
)]
pub(crate) async fn ready(State(state): State<AppState>) -> Response {
    match state.index.catch_up(&*state.store).await {
        Ok(()) => plain(StatusCode::OK, "ok\n"),
        Err(error) => {
            let error = terminal::chain(&error);
            tracing::error!(error, "not ready");
            plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "store or index does not answer\n",
            )
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, text).into_response()
}
