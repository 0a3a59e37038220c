//! `GET /v1/search`

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, SearchItem};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::lang::Lang;
use credit_core::subject::SubjectKind;
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::answer::json;
use super::super::extract::{Limit, QueryOf, parsed_option};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::words_schema;
use super::members::members;
use crate::search::{Cursor, Query, QueryError};
use crate::terminal;

/// How long a search waits for the index to follow a few changes.
const PATIENCE: Duration = Duration::from_millis(200);

/// So many changes are few. After a larger import the index follows in the
/// background, and searches see the names it has so far.
const FEW_CHANGES: u64 = 500;

/// How soon it is looked again whether the index can follow a larger import,
/// which another process may be doing: each look reads files.
const AGAIN: Duration = Duration::from_millis(250);

/// 机构类别 by its word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind(SubjectKind);

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| {
            let words = SubjectKind::ALL.map(SubjectKind::code);
            format!("kind is none of {}", words.join(", "))
        })
    }
}

/// Parameters of a search.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchParameters {
    /// Any part of a name, its pinyin or initials, or a code or its beginning.
    #[param(min_length = 1, max_length = 200, format = "query", example = "河东")]
    q: String,
    /// Only subjects of this kind, as `kind` of an item says it.
    #[serde(default, deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = kind_schema)]
    kind: Option<Kind>,
    /// Only members of this area, named as in `/v1/areas/{id}`.
    #[serde(default, deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, format = "area")]
    area: Option<String>,
    /// Items of a page, 1 to 50; 10 where it is absent.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[serde(default, deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, format = "search-cursor")]
    cursor: Option<Cursor>,
}

/// The words of [`Kind`].
fn kind_schema() -> utoipa::openapi::Schema {
    words_schema(SubjectKind::ALL.map(SubjectKind::code))
}

/// Subjects by name or code
///
/// Ranked: code, whole name, beginning of the name, any part, former names,
/// pinyin and initials; shorter names first. `kind` and `area` leave out the
/// others and change nothing of the order. Where few of many names are of the
/// kind, a page may be short or empty and yet have a `next`.
#[utoipa::path(
    get, path = path::SEARCH, tag = "subjects", operation_id = "search", params(SearchParameters),
    responses((status = 200, description = "A page of results", body = Page<SearchItem>), Refused)
)]
pub(crate) async fn search(
    State(app): State<AppState>,
    QueryOf(parameters): QueryOf<SearchParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let query: Query = parameters.q.parse().map_err(|error: QueryError| {
        let (zh, en) = (error.in_lang(Lang::ZhCn), error.in_lang(Lang::En));
        Refusal::because(ProblemKind::BadRequest, zh, en)
    })?;
    let query = query.of_kind(parameters.kind.map(|Kind(kind)| kind));
    let (limit, cursor) = (parameters.limit.0, parameters.cursor);
    let page = match parameters.area {
        // No need of the index: the store has their names of now.
        Some(area) => {
            let members = members(&app, &area).await?;
            let page = query.answer_among(&members.names, &*app.store, limit, cursor);
            page.await?
        }
        None => {
            follow(&app).await?;
            let page = query.answer(&*app.store, &app.index, limit, cursor);
            page.await?
        }
    };
    json(&asked, &page)
}

/// Has the index follow the store. One that cannot, or not at once, answers with
/// what it has.
async fn follow(app: &Arc<App>) -> Result<(), Refusal> {
    let edition = app.edition.latest(&*app.store).await?;
    if app.followed.load(Ordering::Acquire) == edition {
        return Ok(());
    }
    let position = app.store.position().await?;
    if app.index.has_followed(&position) {
        app.followed.store(edition, Ordering::Release);
        return Ok(());
    }
    let behind = position.sequence.saturating_sub(app.index.sequence());
    let has_few = behind <= FEW_CHANGES;
    if !has_few && !app.may_follow(AGAIN) {
        return Ok(());
    }
    let (index, store) = (Arc::clone(&app.index), Arc::clone(&app.store));
    // A task of its own: it goes on when this request does not wait any longer.
    let task = tokio::spawn(async move {
        if let Err(error) = index.catch_up(&*store).await {
            let error = terminal::chain(&error);
            tracing::error!(error, "the name index could not follow the store");
        }
    });
    if has_few {
        let _ = tokio::time::timeout(PATIENCE, task).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_that_is_none_is_told_those_that_are() {
        let Kind(kind) = "sole-trader".parse().unwrap();
        assert_eq!(kind, SubjectKind::SoleTrader);
        assert_eq!(
            "shop".parse::<Kind>().unwrap_err(),
            "kind is none of enterprise, sole-trader, cooperative, government, \
             public-institution, social-organisation, legal-service, rural-collective, other"
        );
    }
}
