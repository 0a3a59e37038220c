//! The office's books and the lists of records, under both kinds of store:
//! whatever SQLite keeps and tells, a real PostgreSQL keeps and tells too.
#![cfg(all(unix, not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, OnceLock};

use app::run;
use credit_core::date::{Date, Timestamp};
use credit_core::identifier::SubjectCode;
use credit_core::json;
use credit_core::record::{Dataset, Holder, PersonKey, Record};
use credit_core::subject::Source;
use credit_lookup::store::{
    Act, AuditEntry, DatabaseUrl, Head, ImportMessage, ImportMode, ImportOrder, Listing, Part,
    Purge, Purged, Site, Store, StoreError, StoredRecord, Uses,
};
use credit_tests::postgres::Postgres;
use tempfile::TempDir;

const CODES: [&str; 3] = [
    "91120102MATEXT01X4",
    "92120102MATEXT01X1",
    "93120102MATEXT01XX",
];

const SOURCE: &str = "示例登记机关";

/// The day that files speak of.
const DAY: &str = "2026-11-01";

/// One server for all tests; it ends with this process.
fn server() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(Postgres::start)
}

async fn open(url: &str) -> Arc<dyn Store> {
    let url: DatabaseUrl = url.parse().unwrap();
    url.open().await.unwrap()
}

/// Two empty stores and a folder.
struct Both {
    folder: TempDir,
    urls: [String; 2],
    stores: [Arc<dyn Store>; 2],
}

impl Both {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = format!("sqlite:{}", folder.path().join("credit.db").display());
        let urls = [sqlite, server().database()];
        let stores = [open(&urls[0]).await, open(&urls[1]).await];
        Self {
            folder,
            urls,
            stores,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn code(place: usize) -> SubjectCode {
    SubjectCode::as_published(CODES[place]).unwrap()
}

fn site(name: &str, origins: &[&str], added: &str) -> Site {
    let origins: Vec<String> = origins.iter().map(|&text| text.to_owned()).collect();
    Site::new(name, &origins, day(added)).unwrap()
}

fn uses(site: &str, on: &str, count: u64) -> Uses {
    Uses {
        site: site.to_owned(),
        day: day(on),
        count,
    }
}

fn act(number: u32) -> Act {
    Act {
        at: Timestamp::from_unix(1_800_000_000 + i64::from(number)),
        actor: "office".to_owned(),
        action: "purge",
        object: number.to_string(),
        detail: "示例\n\"1 subject\"".to_owned(),
    }
}

/// Numbered from 1 without a gap, each with a digest over the one before.
#[track_caller]
fn check_chain(entries: &[AuditEntry]) {
    let mut before = String::new();
    for (number, entry) in (1..).zip(entries) {
        assert_eq!(entry.number, number);
        assert_eq!(entry.digest, entry.digest_after(&before), "entry {number}");
        before.clone_from(&entry.digest);
    }
}

fn record(dataset: &str, holder: Holder, members: &[(&str, &str)], as_of: &str) -> Record {
    let members = members
        .iter()
        .map(|&(name, text)| (name.to_owned(), json::Value::text(text)));
    let source = Source {
        unit: SOURCE.to_owned(),
        as_of: day(as_of),
    };
    let body = json::Value::Object(members.collect());
    Record::from_json(Dataset::named(dataset).unwrap(), holder, source, &body).unwrap()
}

/// A batch of a product with this tracing code.
fn traced(trace_code: &str, batch: usize, product: &str, as_of: &str) -> Record {
    let batch = batch.to_string();
    let members = [
        ("trace-code", trace_code),
        ("batch", batch.as_str()),
        ("product", product),
    ];
    record("traces", Holder::Subject(code(0)), &members, as_of)
}

/// A record about the document with this number.
fn about(dataset: &str, holder: Holder, number: &str) -> Record {
    let members = [("number", number), ("decided", "2026-10-01")];
    record(dataset, holder, &members, DAY)
}

async fn import(store: &Arc<dyn Store>, records: Vec<Record>, mode: ImportMode) {
    let order = ImportOrder {
        dataset: records.first().map(|record| record.dataset.name),
        day: day(DAY),
        mode,
    };
    let (sender, messages) = sync_channel(2);
    sender.send(ImportMessage::Records(records)).unwrap();
    let commit = ImportMessage::Commit { is_whole: true };
    sender.send(commit).unwrap();
    store.import(order, messages).await.unwrap();
}

/// What a store has beside subjects and records, as it leaves the store.
async fn books(store: &Arc<dyn Store>) -> (Vec<Site>, Vec<Uses>, Vec<AuditEntry>) {
    let (sender, parts) = sync_channel(4);
    let from = Arc::clone(store);
    let dumped = tokio::spawn(async move { from.dump(sender).await });
    let read = tokio::task::spawn_blocking(move || {
        let mut books = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::Sites(some) => books.0.extend(some),
                Part::Uses(some) => books.1.extend(some),
                Part::Audit(some) => books.2.extend(some),
                Part::Head(_) | Part::Subjects(_) | Part::Records(_) | Part::End => {}
            }
        }
        books
    });
    dumped.await.unwrap().unwrap();
    read.await.unwrap()
}

