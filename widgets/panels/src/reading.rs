//! Answers of the server.

use credit_api::body::{Page, RecordItem};
use credit_client::{FetchError, fetch};
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

/// Reads an answer. The browser's own reader is smaller than one of ours, and
/// nothing that is read here is ever shown as verified. It is that of `Response`,
/// because pages put a `JSON` of their own in place of the browser's.
pub(crate) async fn json<T: DeserializeOwned>(text: &str) -> Result<T, FetchError> {
    let response = Response::new_with_opt_str(Some(text)).map_err(|_| FetchError::Answer)?;
    let value = response.json().map_err(|_| FetchError::Answer)?;
    let value = JsFuture::from(value)
        .await
        .map_err(|_| FetchError::Answer)?;
    serde_wasm_bindgen::from_value(value).map_err(|_| FetchError::Answer)
}

/// Asks for `url` and reads the answer.
pub(crate) async fn read<T: DeserializeOwned>(url: &str) -> Result<T, FetchError> {
    json(&fetch(url).await?).await
}

/// Asks for a page of records: once for all that list some.
pub(crate) fn records(url: String, told: Callback<Result<Page<RecordItem>, FetchError>>) {
    spawn_local(async move { told.emit(read(&url).await) });
}
