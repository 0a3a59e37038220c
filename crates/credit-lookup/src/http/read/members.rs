//! Members of areas, kept for the searches among them.

use std::sync::Arc;

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::limits::AREA_MEMBERS_MAX;
use credit_core::record::Record;
use moka::sync::Cache;
use tokio::sync::Mutex;

use super::super::App;
use super::super::extract::{LangParameter, Limit};
use super::super::problem::Refusal;
use super::areas::{area, codes, dataset};
use super::listing::{ListParameters, shown};
use crate::clock;
use crate::search::Members;

/// Most memory for members. A name of 15 characters takes half a kilobyte, the
/// largest area 10 MB.
const CACHE_BYTES: u64 = 32 * 1024 * 1024;

/// Subjects that are read at once.
const BATCH: usize = 1_000;

/// Members by area, of the edition and day of now.
pub(crate) struct MembersCache {
    areas: Cache<String, Kept>,
    reading: Mutex<()>,
}

/// Members with what makes them stale.
#[derive(Clone)]
struct Kept {
    edition: u64,
    /// Whoever moves in or out does so on a day.
    today: Date,
    members: Arc<Members>,
}

impl MembersCache {
    pub(crate) fn new() -> Self {
        let weigh = |id: &String, kept: &Kept| {
            u32::try_from(id.len() + kept.members.bytes()).unwrap_or(u32::MAX)
        };
        let areas = Cache::builder().max_capacity(CACHE_BYTES).weigher(weigh);
        Self {
            areas: areas.build(),
            reading: Mutex::new(()),
        }
    }

    fn get(&self, id: &str, edition: u64, today: Date) -> Option<Arc<Members>> {
        let kept = self.areas.get(id)?;
        (kept.edition == edition && kept.today == today).then_some(kept.members)
    }
}

/// The members of the area `id` that are shown today.
pub(crate) async fn members(app: &App, id: &str) -> Result<Arc<Members>, Refusal> {
    // The edition first: what is read after it is at least as new.
    let edition = app.edition.latest(&*app.store).await?;
    let today = clock::now().date_in_china();
    if let Some(members) = app.members.get(id, edition, today) {
        return Ok(members);
    }
    area(app, id, LangParameter::default()).await?;
    // One area at a time, and each once however many ask for it.
    let _one = app.members.reading.lock().await;
    if let Some(members) = app.members.get(id, edition, today) {
        return Ok(members);
    }
    let members = Arc::new(read(app, id).await?);
    let kept = Kept {
        edition,
        today,
        members: Arc::clone(&members),
    };
    app.members.areas.insert(id.to_owned(), kept);
    Ok(members)
}

async fn read(app: &App, id: &str) -> Result<Members, Refusal> {
    let mut parameters = ListParameters {
        limit: Limit(AREA_MEMBERS_MAX),
        ..ListParameters::default()
    };
    // Once each: holder and area are the key of a member.
    let mut found: Vec<SubjectCode> = Vec::new();
    loop {
        let topic = Some(id.to_owned());
        let page = shown(app, dataset("members")?, topic, &parameters).await?;
        let records = page.items.into_iter().map(|(record, _)| record);
        let records: Vec<Record> = records.collect();
        found.extend(codes(&records));
        parameters.cursor = page.next.and_then(|next| next.parse().ok());
        if parameters.cursor.is_none() {
            break;
        }
        if found.len() >= AREA_MEMBERS_MAX {
            tracing::warn!(area = id, "has more members than a search looks at");
            break;
        }
    }
    let mut members = Members::default();
    for some in found.chunks(BATCH) {
        members.add(&app.store.subjects(some).await?);
    }
    Ok(members)
}
