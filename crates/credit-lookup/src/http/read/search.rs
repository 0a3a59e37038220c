//! `GET /v1/search`

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::problem::ProblemKind;
use credit_core::limits::{SEARCH_PAGE_DEFAULT, SEARCH_PAGE_MAX};
use serde::Deserialize;

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::QueryOf;
use super::super::problem::Refusal;
use crate::search::{Cursor, Query};

/// How long a search waits for the index to follow an import. After a large one
/// it follows in the background, and searches see the names it has so far.
const PATIENCE: Duration = Duration::from_millis(200);

/// Parameters of a search.
#[derive(Debug, Deserialize)]
pub(crate) struct SearchParameters {
    q: String,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Subjects by name or code, best first.
pub(crate) async fn search(
    State(state): State<AppState>,
    QueryOf(parameters): QueryOf<SearchParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let bad = |detail: String| Refusal::because(ProblemKind::BadRequest, detail);
    let query: Query = parameters
        .q
        .parse()
        .map_err(|error: crate::search::QueryError| bad(error.to_string()))?;
    let limit = parameters.limit.unwrap_or(SEARCH_PAGE_DEFAULT);
    if !(1..=SEARCH_PAGE_MAX).contains(&limit) {
        return Err(bad(format!(
            "limit is {limit}, allowed is 1 to {SEARCH_PAGE_MAX}"
        )));
    }
    let cursor = match parameters
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
    {
        None => None,
        Some(text) => {
            let cursor: Cursor = text
                .parse()
                .map_err(|_| bad("cursor is not one of this server".to_owned()))?;
            Some(cursor)
        }
    };
    follow(&state).await;
    let page = query
        .answer(&*state.store, &state.index, limit, cursor)
        .await?;
    json(&asked, &page)
}

/// An index that cannot follow still answers with what it has.
async fn follow(state: &AppState) {
    let (index, store) = (Arc::clone(&state.index), Arc::clone(&state.store));
    // A task of its own: it goes on when this request does not wait any longer.
    let task = tokio::spawn(async move { index.catch_up(&*store).await });
    if let Ok(Ok(Err(error))) = tokio::time::timeout(PATIENCE, task).await {
        let error: &dyn std::error::Error = &error;
        tracing::error!(error, "the name index could not follow the store");
    }
}
