//! What everybody may read.

pub(super) mod badges;
pub(super) mod cards;
pub(super) mod health;
pub(super) mod keys;
pub(super) mod pages;
pub(super) mod records;
pub(super) mod search;
pub(super) mod subjects;

use credit_api::problem::ProblemKind;
use credit_core::identifier::SubjectCode;

use super::AppState;
use super::problem::Refusal;
use crate::store::StoredSubject;

/// The subject of `code`. A code with a wrong check character is looked up,
/// because official records have some; only when there is none it is refused.
async fn find(state: &AppState, code: &SubjectCode) -> Result<StoredSubject, Refusal> {
    let found = state.store.subjects(std::slice::from_ref(code)).await?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| match code.problem() {
            Some(problem) => problem.into(),
            None => Refusal::from(ProblemKind::NotFound),
        })
}
