//! `GET /v1/areas`, `GET /v1/areas/{id}`

use std::collections::HashMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem, SourceBody};
use credit_api::district::{AreaBody, AreaSummary, MemberItem};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::identifier::SubjectCode;
use credit_core::record::{Dataset, Holder, Record, Value};
use credit_core::subject::SubjectKind;

use super::super::answer::json;
use super::super::extract::{LangParameter, QueryOf, TextPath};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::{ListParameters, list, shown};
use crate::store::StoredSubject;

/// Areas
///
/// 信用区域: parks, business districts, buildings, streets, scenic areas.
#[utoipa::path(
    get, path = path::AREAS, tag = "lists", operation_id = "areas", params(ListParameters),
    responses((status = 200, description = "Areas", body = Page<RecordItem>), Refused)
)]
pub(crate) async fn all(
    State(app): State<AppState>,
    QueryOf(parameters): QueryOf<ListParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let page = list(&app, dataset("areas")?, None, &parameters).await?;
    json(&asked, &page)
}

/// An area with its members
#[utoipa::path(
    get, path = path::AREA, tag = "lists", operation_id = "area",
    params(("id" = String, Path, description = "Name of the area in its feed", format = "area"), ListParameters),
    responses((status = 200, description = "The area, and a page of its members", body = AreaBody), Refused)
)]
pub(crate) async fn one(
    State(app): State<AppState>,
    TextPath(id): TextPath,
    QueryOf(parameters): QueryOf<ListParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    json(&asked, &find(&app, &id, &parameters).await?)
}

/// The area `id`.
pub(crate) async fn area(app: &App, id: &str, lang: LangParameter) -> Result<RecordItem, Refusal> {
    let first = ListParameters {
        lang,
        ..ListParameters::default()
    };
    let topic = Some(id.to_owned());
    let areas = list(app, dataset("areas")?, topic, &first).await?;
    let area = areas.items.into_iter().next();
    area.ok_or_else(|| ProblemKind::NoSuchItem.into())
}

/// The area `id` and a page of its members.
pub(crate) async fn find(
    app: &App,
    id: &str,
    parameters: &ListParameters,
) -> Result<AreaBody, Refusal> {
    let area = area(app, id, parameters.lang).await?;
    let topic = Some(id.to_owned());
    let members = shown(app, dataset("members")?, topic, parameters).await?;
    let records: Vec<Record> = members
        .items
        .into_iter()
        .map(|(record, _)| record)
        .collect();
    let subjects = app.store.subjects(&codes(&records)).await?;
    let subjects: HashMap<SubjectCode, StoredSubject> = subjects
        .into_iter()
        .map(|stored| (stored.subject.code, stored))
        .collect();
    let item = |record: &Record| {
        let Holder::Subject(code) = &record.holder else {
            return None;
        };
        // Who is in no registry has no card either.
        let subject = &subjects.get(code)?.subject;
        Some(MemberItem {
            code: subject.code,
            name: subject.name.clone(),
            kind: SubjectKind::of(&subject.code),
            status: subject.status,
            place: record.get("place").map(Value::to_stored),
            industry: None,
            grades: Vec::new(),
            pledges: 0,
            honours: 0,
            source: SourceBody::from(&record.source),
        })
    };
    Ok(AreaBody {
        area,
        summary: AreaSummary {
            members: 0,
            found: 0,
            pledged: 0,
            industries: Vec::new(),
            schemes: Vec::new(),
        },
        members: Page {
            items: records.iter().filter_map(item).collect(),
            next: members.next,
        },
    })
}

/// The subjects that records are about.
pub(crate) fn codes(records: &[Record]) -> Vec<SubjectCode> {
    let code = |record: &Record| match &record.holder {
        Holder::Subject(code) => Some(*code),
        _ => None,
    };
    records.iter().filter_map(code).collect()
}

/// A dataset that the tables have; a table without it is a mistake of ours.
pub(crate) fn dataset(name: &str) -> Result<&'static Dataset, Refusal> {
    Dataset::named(name).map_err(|_| {
        tracing::error!(name, "the tables have no such dataset");
        ProblemKind::Internal.into()
    })
}
