//! Documents that all elements of a page share: asked for once, kept a while.

use std::cell::RefCell;
use std::rc::Rc;

use credit_api::path;
use credit_core::date::Timestamp;

use crate::public::get;
use crate::request::{FetchError, Way, now, soon};

/// How long a copy is used before it is asked for again, in seconds: as long as
/// the server's `max-age` says.
pub(crate) const KEEP_SECONDS: i64 = 60;

/// How long a failure is the answer, in seconds: what is asked for in the same
/// moment fails together, and what is asked for later is asked again.
const FAIL_SECONDS: i64 = 5;

/// What came of a question.
pub type Answer = Result<Rc<str>, FetchError>;

/// An answer at hand.
pub(crate) struct Kept {
    pub answer: Answer,
    pub since: Timestamp,
}

impl Kept {
    pub(crate) fn new(answer: Answer) -> Self {
        Self {
            answer,
            since: now(),
        }
    }

    pub(crate) fn is_old(&self, now: Timestamp) -> bool {
        let seconds = if self.answer.is_ok() {
            KEEP_SECONDS
        } else {
            FAIL_SECONDS
        };
        now >= self.since.plus(seconds)
    }
}

/// An address, and how things stand with it.
type Document = (String, Stand);

enum Stand {
    /// To be asked for.
    New,
    /// Asked for.
    Asked,
    /// At hand.
    Kept(Kept),
}

thread_local! {
    /// A key set and a list or two, and of the last minute passes and reports.
    static DOCUMENTS: RefCell<Vec<Document>> = const { RefCell::new(Vec::new()) };
}

/// Address of the key set of the server at `api`.
#[must_use]
pub fn key_set(api: &str) -> String {
    [api, path::KEY_SET].concat()
}

/// The document at `url`, from the copy at hand; `None` while it is asked for.
/// What [`on_arrival`](crate::on_arrival) names is called when it is there.
#[must_use]
pub fn document(url: &str) -> Option<Answer> {
    let known = DOCUMENTS.with_borrow_mut(|documents| {
        let place = documents.iter().position(|(address, _)| address == url);
        let place = place.unwrap_or_else(|| {
            // A page walks through thousands of subjects in a day.
            let now = now();
            documents.retain(|(_, stand)| !matches!(stand, Stand::Kept(kept) if kept.is_old(now)));
            documents.push((url.to_owned(), Stand::New));
            documents.len() - 1
        });
        match &documents[place].1 {
            Stand::Asked => Some(None),
            Stand::Kept(kept) if !kept.is_old(now()) => Some(Some(kept.answer.clone())),
            _ => {
                documents[place].1 = Stand::Asked;
                None
            }
        }
    });
    if let Some(known) = known {
        return known;
    }
    let address = url.to_owned();
    get(url, Way::Fresh, move |text| {
        DOCUMENTS.with_borrow_mut(|documents| {
            if let Some((_, stand)) = documents.iter_mut().find(|(other, _)| *other == address) {
                *stand = Stand::Kept(Kept::new(text.map(Rc::from)));
            }
        });
        soon();
    });
    None
}

/// Forgets the key set of the server at `api`, so that it is asked for anew, if
/// the copy at hand is older than a second: a thousand cards by a new key are
/// one reason to ask.
pub fn forget_key_set(api: &str) -> bool {
    let url = key_set(api);
    DOCUMENTS.with_borrow_mut(|documents| {
        let known = documents.iter().position(|(address, stand)| {
            *address == url && matches!(stand, Stand::Kept(kept) if now() > kept.since.plus(1))
        });
        known.map(|known| documents.swap_remove(known)).is_some()
    })
}
