//! What caches may keep: tags, compression, and requests for headers only.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use app::ask::{Answer, CODE, UNKNOWN, get, kept, send};
use app::{TestApp, sample};
use axum::body::Body;
use credit_api::path;

async fn head(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(&app.router, "HEAD", path, headers, Body::empty()).await
}

/// What is long enough to be compressed, and worth it.
fn compressible() -> Vec<String> {
    vec![
        path::search("津味", None),
        format!("/v1/subjects/{CODE}"),
        format!("/v1/cards?codes={CODE}"),
        format!("/v1/badges/{CODE}.svg"),
        format!("/s/{CODE}"),
        path::LISTS.to_owned(),
        path::CATALOGUE.to_owned(),
        path::JWKS.to_owned(),
        path::OPENAPI.to_owned(),
        path::DOCS.to_owned(),
        "/".to_owned(),
    ]
}

#[tokio::test]
async fn who_has_an_answer_is_not_sent_it_again() {
    let app = TestApp::with(&sample()).await;
    for path in kept() {
        let first = get(&app, &path, &[]).await;
        assert_eq!(first.status, 200, "{path}");
        let tag = first.header("etag");
        let is_strong = tag.len() > 2 && tag.starts_with('"') && tag.ends_with('"');
        assert!(is_strong, "{path}: {tag}");
        assert!(!first.header("cache-control").is_empty(), "{path}");
        // What is signed has one encoding.
        let is_signed = first.header("content-type").ends_with("jwt");
        let vary = if is_signed { "" } else { "accept-encoding" };
        assert_eq!(first.header("vary"), vary, "{path}");
        let (listed, weak) = (format!("\"other\", {tag}"), format!("W/{tag}"));
        for known in [tag, &listed, &weak, "*"] {
            let again = get(&app, &path, &[("if-none-match", known)]).await;
            assert_eq!(again.status, 304, "{path} {known}");
            assert!(again.body.is_empty(), "{path} {known}");
            for name in [
                "etag",
                "cache-control",
                "vary",
                "access-control-allow-origin",
            ] {
                assert_eq!(again.header(name), first.header(name), "{path} {name}");
            }
        }
        let other = get(&app, &path, &[("if-none-match", "\"other\"")]).await;
        assert_eq!((other.status, other.body), (200, first.body), "{path}");
    }
}

#[tokio::test]
async fn compressed_answers_have_tags_of_their_own() {
    let app = TestApp::with(&sample()).await;
    for path in compressible() {
        let plain = get(&app, &path, &[]).await;
        let bare = plain.header("etag").strip_suffix('"').unwrap();
        for encoding in ["br", "gzip"] {
            let accept = ("accept-encoding", encoding);
            let small = get(&app, &path, &[accept]).await;
            assert_eq!(small.header("content-encoding"), encoding, "{path}");
            assert_ne!(small.body, plain.body, "{path}");
            assert_eq!(small.header("vary"), "accept-encoding", "{path}");
            let tag = small.header("etag");
            assert_eq!(tag, format!("{bare}-{encoding}\""), "{path}");
            let again = get(&app, &path, &[accept, ("if-none-match", tag)]).await;
            assert_eq!(again.status, 304, "{path} {encoding}");
            assert!(again.body.is_empty(), "{path} {encoding}");
            for name in ["etag", "cache-control", "vary"] {
                assert_eq!(again.header(name), small.header(name), "{path} {name}");
            }
        }
    }
    let card = format!("/v1/cards/{CODE}");
    let (plain, asked) = (
        get(&app, &card, &[]).await,
        get(&app, &card, &[("accept-encoding", "br, gzip")]).await,
    );
    assert_eq!(asked.header("content-encoding"), "", "it is signed");
    assert_eq!(asked.header("etag"), plain.header("etag"));
    assert_eq!(asked.body, plain.body);
}

#[tokio::test]
async fn a_head_is_a_get_without_its_body() {
    let app = TestApp::with(&sample()).await;
    for path in kept() {
        let (whole, told) = (get(&app, &path, &[]).await, head(&app, &path, &[]).await);
        assert_eq!((whole.status, told.status), (200, 200), "{path}");
        assert_eq!(told.headers, whole.headers, "{path}");
        let length = whole.body.len().to_string();
        assert_eq!(told.header("content-length"), length, "{path}");
        assert!(!whole.body.is_empty() && told.body.is_empty(), "{path}");
        let known = [("if-none-match", whole.header("etag"))];
        assert_eq!(head(&app, &path, &known).await.status, 304, "{path}");
    }
}

#[tokio::test]
async fn a_head_tells_of_compressed_answers_what_a_get_does() {
    let app = TestApp::with(&sample()).await;
    for path in compressible() {
        for encoding in ["br", "gzip"] {
            let accept = [("accept-encoding", encoding)];
            let whole = get(&app, &path, &accept).await;
            let told = head(&app, &path, &accept).await;
            assert_eq!(told.headers, whole.headers, "{path} {encoding}");
            assert!(told.body.is_empty(), "{path} {encoding}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_kept() {
    let app = TestApp::with(&sample()).await;
    for path in [
        format!("/v1/subjects/{UNKNOWN}"),
        format!("/v1/cards/{UNKNOWN}"),
        format!("/v1/badges/{UNKNOWN}.svg"),
        format!("/s/{UNKNOWN}"),
        "/a/nowhere".to_owned(),
        "/nowhere".to_owned(),
    ] {
        let answer = get(&app, &path, &[("if-none-match", "*")]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("etag"), "", "{path}");
        assert!(!answer.body.is_empty(), "{path}");
    }
}
