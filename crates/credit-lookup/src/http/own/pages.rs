//! What a browser opens: the page, the way to the identity provider and back.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use credit_api::path;
use credit_api::problem::ProblemKind;
use serde::Deserialize;

use super::super::AppState;
use super::super::extract::QueryOf;
use super::super::pages::own;
use super::super::problem::Refusal;
use super::super::read::pages::{PageParameters, instead, page as document};
use super::{no_store, refusal, set_cookie};
use crate::clock;
use crate::identity::Identity;

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
    let presentation = parameters.presentation();
    let own = match app.own() {
        Ok(own) => own,
        Err(refusal) => return instead(&app, &refusal, presentation),
    };
    let Identity::Oidc(provider) = &own.parts.identity else {
        return Ok(see(path::SELF_PAGE));
    };
    match provider.begin().await {
        Ok((address, login)) => {
            let mut response = see(&address);
            let cookie = own.parts.seal.login_cookie(&login, clock::now());
            set_cookie(&mut response, &cookie);
            Ok(response)
        }
        Err(error) => instead(&app, &refusal(&error), presentation),
    }
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
    let presentation = parameters.presentation();
    let own = match app.own() {
        Ok(own) => own,
        Err(refusal) => return instead(&app, &refusal, presentation),
    };
    let Identity::Oidc(provider) = &own.parts.identity else {
        return Ok(see(path::SELF_PAGE));
    };
    let seal = &own.parts.seal;
    let ended = |mut response: Response| {
        set_cookie(&mut response, &seal.end_login_cookie());
        response
    };
    // Who changes their mind at the provider comes back with an error: they know.
    if brought.error.is_some() {
        return Ok(ended(see(path::SELF_PAGE)));
    }
    let begun = seal.login(&headers, clock::now());
    let (Some(login), Some(code), Some(state)) = (begun, brought.code, brought.state) else {
        let refusal = Refusal::because(
            ProblemKind::Identity,
            "登录已超过十分钟，或者不是在这个浏览器里开始的，请重新登录",
            "the sign-in took more than ten minutes, or began in another browser; sign in again",
        );
        return instead(&app, &refusal, presentation).map(ended);
    };
    match provider.finish(&login, &state, &code).await {
        Ok(number) => {
            let person = own.parts.digest.of(&number);
            let mut response = see(path::SELF_PAGE);
            set_cookie(&mut response, &seal.session_cookie(person, clock::now()));
            Ok(ended(response))
        }
        Err(error) => instead(&app, &refusal(&error), presentation).map(ended),
    }
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
