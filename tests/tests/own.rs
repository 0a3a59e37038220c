//! 本人查询 behind a proxy that says who somebody is.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use app::{TestApp, URL, run};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, Request, StatusCode};
use credit_lookup::http::OwnParts;
use credit_lookup::identity::consent::consent;
use credit_lookup::identity::{Identity, Seal, TrustedHeader};
use credit_lookup::keys::{KeyFolder, Passphrase, PersonDigest};
use credit_lookup::store::{AuditEntry, DatabaseUrl};
use serde_json::{Value, json};

const ZHANG: &str = "120102199001010013";
const LI: &str = "11010519491231002X";
const WANG: &str = "110105199003072370";

struct World {
    app: TestApp,
    db: String,
}

impl World {
    /// A server with records of two persons, which believes the header
    /// `x-person` of `proxy`.
    async fn new(proxy: Ipv4Addr) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let place = |name: &str| folder.path().join(name).display().to_string();
        let db = format!("sqlite:{}", place("credit.db"));
        std::fs::write(place("passphrase"), "a test").unwrap();
        let feed = Path::new(env!("CARGO_MANIFEST_DIR")).join("identity/persons.csv");
        let told = run(&[
            "import",
            &feed.display().to_string(),
            "--dataset",
            "licences",
            "--db",
            &db,
            "--as-of",
            "2026-11-01",
            "--key-passphrase-file",
            &place("passphrase"),
            "--rejects",
            &place("rejects.csv"),
        ]);
        assert!(told.contains("(0)"), "{told}");
        let keys = KeyFolder::new(&folder.path().join("keys"));
        let file = folder.path().join("passphrase");
        let passphrase = Passphrase::find(Some(&file)).unwrap();
        let own = OwnParts {
            identity: Identity::Header(TrustedHeader {
                name: HeaderName::from_static("x-person"),
                proxies: vec![IpAddr::V4(proxy)],
            }),
            seal: Seal::open(&keys, &passphrase, true, URL).unwrap(),
            digest: PersonDigest::open(&keys, &passphrase, false).unwrap(),
            consent: consent().unwrap(),
            handler: "示例信用中心（电话 010-00000000）".to_owned(),
            origin: URL.parse().unwrap(),
        };
        let app = TestApp::with_own(&db, &folder, own).await;
        Self { app, db }
    }

    async fn ask(
        &self,
        origin: Option<&str>,
        person: &str,
        body: &Value,
    ) -> (StatusCode, HeaderMap, Value) {
        let mut request = Request::post("/v1/self-queries")
            .header("content-type", "application/json")
            .header("x-person", person);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let request = request.body(Body::from(body.to_string())).unwrap();
        let (status, headers, body) = self.app.send(request).await;
        (status, headers, serde_json::from_str(&body).unwrap())
    }

    async fn asked(&self, person: &str) -> Value {
        let (status, headers, body) = self.ask(Some(URL), person, &agreed()).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(!headers.contains_key("access-control-allow-origin"));
        body
    }

    async fn audit(&self) -> Vec<AuditEntry> {
        let url: DatabaseUrl = self.db.parse().unwrap();
        let store = url.open().await.unwrap();
        let entries = store.audit_entries(0, 100).await.unwrap();
        entries
            .into_iter()
            .filter(|entry| entry.action == "self-query")
            .collect()
    }
}

fn agreed() -> Value {
    json!({ "consent": consent().unwrap().version.to_string() })
}

