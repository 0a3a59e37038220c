//! Import, search, cards and pages: the server as a function, on a real
//! database in a folder of its own.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::path::{Path, PathBuf};
use std::process::Command;

use app::{TestApp, import, sample};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_core::trust::Trust;
use credit_lookup::clock;
use credit_sign::keyset::Pins;
use credit_sign::status::StatusList;
use credit_sign::verdict::{Question, Wanted, examine, keys};
use serde_json::Value;

#[tokio::test]
async fn a_messy_file_is_taken_in_and_nothing_vanishes() {
    let app = TestApp::with(&sample()).await;
    assert!(
        app.exit.contains('1'),
        "exit code 1: some rows were rejected, {}",
        app.exit
    );
    let rejects = std::fs::read_to_string(app.folder.path().join("rejects.csv")).unwrap();
    let codes: Vec<&str> = rejects
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(2))
        .collect();
    assert_eq!(codes, ["name-empty", "length", "columns"]);

    let first = app.json("/v1/subjects/91120102MATEXT01X4").await;
    assert_eq!(first["capital"]["text"], "1,913.2157(万元人民币)");
    assert_eq!(first["capital"]["amount"], "19132157 CNY");
    assert_eq!(first["source"]["unit"], "示例登记机关");
    assert_eq!(first["source"]["as_of"], "2026-11-01");
    let flagged = app.json("/v1/subjects/91120102MATEXT01X5").await;
    assert_eq!(flagged["code_problem"], "checksum");
    assert_eq!(
        flagged["established"],
        Value::Null,
        "30 February is left out"
    );
    let lines = app.json("/v1/subjects/91120102MATEXT036Y").await;
    assert_eq!(lines["scope"], "多行 经营范围");
    assert_eq!(
        app.json("/v1/subjects/92120102MATEXT01X1").await["entity_type"],
        Value::Null
    );
}

#[tokio::test]
async fn any_part_of_a_name_and_any_start_of_a_code_is_found() {
    let app = TestApp::with(&sample()).await;
    assert_eq!(app.names("津味").await, ["示例市海河津味食品有限公司"]);
    assert_eq!(app.names("味").await, ["示例市海河津味食品有限公司"]);
    assert_eq!(app.names("司").await.len(), 2);
    assert_eq!(
        app.names("９１１２０１０２ｍａｔｅｘｔ０１Ｘ４").await,
        ["示例市海河津味食品有限公司"]
    );
    assert_eq!(app.names("92120102").await, ["示例区老街修鞋铺"]);
    assert_eq!(app.names("不存在的名字").await, Vec::<String>::new());
    // Names that begin with it come first, short ones before long ones.
    let names = app.names("示例").await;
    assert_eq!(names[0], "示例区老街修鞋铺");
    assert_eq!(names.len(), 5);
    assert_eq!(names[4], "<b>示例</b>&“引号”商店", "further in comes last");

    let page = app.json("/v1/search?q=%E7%A4%BA%E4%BE%8B&limit=2").await;
    let next = page["next"].as_str().unwrap();
    let rest = app
        .json(&format!(
            "/v1/search?q=%E7%A4%BA%E4%BE%8B&limit=50&cursor={next}"
        ))
        .await;
    assert_eq!(rest["items"].as_array().unwrap().len(), 3);
    assert_eq!(rest["next"], Value::Null);
}

#[tokio::test]
async fn a_bad_question_is_refused_with_a_code() {
    let app = TestApp::with(&sample()).await;
    let long = "a".repeat(201);
    for (path, status, code) in [
        ("/v1/search", 400, "bad-request"),
        ("/v1/search?q=", 400, "bad-request"),
        ("/v1/search?q=%22%20*", 400, "bad-request"),
        (&format!("/v1/search?q={long}"), 400, "bad-request"),
        ("/v1/search?q=a&limit=0", 400, "bad-request"),
        ("/v1/search?q=a&limit=51", 400, "bad-request"),
        ("/v1/search?q=a&cursor=x", 400, "bad-request"),
        ("/v1/subjects/91120102MATEXT0284", 404, "not-found"),
        ("/v1/subjects/%00", 400, "length"),
        ("/v1/subjects/%ff", 400, "bad-request"),
        ("/v1/nothing", 404, "no-such-path"),
        ("/v1/status/0", 404, "no-such-path"),
        ("/v1/status/99999999999999999999", 404, "no-such-path"),
        ("/embed/v1/..%2f..%2fCargo.toml", 404, "no-such-path"),
        ("/v1/badges/91120102MATEXT01X4", 404, "no-such-path"),
        (
            "/v1/badges/91120102MATEXT01X4.svg?lang=fr",
            400,
            "bad-request",
        ),
    ] {
        let (found, headers, body) = app.get(path).await;
        assert_eq!(found, status, "{path}: {body}");
        assert_eq!(
            headers["content-type"], "application/problem+json",
            "{path}"
        );
        assert_eq!(
            headers["access-control-allow-origin"], "*",
            "a widget reads why: {path}"
        );
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["code"], code, "{path}");
    }
    let request = Request::delete("/v1/search").body(Body::empty()).unwrap();
    assert_eq!(app.send(request).await.0, 405);
}

