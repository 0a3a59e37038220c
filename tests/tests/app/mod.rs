//! The server as a function, on a real database in a folder of its own.
#![allow(dead_code, reason = "each file of tests uses a part")]

pub(crate) mod ask;
pub(crate) mod both;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use credit_lookup::cli::Arguments;
use credit_lookup::dummies::Dummies;
use credit_lookup::http::{App, OwnParts, Parts, RateLimit, desk, public};
use credit_lookup::issuer::IssuingOffice;
use credit_lookup::keys::{KeyFolder, Keys, Passphrase};
use credit_lookup::names::NameIndex;
use credit_lookup::numbers::Numbers;
use credit_lookup::store::DatabaseUrl;
use credit_lookup::{clock, commands};
use credit_sign::algorithm::Algorithm;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// How long what is made in the background may take.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) const URL: &str = "https://credit.example.cn";

pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/registry-sample.csv")
}

/// A server on a database into which `feed` was imported.
pub(crate) struct TestApp {
    pub(crate) router: Router,
    pub(crate) desk: Router,
    pub(crate) office: Arc<IssuingOffice>,
    pub(crate) folder: Arc<TempDir>,
    pub(crate) exit: String,
}

impl TestApp {
    pub(crate) async fn with(feed: &Path) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let db = format!("sqlite:{}", folder.path().join("credit.db").display());
        let rejects = folder.path().join("rejects.csv");
        let exit = import(feed, &db, &rejects, "2026-11-01");
        Self {
            exit,
            ..Self::on(&db, &folder).await
        }
    }

    /// A server on the database `db`, with the keys of `folder`.
    pub(crate) async fn on(db: &str, folder: &Arc<TempDir>) -> Self {
        Self::guarded(db, folder, None, 0).await
    }

    /// The same behind `trusted_hops` proxies, for clients that may not ask more
    /// often than `rate_limit`.
    pub(crate) async fn guarded(
        db: &str,
        folder: &Arc<TempDir>,
        rate_limit: Option<RateLimit>,
        trusted_hops: usize,
    ) -> Self {
        Self::made(db, folder, (rate_limit, trusted_hops), None).await
    }

    /// The same, which knows who asks by `own`.
    pub(crate) async fn with_own(db: &str, folder: &Arc<TempDir>, own: OwnParts) -> Self {
        Self::made(db, folder, (None, 0), Some(own)).await
    }

    async fn made(
        db: &str,
        folder: &Arc<TempDir>,
        (rate_limit, trusted_hops): (Option<RateLimit>, usize),
        own: Option<OwnParts>,
    ) -> Self {
        let now = clock::now();
        let file = folder.path().join("passphrase");
        std::fs::write(&file, "a test").unwrap();
        let passphrase = Passphrase::find(Some(&file)).unwrap();
        let keys = KeyFolder::new(&folder.path().join("keys"));
        if !keys.is_complete() {
            Keys::create(&keys, &passphrase, URL, now).unwrap();
        }
        let numbers = Numbers::open(&keys, &passphrase, true).unwrap();
        let keys = Keys::open(&keys, &passphrase, URL, now).unwrap();
        let office = Arc::new(IssuingOffice::new(
            (keys, numbers),
            URL.into(),
            "示例信用中心".into(),
            Algorithm::EdDsa,
        ));
        let url: DatabaseUrl = db.parse().unwrap();
        let index = match url {
            DatabaseUrl::Sqlite(_) => url.index_folder(),
            _ => folder.path().join(db.rsplit('/').next().unwrap()),
        };
        let app = App::new(Parts {
            store: url.open().await.unwrap(),
            index: Arc::new(NameIndex::open(&index).unwrap()),
            office: Arc::clone(&office),
            rate_limit,
            trusted_hops,
            card_cache: 1 << 20,
            own,
            dummies: Some(Dummies::new(office.issuer().clone()).unwrap()),
            kept: None,
        });
        Self {
            router: public(Arc::clone(&app)),
            desk: desk(app),
            office,
            folder: Arc::clone(folder),
            exit: String::new(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 24).await.unwrap();
        (
            parts.status,
            parts.headers,
            String::from_utf8(body.to_vec()).unwrap(),
        )
    }

    pub(crate) async fn json(&self, path: &str) -> Value {
        let (status, _, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Asks until the answer is as it should be: what looks at every record may be of a
    /// moment before.
    pub(crate) async fn until(&self, path: &str, is_so: impl Fn(&Value) -> bool) {
        let begun = std::time::Instant::now();
        loop {
            let body = self.json(path).await;
            if is_so(&body) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{path}: {body}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) async fn names(&self, query: &str) -> Vec<String> {
        let path = credit_api::path::search(query, None);
        let page = self.json(&path).await;
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

pub(crate) fn import(feed: &Path, db: &str, rejects: &Path, as_of: &str) -> String {
    run(&[
        "import",
        &feed.display().to_string(),
        "--dataset",
        "registry",
        "--db",
        db,
        "--source",
        "示例登记机关",
        "--as-of",
        as_of,
        "--rejects",
        &rejects.display().to_string(),
    ])
}

/// Runs a command in a thread of its own, because it starts its own runtime.
/// An exit code shows its number and has no other way to tell it.
pub(crate) fn run(words: &[&str]) -> String {
    let arguments = Arguments::from_words(words).unwrap();
    let run = std::thread::spawn(move || format!("{:?}", commands::run(arguments)));
    run.join().unwrap()
}
