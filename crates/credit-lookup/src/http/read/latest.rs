//! Answers for which many rows have to be looked at. They are made once at a time and
//! kept; when records have changed, they are made anew, and who does not want to wait
//! for that gets the one of before.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use credit_api::problem::ProblemKind;
use credit_core::date::Date;
use tokio::sync::Mutex as Turn;

use super::super::App;
use super::super::problem::Refusal;
use crate::clock;

/// How long a request waits for a new answer when there is one of before.
const PATIENCE: Duration = Duration::from_millis(200);

/// An answer that took longer than [`PATIENCE`] rests for so many times as long as it
/// took, so that a store into which somebody imports all day is not read all day.
const REST: u32 = 10;

/// The latest answer.
pub(crate) struct Latest<T>(Arc<Inner<T>>);

struct Inner<T> {
    made: Mutex<Option<Made<T>>>,
    turn: Arc<Turn<()>>,
}

/// An answer, with the day that it is of.
pub(crate) struct Made<T> {
    edition: u64,
    /// The day that it is of.
    pub(crate) day: Date,
    /// Until when it is not made anew, unless the day changes.
    rests_until: Instant,
    /// The answer.
    pub(crate) answer: Arc<T>,
}

impl<T> Clone for Made<T> {
    fn clone(&self) -> Self {
        Self {
            answer: Arc::clone(&self.answer),
            ..*self
        }
    }
}

impl<T: Send + Sync + 'static> Latest<T> {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            made: Mutex::new(None),
            turn: Arc::default(),
        }))
    }

    /// The answer of now, or the one of before while `make` makes another. Only the
    /// first one is waited for, as long as the request may take.
    pub(crate) async fn get<F>(
        &self,
        app: &Arc<App>,
        make: impl FnOnce(Arc<App>, Date) -> F,
    ) -> Result<Made<T>, Refusal>
    where
        F: Future<Output = Result<T, Refusal>> + Send + 'static,
    {
        // The edition first: what is read after it is at least as new.
        let edition = app.edition.latest(&*app.store).await?;
        let day = clock::now().date_in_china();
        let before = self.0.made();
        if let Some(made) = &before
            && made.day == day
            && (made.edition == edition || Instant::now() < made.rests_until)
        {
            return Ok(made.clone());
        }
        if let Ok(turn) = Arc::clone(&self.0.turn).try_lock_owned() {
            let (inner, answer) = (Arc::clone(&self.0), make(Arc::clone(app), day));
            // A task of its own: it goes on when no request waits any longer.
            tokio::spawn(async move {
                let begun = Instant::now();
                if let Ok(answer) = answer.await {
                    inner.take(edition, day, begun.elapsed(), answer);
                }
                drop(turn);
            });
        }
        let ended = self.0.turn.lock();
        match before {
            Some(before) => {
                let _ = tokio::time::timeout(PATIENCE, ended).await;
                Ok(self.0.made().unwrap_or(before))
            }
            None => {
                drop(ended.await);
                self.0.made().ok_or_else(|| ProblemKind::Internal.into())
            }
        }
    }
}

impl<T> Inner<T> {
    fn made(&self) -> Option<Made<T>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.clone()
    }

    fn take(&self, edition: u64, day: Date, took: Duration, answer: T) {
        let rest = if took > PATIENCE {
            took * REST
        } else {
            Duration::ZERO
        };
        let made = Made {
            edition,
            day,
            rests_until: Instant::now() + rest,
            answer: Arc::new(answer),
        };
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
    }
}
