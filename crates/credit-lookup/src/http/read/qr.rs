//! `GET /v1/cards/{code}/pass`, `/qr.svg` and `/print.svg`: 信用码.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_badge::print::Sheet;
use credit_badge::qr::Qr;
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;
use credit_core::pass::Pass;
use credit_sign::jws::{Jws, TYP_PASS};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::answer::{Keep, answer, embeddable};
use super::super::extract::{IdentifierPath, LangParameter, QueryOf, parsed_option};
use super::super::openapi::{CodePath, Refused, SVG};
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::{LangOnly, lang_schema, words_schema};
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
    let qr = drawn(&app.office.verify_address(&token))?;
    let title = match lang.0 {
        Lang::ZhCn => format!("{code}的信用码，扫码核验"),
        Lang::En => format!("Credit pass of {code}, scan to verify"),
    };
    Ok(picture(&asked, qr.to_svg(&title)))
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

/// What is printed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PrintParameters {
    /// `a6`: a card of 148 × 105 mm; `sticker`: a door sticker of 120 × 160 mm.
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = sheet_schema)]
    sheet: Option<Sheet>,
    /// Language of the words: `zh-CN` or `en`.
    #[param(value_type = Option<String>, inline, schema_with = lang_schema)]
    lang: LangParameter,
}

fn sheet_schema() -> utoipa::openapi::Schema {
    words_schema(Sheet::ALL.map(|(_, word)| word))
}

/// Card or door sticker to be printed
///
/// 印制品: a picture in millimetres with the pass of the subject as QR code. It
/// holds nothing that ages, and is good for thirteen months.
#[utoipa::path(
    get, path = path::PRINT, tag = "cards", operation_id = "print", params(CodePath, PrintParameters),
    responses((status = 200, description = "The picture", content_type = SVG, body = String), Refused)
)]
pub(crate) async fn print(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    QueryOf(parameters): QueryOf<PrintParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let token = signed(&app, code).await?;
    let qr = drawn(&app.office.verify_address(&token))?;
    let pass = Jws::parse(&token, &[TYP_PASS]).ok();
    let pass = pass.and_then(|jws| Pass::from_json(jws.unverified_payload()).ok());
    let pass = pass.ok_or(ProblemKind::Internal)?;
    let sheet = parameters.sheet.unwrap_or_default();
    let svg = credit_badge::print::sheet(sheet, &pass, &qr, parameters.lang.0);
    Ok(picture(&asked, svg))
}

/// The code of an address.
fn drawn(address: &str) -> Result<Qr, Refusal> {
    Qr::of(address).map_err(|error| {
        tracing::error!(%error, "a pass is too long");
        Refusal::from(ProblemKind::Internal)
    })
}

/// A picture for pages of any origin.
fn picture(asked: &HeaderMap, svg: String) -> Response {
    let mut response = answer(asked, SVG, Keep::Minute, svg);
    embeddable(&mut response);
    // Opened as a document, the image may load and run nothing.
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    response
}

/// The pass of a subject, or of a dummy code.
async fn signed(app: &App, code: SubjectCode) -> Result<String, Refusal> {
    let now = clock::now();
    if let Some((dummies, dummy)) = dummy(app, &code).await? {
        let token = dummies.pass(dummy, code, now);
        return token.ok_or_else(|| ProblemKind::NotFound.into());
    }
    app.edition_now().await?;
    Ok(app.office.pass(&find(app, &code).await?, now)?)
}
