//! Pages for people: what they ask for, put together for `pages`.

use std::convert::Infallible;
use std::sync::OnceLock;

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use credit_api::body::RecordItem;
use credit_api::district::AreaBody;
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_badge::labels;
use credit_core::identifier::SubjectCode;
use credit_core::limits::SEARCH_PAGE_DEFAULT;
use maud::Markup;
use serde::Deserialize;

use super::super::answer::{Keep, answer, embeddable, no_store};
use super::super::extract::{LangParameter, Limit, TextPath};
use super::super::pages::frame::Frame;
use super::super::pages::{
    Layout, Presentation, area, document, frame, front, print, reference, refused, report, subject,
    verify,
};
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::areas::AreaParameters;
use super::listing::item;
use super::records::sorted;
use super::{areas, find, shares};
use crate::clock;
use crate::search::{Cursor, Query as NameQuery};

/// Our own pages run our own files and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; img-src 'self'; style-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// The same for a frame, which others may show: what is in it everybody may read.
/// What checks a file makes its worker of text.
const FRAME_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    worker-src blob:; connect-src 'self'; img-src 'self'; style-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors *";

/// Most records on a subject's page.
const RECORDS_MAX: usize = 200;

/// Members on a page of an area.
const MEMBERS: usize = 50;

/// What a page can be told. Whatever else stands in an address, such as what
/// messengers append, is left alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PageParameters {
    lang: LangParameter,
    size: Option<String>,
    q: Option<String>,
    cursor: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for PageParameters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = Query::<Self>::try_from_uri(&parts.uri);
        Ok(query.map(|Query(query)| query).unwrap_or_default())
    }
}

impl PageParameters {
    pub(crate) fn presentation(&self) -> Presentation {
        Presentation {
            lang: self.lang.0,
            is_large: self.size.as_deref() == Some("large"),
        }
    }
}

/// `GET /`
pub(crate) async fn front_page(
    State(app): State<AppState>,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let presentation = parameters.presentation();
    let text = parameters.q.as_deref().unwrap_or_default().trim();
    let outcome = match text.parse::<NameQuery>() {
        _ if text.is_empty() => None,
        Err(error) => Some(front::failure(&error.in_lang(presentation.lang))),
        Ok(query) => {
            let cursor = parameters
                .cursor
                .as_deref()
                .and_then(|text| text.parse::<Cursor>().ok());
            let page = query.answer(&*app.store, &app.index, SEARCH_PAGE_DEFAULT, cursor);
            Some(front::results(text, &page.await?, presentation))
        }
    };
    let body = front::front(text, outcome.as_ref(), presentation);
    let address = match text {
        "" => "/".to_owned(),
        text => format!("/?q={}", path::encoded(text)),
    };
    Ok(page(
        &app,
        &asked,
        "信用查询",
        presentation,
        &address,
        &body,
    ))
}

/// `GET /s/{code}`
pub(crate) async fn subject_page(
    State(app): State<AppState>,
    TextPath(text): TextPath,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let presentation = parameters.presentation();
    let found = match SubjectCode::as_published(&text) {
        Ok(code) => find(&app, &code).await.map(|stored| (code, stored)),
        Err(error) => Err(error.into()),
    };
    let (code, stored) = match found {
        Ok(found) => found,
        Err(refusal) => return instead(&app, &refusal, presentation),
    };
    let lang = presentation.lang;
    let today = clock::now().date_in_china();
    let records = sorted(&app, code).await?;
    let shown: Vec<RecordItem> = records
        .iter()
        .filter_map(|record| item(record, &records, today, lang))
        .collect();
    let has_more = shown.len() > RECORDS_MAX;
    let some = &shown[..shown.len().min(RECORDS_MAX)];
    let body = subject::subject(&stored.subject, some, has_more, presentation);
    let (title, address) = (stored.subject.name.as_str(), path::page(&code));
    Ok(page(&app, &asked, title, presentation, &address, &body))
}

/// `GET /s/{code}/report`
pub(crate) async fn report_page(
    State(app): State<AppState>,
    TextPath(text): TextPath,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let presentation = parameters.presentation();
    let code = match known(&app, &text).await {
        Ok(code) => code,
        Err(refusal) => return instead(&app, &refusal, presentation),
    };
    let title = report::TITLE.in_lang(presentation.lang);
    let body = report::report(&code, None, presentation);
    let address = path::report_page(&code);
    Ok(page(&app, &asked, title, presentation, &address, &body))
}

/// `GET /s/{code}/print`
pub(crate) async fn print_page(
    State(app): State<AppState>,
    TextPath(text): TextPath,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let presentation = parameters.presentation();
    let code = match known(&app, &text).await {
        Ok(code) => code,
        Err(refusal) => return instead(&app, &refusal, presentation),
    };
    let title = print::TITLE.in_lang(presentation.lang);
    let body = print::print(&code, presentation);
    let address = path::print_page(&code);
    Ok(page(&app, &asked, title, presentation, &address, &body))
}

/// The code of a subject that there is.
async fn known(app: &App, text: &str) -> Result<SubjectCode, Refusal> {
    let code = SubjectCode::as_published(text)?;
    find(app, &code).await?;
    Ok(code)
}

/// `GET /r/{share}`
pub(crate) async fn share_page(
    State(app): State<AppState>,
    TextPath(share): TextPath,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let presentation = parameters.presentation();
    let (stored, purpose, found) = match shares::find_shared(&app, &share).await {
        Ok(found) => found,
        Err(refusal) => return instead(&app, &refusal, presentation),
    };
    let title = report::TITLE.in_lang(presentation.lang);
    let told = Some((share.as_str(), purpose, found.until));
    let body = report::report(&stored.subject.code, told, presentation);
    let address = path::share_page(&share);
    Ok(page(&app, &asked, title, presentation, &address, &body))
}