async fn copy(from: &Arc<dyn Store>, to: &Arc<dyn Store>) {
    let (sender, parts) = sync_channel(4);
    let from = Arc::clone(from);
    let dumped = tokio::spawn(async move { from.dump(sender).await });
    to.load(parts).await.unwrap();
    dumped.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_registered_given_other_origins_and_taken_out() {
    let both = Both::new().await;
    for store in &both.stores {
        assert!(store.sites().await.unwrap().is_empty());
        let park = site(
            "示例园区",
            &["https://park.example.cn", "http://10.0.0.1:8080"],
            "2026-10-01",
        );
        let bureau = site("bureau", &["https://bureau.example.cn"], "2026-10-02");
        let other = site("Zoo", &["https://zoo.example.cn"], "2026-10-03");
        for one in [&park, &bureau, &other] {
            store.put_site(one.clone()).await.unwrap();
        }
        let sites = store.sites().await.unwrap();
        assert_eq!(sites, [other.clone(), bureau.clone(), park]);
        let moved = site("示例园区", &["https://new.example.cn"], "2026-11-02");
        store.put_site(moved.clone()).await.unwrap();
        let sites = store.sites().await.unwrap();
        assert_eq!(sites, [other.clone(), bureau.clone(), moved]);
        assert!(!store.remove_site("园区").await.unwrap());
        assert!(store.remove_site("示例园区").await.unwrap());
        assert!(!store.remove_site("示例园区").await.unwrap());
        assert_eq!(store.sites().await.unwrap(), [other, bureau]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn uses_add_up_by_day_and_outlive_their_site() {
    let both = Both::new().await;
    let (first, second) = ("2026-10-31", "2026-11-01");
    for store in &both.stores {
        let park = site("park", &["https://park.example.cn"], first);
        store.put_site(park).await.unwrap();
        let counts = vec![uses("park", first, 3), uses("bureau", first, 1)];
        store.add_uses(counts).await.unwrap();
        let counts = vec![
            uses("park", first, 4),
            uses("park", second, 1),
            uses("park", second, 2),
        ];
        store.add_uses(counts).await.unwrap();
        store.add_uses(Vec::new()).await.unwrap();
        let all = [
            uses("bureau", first, 1),
            uses("park", first, 7),
            uses("park", second, 3),
        ];
        assert_eq!(store.uses(day(first)).await.unwrap(), all);
        assert_eq!(store.uses(day(second)).await.unwrap(), all[2..]);
        assert!(store.remove_site("park").await.unwrap());
        assert_eq!(store.uses(day(first)).await.unwrap(), all);
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let store = Arc::clone(store);
                tokio::spawn(async move { store.add_uses(vec![uses("park", second, 1)]).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let later = store.uses(day(second)).await.unwrap();
        assert_eq!(later, [uses("park", second, 23)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_is_one_chain_and_the_same_in_both() {
    let both = Both::new().await;
    let mut logs = Vec::new();
    for store in &both.stores {
        assert!(store.audit_entries(0, 10).await.unwrap().is_empty());
        for number in 1..=12 {
            store.audit(act(number)).await.unwrap();
        }
        let entries = store.audit_entries(0, 100).await.unwrap();
        assert_eq!(entries.len(), 12);
        check_chain(&entries);
        let wanted = act(12);
        assert_eq!(entries[11].at, wanted.at.to_string());
        assert_eq!(entries[11].actor, wanted.actor);
        assert_eq!(entries[11].action, wanted.action);
        assert_eq!(entries[11].object, wanted.object);
        assert_eq!(entries[11].detail, wanted.detail);
        let some = store.audit_entries(4, 5).await.unwrap();
        assert_eq!(some, entries[4..9]);
        assert!(store.audit_entries(12, 5).await.unwrap().is_empty());
        logs.push(entries);
    }
    assert_eq!(logs[0], logs[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_write_at_once_do_not_fork_the_chain() {
    let both = Both::new().await;
    for (url, store) in both.urls.iter().zip(&both.stores) {
        let neighbour = open(url).await;
        let tasks: Vec<_> = (0..40)
            .map(|number| {
                let store = if number % 2 == 0 { store } else { &neighbour };
                let store = Arc::clone(store);
                tokio::spawn(async move { store.audit(act(number)).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let entries = store.audit_entries(0, 100).await.unwrap();
        check_chain(&entries);
        let found: BTreeSet<String> = entries.iter().map(|entry| entry.object.clone()).collect();
        let wanted: BTreeSet<String> = (0..40).map(|number| number.to_string()).collect();
        assert_eq!((entries.len(), found), (40, wanted), "{url}");
        assert_eq!(neighbour.audit_entries(0, 100).await.unwrap(), entries);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn books_are_taken_over_from_store_to_store() {
    let both = Both::new().await;
    let sites = vec![
        site(
            "Zoo",
            &["https://zoo.example.cn", "https://a.cn"],
            "2026-10-03",
        ),
        site("示例园区", &["http://10.0.0.1:8080"], "2026-10-01"),
    ];
    let counts = vec![
        uses("gone", "2025-12-31", 5),
        uses("示例园区", "2026-11-01", u64::from(u32::MAX) + 1),
    ];
    // More than a store sends at once.
    let mut entries: Vec<AuditEntry> = Vec::new();
    for number in 1..=1_200 {
        let last = entries.last();
        let last = last.map(|last| (last.number, last.digest.as_str()));
        let entry = AuditEntry::after(last, act(number));
        entries.push(entry);
    }
    let (sender, parts) = sync_channel(5);
    for part in [
        Part::Head(Head::default()),
        Part::Sites(sites.clone()),
        Part::Uses(counts.clone()),
        Part::Audit(entries.clone()),
        Part::End,
    ] {
        sender.send(part).unwrap();
    }
    let [sqlite, postgres] = &both.stores;
    sqlite.load(parts).await.unwrap();
    copy(sqlite, postgres).await;
    let back = open(&format!("sqlite:{}", both.path("back.db").display())).await;
    copy(postgres, &back).await;
    for store in [sqlite, postgres, &back] {
        let found = books(store).await;
        assert_eq!(found.0, sites);
        assert_eq!(found.1, counts);
        assert_eq!(found.2, entries);
        store.audit(act(0)).await.unwrap();
        let longer = store.audit_entries(0, 2_000).await.unwrap();
        assert_eq!(longer.len(), 1_201, "the chain goes on");
        check_chain(&longer);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_has_the_books_and_is_restored_with_them() {
    let both = Both::new().await;
    let others = [
        server().database(),
        format!("sqlite:{}", both.path("b.db").display()),
    ];
    for (place, store) in both.stores.iter().enumerate() {
        let zoo = site("Zoo", &["https://zoo.example.cn"], "2026-10-03");
        store.put_site(zoo).await.unwrap();
        let counts = vec![uses("gone", "2025-12-31", 5), uses("Zoo", DAY, 7)];
        store.add_uses(counts).await.unwrap();
        for number in 1..=3 {
            store.audit(act(number)).await.unwrap();
        }
        let before = books(store).await;
        let file = both.path(&format!("{place}.backup")).display().to_string();
        let (from, to) = (&both.urls[place], &others[place]);
        assert!(run(&["backup", "--db", from, "--out", &file]).contains('0'));
        assert!(run(&["restore", &file, "--db", to]).contains('0'));
        let after = books(&open(to).await).await;
        assert_eq!(after.0, before.0);
        assert_eq!(after.1, before.1);
        // A backup or a restore may itself be an act that is remembered.
        assert_eq!(after.2[..3], before.2);
        check_chain(&after.2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edition_grows_when_records_change_and_only_then() {
    let both = Both::new().await;
    for store in &both.stores {
        let empty = store.edition().await.unwrap();
        import(store, vec![traced("A", 1, "茶", DAY)], ImportMode::Delta).await;
        let imported = store.edition().await.unwrap();
        assert!(imported > empty, "{imported} after {empty}");

        let (sender, messages) = sync_channel(1);
        let broken = ImportMessage::Records(vec![traced("A", 2, "茶", DAY)]);
        sender.send(broken).unwrap();
        drop(sender);
        let order = ImportOrder {
            dataset: Some("traces"),
            day: day(DAY),
            mode: ImportMode::Delta,
        };
        let failed = store.import(order, messages).await;
        assert!(matches!(failed, Err(StoreError::BrokenOff)), "{failed:?}");
        let holder = || Purge::Holder(Holder::Subject(code(0)));
        let one = Purged {
            subjects: 0,
            records: 1,
        };
        assert_eq!(store.purge(holder(), true).await.unwrap(), one);
        let zoo = site("Zoo", &["https://zoo.example.cn"], DAY);
        store.put_site(zoo).await.unwrap();
        store.audit(act(1)).await.unwrap();
        assert_eq!(store.edition().await.unwrap(), imported);

        assert_eq!(store.purge(holder(), false).await.unwrap(), one);
        let purged = store.edition().await.unwrap();
        assert!(purged > imported, "{purged} after {imported}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_paged_through_without_loss_or_repetition() {
    let both = Both::new().await;
    let records = || (0..90).map(|batch| traced(["A", "B", "A"][batch % 3], batch, "茶", DAY));
    let mut pages = Vec::new();
    for store in &both.stores {
        let other = record(
            "members",
            Holder::Subject(code(1)),
            &[("area", "A"), ("place", "1")],
            DAY,
        );
        import(store, records().take(45).collect(), ImportMode::Delta).await;
        import(store, vec![other], ImportMode::Delta).await;
        import(store, records().skip(45).collect(), ImportMode::Delta).await;
        for (topic, most) in [(Some("A"), 60), (Some("B"), 30), (None, 90), (Some("C"), 0)] {
            for is_latest_first in [false, true] {
                let found = paged(store, topic, is_latest_first).await;
                assert_eq!(found.len(), most, "{topic:?}");
                let is_in_order = |pair: &[StoredRecord]| {
                    (pair[0].number < pair[1].number) != is_latest_first
                        && pair[0].number != pair[1].number
                };
                assert!(found.windows(2).all(is_in_order), "{topic:?}");
                let batches: BTreeSet<String> = found.iter().map(batch).collect();
                let wanted: BTreeSet<String> = (0..90)
                    .filter(|number| topic.is_none_or(|topic| ["A", "B", "A"][number % 3] == topic))
                    .map(|number: usize| number.to_string())
                    .collect();
                let is_topic = matches!(topic, None | Some("A" | "B"));
                assert_eq!(batches, if is_topic { wanted } else { BTreeSet::new() });
                pages.push(found);
            }
        }
    }
    let (sqlite, postgres) = pages.split_at(pages.len() / 2);
    assert_eq!(sqlite, postgres);
}

fn batch(stored: &StoredRecord) -> String {
    stored.record.get("batch").unwrap().to_stored()
}

/// All pages of a list. Between the first two a record of the first and one of
/// a later page are told anew, which moves neither.
async fn paged(
    store: &Arc<dyn Store>,
    topic: Option<&str>,
    is_latest_first: bool,
) -> Vec<StoredRecord> {
    let mut found: Vec<StoredRecord> = Vec::new();
    loop {
        let listing = Listing {
            dataset: "traces",
            topic: topic.map(str::to_owned),
            is_latest_first,
            after: found.last().map(|last| last.number),
            limit: 7,
        };
        let page = store.listed(listing).await.unwrap();
        assert!(page.len() <= 7, "{}", page.len());
        if page.is_empty() {
            return found;
        }
        let is_first = found.is_empty();
        found.extend(page);
        if is_first {
            let again = [0, 1, 88, 89].map(|batch| {
                let trace_code = ["A", "B", "A"][batch % 3];
                traced(trace_code, batch, "新茶", "2026-11-02")
            });
            import(store, again.into(), ImportMode::Delta).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_are_objections_and_repairs_of_who_was_asked_for() {
    let both = Both::new().await;
    for store in &both.stores {
        let subject = |place| Holder::Subject(code(place));
        let person = || Holder::Person(PersonKey([7; 32]));
        for dataset in ["penalties", "objections", "repairs", "licences"] {
            let records = vec![
                about(dataset, subject(0), "津东市监罚〔2026〕1号"),
                about(dataset, subject(0), "津东市监罚〔2026〕2号"),
                about(dataset, subject(1), "津东市监罚〔2026〕1号"),
                about(dataset, subject(2), "津东市监罚〔2026〕3号"),
                about(dataset, person(), "津东市监罚〔2026〕4号"),
            ];
            import(store, records, ImportMode::Delta).await;
        }
        assert!(store.marks(&[]).await.unwrap().is_empty());
        assert_eq!(
            marks(store, &[0]).await,
            [("objections", 0, 2), ("repairs", 0, 2)]
        );
        let two = [
            ("objections", 0, 2),
            ("objections", 1, 1),
            ("repairs", 0, 2),
            ("repairs", 1, 1),
        ];
        assert_eq!(marks(store, &[1, 0, 1]).await, two);

        let mode = ImportMode::Snapshot {
            source: SOURCE.to_owned(),
            is_forced: true,
        };
        let rest = vec![about("objections", subject(1), "津东市监罚〔2026〕1号")];
        import(store, rest, mode).await;
        assert_eq!(marks(store, &[0, 1]).await, two[1..], "what ended is none");
    }
}

/// How many marks of which dataset each of these subjects has.
async fn marks(store: &Arc<dyn Store>, places: &[usize]) -> Vec<(&'static str, usize, usize)> {
    let codes: Vec<SubjectCode> = places.iter().map(|place| code(*place)).collect();
    let found = store.marks(&codes).await.unwrap();
    let mut counts: Vec<(&'static str, usize, usize)> = Vec::new();
    for dataset in ["licences", "objections", "penalties", "repairs"] {
        for place in 0..CODES.len() {
            let holder = Holder::Subject(code(place));
            let is_one = |stored: &&StoredRecord| {
                stored.record.dataset.name == dataset && stored.record.holder == holder
            };
            match found.iter().filter(is_one).count() {
                0 => {}
                count => counts.push((dataset, place, count)),
            }
        }
    }
    let counted: usize = counts.iter().map(|(_, _, count)| count).sum();
    assert_eq!(counted, found.len(), "nobody else's");
    counts
}
