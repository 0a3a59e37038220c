//! Extractors: what is not an identifier or a query dies here, with the same
//! code as in the browser, before it gets near the store.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use credit_api::problem::ProblemKind;
use credit_core::identifier::Identifier;
use serde::de::DeserializeOwned;

use super::problem::Refusal;
use crate::clock;

/// An identifier in the path.
pub struct IdentifierPath<T>(pub T);

impl<T: Identifier, S: Send + Sync> FromRequestParts<S> for IdentifierPath<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|error| because(error.body_text()))?;
        let reading = T::read(&text, clock::now().date_in_china());
        let reading = reading.map_err(|problems| problems.first())?;
        Ok(Self(reading.value))
    }
}

/// The query, as `T` describes it.
pub(super) struct QueryOf<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|Query(query)| Self(query))
            .map_err(|error| because(error.body_text()))
    }
}

/// The body, as `T` describes it.
pub(super) struct BodyOf<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for BodyOf<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::BytesRejection(error)) => {
                Err(Refusal::because(ProblemKind::TooMuch, error.body_text()))
            }
            Err(error) => Err(because(error.body_text())),
        }
    }
}

fn because(detail: String) -> Refusal {
    Refusal::because(ProblemKind::BadRequest, detail)
}
