//! `GET /v1/subjects/{code}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::SubjectBody;
use credit_core::identifier::SubjectCode;

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::IdentifierPath;
use super::super::problem::Refusal;
use super::find;

/// The public record of a subject.
pub(crate) async fn subject(
    State(state): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let stored = find(&state, &code).await?;
    json(&asked, &SubjectBody::from(&stored.subject))
}
