//! `GET /v1/lists`, `GET /v1/lists/{id}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem};
use credit_api::district::{ListItem, ListsBody};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::lang::{Lang, Text};
use credit_core::record::{CodeSet, Dataset, datasets};

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::{QueryOf, TextPath};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::listing::{LangOnly, ListParameters, list};

/// Datasets that are lists, with the code set that tells the lists in them
/// apart, if there is more than one.
const LISTS: [(&str, Option<&str>); 3] = [
    ("lists", Some("list-kind")),
    ("judgments", None),
    ("honours", Some("honour-kind")),
];

/// A list: its dataset, what its records are listed under, and its title.
struct List {
    dataset: &'static Dataset,
    topic: Option<&'static str>,
    title: Text,
}

/// The lists that there are
///
/// Lists of serious dishonesty, judgment defaulters, honours.
#[utoipa::path(
    get, path = path::LISTS, tag = "lists", operation_id = "lists", params(LangOnly),
    responses((status = 200, description = "Lists", body = ListsBody), Refused)
)]
pub(crate) async fn all(
    QueryOf(parameters): QueryOf<LangOnly>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    json(&asked, &body(parameters.lang.0))
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
    let found = lists().find(|list| list.id() == id);
    let found = found.ok_or(ProblemKind::NoSuchItem)?;
    let topic = found.topic.map(str::to_owned);
    let page = list(&app, found.dataset, topic, &parameters).await?;
    json(&asked, &page)
}

fn body(lang: Lang) -> ListsBody {
    let item = |list: List| ListItem {
        id: list.id().to_owned(),
        title: list.title.in_lang(lang).to_owned(),
        kind: list.dataset.name.to_owned(),
        about: String::new(),
        basis: String::new(),
        entry: String::new(),
        exit: String::new(),
        count: 0,
    };
    ListsBody {
        items: lists().map(item).collect(),
    }
}

fn lists() -> impl Iterator<Item = List> {
    let of = |(name, set): (&str, Option<&'static str>)| {
        let dataset = datasets().iter().find(|dataset| dataset.name == name)?;
        let whole = List {
            dataset,
            topic: None,
            title: dataset.title,
        };
        Some(match set.and_then(CodeSet::named) {
            None => vec![whole],
            Some(set) => {
                let words = set.codes.iter().map(|word| List {
                    dataset,
                    topic: Some(word.code),
                    title: Text {
                        zh: word.zh,
                        en: word.en,
                    },
                });
                words.collect()
            }
        })
    };
    LISTS.into_iter().filter_map(of).flatten()
}

impl List {
    fn id(&self) -> &'static str {
        self.topic.unwrap_or(self.dataset.name)
    }
}
