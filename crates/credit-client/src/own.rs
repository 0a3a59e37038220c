//! Requests of the server's own pages to the server, with their cookie.

use credit_core::lang::Lang;
use web_sys::{Headers, ReferrerPolicy, RequestCredentials, RequestInit, RequestMode, Response};

use crate::fetch::{FetchError, exchange};

/// What the server said, whatever the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Seconds until it may be asked again, where the server names them.
    pub retry_after: Option<u32>,
    /// The body.
    pub text: String,
}

/// Asks for `url`, which has to be of the page's origin, in `lang`.
///
/// # Errors
/// [`FetchError`] where there is no answer.
pub async fn own_get(url: &str, lang: Lang) -> Result<Reply, FetchError> {
    let headers = [("accept-language", lang.tag())];
    exchange(url, options("GET", &headers)?, reply).await
}

/// Sends `json` to `url`, which has to be of the page's origin, in `lang`.
///
/// # Errors
/// [`FetchError`] where there is no answer.
pub async fn own_post(url: &str, lang: Lang, json: &str) -> Result<Reply, FetchError> {
    let headers = [
        ("accept-language", lang.tag()),
        ("content-type", "application/json"),
    ];
    let options = options("POST", &headers)?;
    options.set_body_opt_str(Some(json));
    exchange(url, options, reply).await
}

fn options(method: &str, headers: &[(&str, &str)]) -> Result<RequestInit, FetchError> {
    let list = Headers::new().map_err(|_| FetchError::Network)?;
    for (name, value) in headers {
        list.set(name, value).map_err(|_| FetchError::Network)?;
    }
    let options = RequestInit::new();
    options.set_headers(&list);
    options.set_method(method);
    // The browser refuses any other origin, also where a redirect leads to one.
    options.set_mode(RequestMode::SameOrigin);
    options.set_credentials(RequestCredentials::SameOrigin);
    // Without any referrer a browser sends `Origin: null`, and the server could
    // not tell its own page from a stranger's.
    options.set_referrer_policy(ReferrerPolicy::StrictOrigin);
    Ok(options)
}

fn reply(response: &Response, text: String) -> Result<Reply, FetchError> {
    let retry_after = response.headers().get("retry-after").ok().flatten();
    Ok(Reply {
        status: response.status(),
        retry_after: retry_after.and_then(|seconds| seconds.trim().parse().ok()),
        text,
    })
}
