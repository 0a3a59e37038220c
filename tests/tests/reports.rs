//! 信用报告: what is signed of it, its number, and shares.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use app::ask::{CODE, UNKNOWN, get, send};
use app::{TestApp, sample};
use credit_core::dummy::Dummy;
use credit_core::report::Report;
use credit_core::trust::Trust;
use credit_lookup::clock;
use credit_lookup::numbers::Share;
use credit_sign::jws::{Jws, TYP_CREDENTIAL, TYP_PASS};
use credit_sign::keyset::{KeySet, Pins};
use credit_sign::status::StatusList;
use credit_sign::verdict::{Question, Verdict, Wanted, examine, keys};
use serde_json::{Value, json};

/// What a page would say of `token`.
async fn judged(app: &TestApp, token: &str) -> Verdict {
    let now = clock::now();
    let (key_set, list) = (
        get(app, "/.well-known/keyset.jwt", &[]).await.text(),
        get(app, "/v1/status/1", &[]).await.text(),
    );
    let root = app.office.root().parse().unwrap();
    let pins = Pins {
        roots: &[root],
        seen: 0,
    };
    let keys: Result<KeySet, _> = keys(Ok(&key_set), &pins, now);
    let examined = examine(&Question {
        token,
        asked: None,
        wanted: Wanted::Any,
        keys: keys.as_ref(),
        now,
    });
    let address = examined.status_address().unwrap().to_owned();
    let list = StatusList::open(&list, keys.as_ref().unwrap(), &address, now);
    examined.conclude(list.as_ref().map_err(|error| error.code()))
}

#[tokio::test]
async fn a_report_is_signed_and_its_number_proves_itself() {
    let app = TestApp::with(&sample()).await;
    let path = format!("/v1/subjects/{CODE}/report");
    let token = get(&app, &path, &[]).await;
    assert_eq!(token.header("content-type"), "application/vc+jwt");
    let token = token.text();
    assert_eq!(judged(&app, &token).await.trust, Trust::Verified);
    let jws = Jws::parse_long(&token, &[TYP_CREDENTIAL]).unwrap();
    let report = Report::from_json(jws.unverified_payload()).unwrap();
    assert_eq!(
        report.to_json().to_string(),
        jws.unverified_payload().to_string()
    );
    assert_eq!(report.chapters.len(), 10);
    assert!(report.chapters.iter().all(|chapter| chapter.total == 0));
    assert!(!report.notes.is_empty());
    let english = get(&app, &format!("{path}?lang=en"), &[]).await.text();
    let english = Jws::parse_long(&english, &[TYP_CREDENTIAL]).unwrap();
    let english = Report::from_json(english.unverified_payload()).unwrap();
    assert_eq!(english.chapters[0].title, "Administrative licences");

    let number = report.head.report.unwrap();
    for typed in [
        number.clone(),
        number.replace('-', ""),
        number.to_lowercase(),
    ] {
        let pass = get(&app, &format!("/v1/reports/{typed}"), &[]).await.text();
        assert_eq!(judged(&app, &pass).await.trust, Trust::Verified);
        let pass = Jws::parse(&pass, &[TYP_PASS]).unwrap();
        assert_eq!(
            pass.unverified_payload().str_of("rep"),
            Some(number.as_str())
        );
        assert_eq!(pass.unverified_payload().str_of("sub"), Some(CODE));
    }
    for wrong in ["1", "20261126103000-0000-0000-0000", "%E4%B8%AD"] {
        let refused = get(&app, &format!("/v1/reports/{wrong}"), &[]).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (404, "no-such-item")
        );
    }
    let refused = get(&app, &format!("/v1/subjects/{UNKNOWN}/report"), &[]).await;
    assert_eq!(refused.status, 404);
}

