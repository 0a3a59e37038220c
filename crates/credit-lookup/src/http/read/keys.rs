//! What a verifier needs: keys, key set, status lists, JSON-LD context.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::path;
use credit_api::problem::ProblemKind;
use utoipa::IntoParams;

use super::super::AppState;
use super::super::answer::{Keep, Tagged, answer, tagged};
use super::super::extract::TextPath;
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use crate::clock;

/// Public keys for JOSE libraries
#[utoipa::path(
    get, path = path::JWKS, tag = "keys", operation_id = "jwks",
    responses((status = 200, description = "JWK set", body = Object, content_type = "application/jwk-set+json"), Refused)
)]
pub(crate) async fn jwks(State(state): State<AppState>, asked: HeaderMap) -> Response {
    answer(
        &asked,
        "application/jwk-set+json",
        Keep::Minute,
        state.office.jwks().to_string(),
    )
}

/// Public keys, signed by the office's root
#[utoipa::path(
    get, path = path::KEY_SET, tag = "keys", operation_id = "key_set",
    responses((status = 200, description = "The key set as compact JWS", body = String, content_type = "application/jwt"), Refused)
)]
pub(crate) async fn key_set(State(state): State<AppState>, asked: HeaderMap) -> Response {
    let content = Tagged::new(state.office.keys().key_set_token.clone());
    tagged(&asked, "application/jwt", Keep::Minute, &content)
}

/// The list in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "it describes what TextPath reads")]
pub(crate) struct ListPath {
    /// Number of the list, as cards name it.
    #[param(minimum = 1, maximum = 1_099_511_627_775_u64)]
    list: u64,
}

/// Status list
///
/// Which cards are revoked: a W3C Bitstring Status List credential as compact
/// JWS. Any list number has an answer, so that it does not tell how many
/// subjects there are.
#[utoipa::path(
    get, path = path::STATUS, tag = "keys", operation_id = "status_list", params(ListPath),
    responses((status = 200, description = "The list", body = String, content_type = "application/vc+jwt"), Refused)
)]
pub(crate) async fn status(
    State(state): State<AppState>,
    TextPath(list): TextPath,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    if let (Some(dummies), "test") = (&state.dummies, list.as_str()) {
        let version = state.office.keys().key_set.version;
        let content = Tagged::new(dummies.status_list(version, clock::now()));
        return Ok(tagged(&asked, "application/vc+jwt", Keep::Minute, &content));
    }
    let list = list
        .parse::<u64>()
        .ok()
        .filter(|number| (1..1 << 40).contains(number) && number.to_string() == list)
        .ok_or(ProblemKind::NoSuchPath)?;
    state.edition_now().await?;
    let token = state.office.status_list(list, clock::now())?;
    let content = Tagged::new(token);
    Ok(tagged(&asked, "application/vc+jwt", Keep::Minute, &content))
}

/// JSON-LD context of our credentials
#[utoipa::path(
    get, path = path::CONTEXT, tag = "keys", operation_id = "context",
    responses((status = 200, description = "The context", body = Object, content_type = "application/ld+json"), Refused)
)]
pub(crate) async fn context(asked: HeaderMap) -> Response {
    answer(
        &asked,
        "application/ld+json",
        Keep::Minute,
        include_str!("context_v1.json"),
    )
}
