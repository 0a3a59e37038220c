//! `GET /v1/badges/{code}.svg`

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use credit_api::problem::ProblemKind;
use credit_badge::svg;
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;
use serde::Deserialize;

use super::super::AppState;
use super::super::answer::{Keep, answer};
use super::super::extract::QueryOf;
use super::super::problem::Refusal;
use super::find;

/// Parameters of a badge.
#[derive(Debug, Deserialize)]
pub(crate) struct BadgeParameters {
    lang: Option<String>,
}

/// The static badge. An unknown code is answered with a badge that says so:
/// an `<img>` shows no problem document.
pub(crate) async fn badge(
    State(state): State<AppState>,
    Path(file): Path<String>,
    QueryOf(BadgeParameters { lang }): QueryOf<BadgeParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let lang: Lang = lang
        .as_deref()
        .unwrap_or(Lang::default().tag())
        .parse()
        .map_err(|error: credit_core::lang::LangError| {
            Refusal::because(ProblemKind::BadRequest, error)
        })?;
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
