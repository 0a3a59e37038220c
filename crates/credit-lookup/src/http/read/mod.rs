//! What everybody may read.

pub(super) mod agencies;
pub(super) mod areas;
pub(super) mod badges;
pub(super) mod cards;
pub(super) mod catalogue;
pub(super) mod health;
pub(super) mod inspections;
pub(super) mod keys;
pub(super) mod latest;
pub(super) mod listing;
pub(super) mod lists;
pub(super) mod members;
pub(super) mod pages;
pub(super) mod perks;
pub(super) mod qr;
pub(super) mod records;
pub(super) mod reports;
pub(super) mod search;
pub(super) mod shares;
pub(super) mod subjects;
pub(super) mod traces;

use credit_api::problem::ProblemKind;
use credit_core::dummy::Dummy;
use credit_core::identifier::SubjectCode;

use super::App;
use super::problem::Refusal;
use crate::clock;
use crate::dummies::{Dummies, SLOW};
use crate::store::StoredSubject;

/// The subject of `code`. A code with a wrong check character is looked up,
/// because official records have some; only when there is none it is refused.
pub(super) async fn find(app: &App, code: &SubjectCode) -> Result<StoredSubject, Refusal> {
    if let Some((dummies, dummy)) = dummy(app, code).await? {
        let today = clock::now().date_in_china();
        let subject = dummies.subject(dummy, *code, today);
        return Ok(StoredSubject {
            number: 0,
            changed: 0,
            ended: None,
            subject: subject.ok_or(ProblemKind::NotFound)?,
        });
    }
    let found = app.store.subjects(std::slice::from_ref(code)).await?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| match code.problem() {
            Some(problem) => problem.into(),
            None => Refusal::from(ProblemKind::NotFound),
        })
}

/// The subject of `code`, if there can be records of it: a dummy code has cards
/// alone.
pub(super) async fn find_recorded(app: &App, code: &SubjectCode) -> Result<StoredSubject, Refusal> {
    let stored = find(app, code).await?;
    if stored.number == 0 {
        return Err(ProblemKind::NotFound.into());
    }
    Ok(stored)
}

/// The subject with this number in the store, which a number of ours told.
pub(super) async fn find_numbered(app: &App, number: u64) -> Result<StoredSubject, Refusal> {
    let found = app.store.subjects_by_number(&[number]).await?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| ProblemKind::NoSuchItem.into())
}

/// The dummy with this code, where the server answers for them; late where it is
/// slow, and an error where it stands for one.
pub(super) async fn dummy<'a>(
    app: &'a App,
    code: &SubjectCode,
) -> Result<Option<(&'a Dummies, Dummy)>, Refusal> {
    let Some((dummies, dummy)) = app.dummies.as_ref().zip(Dummy::of(code)) else {
        return Ok(None);
    };
    match dummy {
        Dummy::Error => return Err(Refusal::from(ProblemKind::Internal)),
        Dummy::Slow => tokio::time::sleep(SLOW).await,
        _ => {}
    }
    Ok(Some((dummies, dummy)))
}
