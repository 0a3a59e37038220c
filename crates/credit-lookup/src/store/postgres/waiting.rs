//! Channels of threads, waited for without holding up the async ones.

use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};

use crate::store::{Part, StoreError};

/// A receiver.
pub(super) struct Waiting<T>(Arc<Mutex<Receiver<T>>>);

impl<T: Send + 'static> Waiting<T> {
    pub(super) fn new(receiver: Receiver<T>) -> Self {
        Self(Arc::new(Mutex::new(receiver)))
    }

    pub(super) async fn next(&self) -> Option<T> {
        let receiver = Arc::clone(&self.0);
        let wait = move || {
            let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
            receiver.recv().ok()
        };
        tokio::task::spawn_blocking(wait).await.ok().flatten()
    }
}

pub(super) async fn send(parts: SyncSender<Part>, part: Part) -> Result<(), StoreError> {
    let sent = tokio::task::spawn_blocking(move || parts.send(part).is_ok()).await;
    match sent {
        Ok(true) => Ok(()),
        _ => Err(StoreError::Closed),
    }
}
