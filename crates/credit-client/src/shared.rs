//! Documents that all elements of a page share: asked for once, kept a while.

use std::cell::RefCell;
use std::rc::Rc;

use credit_api::path;
use credit_core::date::Timestamp;
use futures_channel::oneshot;

use crate::fetch::{FetchError, fetch_current, now};

/// How long a copy is used before it is asked for again, in seconds: as long as
/// the server's `max-age` says.
const KEEP_SECONDS: i64 = 60;

/// The key set of the server at `api`.
///
/// # Errors
/// [`FetchError`]
pub async fn key_set(api: &str) -> Result<Rc<str>, FetchError> {
    document(&format!("{api}{}", path::KEY_SET)).await
}

type Answer = Result<Rc<str>, FetchError>;

enum Entry {
    /// Asked for; these wait.
    Asked(Vec<oneshot::Sender<Answer>>),
    /// At hand since then.
    Kept(Rc<str>, Timestamp),
}

thread_local! {
    /// By address: a key set and a list or two.
    static DOCUMENTS: RefCell<Vec<(String, Entry)>> = const { RefCell::new(Vec::new()) };
}

/// Forgets the key set of the server at `api`, so that it is asked for anew, if
/// the copy at hand is older than a second: a thousand cards by a new key are
/// one reason to ask.
pub fn forget_key_set(api: &str) -> bool {
    let url = format!("{api}{}", path::KEY_SET);
    DOCUMENTS.with_borrow_mut(|documents| {
        let known = documents.iter().position(|(address, entry)| {
            *address == url && matches!(entry, Entry::Kept(_, since) if now() > since.plus(1))
        });
        known.map(|known| documents.swap_remove(known)).is_some()
    })
}

/// The document at `url`, from the copy at hand or the server.
///
/// # Errors
/// [`FetchError`]; a failure is not kept.
pub async fn document(url: &str) -> Result<Rc<str>, FetchError> {
    let (sender, receiver) = oneshot::channel();
    let ask = DOCUMENTS.with_borrow_mut(|documents| {
        match documents
            .iter_mut()
            .find(|(address, _)| address == url)
            .map(|(_, entry)| entry)
        {
            Some(Entry::Kept(text, since)) if now() < since.plus(KEEP_SECONDS) => {
                let _ = sender.send(Ok(Rc::clone(text)));
                false
            }
            Some(Entry::Asked(waiting)) => {
                waiting.push(sender);
                false
            }
            Some(old) => {
                *old = Entry::Asked(vec![sender]);
                true
            }
            None => {
                documents.push((url.to_owned(), Entry::Asked(vec![sender])));
                true
            }
        }
    });
    if ask {
        let url = url.to_owned();
        // Not in the caller's future: it may be dropped, the others still wait.
        wasm_bindgen_futures::spawn_local(async move {
            let answer: Answer = fetch_current(&url).await.map(Rc::from);
            let waiting = DOCUMENTS.with_borrow_mut(|documents| {
                let known = documents.iter().position(|(address, _)| *address == url);
                let before = known.map(|known| documents.swap_remove(known).1);
                if let Ok(text) = &answer {
                    documents.push((url, Entry::Kept(Rc::clone(text), now())));
                }
                match before {
                    Some(Entry::Asked(waiting)) => waiting,
                    _ => Vec::new(),
                }
            });
            for waiter in waiting {
                let _ = waiter.send(answer.clone());
            }
        });
    }
    receiver.await.unwrap_or(Err(FetchError::Network))
}
