//! Refusals as RFC 9457 problems. A 500 tells the client nothing and the log
//! everything.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit_api::problem::{CONTENT_TYPE, ProblemKind, Report};
use credit_core::identifier::IdentifierError;
use credit_core::lang::Lang;

use crate::issuer::NoKey;
use crate::names::IndexError;
use crate::store::StoreError;
use crate::terminal;

/// Why a request is not answered with what it asked for.
#[derive(Clone, Debug)]
pub struct Refusal {
    report: Box<Report>,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// A refusal that says what was found and what is allowed, in both languages.
    pub(super) fn because(kind: ProblemKind, zh: impl ToString, en: impl ToString) -> Self {
        Report::because(kind, zh, en).into()
    }

    /// A refusal that ends after a while.
    pub(super) fn for_now(kind: ProblemKind, wait: Duration) -> Self {
        Self {
            report: Box::new(kind.into()),
            retry_after: Some(wait),
        }
    }

    /// Whether something of ours broke.
    pub(super) fn is_internal(&self) -> bool {
        self.report.status() >= 500
    }

    /// HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.report.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What it says.
    pub(super) fn report(&self) -> &Report {
        &self.report
    }

    /// The answer, in `lang` or in both languages; `request` finds it in the log.
    pub(super) fn told(&self, lang: Option<Lang>, request: Option<String>) -> Response {
        let mut problem = self.report.told(lang);
        problem.instance = request;
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let headers = [
            (header::CONTENT_TYPE, CONTENT_TYPE),
            (header::CACHE_CONTROL, "no-store"),
            (header::VARY, "accept-language"),
            (
                header::CONTENT_LANGUAGE,
                lang.map_or("zh-CN, en", Lang::tag),
            ),
        ];
        let mut response = (self.status(), headers, Body::from(body)).into_response();
        if let Some(wait) = self.retry_after {
            // Rounded up, so that who waits as long is not refused again.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            let seconds = HeaderValue::from(seconds.max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<Report> for Refusal {
    fn from(report: Report) -> Self {
        Self {
            report: Box::new(report),
            retry_after: None,
        }
    }
}

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Self {
        Report::from(kind).into()
    }
}

impl From<IdentifierError> for Refusal {
    fn from(error: IdentifierError) -> Self {
        Report::from(&error).into()
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let error = terminal::chain(&error);
        tracing::error!(error, "the store failed");
        Self::from(ProblemKind::Internal)
    }
}

impl From<NoKey> for Refusal {
    fn from(error: NoKey) -> Self {
        tracing::error!(%error, "nothing can be signed");
        Self::from(ProblemKind::Internal)
    }
}

impl From<IndexError> for Refusal {
    fn from(error: IndexError) -> Self {
        let error = terminal::chain(&error);
        tracing::error!(error, "the name index failed");
        Self::from(ProblemKind::Internal)
    }
}

impl IntoResponse for Refusal {
    /// In both languages; the edge tells it again in the one that was asked for.
    fn into_response(self) -> Response {
        let mut response = self.told(None, None);
        response.extensions_mut().insert(self);
        response
    }
}
