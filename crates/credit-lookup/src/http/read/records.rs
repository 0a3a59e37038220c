//! `GET /v1/subjects/{code}/records`

use std::cmp::Reverse;
use std::str::FromStr;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem};
use credit_api::path;
use credit_core::identifier::SubjectCode;
use credit_core::record::{Dataset, Holder, Record, datasets};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::answer::json;
use super::super::extract::{IdentifierPath, LangParameter, Limit, QueryOf, parsed_option};
use super::super::openapi::{CodePath, Refused};
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::find;
use super::listing::{item, lang_schema, words_schema};
use crate::clock;

/// A dataset by its name.
#[derive(Debug)]
pub(crate) struct Kind(&'static Dataset);

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Dataset::named(text).map(Self).map_err(|_| {
            let names: Vec<&str> = datasets().iter().map(|dataset| dataset.name).collect();
            format!("kind is none of {}", names.join(", "))
        })
    }
}

/// Parameters of a list of records.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RecordsParameters {
    /// Only this dataset: `licences`, `penalties`, …
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = kind_schema)]
    kind: Option<Kind>,
    /// Language of labels: `zh-CN` or `en`.
    #[param(value_type = Option<String>, inline, schema_with = lang_schema)]
    lang: LangParameter,
    /// Items of a page, 1 to 50; 10 where it is absent.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(value_type = Option<u64>, maximum = 4_294_967_295_u64)]
    cursor: Option<u32>,
}

fn kind_schema() -> utoipa::openapi::Schema {
    words_schema(datasets().iter().map(|dataset| dataset.name))
}

/// Public records of a subject
///
/// Licences, penalties, lists, commitments, grades, honours: what outsiders may
/// see today, by kind, the latest first.
#[utoipa::path(
    get, path = path::RECORDS, tag = "subjects", operation_id = "records", params(CodePath, RecordsParameters),
    responses((status = 200, description = "A page of records", body = Page<RecordItem>), Refused)
)]
pub(crate) async fn records(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    QueryOf(parameters): QueryOf<RecordsParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let lang = parameters.lang.0;
    find(&app, &code).await?;
    let records = app.store.records(&Holder::Subject(code)).await?;
    let mut records: Vec<Record> = records.into_iter().map(|stored| stored.record).collect();
    let related: Vec<Record> = records
        .iter()
        .filter(|record| matches!(record.dataset.name, "objections" | "repairs"))
        .cloned()
        .collect();
    let today = clock::now().date_in_china();
    sort(&mut records);
    let wanted = |record: &&Record| {
        let kind = parameters.kind.as_ref();
        kind.is_none_or(|Kind(kind)| *kind == record.dataset)
    };
    let shown: Vec<RecordItem> = records
        .iter()
        .filter(wanted)
        .filter_map(|record| item(record, &related, today, lang))
        .collect();
    let start = parameters.cursor.unwrap_or(0) as usize;
    let start = start.min(shown.len());
    let end = (start + parameters.limit.0).min(shown.len());
    json(
        &asked,
        &Page {
            items: shown[start..end].to_vec(),
            next: (end < shown.len()).then(|| end.to_string()),
        },
    )
}

/// All records of a subject, in the order of [`sort`].
pub(crate) async fn sorted(app: &App, code: SubjectCode) -> Result<Vec<Record>, Refusal> {
    let records = app.store.records(&Holder::Subject(code)).await?;
    let mut records: Vec<Record> = records.into_iter().map(|stored| stored.record).collect();
    sort(&mut records);
    Ok(records)
}

/// By kind, the latest first. The key is the last word, so that two stores
/// order alike.
pub(crate) fn sort(records: &mut [Record]) {
    records.sort_by_cached_key(|record| {
        let place = datasets().iter().position(|other| other == record.dataset);
        (place, Reverse(record.date("decided")), record.key())
    });
}
