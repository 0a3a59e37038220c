//! `GET /v1/lists`, `GET /v1/lists/{id}`

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem};
use credit_api::district::{ListItem, ListsBody};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::date::Date;
use credit_core::lang::Lang;
use credit_core::rules::lists;

use super::super::answer::json;
use super::super::extract::{QueryOf, TextPath};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::latest::Latest;
use super::listing::{LangOnly, ListParameters, count_shown, list};

/// How many entries of each list are shown today, by its name in paths.
pub(crate) type ListCounts = Latest<HashMap<&'static str, u64>>;

/// The lists that there are
///
/// Lists of serious dishonesty, judgment defaulters, honours, agencies, incentives and
/// penalties: what each is, on what document it rests, how one comes onto it and leaves
/// it, and how many entries are shown. The entries are counted when the records change;
/// on a large server the counts may be some minutes old.
#[utoipa::path(
    get, path = path::LISTS, tag = "lists", operation_id = "lists", params(LangOnly),
    responses((status = 200, description = "Lists", body = ListsBody), Refused)
)]
pub(crate) async fn all(
    State(app): State<AppState>,
    QueryOf(parameters): QueryOf<LangOnly>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let counts = app.list_counts.get(&app, count).await?;
    json(&asked, &body(&counts.answer, parameters.lang.0))
}

/// Who is on a list
///
/// Each entry with basis, entry and exit.
#[utoipa::path(
    get, path = path::LIST, tag = "lists", operation_id = "list",
    params(("id" = String, Path, description = "One of `/v1/lists`", format = "list"), ListParameters),
    responses((status = 200, description = "A page of the list", body = Page<RecordItem>), Refused)
)]
pub(crate) async fn one(
    State(app): State<AppState>,
    TextPath(id): TextPath,
    QueryOf(parameters): QueryOf<ListParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let found = lists().iter().find(|list| list.id() == id);
    let found = found.ok_or(ProblemKind::NoSuchItem)?;
    let topic = found.topic.map(str::to_owned);
    let page = list(&app, found.dataset, topic, &parameters).await?;
    json(&asked, &page)
}

async fn count(app: Arc<App>, today: Date) -> Result<HashMap<&'static str, u64>, Refusal> {
    let mut counts: HashMap<&'static str, u64> = HashMap::new();
    let mut counted: Vec<&'static str> = Vec::new();
    for list in lists() {
        if counted.contains(&list.dataset.name) {
            continue;
        }
        counted.push(list.dataset.name);
        for (topic, count) in count_shown(&app, list.dataset, today).await? {
            let mut of_dataset = lists()
                .iter()
                .filter(|other| other.dataset.name == list.dataset.name);
            // A list of the whole dataset has what is listed under nothing of ours, too.
            let fits = of_dataset.find(|other| other.topic.is_none_or(|known| topic == known));
            if let Some(fits) = fits {
                *counts.entry(fits.id()).or_default() += count;
            }
        }
    }
    Ok(counts)
}

fn body(counts: &HashMap<&'static str, u64>, lang: Lang) -> ListsBody {
    let items = lists().iter().map(|list| ListItem {
        id: list.id().to_owned(),
        title: list.title.in_lang(lang).to_owned(),
        kind: list.dataset.name.to_owned(),
        about: list.about.in_lang(lang).to_owned(),
        basis: list.basis.in_lang(lang).to_owned(),
        entry: list.entry.in_lang(lang).to_owned(),
        exit: list.exit.in_lang(lang).to_owned(),
        count: counts.get(list.id()).copied().unwrap_or_default(),
    });
    ListsBody {
        items: items.collect(),
    }
}
