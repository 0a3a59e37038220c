//! Cards: what many elements ask for in the same moment goes in one request.

use std::cell::RefCell;

use credit_api::cards::CardBatch;
use credit_api::path;
use credit_core::identifier::SubjectCode;
use credit_core::json;
use credit_core::limits::CARDS_GET_MAX;
use futures_channel::oneshot;
use gloo_timers::future::TimeoutFuture;

use crate::fetch::{FetchError, fetch};

/// How long the first asker waits for others, in milliseconds: elements of one
/// page come alive within the same task or the next.
const GATHER_MS: u32 = 10;

type Answer = Result<String, FetchError>;
type Waiting = Vec<(SubjectCode, oneshot::Sender<Answer>)>;

thread_local! {
    /// Who waits for the next request, by server: a page has one, seldom two.
    static NEXT: RefCell<Vec<(String, Waiting)>> = const { RefCell::new(Vec::new()) };
}

/// The signed card of `code` from the server at `api`.
///
/// # Errors
/// [`FetchError`]
pub async fn card(api: &str, code: SubjectCode) -> Result<String, FetchError> {
    let (sender, receiver) = oneshot::channel();
    let first = NEXT.with_borrow_mut(|next| {
        let known = next.iter().position(|(server, _)| server == api);
        let known = known.unwrap_or_else(|| {
            next.push((api.to_owned(), Vec::new()));
            next.len() - 1
        });
        let waiting = &mut next[known].1;
        // Kept in order, so that caches see one address for the same cards.
        let place = waiting.partition_point(|(other, _)| *other < code);
        waiting.insert(place, (code, sender));
        waiting.len() == 1
    });
    if first {
        let api = api.to_owned();
        wasm_bindgen_futures::spawn_local(async move {
            TimeoutFuture::new(GATHER_MS).await;
            let mut waiting = NEXT.with_borrow_mut(|next| {
                let known = next.iter().position(|(server, _)| *server == api);
                known
                    .map(|known| next.swap_remove(known).1)
                    .unwrap_or_default()
            });
            while !waiting.is_empty() {
                let rest = waiting.split_off(waiting.len().min(CARDS_GET_MAX));
                ask(&api, waiting).await;
                waiting = rest;
            }
        });
    }
    receiver.await.unwrap_or(Err(FetchError::Network))
}

async fn ask(api: &str, waiting: Waiting) {
    let mut codes: Vec<SubjectCode> = waiting.iter().map(|(code, _)| *code).collect();
    codes.dedup();
    if let [code] = codes.as_slice() {
        // Alone, the answer says why there is no card.
        let answer = fetch(&format!("{api}{}", path::card(code))).await;
        for (_, waiter) in waiting {
            let _ = waiter.send(answer.clone());
        }
        return;
    }
    let batch = fetch(&format!("{api}{}", path::cards(&codes)))
        .await
        .and_then(|text| {
            let body = json::parse(&text).map_err(|_| FetchError::Answer)?;
            CardBatch::from_json(&body).ok_or(FetchError::Answer)
        });
    for (code, waiter) in waiting {
        let answer = batch.as_ref().map_err(Clone::clone).and_then(|batch| {
            let missing = code.problem().map_or("not-found", |problem| problem.code());
            let missing = || FetchError::Refused(missing.to_owned());
            batch
                .token(code.as_str())
                .map(str::to_owned)
                .ok_or_else(missing)
        });
        let _ = waiter.send(answer);
    }
}
