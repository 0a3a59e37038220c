//! Answers of the server.

use credit_api::body::{Page, RecordItem};
use credit_api::read::Read;
use credit_client::{FetchError, ask};
use credit_core::json::Value;
use yew::Callback;

/// The body of an answer. Nothing that is read here is ever shown as verified.
pub(crate) fn body<T: Read>(answer: Result<Value, FetchError>) -> Result<T, FetchError> {
    T::read(Some(&answer?)).ok_or(FetchError::Answer)
}

/// Asks for a page of records: once for all that list some.
pub(crate) fn records(url: &str, told: Callback<Result<Page<RecordItem>, FetchError>>) {
    ask(url, Box::new(move |answer| told.emit(body(answer))));
}
