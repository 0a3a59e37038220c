//! `GET /v1/perks/{code}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::district::{PerkItem, PerksBody};
use credit_api::path;
use credit_core::identifier::SubjectCode;
use credit_core::limits::SEARCH_PAGE_MAX;
use credit_core::record::{Holder, Record};
use credit_core::rules::{Perk, Visibility, perk, same_scheme, visible};

use super::super::AppState;
use super::super::answer::json;
use super::super::extract::{IdentifierPath, Limit, QueryOf};
use super::super::openapi::{CodePath, Refused};
use super::super::problem::Refusal;
use super::areas::dataset;
use super::find;
use super::listing::{LangOnly, ListParameters, item, shown};
use crate::clock;

/// Most benefits that are compared with a subject's grades.
const BENEFITS_MAX: usize = 1_000;

/// Benefits of a subject
///
/// 信易+: every benefit of today with its rule, those first that the subject
/// can use by a grade it has. Where a rule asks for something else than a
/// grade, only the unit that grants it can say.
#[utoipa::path(
    get, path = path::PERKS, tag = "subjects", operation_id = "perks", params(CodePath, LangOnly),
    responses((status = 200, description = "Benefits", body = PerksBody), Refused)
)]
pub(crate) async fn perks(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    QueryOf(parameters): QueryOf<LangOnly>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let lang = parameters.lang.0;
    find(&app, &code).await?;
    let today = clock::now().date_in_china();
    let records = app.store.records(&Holder::Subject(code)).await?;
    let records: Vec<Record> = records.into_iter().map(|stored| stored.record).collect();
    let grades: Vec<&Record> = records
        .iter()
        .filter(|record| record.dataset.name == "grades")
        .filter(|record| matches!(visible(record, &records, today), Visibility::Shown { .. }))
        .collect();
    let mut items: Vec<(Perk<'_>, PerkItem)> = Vec::new();
    let mut page = ListParameters {
        limit: Limit(SEARCH_PAGE_MAX),
        lang: parameters.lang,
        ..ListParameters::default()
    };
    while items.len() < BENEFITS_MAX {
        let benefits = shown(&app, dataset("benefits")?, None, today, &page).await?;
        for (benefit, _) in &benefits.items {
            let found = perk(benefit, &grades);
            let Some(written) = item(benefit, &[], today, lang) else {
                continue;
            };
            let written_grade = |grade: &Record| item(grade, &records, today, lang);
            let (grade, has) = match found {
                Perk::Met(grade) => (written_grade(grade), Vec::new()),
                Perk::Unmet => {
                    let compared = grades.iter().filter(|grade| same_scheme(benefit, grade));
                    let has = compared.filter_map(|grade| written_grade(grade));
                    (None, has.collect())
                }
                Perk::Ask => (None, Vec::new()),
            };
            let item = PerkItem {
                state: found.code().to_owned(),
                benefit: written,
                grade,
                has,
            };
            items.push((found, item));
        }
        match benefits.next.as_deref().map(str::parse) {
            Some(Ok(cursor)) => page.cursor = Some(cursor),
            _ => break,
        }
    }
    items.sort_by_key(|(found, _)| found.place());
    let items = items.into_iter().map(|(_, item)| item).collect();
    json(&asked, &PerksBody { code, items })
}
