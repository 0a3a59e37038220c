//! Both kinds of store under one suite: whatever a test does, it does to SQLite
//! and to a real PostgreSQL, and what visitors see has to be the same bytes.
#![cfg(all(unix, not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, OnceLock};

use app::{TestApp, run, sample};
use credit_core::card::{Card, Fact};
use credit_core::identifier::{Identifier as _, ResidentId, Uscc};
use credit_lookup::store::{DatabaseUrl, Part, StoredRecord, StoredSubject};
use credit_sign::jws::{Jws, TYP_CREDENTIAL};
use credit_tests::postgres::Postgres;
use serde_json::Value;
use tempfile::TempDir;

/// One server for all tests; it ends with this process.
fn server() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(Postgres::start)
}

/// Two empty databases and a folder.
struct Two {
    folder: Arc<TempDir>,
    databases: [String; 2],
}

impl Two {
    fn new() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let sqlite = format!("sqlite:{}", folder.path().join("credit.db").display());
        std::fs::write(folder.path().join("passphrase"), "a test").unwrap();
        Self {
            databases: [sqlite, server().database()],
            folder,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Imports a file into both; the exit codes, which are the same.
    fn import(&self, feed: &Path, dataset: &str, more: &[&str]) -> String {
        let codes = self.databases.each_ref().map(|db| {
            let (feed, keys) = (feed.display().to_string(), self.path("keys"));
            let (keys, passphrase) = (keys.display().to_string(), self.path("passphrase"));
            let (rejects, index) = (self.path("rejects.csv"), self.path("index"));
            let (rejects, index) = (rejects.display().to_string(), index.display().to_string());
            let mut words = vec!["import", &feed, "--dataset", dataset, "--db", db];
            words.extend(["--keys", &keys, "--rejects", &rejects]);
            let passphrase = passphrase.display().to_string();
            words.extend(["--key-passphrase-file", &passphrase]);
            if db.starts_with("postgres") {
                words.extend(["--index", &index]);
            }
            words.extend(more);
            run(&words)
        });
        assert_eq!(codes[0], codes[1], "{}", feed.display());
        codes[0].clone()
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    async fn apps(&self) -> [TestApp; 2] {
        [
            TestApp::on(&self.databases[0], &self.folder).await,
            TestApp::on(&self.databases[1], &self.folder).await,
        ]
    }

    /// Asks both; what they answer, which is the same.
    async fn ask(&self, apps: &[TestApp; 2], path: &str) -> (u16, String) {
        let [first, second] = [apps[0].get(path).await, apps[1].get(path).await];
        assert_eq!(first.2, second.2, "{path}");
        assert_eq!(first.0, second.0, "{path}");
        (first.0.as_u16(), first.2)
    }
}

/// What a signed card says under the name `kind`.
fn fact(card: &str, kind: &str) -> Option<Fact> {
    let card = Jws::parse(card, &[TYP_CREDENTIAL]).unwrap();
    let card = Card::from_json(card.unverified_payload()).unwrap();
    card.facts.into_iter().find(|fact| fact.kind.code() == kind)
}

fn quoted(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Codes of all subjects and all that is kept of records.
async fn content(db: &str) -> (Vec<StoredSubject>, Vec<StoredRecord>) {
    let url: DatabaseUrl = db.parse().unwrap();
    let store = url.open().await.unwrap();
    let (sender, parts) = sync_channel(4);
    let dump = tokio::spawn(async move { store.dump(sender).await });
    let read = tokio::task::spawn_blocking(move || {
        let (mut subjects, mut records) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::Subjects(some) => subjects.extend(some),
                Part::Records(some) => records.extend(some),
                Part::Head(_)
                | Part::Revocations(_)
                | Part::Sites(_)
                | Part::Uses(_)
                | Part::Audit(_)
                | Part::End => {}
            }
        }
        (subjects, records)
    });
    dump.await.unwrap().unwrap();
    read.await.unwrap()
}

fn demo(folder: &Path, entities: &str) -> Vec<(String, PathBuf)> {
    let out = folder.join("feeds").display().to_string();
    let words = [
        "demo-data",
        "--entities",
        entities,
        "--seed",
        "3",
        "--out",
        &out,
    ];
    assert!(run(&words).contains('0'));
    let mut feeds: Vec<(String, PathBuf)> = std::fs::read_dir(folder.join("feeds"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                path,
            )
        })
        .collect();
    feeds.sort();
    feeds
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_feeds_give_the_same_answers() {
    let two = Two::new();
    let feeds = demo(two.folder.path(), "60");
    assert_eq!(feeds.len(), 18, "a feed of every dataset");
    for (dataset, feed) in &feeds {
        let code = two.import(feed, dataset, &["--as-of", "2026-11-01"]);
        assert!(code.contains('0'), "{dataset}: demo data is right, {code}");
        // A second time changes nothing.
        two.import(feed, dataset, &["--as-of", "2026-11-01"]);
    }
    two.import(&sample(), "registry", &["--as-of", "2026-11-02"]);
    let apps = two.apps().await;
    let (subjects, records) = content(&two.databases[0]).await;
    assert_eq!(
        (subjects.clone(), records.clone()),
        content(&two.databases[1]).await
    );
    let mut shown = 0;
    for stored in &subjects {
        let code = stored.subject.code;
        for path in [
            format!("/v1/subjects/{code}"),
            format!("/v1/subjects/{code}/records?limit=50"),
            format!("/v1/subjects/{code}/records?limit=50&cursor=50&lang=en"),
            format!("/v1/cards/{code}"),
            format!("/v1/cards?codes={code},91120102MATEXT01X4"),
            format!("/v1/badges/{code}.svg"),
            format!("/s/{code}"),
        ] {
            let (status, body) = two.ask(&apps, &path).await;
            assert_eq!(status, 200, "{path}: {body}");
            if path.contains("records") {
                let page: Value = serde_json::from_str(&body).unwrap();
                shown += page["items"].as_array().unwrap().len();
            }
        }
        let name: Vec<char> = stored.subject.name.as_str().chars().collect();
        for piece in [
            &name[..1],
            &name[..2.min(name.len())],
            &name[name.len() / 2..],
        ] {
            let text: String = piece.iter().collect();
            two.ask(&apps, &credit_api::path::search(&text, None)).await;
        }
    }
    assert!(shown > 60, "{shown} records are shown");
    for text in ["sp", "shipin", "tj", "9112", "91120102MATEXT01X4", "a"] {
        two.ask(&apps, &credit_api::path::search(text, None)).await;
    }
    for path in [
        "/v1/lists",
        "/v1/lists?lang=en",
        "/v1/lists/penalty?limit=50",
        "/v1/catalogue",
        "/v1/areas/YQ-01?limit=50",
        "/v1/areas/YQ-01?pledged=no&limit=3&cursor=2-1",
        "/a/YQ-01",
    ] {
        let (status, body) = two.ask(&apps, path).await;
        assert_eq!(status, 200, "{path}: {body}");
    }
    // Natural persons are kept, and nobody finds or sees them.
    let is_person = |stored: &&StoredRecord| {
        matches!(stored.record.holder, credit_core::record::Holder::Person(_))
    };
    let persons: Vec<&StoredRecord> = records.iter().filter(is_person).collect();
    assert!(!persons.is_empty());
    let database = std::fs::read(two.path("credit.db")).unwrap();
    let text = String::from_utf8_lossy(&database);
    for (_, feed) in feeds
        .iter()
        .filter(|(name, _)| name == "penalties" || name == "licences")
    {
        let feed = std::fs::read_to_string(feed).unwrap();
        for cell in feed.split([',', '\n']) {
            let is_number = ResidentId::read(cell, "2026-11-01".parse().unwrap()).is_ok();
            let is_code = cell.parse::<Uscc>().is_ok();
            if is_number && !is_code {
                assert!(!text.contains(cell), "a resident number is in the database");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_ends_what_its_source_no_longer_has() {
    let two = Two::new();
    let codes = [
        "91120102MATEXT01X4",
        "92120102MATEXT01X1",
        "93120102MATEXT01XX",
    ];
    let row = |place: usize| format!("商店{place}号,{},2026-10-01\n", codes[place]);
    let head = "企业名称,统一社会信用代码,数据日期\n";
    let all = two.write("all.csv", &format!("{head}{}{}{}", row(0), row(1), row(2)));
    let some = two.write("some.csv", &format!("{head}{}{}", row(0), row(1)));
    let snapshot = [
        "--mode",
        "snapshot",
        "--source",
        "登记机关",
        "--as-of",
        "2026-11-01",
    ];
    assert!(two.import(&all, "registry", &snapshot).contains('0'));
    assert!(
        two.import(&some, "registry", &snapshot).contains('2'),
        "a third of the rows is more than a tenth"
    );
    let apps = two.apps().await;
    let path = format!("/v1/subjects/{}", codes[2]);
    assert_eq!(two.ask(&apps, &path).await.0, 200, "nothing of it was kept");
    let forced: Vec<&str> = snapshot.iter().copied().chain(["--force"]).collect();
    assert!(two.import(&some, "registry", &forced).contains('0'));
    assert_eq!(two.ask(&apps, &path).await.0, 404);
    let found = two.ask(&apps, "/v1/search?q=%E5%95%86%E5%BA%97").await.1;
    assert!(
        !found.contains(codes[2]) && found.contains(codes[0]),
        "{found}"
    );
    // An older file does not bring it back, the next one that has it does.
    two.import(
        &all,
        "registry",
        &["--source", "登记机关", "--as-of", "2026-10-15"],
    );
    assert_eq!(two.ask(&apps, &path).await.0, 404);
    assert!(two.import(&all, "registry", &snapshot).contains('0'));
    assert_eq!(two.ask(&apps, &path).await.0, 200);
    // Nor does an older snapshot end it, or one of whose rows some were rejected.
    let older = two.write(
        "older.csv",
        &format!("{head}{}", row(0).replace("10-01", "09-01")),
    );
    let day = [
        "--mode",
        "snapshot",
        "--source",
        "登记机关",
        "--force",
        "--as-of",
    ];
    let on = |date| day.iter().copied().chain([date]).collect::<Vec<&str>>();
    two.import(&older, "registry", &on("2026-09-02"));
    assert_eq!(two.ask(&apps, &path).await.0, 200);
    let broken = two.write("broken.csv", &format!("{head}{},9112,\n", row(0)));
    assert!(
        two.import(&broken, "registry", &on("2026-11-03"))
            .contains('1')
    );
    assert_eq!(two.ask(&apps, &path).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_no_longer_be_shown_is_not() {
    let two = Two::new();
    let registry = two.write(
        "registry.csv",
        "企业名称,统一社会信用代码\n海河津味食品有限公司,91120102MATEXT01X4\n",
    );
    two.import(&registry, "registry", &["--as-of", "2026-11-01"]);
    let head = "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,\
                CF_JDRQ,CF_YXQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM,CF_ZT,数据日期\n";
    let row = |number: &str, day: &str, state: &str, sent: &str| {
        format!(
            "海河津味食品有限公司,法人及非法人组织,91120102MATEXT01X4,津东市监罚〔2026〕{number}号,\
             某种行为,某种事实,某法第一条,罚款,罚款3.5万元,3.5,{day},2099-12-31,\
             天津市河东区某局20260901,11120102MATEXT01XC,天津市河东区某局,11120102MATEXT01XC,\
             {state},{sent}\n"
        )
    };
    let feed = two.write(
        "penalties.csv",
        &format!(
            "{head}{}{}",
            row("1", "2026-09-01", "0", "2026-09-05"),
            row("2", "2020/1/2", "正常", "2026-09-05")
        ),
    );
    assert!(
        two.import(&feed, "penalties", &["--as-of", "2026-09-06"])
            .contains('0')
    );
    let apps = two.apps().await;
    let path = "/v1/subjects/91120102MATEXT01X4/records?kind=penalties";
    let shown: Value = serde_json::from_str(&two.ask(&apps, path).await.1).unwrap();
    assert_eq!(
        shown["items"].as_array().unwrap().len(),
        1,
        "the old one is over"
    );
    let item = &shown["items"][0];
    assert_eq!(item["rule"]["name"], "o36-general");
    assert_eq!(item["until"], "2027-09-01");
    let field = |name: &str| {
        let fields = item["fields"].as_array().unwrap().iter();
        let mut named = fields.filter(|field| field["name"] == name);
        named.next().map(|field| field["value"].clone())
    };
    assert_eq!(
        field("unit").unwrap(),
        "天津市河东区某局",
        "cleaned of digits"
    );
    assert_eq!(field("fine").unwrap(), "3.5万元");
    assert_eq!(field("scope"), None);
    // The card says how many, and ends no later than that number.
    let card = two.ask(&apps, "/v1/cards/91120102MATEXT01X4").await.1;
    let penalties = fact(&card, "penalties").unwrap();
    assert_eq!(penalties.value, "1");
    assert_eq!(penalties.until, "2027-09-01".parse().ok());
    // 撤销 ends display at once, also when an older file comes again after it.
    let revoked = two.write(
        "revoked.csv",
        &format!("{head}{}", row("1", "2026-09-01", "撤销", "2026-10-01")),
    );
    two.import(&revoked, "penalties", &["--as-of", "2026-10-02"]);
    two.import(&feed, "penalties", &["--as-of", "2026-09-06"]);
    let shown: Value = serde_json::from_str(&two.ask(&apps, path).await.1).unwrap();
    assert_eq!(shown["items"], Value::Array(Vec::new()));
    let card = two.ask(&apps, "/v1/cards/91120102MATEXT01X4").await.1;
    assert_eq!(fact(&card, "penalties"), None);
    // Kept five years from the decision, then deleted.
    for db in &two.databases {
        run(&[
            "retention",
            "--db",
            db,
            "--today",
            "2026-11-24",
            "--dry-run",
        ]);
        assert_eq!(content(db).await.1.len(), 2);
        run(&["retention", "--db", db, "--today", "2026-11-24"]);
        assert_eq!(content(db).await.1.len(), 1);
        run(&["purge", "--db", db, "--code", "91120102MATEXT01X4"]);
        assert_eq!(content(db).await, (Vec::new(), Vec::new()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_one_is_restored_into_the_other() {
    let two = Two::new();
    for (dataset, feed) in demo(two.folder.path(), "30") {
        two.import(&feed, &dataset, &["--as-of", "2026-11-01"]);
    }
    let before = content(&two.databases[0]).await;
    let others = [
        server().database(),
        format!("sqlite:{}", two.path("b.db").display()),
    ];
    for (place, (from, to)) in two.databases.iter().zip(&others).enumerate() {
        let file = two.path(&format!("{place}.backup")).display().to_string();
        let backup = quoted(&["backup", "--db", from, "--out", &file]);
        let words: Vec<&str> = backup.iter().map(String::as_str).collect();
        assert!(run(&words).contains('0'));
        assert!(run(&words).contains('2'), "a backup is never written over");
        assert!(run(&["restore", &file, "--db", to]).contains('0'));
        assert!(
            run(&["restore", &file, "--db", to]).contains('2'),
            "not empty"
        );
        assert_eq!(content(to).await, before);
    }
}

/// Twenty times, at moments that nobody chose.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_leaves_all_or_nothing() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/credit-lookup");
    let two = Two::new();
    let out = two.path("feeds").display().to_string();
    let words = [
        "demo-data",
        "--entities",
        "4000",
        "--seed",
        "5",
        "--out",
        &out,
    ];
    assert!(run(&words).contains('0'));
    let feeds = [("registry", "registry.csv"), ("licences", "licences.csv")];
    let start = |db: &str, index: &Path| {
        feeds.map(|(dataset, file)| {
            let mut command = Command::new(&program);
            command
                .args([
                    "import",
                    "--dataset",
                    dataset,
                    "--as-of",
                    "2026-11-01",
                    "--db",
                    db,
                ])
                .arg(two.path("feeds").join(file))
                .arg("--rejects")
                .arg(two.path("rejects.csv"))
                .arg("--index")
                .arg(index)
                .arg("--keys")
                .arg(two.path("keys"))
                .arg("--key-passphrase-file")
                .arg(two.path("passphrase"))
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            command
        })
    };
    let undisturbed = format!("sqlite:{}", two.path("undisturbed.db").display());
    let began = std::time::Instant::now();
    for mut command in start(&undisturbed, &two.path("undisturbed.names")) {
        assert_eq!(command.status().unwrap().code(), Some(0));
    }
    let whole = began.elapsed();
    let expected = content(&undisturbed).await;
    for (place, db) in two.databases.iter().enumerate() {
        let index = two.path(&format!("{place}.names"));
        let mut killed = 0;
        let mut random = 0x9e37_79b9_u64;
        while killed < 20 {
            for mut command in start(db, &index) {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let patience = whole.mul_f64((random >> 40) as f64 / (1_u64 << 24) as f64);
                let mut child = command.spawn().unwrap();
                let (sender, ended) = channel::<()>();
                // Nobody sends: this waits for as long as it is told to.
                let _ = ended.recv_timeout(patience);
                drop(sender);
                if child.try_wait().unwrap().is_none() {
                    child.kill().unwrap();
                    killed += 1;
                }
                child.wait().unwrap();
            }
        }
        for mut command in start(db, &index) {
            // The server may not have noticed yet that the other one is gone.
            assert_eq!(command.status().unwrap().code(), Some(0), "{db}");
        }
        let found = content(db).await;
        assert_eq!(found.0.len(), expected.0.len());
        assert_eq!(found, expected, "{db}");
        let app = TestApp::on(db, &two.folder).await;
        assert_eq!(app.get("/readyz").await.0, 200);
        assert!(!app.names("食品").await.is_empty());
    }
    let connection = two.databases[0].trim_start_matches("sqlite:");
    assert_eq!(server().check(&two.databases[1]), "");
    assert_eq!(integrity(connection), "ok");
}

fn integrity(path: &str) -> String {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .unwrap()
}
