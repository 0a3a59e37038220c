//! Members of areas, kept for the pages of an area and the searches among them.

mod kept;
mod place;
mod read;

use std::sync::Arc;

use credit_api::problem::ProblemKind;
use credit_core::date::Date;
use moka::sync::Cache;
use tokio::sync::Mutex;

use super::super::App;
use super::super::problem::Refusal;
use crate::clock;

pub(crate) use kept::{AreaMembers, Grade, Levels, Member, Tally};

/// Most memory for members. One takes a kilobyte: half of it its name of 15
/// characters, the rest what the pages of its area say of it; the largest area 20 MB.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// Areas with their members, of the edition and day of now.
pub(crate) struct MembersCache {
    areas: Cache<String, Kept>,
    reading: Mutex<()>,
}

/// An area with what makes it stale.
#[derive(Clone)]
struct Kept {
    edition: u64,
    /// Whoever moves in or out does so on a day.
    today: Date,
    area: Arc<AreaMembers>,
}

impl MembersCache {
    pub(crate) fn new() -> Self {
        let weigh = |id: &String, kept: &Kept| {
            u32::try_from(id.len() + kept.area.bytes()).unwrap_or(u32::MAX)
        };
        let areas = Cache::builder().max_capacity(CACHE_BYTES).weigher(weigh);
        Self {
            areas: areas.build(),
            reading: Mutex::new(()),
        }
    }

    fn get(&self, id: &str, edition: u64, today: Date) -> Option<Arc<AreaMembers>> {
        let kept = self.areas.get(id)?;
        (kept.edition == edition && kept.today == today).then_some(kept.area)
    }
}

/// The area `id` with its members that are shown today.
pub(crate) async fn members(app: &Arc<App>, id: &str) -> Result<Arc<AreaMembers>, Refusal> {
    // The edition first: what is read after it is at least as new.
    let edition = app.edition.latest(&*app.store).await?;
    let today = clock::now().date_in_china();
    if let Some(area) = app.members.get(id, edition, today) {
        return Ok(area);
    }
    // Before anything waits: most names that nobody knows are known to be none here.
    let record = read::area(app, id, today).await?;
    let (app, id) = (Arc::clone(app), id.to_owned());
    // A task of its own: it goes on when this request does not wait any longer, so that
    // the next one finds what was read.
    let task = tokio::spawn(async move {
        // One area at a time, and each once however many ask for it.
        let _one = app.members.reading.lock().await;
        if let Some(area) = app.members.get(&id, edition, today) {
            return Ok(area);
        }
        let area = Arc::new(read::members(&app, &id, record, today).await?);
        let kept = Kept {
            edition,
            today,
            area: Arc::clone(&area),
        };
        app.members.areas.insert(id, kept);
        Ok(area)
    });
    task.await
        .unwrap_or_else(|_| Err(ProblemKind::Internal.into()))
}