fn titles(answer: &Value) -> Vec<&str> {
    let records = answer["records"].as_array().unwrap().iter();
    records
        .flat_map(|record| record["fields"].as_array().unwrap())
        .filter(|field| field["name"] == "title")
        .map(|field| field["value"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_person_sees_their_own_records_and_nobody_elses() {
    let world = World::new(Ipv4Addr::LOCALHOST).await;
    let zhang = world.asked(ZHANG).await;
    assert_eq!(titles(&zhang), ["食品经营许可", "出版物经营许可"]);
    assert_eq!(zhang["is_cut"], false);
    assert_eq!(
        titles(&world.asked(&format!("id:{LI}")).await),
        ["道路运输从业资格"]
    );
    assert_eq!(titles(&world.asked(WANG).await), Vec::<&str>::new());
    for number in [ZHANG, LI] {
        assert!(!zhang.to_string().contains(number));
    }
}

#[tokio::test]
async fn every_query_stands_in_the_audit_log_without_a_number() {
    let world = World::new(Ipv4Addr::LOCALHOST).await;
    let answer = world.asked(ZHANG).await;
    world
        .ask(Some(URL), ZHANG, &json!({ "consent": "2020-01-01" }))
        .await;
    let entries = world.audit().await;
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(answer["number"], entries[0].object);
    assert_eq!(entries[0].detail, "consent 2026-12-01");
    assert!(entries[0].actor.starts_with("person ") && !entries[0].actor.contains(ZHANG));
}

#[tokio::test]
async fn whoever_is_not_one_of_us_is_refused_before_anything_is_read() {
    let world = World::new(Ipv4Addr::LOCALHOST).await;
    let refused = [
        (
            Some("https://evil.example"),
            ZHANG,
            agreed(),
            403,
            "foreign-origin",
        ),
        (None, ZHANG, agreed(), 403, "foreign-origin"),
        (Some(URL), "", agreed(), 401, "not-signed-in"),
        (Some(URL), "120102199001010014", agreed(), 403, "identity"),
        (
            Some(URL),
            ZHANG,
            json!({ "consent": "2020-01-01" }),
            409,
            "consent",
        ),
        (Some(URL), ZHANG, json!({}), 400, "bad-request"),
        (
            Some(URL),
            ZHANG,
            json!({ "consent": "x", "code": "y" }),
            400,
            "bad-request",
        ),
    ];
    for (origin, person, body, status, code) in refused {
        let (found, _, problem) = world.ask(origin, person, &body).await;
        assert_eq!(found.as_u16(), status, "{problem}");
        assert_eq!(problem["code"], code);
        assert!(!problem.to_string().contains("1201021990"));
    }
    assert!(world.audit().await.is_empty());
}

#[tokio::test]
async fn a_header_from_elsewhere_means_nothing() {
    let world = World::new(Ipv4Addr::new(10, 0, 0, 1)).await;
    let (status, _, _) = world.ask(Some(URL), ZHANG, &agreed()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let status = world.app.json("/v1/self-queries").await;
    assert_eq!(status["signed_in"], false);
    assert_eq!(status["login"], Value::Null);
    let zh = status["consent"]["zh"].as_str().unwrap();
    assert!(zh.contains("处理者：示例信用中心（电话 010-00000000）。"));
}

#[tokio::test]
async fn a_person_who_asks_on_and_on_has_to_wait() {
    let world = World::new(Ipv4Addr::LOCALHOST).await;
    for _ in 0..10 {
        world.asked(ZHANG).await;
    }
    let (status, headers, problem) = world.ask(Some(URL), ZHANG, &agreed()).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{problem}");
    let wait: u64 = headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=6).contains(&wait), "{wait}");
    world.asked(LI).await;
}

#[tokio::test]
async fn without_a_way_to_know_who_asks_there_is_no_such_address() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let db = format!("sqlite:{}", folder.path().join("credit.db").display());
    let app = TestApp::on(&db, &folder).await;
    for path in [
        "/v1/self-queries",
        "/self",
        "/self/login",
        "/self/callback?code=a&state=b",
    ] {
        let (status, _, body) = app.get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}: {body}");
    }
    for path in ["/v1/self-queries", "/self/logout"] {
        let request = Request::post(path)
            .header("origin", URL)
            .body(Body::empty())
            .unwrap();
        let (status, _, body) = app.send(request).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}: {body}");
    }
}

#[tokio::test]
async fn the_page_says_the_same_to_everybody() {
    let world = World::new(Ipv4Addr::LOCALHOST).await;
    let page = async |person: &str| {
        let request = Request::get("/self").header("x-person", person);
        let (status, headers, body) = world.app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers["cache-control"], "no-store");
        body
    };
    assert_eq!(page(ZHANG).await, page("").await);
    assert!(page("").await.contains("<credit-self"));
}
