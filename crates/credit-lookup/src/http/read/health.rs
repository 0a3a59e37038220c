//! `GET /healthz`, `GET /readyz`

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::super::AppState;

/// The process answers.
pub(crate) async fn live() -> Response {
    plain(StatusCode::OK, "ok\n")
}

/// Store and index answer, and the index has followed the store.
pub(crate) async fn ready(State(state): State<AppState>) -> Response {
    match state.index.catch_up(&*state.store).await {
        Ok(()) => plain(StatusCode::OK, "ok\n"),
        Err(error) => {
            let error: &dyn std::error::Error = &error;
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