#[tokio::test]
async fn a_card_is_verified_by_who_pins_the_root() {
    let app = TestApp::with(&sample()).await;
    let (_, headers, token) = app.get("/v1/cards/91120102MATEXT01X4").await;
    assert_eq!(headers["content-type"], "application/vc+jwt");
    let key_set = app.get("/.well-known/keyset.jwt").await.2;
    let status = app.get("/v1/status/1").await.2;
    let asked = SubjectCode::as_published("91120102MATEXT01X4").unwrap();
    let roots = [app.office.root().parse().unwrap()];
    let pins = Pins {
        roots: &roots,
        seen: 0,
    };
    let judge = |token: &str, now: Timestamp| {
        let keys = keys(Ok(&key_set), &pins, now).unwrap();
        let question = Question {
            token,
            asked: Some(&asked),
            wanted: Wanted::Card,
            keys: Ok(&keys),
            now,
        };
        let examined = examine(&question);
        let list = StatusList::open(&status, &keys, examined.status_address().unwrap(), now);
        examined.conclude(list.as_ref().map_err(|error| error.code()))
    };
    let verdict = judge(&token, clock::now());
    assert_eq!(verdict.trust, Trust::Verified, "{:?}", verdict.checks);
    assert_eq!(
        verdict.document.as_ref().unwrap().name().as_str(),
        "示例市海河津味食品有限公司"
    );
    let late = judge(&token, clock::now().plus(3 * 86_400));
    assert_eq!(late.trust, Trust::Expired);
    let national = "/v1/cards/91120102MATEXT01X4?alg=SM2-SM3";
    let (_, of_national, sm2) = app.get(national).await;
    assert_ne!(of_national["etag"], headers["etag"]);
    let verdict = judge(&sm2, clock::now());
    assert_eq!(verdict.trust, Trust::Verified, "{:?}", verdict.checks);
    let unknown = app.get("/v1/cards/91120102MATEXT01X4?alg=RS256").await;
    assert_eq!(unknown.0, StatusCode::BAD_REQUEST, "{}", unknown.2);
    assert_eq!(
        app.get("/v1/cards/91120102MATEXT01X4").await.2,
        token,
        "same window, same bytes"
    );

    let request = Request::get("/v1/cards/91120102MATEXT01X4")
        .header("if-none-match", headers["etag"].clone())
        .body(Body::empty())
        .unwrap();
    let (status, _, body) = app.send(request).await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn a_batch_answers_for_every_code() {
    let app = TestApp::with(&sample()).await;
    let codes = "91120102MATEXT01X4,91120102MATEXT01X5,91120102MATEXT0284,rubbish,";
    let got = app.json(&format!("/v1/cards?codes={codes}")).await;
    let body = format!(
        r#"{{"codes":{}}}"#,
        serde_json::to_string(&codes.split(',').collect::<Vec<_>>()).unwrap()
    );
    let request = Request::post("/v1/cards/batch")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap();
    let (status, _, posted) = app.send(request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(serde_json::from_str::<Value>(&posted).unwrap(), got);
    assert!(got["cards"]["91120102MATEXT01X4"].is_string());
    assert!(
        got["cards"]["91120102MATEXT01X5"].is_string(),
        "kept and flagged"
    );
    for none in ["91120102MATEXT0284", "rubbish", ""] {
        assert_eq!(got["cards"][none], Value::Null);
    }
    let many = vec!["x"; 251].join(",");
    assert_eq!(app.get(&format!("/v1/cards?codes={many}")).await.0, 413);
    for bad in ["", "{", "[]", r#"{"codes":1}"#, r#"{"codes":[],"x":1}"#] {
        let request = Request::post("/v1/cards/batch")
            .header("content-type", "application/json")
            .body(Body::from(bad))
            .unwrap();
        assert_eq!(app.send(request).await.0, 400, "{bad}");
    }
    let request = Request::post("/v1/cards/batch")
        .header("content-type", "application/json")
        .body(Body::from(" ".repeat(40_000)))
        .unwrap();
    assert_eq!(app.send(request).await.0, 413);
}

#[tokio::test]
async fn pages_and_badges_show_names_as_text() {
    let app = TestApp::with(&sample()).await;
    let (_, headers, page) = app.get("/s/91120102MATEXT036Y").await;
    assert!(page.contains("&lt;b&gt;示例&lt;/b&gt;&amp;"));
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"));
    let (_, _, svg) = app.get("/v1/badges/91120102MATEXT036Y.svg").await;
    assert!(svg.contains("&lt;b&gt;") && !svg.contains("已验证"));
    let (status, _, svg) = app.get("/v1/badges/91120102MATEXT0284.svg").await;
    assert_eq!(status, 404);
    assert!(svg.contains("没有查到"));
    assert_eq!(app.get("/s/91120102MATEXT0284").await.0, 404);
    assert_eq!(app.get("/s/x").await.0, 400);
    assert_eq!(app.get("/healthz").await.0, 200);
    assert_eq!(app.get("/readyz").await.0, 200);
    let jwks = app.json("/.well-known/jwks.json").await;
    assert_eq!(jwks["keys"].as_array().unwrap().len(), 3);
    assert!(jwks["keys"][0].get("d").is_none());
}

#[tokio::test]
async fn an_older_file_never_overwrites() {
    let app = TestApp::with(&sample()).await;
    let db = format!("sqlite:{}", app.folder.path().join("credit.db").display());
    let older = app.folder.path().join("older.csv");
    let text = "企业名称,统一社会信用代码,数据日期\n旧名称,91120102MATEXT01X4,2020-01-01\n新名称,92120102MATEXT01X1,2026-11-09\n";
    std::fs::write(&older, text).unwrap();
    import(&older, &db, &app.folder.path().join("r.csv"), "2026-11-10");
    assert_ne!(
        app.json("/v1/subjects/91120102MATEXT01X4").await["name"],
        "旧名称"
    );
    assert_eq!(app.names("新名称").await, ["新名称"]);
    let page = app.json(&credit_api::path::search("老街", None)).await;
    assert_eq!(page["items"][0]["name"], "新名称", "the index follows");
    assert_eq!(page["items"][0]["former_name"], "示例区老街修鞋铺");
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_quote_that_is_never_closed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let feed = folder.path().join("feed.csv");
    let mut text = String::from("企业名称,统一社会信用代码,经营范围\n");
    text.push_str("第一商店,91120102MATEXT01X4,\"销售\n");
    (0..40).for_each(|_| text.push_str("第二商店,92120102MATEXT01X1,零售\n"));
    std::fs::write(&feed, text).unwrap();
    let app = TestApp::with(&feed).await;
    assert!(app.exit.contains('1'), "{}", app.exit);
    let rejects = std::fs::read_to_string(app.folder.path().join("rejects.csv")).unwrap();
    assert!(
        rejects.contains("1,,quote,") && rejects.lines().count() == 2,
        "{rejects}"
    );
    let names = app.names("第二").await;
    assert_eq!(names, ["第二商店"], "the lines behind it are taken");
}

#[tokio::test]
async fn a_date_ahead_of_its_file_does_not_shut_later_rows_out() {
    let folder = tempfile::tempdir().unwrap();
    let feed = folder.path().join("feed.csv");
    let text = "企业名称,统一社会信用代码,数据日期\n商店,91120102MATEXT01X4,2062-01-05\n";
    std::fs::write(&feed, text).unwrap();
    let app = TestApp::with(&feed).await;
    let record = app.json("/v1/subjects/91120102MATEXT01X4").await;
    assert_eq!(record["source"]["as_of"], "2026-11-01");
}

/// The command line itself, as a person starts it.
#[test]
fn the_program_says_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/credit-lookup");
    let run = |words: &[&str]| {
        let output = Command::new(&program)
            .args(words)
            .current_dir(folder.path())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    let (code, _) = run(&["demo-data", "--entities", "60", "--seed", "7", "--out", "a"]);
    assert_eq!(code, Some(0));
    run(&["demo-data", "--entities", "60", "--seed", "7", "--out", "b"]);
    let read = |name| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(
        read("a/registry.csv"),
        read("b/registry.csv"),
        "reproducible"
    );
    let db = ["--dataset", "registry", "--db", "sqlite:c.db"];
    let (code, said) = run(&[&["import", "a/registry.csv"], &db[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("accepted 60, of them warned 1; rejected 0"),
        "{said}"
    );
    let (code, _) = run(&[&["import", "missing.csv"], &db[..]].concat());
    assert_eq!(code, Some(2));
    assert_eq!(
        run(&["import", "a/registry.csv", "--dataset", "x", "--db", "y"]).0,
        Some(2)
    );
    let serve = Command::new(&program)
        .args(["serve", "--db", "sqlite:c.db", "--listen", "127.0.0.1:0"])
        .current_dir(folder.path())
        .env_remove("CREDIT_KEY_PASSPHRASE")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(serve.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&serve.stderr).contains("no passphrase for the keys"));
}

/// On real rows, when there are any: every one of them is taken.
#[tokio::test]
async fn real_registry_rows_are_taken_as_they_are() {
    let Some(folder) = std::env::var_os("CREDIT_REAL_DATA").map(PathBuf::from) else {
        // Listed as off by the runner.
        return;
    };
    let app = TestApp::with(&folder.join("registry-hedong.csv")).await;
    assert!(app.exit.contains('0'), "nothing is rejected, {}", app.exit);
    let page = app
        .json("/v1/search?q=%E6%B2%B3%E4%B8%9C%E7%94%B5%E5%AD%90")
        .await;
    let name = page["items"][0]["name"].as_str().expect("a result");
    assert!(name.contains("河东电子"));
    assert!(page["items"][0]["highlight"].is_array());
    let code = page["items"][0]["code"].as_str().unwrap();
    assert_eq!(app.get(&format!("/v1/cards/{code}")).await.0, 200);
}
