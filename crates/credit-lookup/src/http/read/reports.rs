//! `GET /v1/subjects/{code}/report`, `GET /v1/reports/{number}`: 信用报告.

use axum::extract::State;
use axum::response::Response;
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;
use utoipa::IntoParams;

use super::super::answer::{Keep, Tagged, tagged};
use super::super::extract::{Asked, IdentifierPath, QueryOf, TextPath};
use super::super::openapi::{CodePath, Refused};
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::LangOnly;
use super::records::sorted;
use super::{find_numbered, find_recorded};
use crate::clock;
use crate::issuer::Occasion;
use crate::store::StoredSubject;

/// Media type of a report.
pub(crate) const REPORT_JWT: &str = "application/vc+jwt";

/// Signed report about a subject
///
/// 公共信用信息报告: chapters of public records with their sources, numbered and
/// signed (`vc+jwt`). It neither rates nor scores. Good for two days, or until
/// the first of its records may no longer be shown.
#[utoipa::path(
    get, path = path::REPORT, tag = "reports", operation_id = "report", params(CodePath, LangOnly),
    responses((status = 200, description = "The report", content_type = REPORT_JWT, body = String), Refused)
)]
pub(crate) async fn report(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    QueryOf(LangOnly { lang }): QueryOf<LangOnly>,
    Asked(asked): Asked,
) -> Result<Response, Refusal> {
    let stored = find_recorded(&app, &code).await?;
    let content = signed(&app, &stored, lang.0, None).await?;
    Ok(tagged(&asked, REPORT_JWT, Keep::Minute, &content))
}

/// Signs the report about a subject.
pub(crate) async fn signed(
    app: &App,
    stored: &StoredSubject,
    lang: Lang,
    occasion: Option<&Occasion>,
) -> Result<Tagged, Refusal> {
    app.edition_now().await?;
    let records = sorted(app, stored.subject.code).await?;
    let token = app
        .office
        .report(stored, &records, lang, occasion, clock::now())?;
    Ok(Tagged::new(token))
}

/// The number in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "it describes what TextPath reads")]
pub(crate) struct NumberPath {
    /// 报告编号; hyphens may be left out.
    #[param(format = "report", example = "20261126103000-0000-0000-0000")]
    number: String,
}

/// Pass of a report, by its number
///
/// Says whether a number is one of this office's, and if so about whom and of
/// which moment: a signed pass, which is what the QR code of the report holds.
#[utoipa::path(
    get, path = path::REPORT_PASS, tag = "reports", operation_id = "reportPass", params(NumberPath),
    responses((status = 200, description = "The pass", content_type = super::qr::PASS_JWT, body = String), Refused)
)]
pub(crate) async fn pass(
    State(app): State<AppState>,
    TextPath(number): TextPath,
    Asked(asked): Asked,
) -> Result<Response, Refusal> {
    let read = app.office.read_report(&number);
    let (subject, issued) = read.ok_or(ProblemKind::NoSuchItem)?;
    let stored = find_numbered(&app, subject).await?;
    app.edition_now().await?;
    let token = app.office.report_pass(&stored, issued, clock::now())?;
    let content = Tagged::new(token);
    Ok(tagged(&asked, super::qr::PASS_JWT, Keep::Minute, &content))
}
