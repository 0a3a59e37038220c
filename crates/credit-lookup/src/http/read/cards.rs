//! `GET /v1/cards/{code}`, `GET /v1/cards?codes=`, `POST /v1/cards/batch`

use std::collections::HashMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::BatchRequest;
use credit_api::cards::CardBatch;
use credit_api::problem::ProblemKind;
use credit_core::identifier::SubjectCode;
use credit_core::limits::{CARDS_GET_MAX, CARDS_POST_MAX};
use serde::Deserialize;

use super::super::AppState;
use super::super::answer::{Keep, answer};
use super::super::extract::{BodyOf, IdentifierPath, QueryOf};
use super::super::problem::Refusal;
use super::find;
use crate::clock;

/// Parameters of a cacheable batch.
#[derive(Debug, Deserialize)]
pub(crate) struct SomeParameters {
    codes: String,
}

/// One card, as JWS.
pub(crate) async fn one(
    State(state): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let stored = find(&state, &code).await?;
    let token = state.office.card(&stored, clock::now());
    Ok(answer(&asked, "application/vc+jwt", Keep::Minute, token))
}

/// Cards of the codes in the query.
pub(crate) async fn some(
    State(state): State<AppState>,
    QueryOf(SomeParameters { codes }): QueryOf<SomeParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let codes: Vec<String> = codes.split(',').map(str::to_owned).collect();
    many(&state, codes, CARDS_GET_MAX, &asked).await
}

/// Cards of the codes in the body.
pub(crate) async fn batch(
    State(state): State<AppState>,
    asked: HeaderMap,
    BodyOf(request): BodyOf<BatchRequest>,
) -> Result<Response, Refusal> {
    many(&state, request.codes, CARDS_POST_MAX, &asked).await
}

/// A code that is bad or unknown has no card; it never fails the others.
async fn many(
    state: &AppState,
    asked_codes: Vec<String>,
    most: usize,
    asked: &HeaderMap,
) -> Result<Response, Refusal> {
    if asked_codes.len() > most {
        let detail = format!(
            "{} codes, at most {most} are allowed here",
            asked_codes.len()
        );
        return Err(Refusal::because(ProblemKind::TooMuch, detail));
    }
    let parsed: Vec<Option<SubjectCode>> = asked_codes
        .iter()
        .map(|text| SubjectCode::as_published(text).ok())
        .collect();
    let codes: Vec<SubjectCode> = parsed.iter().flatten().copied().collect();
    let now = clock::now();
    let tokens: HashMap<SubjectCode, String> = state
        .store
        .subjects(&codes)
        .await?
        .into_iter()
        .map(|stored| (stored.subject.code, state.office.card(&stored, now)))
        .collect();
    let cards = asked_codes.into_iter().zip(parsed).map(|(text, code)| {
        let token = code.and_then(|code| tokens.get(&code).cloned());
        (text, token)
    });
    let body = CardBatch(cards.collect()).to_json().to_string();
    Ok(answer(asked, "application/json", Keep::Minute, body))
}
