//! What a browser opens: the page, the way to the identity provider and back.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use credit_api::path;
use credit_api::problem::ProblemKind;
use serde::Deserialize;

use super::super::answer::no_store;
use super::super::extract::QueryOf;
use super::super::pages::own;
use super::super::problem::Refusal;
use super::super::read::pages::{PageParameters, instead, page as document};
use super::super::{App, AppState};
use super::{Own, refusal, set_cookie};
use crate::clock;
use crate::identity::{Identity, Provider};

/// `GET /self`. It says nothing about who opens it: the element in it asks.
pub(super) async fn page(
    State(app): State<AppState>,
    parameters: PageParameters,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let presentation = parameters.presentation();
    if let Err(refusal) = app.own() {
        return instead(&app, &refusal, presentation);
    }
    let title = own::TITLE.in_lang(presentation.lang);
    let body = own::own(presentation);
    let mut response = document(&app, &asked, title, presentation, path::SELF_PAGE, &body);
    no_store(&mut response);
    Ok(response)
}

/// `GET /self/login`
pub(super) async fn login(
    State(app): State<AppState>,
    parameters: PageParameters,
) -> Result<Response, Refusal> {
    let answer = begin(&app).await;
    answer.or_else(|refusal| instead(&app, &refusal, parameters.presentation()))
}

async fn begin(app: &App) -> Result<Response, Refusal> {
    let Some((own, provider)) = provider(app)? else {
        return Ok(see(path::SELF_PAGE));
    };
    let (address, login) = provider.begin().await.map_err(|error| refusal(&error))?;
    let mut response = see(&address);
    let cookie = own.parts.seal.login_cookie(&login, clock::now());
    set_cookie(&mut response, &cookie);
    Ok(response)
}

/// What a provider sends people back with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Brought {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// `GET /self/callback`
pub(super) async fn callback(
    State(app): State<AppState>,
    parameters: PageParameters,
    QueryOf(brought): QueryOf<Brought>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let answer = finish(&app, brought, &headers).await;
    let mut response =
        answer.or_else(|refusal| instead(&app, &refusal, parameters.presentation()))?;
    // However it ended, this login is over.
    if let Ok(Some((own, _))) = provider(&app) {
        set_cookie(&mut response, &own.parts.seal.end_login_cookie());
    }
    Ok(response)
}

async fn finish(app: &App, brought: Brought, headers: &HeaderMap) -> Result<Response, Refusal> {
    let Some((own, provider)) = provider(app)? else {
        return Ok(see(path::SELF_PAGE));
    };
    // Who changes their mind at the provider comes back with an error: they know.
    if brought.error.is_some() {
        return Ok(see(path::SELF_PAGE));
    }
    let begun = own.parts.seal.login(headers, clock::now());
    let (Some(login), Some(code), Some(state)) = (begun, brought.code, brought.state) else {
        return Err(Refusal::because(
            ProblemKind::Identity,
            "登录已超过十分钟，或者不是在这个浏览器里开始的，请重新登录",
            "the sign-in took more than ten minutes, or began in another browser; sign in again",
        ));
    };
    let number = provider.finish(&login, &state, &code).await;
    let person = own
        .parts
        .digest
        .of(&number.map_err(|error| refusal(&error))?);
    let mut response = see(path::SELF_PAGE);
    let cookie = own.parts.seal.session_cookie(person, clock::now());
    set_cookie(&mut response, &cookie);
    Ok(response)
}

/// The provider that people sign in with; none where a proxy knows them.
fn provider(app: &App) -> Result<Option<(&Own, &Provider)>, Refusal> {
    let own = app.own()?;
    Ok(match &own.parts.identity {
        Identity::Oidc(provider) => Some((own, provider)),
        Identity::Header(_) => None,
    })
}

/// 303 to `address`.
fn see(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    match HeaderValue::from_str(address) {
        Ok(address) => {
            response.headers_mut().insert(header::LOCATION, address);
            no_store(&mut response);
            response
        }
        Err(error) => {
            tracing::error!(%error, "an address that is none");
            Refusal::from(ProblemKind::Internal).into_response()
        }
    }
}