/// `GET /a/{area}`
pub(crate) async fn area_page(
    State(app): State<AppState>,
    TextPath(id): TextPath,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let presentation = parameters.presentation();
    let list = AreaParameters {
        limit: Limit(MEMBERS),
        cursor: parameters
            .cursor
            .as_deref()
            .and_then(|text| text.parse().ok()),
        lang: LangParameter(presentation.lang),
        ..AreaParameters::default()
    };
    let AreaBody {
        area: item,
        members,
        ..
    } = match areas::find(&app, &id, list).await {
        Ok(found) => found,
        Err(refusal) => return instead(&app, &refusal, presentation),
    };
    let field = |name: &str| {
        let field = item.fields.iter().find(|field| field.name == name);
        field.map(|field| field.value.clone())
    };
    let title = field("title").unwrap_or_default();
    let address = path::area_page(&id);
    let rows = members.items.into_iter().map(|member| area::AreaMemberRow {
        code: member.code,
        name: member.name.into_string(),
        status: labels::status(member.status)
            .in_lang(presentation.lang)
            .to_owned(),
        place: member.place,
    });
    let shown = area::AreaPage {
        title: &title,
        kind_label: field("area-kind").unwrap_or_default(),
        unit: field("unit").unwrap_or_default(),
        address: field("address"),
        url: field("url"),
        source_unit: item.source.unit.clone(),
        as_of: item.source.as_of,
        members: rows.collect(),
        next: members.next.map(|next| format!("{address}?cursor={next}")),
    };
    let body = area::area(&shown, presentation);
    Ok(page(&app, &asked, &title, presentation, &address, &body))
}

/// `GET /docs`
pub(crate) async fn docs(
    State(app): State<AppState>,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Response {
    static DOCUMENT: OnceLock<serde_json::Value> = OnceLock::new();
    let presentation = parameters.presentation();
    let document = DOCUMENT.get_or_init(|| {
        serde_json::to_value(super::super::openapi::document()).unwrap_or_default()
    });
    let body = reference::reference(document, presentation);
    page(&app, &asked, "接口文档", presentation, path::DOCS, &body)
}

/// `GET /embed/v1/frame/{element}`
pub(crate) async fn frame_page(
    State(app): State<AppState>,
    TextPath(name): TextPath,
    parameters: PageParameters,
    attributes: Result<Query<Vec<(String, String)>>, QueryRejection>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let element = frame::element(&name).ok_or(ProblemKind::NoSuchPath)?;
    let attributes = attributes.map(|Query(attributes)| attributes);
    let attributes = attributes.unwrap_or_default();
    let document = frame::frame(&Frame {
        element,
        attributes: &attributes,
        issuer: &app.office.issuer().name,
        presentation: parameters.presentation(),
    });
    Ok(html(&asked, FRAME_POLICY, document))
}

pub(crate) fn page(
    app: &App,
    asked: &HeaderMap,
    title: &str,
    presentation: Presentation,
    address: &str,
    body: &Markup,
) -> Response {
    let layout = Layout {
        issuer: &app.office.issuer().name,
        title,
        presentation,
        address,
        has_script: true,
    };
    html(asked, POLICY, document(&layout, body))
}

/// What people read when there is no such page.
pub(crate) fn instead(
    app: &App,
    refusal: &Refusal,
    presentation: Presentation,
) -> Result<Response, Refusal> {
    if refusal.is_internal() {
        return Err(refusal.clone());
    }
    let (title, detail) = refusal.report().sentences(presentation.lang);
    let details: Vec<String> = detail.map(str::to_owned).into_iter().collect();
    let body = refused::refused(title, &details, presentation);
    let mut response = page(app, &HeaderMap::new(), title, presentation, "/", &body);
    *response.status_mut() = refusal.status();
    response.headers_mut().remove(header::ETAG);
    no_store(&mut response);
    Ok(response)
}

fn html(asked: &HeaderMap, policy: &'static str, document: String) -> Response {
    let mut response = answer(asked, "text/html; charset=utf-8", Keep::Minute, document);
    let policy = HeaderValue::from_static(policy);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// `GET /verify`
pub(crate) async fn verify_page(
    State(app): State<AppState>,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Response {
    let presentation = parameters.presentation();
    let title = verify::TITLE.in_lang(presentation.lang);
    let body = verify::verify(presentation);
    page(&app, &asked, title, presentation, path::VERIFY, &body)
}

/// `GET /assets/{file}`
pub(crate) async fn asset(TextPath(file): TextPath, asked: HeaderMap) -> Response {
    let (content_type, content) = match file.as_str() {
        "site.css" => (
            "text/css; charset=utf-8",
            concat!(
                include_str!("../../../../../widgets/look/tokens.css"),
                include_str!("../../../../../widgets/look/pages.css"),
                include_str!("../../../../../www/site.css"),
            ),
        ),
        "icon.svg" => ("image/svg+xml", include_str!("../../../../../www/icon.svg")),
        "verify.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../../../../www/verify.js"),
        ),
        "verify-worker.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../../../../www/verify-worker.js"),
        ),
        "frame.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../../../../www/frame.js"),
        ),
        "frame-host.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../../../../www/frame-host.js"),
        ),
        _ => return Refusal::from(ProblemKind::NoSuchPath).into_response(),
    };
    let mut response = answer(&asked, content_type, Keep::Minute, content);
    embeddable(&mut response);
    if file == "verify-worker.js" {
        let scope = HeaderValue::from_static(path::VERIFY);
        response
            .headers_mut()
            .insert("service-worker-allowed", scope);
    }
    if response.status() == StatusCode::OK && content_type == "image/svg+xml" {
        let policy = HeaderValue::from_static("default-src 'none'; sandbox");
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
