//! What stands between strangers and the handlers: limits, refusals, headers,
//! and what only the desk may see.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::sync::Arc;

use app::ask::{Answer, CODE, UNKNOWN, get, kept, send};
use app::{TestApp, sample};
use axum::body::Body;
use credit_api::path;
use credit_core::limits::{BODY_MAX_BYTES, CARDS_GET_MAX};
use credit_lookup::clock;

/// The resident number in the appendix of GB 11643-1999.
const NUMBER: &str = "11010519491231002X";

/// A body for the batch of cards.
async fn post(app: &TestApp, content_type: Option<&str>, body: String) -> Answer {
    let headers: Vec<(&str, &str)> = content_type
        .map(|value| ("content-type", value))
        .into_iter()
        .collect();
    send(&app.router, "POST", path::CARDS_BATCH, &headers, body).await
}

/// An empty server with this limit behind so many proxies.
async fn limited(rate: &str, trusted_hops: usize) -> TestApp {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let db = format!("sqlite:{}", folder.path().join("credit.db").display());
    TestApp::guarded(&db, &folder, Some(rate.parse().unwrap()), trusted_hops).await
}

/// A request that came with these lines of `X-Forwarded-For`.
async fn forwarded(app: &TestApp, lines: &[&str]) -> Answer {
    let headers: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| ("x-forwarded-for", *line))
        .collect();
    get(app, path::LISTS, &headers).await
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let app = limited("2/min:2", 1).await;
    for _ in 0..2 {
        assert_eq!(forwarded(&app, &["203.0.113.9"]).await.status, 200);
    }
    let refused = forwarded(&app, &["203.0.113.9"]).await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "rate"));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&wait), "one comes every 30 s, not {wait}");
    assert_eq!(refused.header("cache-control"), "no-store");
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    let exposed = refused.header("access-control-expose-headers");
    assert!(exposed.contains("retry-after"), "a widget reads it");
    assert_eq!(forwarded(&app, &["203.0.113.10"]).await.status, 200);
    assert_eq!(forwarded(&app, &["203.0.113.9"]).await.status, 429);
}

#[tokio::test]
async fn a_household_shares_what_it_may_ask() {
    let app = limited("2/min:2", 1).await;
    for address in ["2001:db8:0:aa01::1", "2001:db8:0:aaff:9::2"] {
        assert_eq!(forwarded(&app, &[address]).await.status, 200, "{address}");
    }
    assert_eq!(forwarded(&app, &["2001:db8:0:aa77::3"]).await.status, 429);
    assert_eq!(forwarded(&app, &["2001:db8:0:ab01::1"]).await.status, 200);
}

#[tokio::test]
async fn what_a_client_says_of_itself_does_not_help_it() {
    let app = limited("2/min:2", 1).await;
    for lines in [
        &["198.51.100.1, 203.0.113.9"][..],
        &["198.51.100.2", "203.0.113.9"],
    ] {
        assert_eq!(forwarded(&app, lines).await.status, 200);
    }
    for lines in [
        &["198.51.100.3, 203.0.113.9"][..],
        &["198.51.100.4", "203.0.113.9"],
        &["2001:db8::1, 198.51.100.5,203.0.113.9:4711"],
    ] {
        assert_eq!(forwarded(&app, lines).await.status, 429, "{lines:?}");
    }
    let alone = limited("2/min:2", 0).await;
    for address in ["198.51.100.1", "198.51.100.2"] {
        assert_eq!(forwarded(&alone, &[address]).await.status, 200);
    }
    let refused = forwarded(&alone, &["198.51.100.3"]).await;
    assert_eq!(refused.status, 429, "no proxy of ours wrote that");
}

