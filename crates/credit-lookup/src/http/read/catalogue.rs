//! `GET /v1/catalogue`

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::district::{CatalogueBody, CatalogueItem, CoverageItem, TimelinessBody, UnitItem};
use credit_api::path;
use credit_core::lang::Lang;
use credit_core::rules::{CatalogueDataset, Term, catalogue, term, terms};

use super::super::answer::json;
use super::super::extract::QueryOf;
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::latest::{Latest, Made};
use super::listing::LangOnly;
use crate::store::{Arrivals, Coverage};

/// What the store has, as it was counted.
pub(crate) struct Counted {
    coverage: Vec<Coverage>,
    /// By dataset: how many came within the term, and how many later.
    arrivals: HashMap<&'static str, (u64, u64)>,
}

/// The answer that is kept.
pub(crate) type CatalogueCounts = Latest<Counted>;

/// The catalogue of credit information, and what there is of it
///
/// 公共信用信息目录: its classes in the edition of `version`, and for each what this
/// server has: records by source, the latest day that a source speaks of, and how many
/// came within their term. Counted when the records change; on a large server the counts
/// may be some minutes old, and `as_of` is their day.
#[utoipa::path(
    get, path = path::CATALOGUE, tag = "lists", operation_id = "catalogue", params(LangOnly),
    responses((status = 200, description = "The catalogue", body = CatalogueBody), Refused)
)]
pub(crate) async fn all(
    State(app): State<AppState>,
    QueryOf(parameters): QueryOf<LangOnly>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let counted = app.catalogue.get(&app, |app, _| count(app)).await?;
    json(&asked, &body(&counted, parameters.lang.0))
}

async fn count(app: Arc<App>) -> Result<Counted, Refusal> {
    let classes = catalogue().classes.iter();
    let parts = classes.flat_map(|class| &class.datasets);
    let mut split: Vec<&'static str> = parts
        .filter(|part| part.is_part())
        .map(|part| part.dataset)
        .collect();
    split.dedup();
    let coverage = app.store.coverage(&split).await?;
    let mut arrivals = HashMap::new();
    for term in terms() {
        let days = app.store.arrivals(term.dataset, term.field).await?;
        // Each pair of days is counted through, and there are as many as a server has
        // had days of imports.
        let task = tokio::task::spawn_blocking(move || timely(term, &days));
        arrivals.insert(term.dataset, task.await.unwrap_or_default());
    }
    Ok(Counted { coverage, arrivals })
}

fn timely(term: &Term, days: &[Arrivals]) -> (u64, u64) {
    days.iter().fold((0, 0), |(within, late), day| {
        if term.is_kept(day.decided, day.arrived) {
            (within + day.records, late)
        } else {
            (within, late + day.records)
        }
    })
}

fn body(made: &Made<Counted>, lang: Lang) -> CatalogueBody {
    let catalogue = catalogue();
    let classes = catalogue.classes.iter().map(|class| {
        let datasets = class.datasets.iter();
        let datasets = datasets.map(|part| made.answer.item(part, lang));
        CatalogueItem {
            id: class.id.to_owned(),
            title: class.title.in_lang(lang).to_owned(),
            is_confirmed: class.is_confirmed,
            datasets: datasets.filter(|item| item.records > 0).collect(),
        }
    });
    CatalogueBody {
        version: catalogue.version.to_owned(),
        basis: catalogue.basis.in_lang(lang).to_owned(),
        as_of: made.day,
        items: classes.collect(),
    }
}

impl Counted {
    fn item(&self, part: &CatalogueDataset, lang: Lang) -> CoverageItem {
        let mut units: Vec<UnitItem> = Vec::new();
        let rows = self.coverage.iter().filter(|row| {
            row.dataset == part.dataset && (!part.is_part() || part.has(row.topic.as_deref()))
        });
        for row in rows {
            match units.iter_mut().find(|item| item.unit == row.unit) {
                Some(item) => {
                    item.records += row.records;
                    item.latest = item.latest.max(Some(row.latest));
                }
                None => units.push(UnitItem {
                    unit: row.unit.clone(),
                    records: row.records,
                    latest: Some(row.latest),
                }),
            }
        }
        // Stable: equally large ones stay in the order of their names.
        units.sort_by_key(|item| std::cmp::Reverse(item.records));
        let timeliness = term(part.dataset).map(|term| {
            let (within, late) = self.arrivals.get(part.dataset).copied().unwrap_or_default();
            TimelinessBody {
                term: term.working_days,
                within,
                late,
            }
        });
        CoverageItem {
            kind: part.dataset.to_owned(),
            title: part.title.in_lang(lang).to_owned(),
            records: units.iter().map(|item| item.records).sum(),
            latest: units.iter().filter_map(|item| item.latest).max(),
            units,
            timeliness,
        }
    }
}
