//! The same questions for code that waits with `await`, and requests of the
//! server's own pages, with their cookie.

use credit_core::lang::Lang;
use futures_channel::oneshot;

use crate::public::get;
use crate::request::{FetchError, Reply, Request, Way, send};

/// Asks for `url` and reads the answer as text.
///
/// # Errors
/// [`FetchError`]
pub async fn fetch(url: &str) -> Result<String, FetchError> {
    let (sender, receiver) = oneshot::channel();
    get(url, Way::Public, |told| {
        // Who asked may be gone.
        let _ = sender.send(told);
    });
    receiver.await.unwrap_or(Err(FetchError::Network))
}

/// Asks for `url`, which has to be of the page's origin, in `lang`.
///
/// # Errors
/// [`FetchError`] where there is no answer.
pub async fn own_get(url: &str, lang: Lang) -> Result<Reply, FetchError> {
    own(url, lang, None).await
}

/// Sends `json` to `url`, which has to be of the page's origin, in `lang`.
///
/// # Errors
/// [`FetchError`] where there is no answer.
pub async fn own_post(url: &str, lang: Lang, json: &str) -> Result<Reply, FetchError> {
    own(url, lang, Some(json)).await
}

async fn own(url: &str, lang: Lang, body: Option<&str>) -> Result<Reply, FetchError> {
    let (sender, receiver) = oneshot::channel();
    let request = Request {
        url,
        way: Way::Own,
        lang: lang.tag(),
        body,
    };
    send(&request, |told| {
        let _ = sender.send(told);
    });
    receiver.await.unwrap_or(Err(FetchError::Network))
}
