//! Requests of the server's own pages, with their cookie.

use credit_core::lang::Lang;

use crate::request::{FetchError, Reply, Request, Way, send};

/// Asks for `url`, which has to be of the page's origin, in `lang`. `done` hears what
/// came of it, a refusal too.
pub fn own_get(url: &str, lang: Lang, done: impl FnOnce(Result<Reply, FetchError>) + 'static) {
    own(url, lang, None, Box::new(done));
}

/// Sends `json` to `url`, which has to be of the page's origin, in `lang`.
pub fn own_post(
    url: &str,
    lang: Lang,
    json: &str,
    done: impl FnOnce(Result<Reply, FetchError>) + 'static,
) {
    own(url, lang, Some(json), Box::new(done));
}

fn own(
    url: &str,
    lang: Lang,
    body: Option<&str>,
    done: Box<dyn FnOnce(Result<Reply, FetchError>)>,
) {
    let request = Request {
        url,
        way: Way::Own,
        lang: lang.tag(),
        body,
    };
    send(&request, done);
}
