//! `GET /v1/traces/{code}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem};
use credit_api::path;
use credit_api::problem::{ProblemKind, Report};
use credit_core::trace::recognise;

use super::super::answer::json;
use super::super::extract::{QueryOf, TextPath};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::areas::dataset;
use super::listing::{ListParameters, list};

/// What is known of a tracing code
///
/// 产品追溯: product, producer, batches and chain, the latest batch first. Any form
/// of a code finds its product: a GTIN of 8 to 14 digits, with spaces, in a GS1
/// element string or in a Digital Link.
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
    let recognised = recognise(&code);
    let keys = match &recognised {
        Ok(code) => code.keys(),
        // What was published with a wrong check digit is found as it was published.
        Err(_) => &[code.trim().to_owned()],
    };
    let begin = ListParameters {
        cursor: None,
        ..parameters
    };
    for key in keys {
        let mut page = batches(&app, key, &begin).await?;
        if page.items.is_empty() && page.next.is_none() {
            continue;
        }
        // The pages of a code are those of the form that has the first.
        if parameters.cursor.is_some() {
            page = batches(&app, key, &parameters).await?;
        }
        return json(&asked, &page);
    }
    Err(match recognised {
        Ok(_) => ProblemKind::NoSuchItem.into(),
        Err(error) => Report::from(&error).into(),
    })
}

/// A page of what is published under exactly this code.
async fn batches(
    app: &App,
    key: &str,
    parameters: &ListParameters,
) -> Result<Page<RecordItem>, Refusal> {
    list(app, dataset("traces")?, Some(key.to_owned()), parameters).await
}
