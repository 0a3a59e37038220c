//! Refusals as RFC 9457 problems. A 500 tells the client nothing and the log
//! everything.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit_api::problem::{CONTENT_TYPE, Problem, ProblemKind};
use credit_core::identifier::IdentifierError;

use crate::names::IndexError;
use crate::store::StoreError;

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub struct Refusal(Problem);

impl Refusal {
    /// A refusal that says what was found and what is allowed.
    pub(super) fn because(kind: ProblemKind, detail: impl ToString) -> Self {
        Self(Problem::new(kind, Some(detail.to_string())))
    }
}

impl Refusal {
    /// Whether something of ours broke.
    pub(super) fn is_internal(&self) -> bool {
        self.0.status == ProblemKind::Internal.status()
    }
}

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Self {
        Self(Problem::new(kind, None))
    }
}

impl From<IdentifierError> for Refusal {
    fn from(error: IdentifierError) -> Self {
        Self(Problem::identifier(&error))
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let error: &dyn std::error::Error = &error;
        tracing::error!(error, "the store failed");
        Self::from(ProblemKind::Internal)
    }
}

impl From<IndexError> for Refusal {
    fn from(error: IndexError) -> Self {
        let error: &dyn std::error::Error = &error;
        tracing::error!(error, "the name index failed");
        Self::from(ProblemKind::Internal)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let headers = [
            (header::CONTENT_TYPE, CONTENT_TYPE),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (status, headers, Body::from(body)).into_response()
    }
}
