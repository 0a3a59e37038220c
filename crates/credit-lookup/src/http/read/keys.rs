//! What a verifier needs: keys, key set, status lists, JSON-LD context.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::problem::ProblemKind;

use super::super::AppState;
use super::super::answer::{Keep, answer};
use super::super::extract::TextPath;
use super::super::problem::Refusal;
use crate::clock;

/// `GET /.well-known/jwks.json`
pub(crate) async fn jwks(State(state): State<AppState>, asked: HeaderMap) -> Response {
    answer(
        &asked,
        "application/jwk-set+json",
        Keep::Minute,
        state.office.jwks().to_string(),
    )
}

/// `GET /.well-known/keyset.jwt`
pub(crate) async fn key_set(State(state): State<AppState>, asked: HeaderMap) -> Response {
    answer(
        &asked,
        "application/jwt",
        Keep::Minute,
        state.office.key_set().to_owned(),
    )
}

/// `GET /v1/status/{list}`. Any list number up to 2^40 has an answer, so that
/// it does not tell how many subjects there are.
pub(crate) async fn status(
    State(state): State<AppState>,
    TextPath(list): TextPath,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let list = list
        .parse::<u64>()
        .ok()
        .filter(|number| (1..1 << 40).contains(number) && number.to_string() == list)
        .ok_or(ProblemKind::NoSuchPath)?;
    let token = state.office.status_list(list, clock::now());
    Ok(answer(&asked, "application/vc+jwt", Keep::Minute, token))
}

/// `GET /ns/credit/v1`
pub(crate) async fn context(asked: HeaderMap) -> Response {
    answer(
        &asked,
        "application/ld+json",
        Keep::Minute,
        include_str!("context_v1.json"),
    )
}
