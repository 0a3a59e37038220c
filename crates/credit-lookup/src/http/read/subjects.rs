//! `GET /v1/subjects/{code}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::SubjectBody;
use credit_api::path;
use credit_core::identifier::SubjectCode;

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::{IdentifierPath, Nothing, QueryOf};
use super::super::openapi::{CodePath, Refused};
use super::super::problem::Refusal;
use super::find;

/// Public record of a subject
///
/// What the registry says of it, with source and date.
#[utoipa::path(
    get, path = path::SUBJECT, tag = "subjects", operation_id = "subject", params(CodePath),
    responses((status = 200, description = "The subject", body = SubjectBody), Refused)
)]
pub(crate) async fn subject(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    _: QueryOf<Nothing>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let stored = find(&app, &code).await?;
    json(&asked, &SubjectBody::from(&stored.subject))
}
