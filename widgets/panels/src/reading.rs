//! Answers of the server.

use credit_api::read::Read;
use credit_client::FetchError;
use credit_core::json::Value;

/// The body of an answer. Nothing that is read here is ever shown as verified.
pub(crate) fn body<T: Read>(answer: Result<Value, FetchError>) -> Result<T, FetchError> {
    T::read(Some(&answer?)).ok_or(FetchError::Answer)
}