#[tokio::test]
async fn a_refusal_says_what_was_wrong() {
    let app = TestApp::with(&sample()).await;
    for (method, path, status, code) in [
        ("GET", "/nothing", 404, "no-such-path"),
        ("GET", "/v1/", 404, "no-such-path"),
        ("GET", "/v1/nothing", 404, "no-such-path"),
        ("GET", "/assets/nothing.css", 404, "no-such-path"),
        ("GET", "/embed/v1/nothing.js", 404, "no-such-path"),
        ("GET", "/embed/v1/frame/script", 404, "no-such-path"),
        ("GET", "/v1/areas/nowhere", 404, "no-such-item"),
        ("GET", "/v1/lists/nothing", 404, "no-such-item"),
        ("GET", "/v1/traces/nothing", 404, "no-such-item"),
        ("GET", "/v1/search?q=a&x=1", 400, "bad-request"),
        ("GET", "/v1/cards?codes=a&x=1", 400, "bad-request"),
        ("GET", "/v1/areas?x=1", 400, "bad-request"),
        ("GET", "/v1/areas/nowhere?x=1", 400, "bad-request"),
        ("GET", "/v1/lists?x=1", 400, "bad-request"),
        ("GET", "/v1/lists/judgments?x=1", 400, "bad-request"),
        ("GET", "/v1/inspections?x=1", 400, "bad-request"),
        ("GET", "/v1/agencies?x=1", 400, "bad-request"),
        ("GET", "/v1/agencies?limit=51", 400, "bad-request"),
        ("GET", "/v1/agencies?cursor=-1", 400, "bad-request"),
        ("GET", "/v1/agencies?lang=fr", 400, "bad-request"),
    ] {
        let answer = send(&app.router, method, path, &[], Body::empty()).await;
        assert_eq!(answer.status, status, "{method} {path}");
        let problem = answer.problem();
        assert_eq!(problem["code"], code, "{method} {path}");
        assert_eq!(problem["status"], status, "{method} {path}");
        assert_eq!(problem["type"], "about:blank", "{method} {path}");
        assert!(!answer.header("x-request-id").is_empty(), "{method} {path}");
    }
    for path in [
        format!("/v1/subjects/{CODE}/records?x=1"),
        format!("/v1/perks/{CODE}?x=1"),
        format!("/v1/badges/{CODE}.svg?x=1"),
    ] {
        let answer = get(&app, &path, &[]).await;
        assert_eq!(answer.status, 400, "{path}");
        assert_eq!(answer.code(), "bad-request", "{path}");
    }
}

#[tokio::test]
async fn a_method_that_is_refused_comes_with_those_that_are_not() {
    let app = TestApp::with(&sample()).await;
    for (method, path, allowed) in [
        ("DELETE", "/v1/search", &["GET", "HEAD"][..]),
        ("POST", "/v1/openapi.json", &["GET", "HEAD"]),
        ("GET", "/v1/cards/batch", &["POST"]),
        ("PUT", "/", &["GET", "HEAD"]),
        ("POST", "/metrics", &[]),
    ] {
        let answer = send(&app.router, method, path, &[], Body::empty()).await;
        let mut found: Vec<&str> = answer.header("allow").split(',').map(str::trim).collect();
        found.retain(|method| !method.is_empty());
        found.sort_unstable();
        assert_eq!(found, allowed, "{method} {path}");
        let (status, code) = if allowed.is_empty() {
            (404, "no-such-path")
        } else {
            (405, "method")
        };
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.code(), code, "{method} {path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
    }
}

