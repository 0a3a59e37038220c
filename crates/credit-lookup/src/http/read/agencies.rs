//! `GET /v1/agencies`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem};
use credit_api::path;

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::QueryOf;
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::areas::dataset;
use super::listing::{ListParameters, list};

/// Agencies
///
/// 信用服务机构: rating, reporting, training for repair, law firms and others.
#[utoipa::path(
    get, path = path::AGENCIES, tag = "lists", operation_id = "agencies", params(ListParameters),
    responses((status = 200, description = "Agencies", body = Page<RecordItem>), Refused)
)]
pub(crate) async fn all(
    State(app): State<AppState>,
    QueryOf(parameters): QueryOf<ListParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let page = list(&app, dataset("agencies")?, None, &parameters).await?;
    json(&asked, &page)
}
