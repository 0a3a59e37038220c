//! Which edition of the records answers are made of, without asking the store
//! for every request.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::store::{Store, StoreError};

/// For how long an edition counts as the latest: what an import changes shows
/// within this time.
const FRESH: Duration = Duration::from_millis(20);

/// The latest edition that was seen.
pub(super) struct Edition {
    begin: Instant,
    known: AtomicU64,
    /// When it was seen, in microseconds since `begin`; 0 is never.
    seen: AtomicU64,
    asking: Mutex<()>,
}

impl Edition {
    pub(super) fn new() -> Self {
        Self {
            begin: Instant::now(),
            known: AtomicU64::new(0),
            seen: AtomicU64::new(0),
            asking: Mutex::new(()),
        }
    }

    /// The edition of now.
    pub(super) async fn latest(&self, store: &dyn Store) -> Result<u64, StoreError> {
        if let Some(known) = self.fresh() {
            return Ok(known);
        }
        // One asks, the others wait for what it is told.
        let _one = self.asking.lock().await;
        if let Some(known) = self.fresh() {
            return Ok(known);
        }
        let asked = self.elapsed();
        let known = store.edition().await?;
        self.known.store(known, Ordering::Release);
        self.seen.store(asked.max(1), Ordering::Release);
        Ok(known)
    }

    fn fresh(&self) -> Option<u64> {
        let seen = self.seen.load(Ordering::Acquire);
        let age = self.elapsed().saturating_sub(seen);
        let is_fresh = seen > 0 && u128::from(age) < FRESH.as_micros();
        is_fresh.then(|| self.known.load(Ordering::Acquire))
    }

    fn elapsed(&self) -> u64 {
        u64::try_from(self.begin.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
