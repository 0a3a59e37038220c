//! `GET /v1/subjects/{code}/records`

use std::cmp::Reverse;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordField, RecordItem, RuleBody, SourceBody};
use credit_api::problem::ProblemKind;
use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, LangError};
use credit_core::limits::{SEARCH_PAGE_DEFAULT, SEARCH_PAGE_MAX};
use credit_core::record::{Dataset, Holder, Record, datasets};
use credit_core::rules::{Visibility, visible};
use serde::Deserialize;

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::{IdentifierPath, QueryOf};
use super::super::problem::Refusal;
use super::find;
use crate::clock;

/// Parameters of a list of records.
#[derive(Debug, Deserialize)]
pub(crate) struct RecordsParameters {
    kind: Option<String>,
    lang: Option<String>,
    limit: Option<usize>,
    cursor: Option<usize>,
}

/// What outsiders may see of a subject's records today: by kind, the latest
/// first.
pub(crate) async fn records(
    State(state): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    QueryOf(parameters): QueryOf<RecordsParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let bad = |detail: String| Refusal::because(ProblemKind::BadRequest, detail);
    let lang = parameters.lang.as_deref().unwrap_or(Lang::default().tag());
    let lang: Lang = lang
        .parse()
        .map_err(|error: LangError| bad(error.to_string()))?;
    let kind = match parameters.kind.as_deref() {
        None => None,
        Some(name) => Some(Dataset::named(name).map_err(|_| {
            let names: Vec<&str> = datasets().iter().map(|dataset| dataset.name).collect();
            bad(format!("kind is none of {}", names.join(", ")))
        })?),
    };
    let limit = parameters.limit.unwrap_or(SEARCH_PAGE_DEFAULT);
    if !(1..=SEARCH_PAGE_MAX).contains(&limit) {
        return Err(bad(format!(
            "limit is {limit}, allowed is 1 to {SEARCH_PAGE_MAX}"
        )));
    }
    let stored = find(&state, &code).await?;
    let records = state.store.records(&Holder::Subject(code)).await?;
    let mut records: Vec<Record> = records.into_iter().map(|stored| stored.record).collect();
    let related: Vec<Record> = records
        .iter()
        .filter(|record| matches!(record.dataset.name, "objections" | "repairs"))
        .cloned()
        .collect();
    let today = clock::now().date_in_china();
    // The number is the last word, so that two stores order alike.
    records.sort_by_cached_key(|record| {
        let place = datasets().iter().position(|other| other == record.dataset);
        (place, Reverse(record.date("decided")), record.key())
    });
    let shown: Vec<RecordItem> = records
        .iter()
        .filter(|record| kind.is_none_or(|kind| kind == record.dataset))
        .filter_map(|record| item(record, &related, today, lang))
        .collect();
    let start = parameters.cursor.unwrap_or(0).min(shown.len());
    let end = (start + limit).min(shown.len());
    debug_assert_eq!(stored.subject.code, code);
    json(
        &asked,
        &Page {
            items: shown[start..end].to_vec(),
            next: (end < shown.len()).then(|| end.to_string()),
        },
    )
}

fn item(record: &Record, related: &[Record], today: Date, lang: Lang) -> Option<RecordItem> {
    let Visibility::Shown {
        rule,
        until,
        is_contested,
    } = visible(record, related, today)
    else {
        return None;
    };
    let fields = record.values().filter(|(field, _)| field.is_public);
    let fields = fields.map(|(field, value)| {
        let (text, stored) = (value.label(lang), value.to_stored());
        RecordField {
            name: field.name.to_owned(),
            label: field.label.in_lang(lang).to_owned(),
            code: (stored != text).then_some(stored),
            value: text,
        }
    });
    Some(RecordItem {
        kind: record.dataset.name.to_owned(),
        fields: fields.collect(),
        source: SourceBody::from(&record.source),
        is_contested,
        until,
        rule: RuleBody {
            name: rule.name.to_owned(),
            basis: rule.basis.in_lang(lang).to_owned(),
        },
    })
}
