//! One request and what came back, also to the desk.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use credit_api::path;
use serde_json::Value;
use tower::ServiceExt as _;

use super::TestApp;

/// A subject of the sample.
pub(crate) const CODE: &str = "91120102MATEXT01X4";

/// A right code that nobody has.
pub(crate) const UNKNOWN: &str = "91120102MATEXT0284";

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header, empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn problem(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json");
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.problem()["code"].as_str().unwrap().to_owned()
    }
}

pub(crate) async fn send(
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body::<Body>(body.into()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 24).await.unwrap();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: body.to_vec(),
    }
}

pub(crate) async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(&app.router, "GET", path, headers, Body::empty()).await
}

/// One address of everything that caches may keep.
pub(crate) fn kept() -> Vec<String> {
    let found = path::search("津味", None);
    vec![
        format!("/?{}", found.split_once('?').unwrap().1),
        found,
        format!("/v1/subjects/{CODE}"),
        format!("/v1/subjects/{CODE}/records"),
        format!("/v1/cards/{CODE}"),
        format!("/v1/cards?codes={CODE}"),
        format!("/v1/perks/{CODE}"),
        format!("/v1/badges/{CODE}.svg"),
        format!("/s/{CODE}"),
        format!("/embed/v1/frame/credit-badge?code={CODE}"),
        "/v1/lists/judgments".to_owned(),
        path::AREAS.to_owned(),
        path::LISTS.to_owned(),
        path::CATALOGUE.to_owned(),
        path::INSPECTIONS.to_owned(),
        path::AGENCIES.to_owned(),
        path::JWKS.to_owned(),
        path::KEY_SET.to_owned(),
        path::status(1),
        path::CONTEXT.to_owned(),
        path::OPENAPI.to_owned(),
        path::DOCS.to_owned(),
        "/".to_owned(),
        "/assets/site.css".to_owned(),
    ]
}
