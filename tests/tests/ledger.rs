//! The office's books under both kinds of store: whatever SQLite keeps, a real
//! PostgreSQL keeps too.
#![cfg(all(unix, not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use app::both::{Both, DAY, day, open, server, site};
use app::run;
use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_lookup::store::{Act, AuditEntry, Head, Part, Site, Store, Uses};

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
                Part::Head(_)
                | Part::Subjects(_)
                | Part::Records(_)
                | Part::Revocations(_)
                | Part::End => {}
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
        let tasks: Vec<_> = (0..4)
            .map(|_| tokio::spawn(used_again(Arc::clone(store), second)))
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let later = store.uses(day(second)).await.unwrap();
        assert_eq!(later, [uses("park", second, 23)]);
    }
}

/// Five requests, each written down by itself.
async fn used_again(store: Arc<dyn Store>, day: &'static str) {
    for _ in 0..5 {
        let one = vec![uses("park", day, 1)];
        store.add_uses(one).await.unwrap();
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
        let tasks: Vec<_> = (0..8)
            .map(|writer| {
                let store = if writer % 2 == 0 { store } else { &neighbour };
                tokio::spawn(acted(Arc::clone(store), writer))
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let entries = store.audit_entries(0, 100).await.unwrap();
        check_chain(&entries);
        let found: BTreeSet<String> = entries.iter().map(|entry| entry.object.clone()).collect();
        let wanted: BTreeSet<String> = (0..40).map(|number| number.to_string()).collect();
        assert_eq!((entries.len(), found), (40, wanted), "{url}");
        assert_eq!(neighbour.audit_entries(0, 100).await.unwrap(), entries);
    }
}

/// Five acts, one after the other.
async fn acted(store: Arc<dyn Store>, writer: u32) {
    for number in 0..5 {
        store.audit(act(writer * 5 + number)).await.unwrap();
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
async fn what_is_revoked_stays_so_wherever_it_is_kept() {
    let both = Both::new().await;
    let at = "2026-11-24T09:00:00+08:00".parse().unwrap();
    let code = |text| SubjectCode::as_published(text).unwrap();
    let (one, unknown) = (code("91120102MATEXT01X4"), code("91120102MATEXT0284"));
    let mut kept = Vec::new();
    for (place, store) in both.stores.iter().enumerate() {
        let registry = both.path("registry.csv");
        std::fs::write(
            &registry,
            "企业名称,统一社会信用代码\n海河津味食品有限公司,91120102MATEXT01X4\n",
        )
        .unwrap();
        let rejects = both.path("rejects.csv");
        let import = |day: &str| {
            let path = |path: &std::path::Path| path.display().to_string();
            let index = path(&both.path(&format!("{place}.names")));
            let (file, rejects) = (path(&registry), path(&rejects));
            let told = run(&[
                "import",
                &file,
                "--dataset",
                "registry",
                "--db",
                &both.urls[place],
                "--as-of",
                day,
                "--source",
                "示例",
                "--rejects",
                &rejects,
                "--index",
                &index,
            ]);
            assert!(told.contains('0'), "{told}");
        };
        import("2026-11-01");
        let reason = || "签发有误".to_owned();
        assert_eq!(store.revoke(unknown, at, reason()).await.unwrap(), None);
        let before = store.edition().await.unwrap();
        let first = store.revoke(one, at, reason()).await.unwrap().unwrap();
        let again = store.revoke(one, at, reason()).await.unwrap().unwrap();
        assert_eq!((first.number, first.next), (1, 2));
        assert_eq!((again.number, again.next), (2, 3));
        assert!(store.edition().await.unwrap() > before);
        assert_eq!(store.revocations().await.unwrap(), [first, again]);
        kept.push(store.revocations().await.unwrap());
        // A number is never used again: not for a new subject either.
        let more = "企业名称,统一社会信用代码\n老街修鞋铺,92120102MATEXT01X1\n";
        std::fs::write(&registry, more).unwrap();
        import("2026-11-02");
        let added = store.subjects(&[code("92120102MATEXT01X1")]).await.unwrap();
        assert_eq!(added[0].number, 4);
    }
    assert_eq!(kept[0], kept[1]);
    let back = open(&format!("sqlite:{}", both.path("back.db").display())).await;
    copy(&both.stores[1], &back).await;
    assert_eq!(back.revocations().await.unwrap(), kept[0]);
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
