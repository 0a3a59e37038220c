//! Questions to any server of ours, answered with text.

use credit_api::problem::Problem;
use credit_core::json::{self, Value};

use crate::request::{FetchError, Reply, Request, Way, send, soon};

/// Asks for `url` and hands the answer, if it is a good one, to `done`.
pub(crate) fn get(url: &str, way: Way, done: impl FnOnce(Result<String, FetchError>) + 'static) {
    let request = Request {
        url,
        way,
        lang: "",
        body: None,
    };
    send(&request, |told| done(told.and_then(good)));
}

/// Asks for `url` and hands the body of the answer, if it is a good one, to `done`.
pub fn ask(url: &str, done: Box<dyn FnOnce(Result<Value, FetchError>)>) {
    get(url, Way::Public, move |text| {
        let body = text.and_then(|text| json::parse(&text).map_err(|_| FetchError::Answer));
        done(body);
    });
}

/// Sends `json` to `url` and hands the answer, if it is a good one, to `done`.
pub fn post(url: &str, json: &str, done: impl FnOnce(Result<String, FetchError>) + 'static) {
    let request = Request {
        url,
        way: Way::Public,
        lang: "",
        body: Some(json),
    };
    send(&request, |told| {
        done(told.and_then(good));
        soon();
    });
}

fn good(reply: Reply) -> Result<String, FetchError> {
    match reply.status {
        200..=299 => Ok(reply.text),
        429 => Err(FetchError::Busy),
        _ => Err(json::parse(&reply.text)
            .ok()
            .and_then(|body| Problem::code_of(&body).map(str::to_owned))
            .map_or(FetchError::Answer, FetchError::Refused)),
    }
}