async fn shared(app: &TestApp, body: Value) -> (u16, Value) {
    let headers = [("content-type", "application/json")];
    let answer = send(
        &app.router,
        "POST",
        "/v1/shares",
        &headers,
        body.to_string(),
    )
    .await;
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

#[tokio::test]
async fn a_share_has_a_purpose_and_an_end() {
    let app = TestApp::with(&sample()).await;
    let (status, body) = shared(&app, json!({"code": CODE, "purpose": "tender", "days": 7})).await;
    assert_eq!(status, 200, "{body}");
    // JSON has one kind of number.
    let written = json!({"code": CODE, "purpose": "tender", "days": 7.0});
    assert_eq!(shared(&app, written).await, (200, body.clone()));
    let share = body["share"].as_str().unwrap();
    let today = clock::now().date_in_china();
    assert_eq!(body["until"], today.plus_days(7).unwrap().to_string());
    assert_eq!(body["url"], format!("https://credit.example.cn/r/{share}"));
    let token = get(&app, &format!("/v1/shares/{share}"), &[]).await.text();
    assert_eq!(judged(&app, &token).await.trust, Trust::Verified);
    let jws = Jws::parse_long(&token, &[TYP_CREDENTIAL]).unwrap();
    let report = Report::from_json(jws.unverified_payload()).unwrap();
    assert_eq!(report.purpose.as_deref(), Some("招标投标"));
    let page = get(&app, &format!("/r/{share}"), &[]).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("招标投标") && page.text().contains("未作核实"));

    // One that ended yesterday is over; one that ends today is good until midnight.
    for (days, status) in [(-1, 410), (0, 200)] {
        let until = today.plus_days(days).unwrap();
        let share = app.office.share(&Share {
            subject: 1,
            purpose: 0,
            until,
        });
        let answer = get(&app, &format!("/v1/shares/{share}"), &[]).await;
        assert_eq!(answer.status, status);
        assert_eq!(get(&app, &format!("/r/{share}"), &[]).await.status, status);
        if status == 410 {
            assert_eq!(answer.code(), "share-expired");
            continue;
        }
        let token = answer.text();
        let jws = Jws::parse_long(&token, &[TYP_CREDENTIAL]).unwrap();
        let report = Report::from_json(jws.unverified_payload()).unwrap();
        let midnight = today.plus_days(1).unwrap().midnight_in_china();
        assert_eq!(report.head.valid_until, midnight);
    }
    for (body, code) in [
        (
            json!({"code": CODE, "purpose": "love", "days": 7}),
            "bad-request",
        ),
        (
            json!({"code": CODE, "purpose": "loan", "days": 0}),
            "bad-request",
        ),
        (
            json!({"code": CODE, "purpose": "loan", "days": 31}),
            "bad-request",
        ),
        (
            json!({"code": CODE, "purpose": "loan", "days": 7.5}),
            "bad-request",
        ),
        (
            json!({"code": CODE, "purpose": "loan", "days": -1}),
            "bad-request",
        ),
        (
            json!({"code": CODE, "purpose": "loan", "days": "7"}),
            "bad-request",
        ),
        (
            json!({"code": "9112", "purpose": "loan", "days": 7}),
            "length",
        ),
        (
            json!({"code": UNKNOWN, "purpose": "loan", "days": 7}),
            "not-found",
        ),
    ] {
        let (status, told) = shared(&app, body).await;
        assert!((400..500).contains(&status));
        assert_eq!(told["code"], code);
    }
    let refused = get(&app, "/v1/shares/00000000000000000000000", &[]).await;
    assert_eq!(refused.code(), "no-such-item");
}

#[tokio::test]
async fn what_is_revoked_is_so_within_the_life_of_a_list() {
    let app = TestApp::with(&sample()).await;
    let (card, pass) = (
        format!("/v1/cards/{CODE}"),
        format!("/v1/cards/{CODE}/pass"),
    );
    let report = format!("/v1/subjects/{CODE}/report");
    let paths = [&card, &pass, &report];
    let mut old = Vec::new();
    for path in paths {
        old.push(get(&app, path, &[]).await.text());
        assert_eq!(
            judged(&app, &old[old.len() - 1]).await.trust,
            Trust::Verified
        );
    }
    let db = format!("sqlite:{}", app.folder.path().join("credit.db").display());
    let revoked = app::run(&["revoke", CODE, "--reason", "签发有误", "--db", &db]);
    assert!(revoked.contains('0'), "{revoked}");
    // What was kept in memory counts for twenty milliseconds.
    loop {
        let new = get(&app, &card, &[]).await.text();
        if new != old[0] {
            break;
        }
        tokio::task::yield_now().await;
    }
    let jws = Jws::parse_long(&old[2], &[TYP_CREDENTIAL]).unwrap();
    let number = Report::from_json(jws.unverified_payload()).unwrap();
    let number = number.head.report.unwrap();
    let pass = get(&app, &format!("/v1/reports/{number}"), &[])
        .await
        .text();
    assert_eq!(judged(&app, &pass).await.trust, Trust::Revoked);
    for (path, old) in paths.into_iter().zip(&old) {
        assert_eq!(judged(&app, old).await.trust, Trust::Revoked, "{path}");
        let new = get(&app, path, &[]).await.text();
        assert_eq!(judged(&app, &new).await.trust, Trust::Verified, "{path}");
    }
    // Nobody else's.
    let other = get(&app, "/v1/cards/92120102MATEXT01X1", &[]).await.text();
    assert_eq!(judged(&app, &other).await.trust, Trust::Verified);
    let refused = app::run(&["revoke", UNKNOWN, "--reason", "x", "--db", &db]);
    assert!(!refused.contains("(0)"), "{refused}");
}

#[tokio::test]
async fn dummy_codes_answer_always_the_same() {
    let app = TestApp::with(&sample()).await;
    for (dummy, code) in Dummy::ALL {
        let answer = get(&app, &format!("/v1/cards/{code}"), &[]).await;
        match dummy {
            Dummy::NotFound => {
                assert_eq!((answer.status, answer.code().as_str()), (404, "not-found"))
            }
            Dummy::Error => assert_eq!((answer.status, answer.code().as_str()), (500, "internal")),
            _ => {
                assert_eq!(answer.status, 200, "{code}");
                // No key of the office signs them, and no root that key.
                assert_eq!(judged(&app, &answer.text()).await.trust, Trust::Invalid);
            }
        }
    }
    let codes: Vec<&str> = Dummy::ALL.iter().map(|(_, code)| *code).collect();
    let batch = app
        .json(&format!("/v1/cards?codes={CODE},{}", codes.join(",")))
        .await;
    assert!(batch["cards"][CODE].is_string());
    for (dummy, code) in Dummy::ALL {
        let is_there = !matches!(dummy, Dummy::NotFound | Dummy::Error);
        assert_eq!(batch["cards"][code].is_string(), is_there, "{code}");
    }
}
