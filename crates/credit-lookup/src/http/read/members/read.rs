//! An area and its members as the store has them today.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use credit_api::problem::ProblemKind;
use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::limits::AREA_MEMBERS_MAX;
use credit_core::record::{Holder, Record, Value, Word};
use credit_core::rules::{Visibility, visible};

use super::super::super::App;
use super::super::super::extract::Limit;
use super::super::super::problem::Refusal;
use super::super::areas::dataset;
use super::super::listing::{ListParameters, shown};
use super::kept::{AreaMembers, Grade, Member, Tally};
use super::place;
use crate::search::Members;
use crate::store::StoredSubject;

/// Subjects that are read at once.
const BATCH: usize = 1_000;

/// What the pages of an area say of a member, and what marks it.
const TOLD: [&str; 5] = ["grades", "commitments", "honours", "objections", "repairs"];

/// The record of the area `id`, if it is shown today.
pub(super) async fn area(app: &App, id: &str, today: Date) -> Result<Record, Refusal> {
    let first = ListParameters {
        limit: Limit(1),
        ..ListParameters::default()
    };
    let topic = Some(id.to_owned());
    let areas = shown(app, dataset("areas")?, topic, today, &first).await?;
    let area = areas.items.into_iter().next().map(|(record, _)| record);
    area.ok_or_else(|| ProblemKind::NoSuchItem.into())
}

/// The members of the area `id`, whose record is `area`.
pub(super) async fn members(
    app: &App,
    id: &str,
    area: Record,
    today: Date,
) -> Result<AreaMembers, Refusal> {
    let memberships = memberships(app, id, today).await?;
    let mut names = Members::default();
    let mut members = Vec::with_capacity(memberships.len());
    let mut shared = Shared::default();
    for some in memberships.chunks(BATCH) {
        let codes: Vec<SubjectCode> = some.iter().map(|(code, _)| *code).collect();
        let subjects = app.store.subjects(&codes).await?;
        names.add(&subjects);
        let subjects = subjects.into_iter();
        let mut subjects: HashMap<SubjectCode, StoredSubject> = subjects
            .map(|stored| (stored.subject.code, stored))
            .collect();
        let mut records: HashMap<SubjectCode, Vec<Record>> = HashMap::new();
        for stored in app.store.records_in(&codes, &TOLD).await? {
            if let Holder::Subject(code) = stored.record.holder {
                records.entry(code).or_default().push(stored.record);
            }
        }
        for (code, membership) in some {
            // Who is in no registry has no card either.
            let Some(stored) = subjects.remove(code) else {
                continue;
            };
            let records = records.remove(code).unwrap_or_default();
            let told = Told::of(records, today, &mut shared);
            members.push(member(stored, membership, told, &mut shared));
        }
    }
    members.sort_by(|one, other| {
        // Who is somewhere stands before who is anywhere.
        let nowhere = (one.place.is_none(), other.place.is_none());
        let texts = (one.place.as_deref(), other.place.as_deref());
        let by_place = place::compare(texts.0.unwrap_or_default(), texts.1.unwrap_or_default());
        let by_place = nowhere.0.cmp(&nowhere.1).then(by_place);
        by_place
            .then_with(|| one.name.cmp(&other.name))
            .then_with(|| one.code.cmp(&other.code))
    });
    Ok(AreaMembers {
        area,
        names: Arc::new(names),
        tally: Tally::of(&members),
        members,
    })
}

/// Who is a member, with the record that says so; once each, because holder and area
/// are the key of a member.
async fn memberships(
    app: &App,
    id: &str,
    today: Date,
) -> Result<Vec<(SubjectCode, Record)>, Refusal> {
    let mut parameters = ListParameters {
        limit: Limit(AREA_MEMBERS_MAX),
        ..ListParameters::default()
    };
    let mut found = Vec::new();
    loop {
        let topic = Some(id.to_owned());
        let page = shown(app, dataset("members")?, topic, today, &parameters).await?;
        let items = page.items.into_iter();
        found.extend(items.filter_map(|(record, _)| match record.holder {
            Holder::Subject(code) => Some((code, record)),
            _ => None,
        }));
        parameters.cursor = page.next.and_then(|next| next.parse().ok());
        if parameters.cursor.is_none() {
            return Ok(found);
        }
        if found.len() >= AREA_MEMBERS_MAX {
            tracing::warn!(area = id, "has more members than are looked at");
            return Ok(found);
        }
    }
}

fn member(stored: StoredSubject, membership: &Record, told: Told, shared: &mut Shared) -> Member {
    let place = membership.get("place").map(Value::to_stored);
    let industry = match membership.get("industry") {
        Some(Value::Words(words)) => words.iter().find_map(|word| match word {
            Word::Known(code) => Some(*code),
            Word::Other(_) => None,
        }),
        _ => None,
    };
    Member {
        number: stored.number,
        code: stored.subject.code,
        name: stored.subject.name,
        status: stored.subject.status,
        place: place.map(String::into_boxed_str),
        industry,
        grades: told.grades.into_boxed_slice(),
        pledges: told.pledges,
        honours: told.honours,
        unit: shared.text(&membership.source.unit),
        as_of: membership.source.as_of,
    }
}

/// What the pages of an area say of a member.
#[derive(Default)]
struct Told {
    grades: Vec<Grade>,
    pledges: u32,
    honours: u32,
}

impl Told {
    /// What is shown today of the records of one subject.
    fn of(records: Vec<Record>, today: Date, shared: &mut Shared) -> Self {
        let is_mark = |record: &Record| matches!(record.dataset.name, "objections" | "repairs");
        let (marks, records): (Vec<Record>, Vec<Record>) = records.into_iter().partition(is_mark);
        let mut told = Self::default();
        for record in &records {
            let Visibility::Shown { is_contested, .. } = visible(record, &marks, today) else {
                continue;
            };
            match record.dataset.name {
                "commitments" => told.pledges += 1,
                "honours" => told.honours += 1,
                _ => told.grade(record, is_contested, shared),
            }
        }
        told
    }

    fn grade(&mut self, record: &Record, is_contested: bool, shared: &mut Shared) {
        let Some(Value::Words(words)) = record.get("scheme") else {
            return;
        };
        let Some(scheme) = words.first() else {
            return;
        };
        let text = |name: &str| record.get(name).map(Value::to_stored).unwrap_or_default();
        let grade = Grade {
            scheme: shared.word(scheme),
            level: shared.text(&text("level")),
            unit: shared.text(&text("unit")),
            decided: record.date("decided"),
            is_contested,
        };
        let is_of_same =
            |other: &&mut Grade| other.scheme == grade.scheme && other.unit == grade.unit;
        match self.grades.iter_mut().find(is_of_same) {
            Some(other) if other.decided > grade.decided => {}
            Some(other) => *other = grade,
            None => self.grades.push(grade),
        }
    }
}

/// Texts that many members have, each once: a scheme has a handful of levels, and a
/// district two dozen units.
#[derive(Default)]
struct Shared {
    texts: HashSet<Arc<str>>,
    words: HashMap<String, Arc<Word>>,
}

impl Shared {
    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = Arc::from(text);
        self.texts.insert(Arc::clone(&new));
        new
    }

    fn word(&mut self, word: &Word) -> Arc<Word> {
        let known = self.words.entry(word.to_stored());
        Arc::clone(known.or_insert_with(|| Arc::new(word.clone())))
    }
}
