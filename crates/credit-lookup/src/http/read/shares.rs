//! `POST /v1/shares`, `GET /v1/shares/{share}`: a report for somebody, for a
//! purpose and a while. Nobody vouches for who shared it, and the page says so:
//! the report is public, and the share only says what it was asked for.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{ShareBody, ShareRequest};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, Text};
use credit_core::limits::SHARE_DAYS_MAX;
use credit_core::rules::purposes;
use utoipa::IntoParams;

use super::super::answer::{Keep, tagged, unkept};
use super::super::extract::{Asked, BodyOf, QueryOf, TextPath};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::LangOnly;
use super::{find_numbered, find_recorded, reports};
use crate::clock;
use crate::issuer::Occasion;
use crate::numbers::Share;
use crate::store::StoredSubject;

/// Share a report for a while
///
/// Answers with a link that shows the report of the day on which it is opened,
/// with its purpose, until its last day.
#[utoipa::path(
    post, path = path::SHARES, tag = "reports", operation_id = "share", request_body = ShareRequest,
    responses(
        (status = 200, description = "The share", body = ShareBody),
        (status = 415, description = "The body is not JSON", body = credit_api::problem::Problem,
            content_type = "application/problem+json"),
        Refused
    )
)]
pub(crate) async fn share(
    State(app): State<AppState>,
    _: HeaderMap,
    BodyOf(request): BodyOf<ShareRequest>,
) -> Result<Response, Refusal> {
    let code = SubjectCode::as_published(&request.code)?;
    let mut known = purposes().enumerate();
    let purpose = known.find(|(_, (word, _))| *word == request.purpose);
    let (purpose, (_, label)) = purpose.ok_or_else(|| {
        let words: Vec<&str> = purposes().map(|(word, _)| word).collect();
        let words = words.join(", ");
        Refusal::because(
            ProblemKind::BadRequest,
            format!("用途应为 {words} 之一"),
            format!("purpose is none of {words}"),
        )
    })?;
    if !(1..=SHARE_DAYS_MAX).contains(&request.days) {
        let found = request.days;
        return Err(Refusal::because(
            ProblemKind::BadRequest,
            format!("期限为{found}天，应为1至{SHARE_DAYS_MAX}天"),
            format!("days is {found}, allowed is 1 to {SHARE_DAYS_MAX}"),
        ));
    }
    let stored = find_recorded(&app, &code).await?;
    let today = clock::now().date_in_china();
    let until = today.plus_days(request.days.into()).unwrap_or(today);
    let share = Share {
        subject: stored.number,
        purpose,
        until,
    };
    let share = app.office.share(&share);
    unkept(&ShareBody {
        url: format!("{}{}", app.office.issuer().id, path::share_page(&share)),
        share,
        purpose: label.in_lang(Lang::ZhCn).to_owned(),
        until,
    })
}

/// The share in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "it describes what TextPath reads")]
pub(crate) struct SharePath {
    /// As `POST /v1/shares` gave it.
    #[param(format = "share", example = "00000000000000000000000")]
    share: String,
}

/// Signed report that was shared
#[utoipa::path(
    get, path = path::SHARE, tag = "reports", operation_id = "sharedReport", params(SharePath, LangOnly),
    responses(
        (status = 200, description = "The report", content_type = reports::REPORT_JWT, body = String),
        (status = 410, description = "Its last day is over", body = credit_api::problem::Problem,
            content_type = "application/problem+json"),
        Refused
    )
)]
pub(crate) async fn shared(
    State(app): State<AppState>,
    TextPath(share): TextPath,
    QueryOf(LangOnly { lang }): QueryOf<LangOnly>,
    Asked(asked): Asked,
) -> Result<Response, Refusal> {
    let (stored, purpose, share) = find_shared(&app, &share).await?;
    let occasion = Occasion {
        purpose: purpose.in_lang(lang.0),
        until: share.until,
    };
    let content = reports::signed(&app, &stored, lang.0, Some(&occasion)).await?;
    Ok(tagged(&asked, reports::REPORT_JWT, Keep::Minute, &content))
}

/// Whom a share is about, for what and until when.
pub(crate) async fn find_shared(
    app: &App,
    share: &str,
) -> Result<(StoredSubject, Text, Share), Refusal> {
    let share = app.office.read_share(share);
    let share = share.ok_or(ProblemKind::NoSuchItem)?;
    if share.until < clock::now().date_in_china() {
        return Err(ProblemKind::ShareExpired.into());
    }
    let purpose = purposes().nth(share.purpose);
    let (_, purpose) = purpose.ok_or(ProblemKind::NoSuchItem)?;
    let stored = find_numbered(app, share.subject).await?;
    Ok((stored, purpose, share))
}
