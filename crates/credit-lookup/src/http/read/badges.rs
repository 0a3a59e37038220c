//! `GET /v1/badges/{code}.svg`

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use credit_api::problem::ProblemKind;
use credit_badge::svg;
use credit_core::identifier::SubjectCode;
use serde::Deserialize;

use super::super::AppState;
use super::super::answer::{Keep, answer};
use super::super::extract::{LangParameter, QueryOf, TextPath};
use super::super::problem::Refusal;
use super::find;

/// Parameters of a badge.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BadgeParameters {
    #[serde(default)]
    lang: LangParameter,
}

/// The static badge. An unknown code is answered with a badge that says so:
/// an `<img>` shows no problem document.
pub(crate) async fn badge(
    State(state): State<AppState>,
    TextPath(file): TextPath,
    QueryOf(BadgeParameters { lang }): QueryOf<BadgeParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let lang = lang.0;
    let Some(code) = file.strip_suffix(".svg") else {
        return Err(Refusal::from(ProblemKind::NoSuchPath));
    };
    let code = SubjectCode::as_published(code)?;
    let found = find(&state, &code).await;
    let mut response = match found {
        Ok(stored) => {
            let svg = svg::badge(&stored.subject, &state.office.issuer().name, lang);
            answer(&asked, "image/svg+xml", Keep::Minute, svg)
        }
        Err(refusal) if refusal.is_internal() => return Err(refusal),
        Err(_) => {
            let mut response = answer(
                &HeaderMap::new(),
                "image/svg+xml",
                Keep::Minute,
                svg::no_record(lang),
            );
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response.headers_mut().remove(header::ETAG);
            response
        }
    };
    // Opened as a document, the image may load and run nothing.
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    Ok(response)
}
