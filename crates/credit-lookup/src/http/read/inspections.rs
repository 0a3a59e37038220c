//! `GET /v1/inspections`

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

/// Inspections by grade
///
/// 分级分类监管: which ratio and frequency of inspections goes with which grade
/// at which authority, with its basis.
#[utoipa::path(
    get, path = path::INSPECTIONS, tag = "lists", operation_id = "inspections", params(ListParameters),
    responses((status = 200, description = "Ratios and frequencies", body = Page<RecordItem>), Refused)
)]
pub(crate) async fn all(
    State(app): State<AppState>,
    QueryOf(parameters): QueryOf<ListParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let page = list(&app, dataset("inspections")?, None, &parameters).await?;
    json(&asked, &page)
}
