//! `GET /v1/cards/{code}/qr.svg` and `/pass`: 信用码.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_badge::qr::Qr;
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;

use super::super::answer::{Keep, answer, embeddable};
use super::super::extract::{IdentifierPath, QueryOf};
use super::super::openapi::{CodePath, Refused, SVG};
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::LangOnly;
use super::{dummy, find};
use crate::clock;

/// Media type of a pass.
pub(crate) const PASS_JWT: &str = "application/jwt";

/// QR pass of a subject
///
/// 信用码: the address of the verify page with a signed pass behind it, which
/// the page checks without asking who looks. Good for thirteen months; a new
/// one is issued with each month.
#[utoipa::path(
    get, path = path::QR, tag = "cards", operation_id = "qr", params(CodePath, LangOnly),
    responses((status = 200, description = "The picture", content_type = SVG, body = String), Refused)
)]
pub(crate) async fn qr(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    QueryOf(LangOnly { lang }): QueryOf<LangOnly>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let token = signed(&app, code).await?;
    let address = app.office.verify_address(&token);
    let qr = Qr::of(&address).map_err(|error| {
        tracing::error!(%error, "a pass is too long");
        Refusal::from(ProblemKind::Internal)
    })?;
    let title = match lang.0 {
        Lang::ZhCn => format!("{code}的信用码，扫码核验"),
        Lang::En => format!("Credit pass of {code}, scan to verify"),
    };
    let mut response = answer(&asked, SVG, Keep::Minute, qr.to_svg(&title));
    embeddable(&mut response);
    // Opened as a document, the image may load and run nothing.
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    Ok(response)
}

/// Signed pass of a subject
///
/// 信用码: the token that stands behind `#` in the address of the verify page.
/// Good for thirteen months; a new one is issued with each month.
#[utoipa::path(
    get, path = path::PASS, tag = "cards", operation_id = "pass", params(CodePath),
    responses((status = 200, description = "The pass", content_type = PASS_JWT, body = String), Refused)
)]
pub(crate) async fn pass(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let token = signed(&app, code).await?;
    Ok(answer(&asked, PASS_JWT, Keep::Minute, token))
}

/// The pass of a subject, or of a dummy code.
async fn signed(app: &App, code: SubjectCode) -> Result<String, Refusal> {
    let now = clock::now();
    if let Some((dummies, dummy)) = dummy(app, &code).await? {
        let token = dummies.pass(dummy, code, now);
        return token.ok_or_else(|| ProblemKind::NotFound.into());
    }
    Ok(app.office.pass(&find(app, &code).await?, now)?)
}