#[tokio::test]
async fn a_body_is_json_and_not_longer_than_it_can_be() {
    let app = TestApp::with(&sample()).await;
    let json = Some("application/json");
    let good = format!(r#"{{"codes":["{CODE}"]}}"#);
    assert_eq!(post(&app, json, good.clone()).await.status, 200);
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let answer = post(&app, content_type, good.clone()).await;
        assert_eq!(answer.status, 415, "{content_type:?}");
        assert_eq!(answer.code(), "media-type", "{content_type:?}");
    }
    let long = post(&app, json, " ".repeat(BODY_MAX_BYTES + 1)).await;
    assert_eq!((long.status, long.code().as_str()), (413, "too-much"));
    for bad in ["", "{", "null", r#"{"codes":[1]}"#, r#"{"code":[]}"#] {
        let answer = post(&app, json, bad.to_owned()).await;
        assert_eq!(answer.status, 400, "{bad}");
        assert_eq!(answer.code(), "bad-request", "{bad}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_in_the_language_of_who_asks() {
    let app = TestApp::with(&sample()).await;
    let found = CARDS_GET_MAX + 1;
    let path = format!("{}?codes={}", path::CARDS, vec!["x"; found].join(","));
    let zh = (
        "请求过大".to_owned(),
        format!("共有{found}个代码，最多{CARDS_GET_MAX}个"),
    );
    let en = (
        "request is too large".to_owned(),
        format!("{found} codes, at most {CARDS_GET_MAX} are allowed here"),
    );
    let both = (
        format!("{} / {}", zh.0, en.0),
        format!("{} / {}", zh.1, en.1),
    );
    for (asked, told, language) in [
        (Some("en"), &en, "en"),
        (Some("en-GB, zh;q=0.5"), &en, "en"),
        (Some("fr, en;q=0.1"), &en, "en"),
        (Some("zh"), &zh, "zh-CN"),
        (Some("zh-CN,zh;q=0.9,en;q=0.8"), &zh, "zh-CN"),
        (Some("fr"), &both, "zh-CN, en"),
        (None, &both, "zh-CN, en"),
    ] {
        let headers: Vec<(&str, &str)> = asked
            .map(|value| ("accept-language", value))
            .into_iter()
            .collect();
        let answer = get(&app, &path, &headers).await;
        assert_eq!(answer.status, 413, "{asked:?}");
        let problem = answer.problem();
        assert_eq!(problem["title"], told.0, "{asked:?}");
        assert_eq!(problem["detail"], told.1, "{asked:?}");
        assert_eq!(answer.header("content-language"), language, "{asked:?}");
        let vary = answer.header("vary").to_ascii_lowercase();
        assert!(vary.contains("accept-language"), "{asked:?}: {vary}");
    }
}

#[tokio::test]
async fn a_refusal_is_as_long_as_it_says_and_encoded_as_it_says() {
    let app = TestApp::with(&sample()).await;
    for encoding in ["br", "gzip", "identity"] {
        let refused = get(&app, "/nothing", &[("accept-encoding", encoding)]).await;
        assert_eq!(refused.status, 404);
        assert_eq!(refused.header("content-encoding"), "", "{encoding}");
        assert_eq!(refused.code(), "no-such-path", "{encoding}");
        let length = refused.body.len().to_string();
        assert_eq!(refused.header("content-length"), length, "{encoding}");
    }
}

#[tokio::test]
async fn a_number_of_a_person_in_an_address_is_never_repeated() {
    let app = TestApp::with(&sample()).await;
    for path in [
        format!("/v1/subjects/{NUMBER}"),
        format!("/v1/subjects/{NUMBER}/records"),
        format!("/v1/cards/{NUMBER}"),
        format!("/v1/perks/{NUMBER}"),
        format!("/v1/badges/{NUMBER}.svg"),
        format!("/v1/badges/{NUMBER}"),
        format!("/v1/areas/{NUMBER}"),
        format!("/v1/lists/{NUMBER}"),
        format!("/v1/traces/{NUMBER}"),
        format!("/v1/status/{NUMBER}"),
        format!("/v1/search/{NUMBER}"),
        format!("/v1/{NUMBER}"),
        format!("/s/{NUMBER}"),
        format!("/a/{NUMBER}"),
        format!("/embed/v1/{NUMBER}"),
        format!("/embed/v1/frame/{NUMBER}"),
        format!("/assets/{NUMBER}"),
        format!("/{NUMBER}"),
    ] {
        for method in ["GET", "DELETE"] {
            let answer = send(&app.router, method, &path, &[], Body::empty()).await;
            assert!((400..500).contains(&answer.status), "{method} {path}");
            let told = format!("{:?} {}", answer.headers, answer.text()).to_ascii_uppercase();
            assert!(!told.contains(NUMBER), "{method} {path}: {told}");
            assert!(!told.contains("19491231"), "{method} {path}: {told}");
        }
    }
}

#[tokio::test]
async fn a_number_of_a_person_in_a_query_or_body_is_never_repeated() {
    let app = TestApp::with(&sample()).await;
    let mut answers = Vec::new();
    for query in [
        format!("/v1/search?q=a&{NUMBER}=1"),
        format!("/v1/search?q=a&kind={NUMBER}"),
        format!("/v1/search?q=a&area={NUMBER}"),
        format!("/v1/search?q=a&limit={NUMBER}"),
        format!("/v1/search?q=a&cursor={NUMBER}"),
        format!("/v1/cards?{NUMBER}"),
        format!("/v1/subjects/{CODE}?{NUMBER}"),
        format!("/v1/subjects/{CODE}/records?kind={NUMBER}"),
        format!("/v1/agencies?lang={NUMBER}"),
    ] {
        answers.push((get(&app, &query, &[]).await, query));
    }
    for body in [
        format!("{{\"{NUMBER}\":[]}}"),
        format!("{{\"codes\":\"{NUMBER}\"}}"),
        format!("{{\"codes\":[{}]}}", &NUMBER[..17]),
        NUMBER.to_owned(),
    ] {
        let answer = post(&app, Some("application/json"), body.clone()).await;
        answers.push((answer, body));
    }
    for (answer, asked) in answers {
        assert!((400..500).contains(&answer.status), "{asked}");
        let told = answer.problem().to_string();
        assert!(!told.contains("19491231"), "{asked}: {told}");
    }
}

#[tokio::test]
async fn what_is_no_text_in_an_address_is_a_problem_too() {
    let app = TestApp::with(&sample()).await;
    for path in [
        "/assets/%FF",
        "/embed/v1/%FF",
        "/embed/%FF/a.js",
        "/v1/areas/%FF",
        "/s/%FF",
    ] {
        let answer = get(&app, path, &[]).await;
        assert!((400..500).contains(&answer.status), "{path}");
        assert!(!answer.code().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn metrics_are_for_the_desk_and_name_nobody() {
    let app = TestApp::with(&sample()).await;
    for path in [
        format!("/v1/subjects/{CODE}"),
        format!("/v1/subjects/{NUMBER}"),
        format!("/{NUMBER}"),
        path::search("津味", None),
    ] {
        get(&app, &path, &[]).await;
    }
    assert_eq!(get(&app, path::METRICS, &[]).await.status, 404);
    let metrics = send(&app.desk, "GET", path::METRICS, &[], Body::empty()).await;
    assert_eq!(metrics.status, 200);
    assert!(metrics.header("content-type").starts_with("text/plain"));
    assert_eq!(metrics.header("cache-control"), "no-store");
    let text = metrics.text();
    for route in [path::SUBJECT, path::SEARCH] {
        let label = format!("route=\"{route}\"");
        let is_bucket = |line: &str| {
            let name = "credit_http_request_duration_seconds_bucket{";
            line.starts_with(name) && line.contains(&label) && line.contains("le=\"")
        };
        assert!(text.lines().any(is_bucket), "{route}: {text}");
    }
    let end = text
        .lines()
        .find_map(|line| line.strip_prefix("credit_keys_end_timestamp_seconds "));
    let days = (end.unwrap().parse::<f64>().unwrap() - clock::now().unix() as f64) / 86_400.0;
    assert!(
        (700.0..732.0).contains(&days),
        "keys are good for two years"
    );
    for raw in [CODE, NUMBER, "津味", "%E6", "q="] {
        assert!(!text.contains(raw), "{raw}: {text}");
    }
}

#[tokio::test]
async fn the_desk_answers_nothing_of_the_public_address_but_its_health() {
    let app = TestApp::with(&sample()).await;
    for path in [path::HEALTH, path::READY] {
        for router in [&app.router, &app.desk] {
            let answer = send(router, "GET", path, &[], Body::empty()).await;
            assert_eq!((answer.status, answer.text().as_str()), (200, "ok\n"));
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }
    for path in kept() {
        let answer = send(&app.desk, "GET", &path, &[], Body::empty()).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.code(), "no-such-path", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn pages_run_nothing_but_our_own_files_and_let_nobody_frame_them() {
    let app = TestApp::with(&sample()).await;
    let found = path::search("津味", None);
    for path in [
        "/".to_owned(),
        format!("/?{}", found.split_once('?').unwrap().1),
        path::DOCS.to_owned(),
        format!("/s/{CODE}"),
        format!("/s/{UNKNOWN}"),
        "/s/x".to_owned(),
        "/a/nowhere".to_owned(),
    ] {
        let page = get(&app, &path, &[]).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
        check_page(&path, &page);
    }
    for element in ["credit-badge", "credit-card", "credit-query"] {
        let path = format!("/embed/v1/frame/{element}?code={CODE}");
        let frame = get(&app, &path, &[]).await;
        assert_eq!(frame.status, 200, "{path}");
        let policy = frame.header("content-security-policy");
        assert!(policy.contains("frame-ancestors *"), "{path}: {policy}");
        assert_eq!(frame.header("x-frame-options"), "", "{path}");
        check_page(&path, &frame);
    }
}

#[track_caller]
fn check_page(path: &str, page: &Answer) {
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
    for never in ["'unsafe-inline'", "'unsafe-eval'", "http:", "data:"] {
        assert!(!policy.contains(never), "{path}: {policy}");
    }
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
    let text = page.text();
    for inline in ["<style", " style=\"", " onclick=", "javascript:"] {
        assert!(!text.contains(inline), "{path} has {inline}");
    }
    for script in text.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(" src=\"/"), "{path}: {tag}");
    }
}

#[tokio::test]
async fn nothing_is_sniffed() {
    let app = TestApp::with(&sample()).await;
    let mut paths = kept();
    paths.extend(["/nothing".to_owned(), path::HEALTH.to_owned()]);
    for path in paths {
        let answer = get(&app, &path, &[]).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}
