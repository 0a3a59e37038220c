//! `GET /v1/traces/{code}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem};
use credit_api::path;
use credit_api::problem::ProblemKind;

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::{QueryOf, TextPath};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::areas::dataset;
use super::listing::{ListParameters, list};

/// What is known of a tracing code
///
/// 产品追溯: product, producer, batches and chain, the latest batch first.
#[utoipa::path(
    get, path = path::TRACE, tag = "lists", operation_id = "trace",
    params(("code" = String, Path, description = "Tracing code as it stands on the product", format = "trace"), ListParameters),
    responses((status = 200, description = "Batches of the product", body = Page<RecordItem>), Refused)
)]
pub(crate) async fn one(
    State(app): State<AppState>,
    TextPath(code): TextPath,
    QueryOf(parameters): QueryOf<ListParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let code = code.trim().to_owned();
    let page = list(&app, dataset("traces")?, Some(code), &parameters).await?;
    if page.items.is_empty() && page.next.is_none() && parameters.cursor.is_none() {
        return Err(ProblemKind::NoSuchItem.into());
    }
    json(&asked, &page)
}
