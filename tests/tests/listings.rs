//! Lists, marks and editions under both kinds of store: whatever SQLite tells, a
//! real PostgreSQL tells too.
#![cfg(all(unix, not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use app::both::{Both, CODES, DAY, SOURCE, code, day, import, record, site};
use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_core::record::{Holder, PersonKey, Record};
use credit_lookup::store::{
    Act, Arrivals, Coverage, ImportMessage, ImportMode, ImportOrder, Listing, Purge, Purged, Store,
    StoreError, StoredRecord,
};

/// The tracing codes of batches 0, 1 and 2, and so on.
const TRACE_CODES: [&str; 3] = ["A", "B", "A"];

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
        let act = Act {
            at: Timestamp::from_unix(1_800_000_000),
            actor: "office".to_owned(),
            action: "site-add",
            object: "Zoo".to_owned(),
            detail: String::new(),
        };
        store.audit(act).await.unwrap();
        assert_eq!(store.edition().await.unwrap(), imported);

        assert_eq!(store.purge(holder(), false).await.unwrap(), one);
        let purged = store.edition().await.unwrap();
        assert!(purged > imported, "{purged} after {imported}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_paged_through_without_loss_or_repetition() {
    let both = Both::new().await;
    let records = || (0..90).map(|batch| traced(TRACE_CODES[batch % 3], batch, "茶", DAY));
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
                let wanted: BTreeSet<String> = (0..90_usize)
                    .filter(|number| topic.is_none_or(|topic| TRACE_CODES[number % 3] == topic))
                    .map(|number| number.to_string())
                    .collect();
                assert_eq!(batches, wanted, "{topic:?}");
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
                let trace_code = TRACE_CODES[batch % 3];
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

#[tokio::test(flavor = "multi_thread")]
async fn what_there_is_is_counted_by_dataset_source_and_topic() {
    let both = Both::new().await;
    let listed = |place: usize, list: &str, as_of: &str| {
        let members = [("list", list), ("decided", "2026-10-01")];
        record("lists", Holder::Subject(code(place)), &members, as_of)
    };
    let counted = |dataset: &str, topic: Option<&str>, records: u64, latest: &str| Coverage {
        dataset: dataset.to_owned(),
        topic: topic.map(str::to_owned),
        unit: SOURCE.to_owned(),
        records,
        latest: day(latest),
    };
    for store in &both.stores {
        assert!(store.coverage(&["lists"]).await.unwrap().is_empty());
        let lists = vec![
            listed(0, "wage-arrears", "2026-10-20"),
            listed(1, "wage-arrears", "2026-10-21"),
            listed(2, "overloading", DAY),
        ];
        import(store, lists, ImportMode::Delta).await;
        import(store, vec![traced("A", 1, "茶", DAY)], ImportMode::Delta).await;
        let split = [
            counted("lists", Some("overloading"), 1, DAY),
            counted("lists", Some("wage-arrears"), 2, "2026-10-21"),
            counted("traces", None, 1, DAY),
        ];
        assert_eq!(store.coverage(&["lists"]).await.unwrap(), split);
        let whole = [
            counted("lists", None, 3, DAY),
            counted("traces", None, 1, DAY),
        ];
        assert_eq!(store.coverage(&[]).await.unwrap(), whole);
        let mode = ImportMode::Snapshot {
            source: SOURCE.to_owned(),
            is_forced: true,
        };
        import(store, vec![listed(2, "overloading", DAY)], mode).await;
        assert_eq!(store.coverage(&["lists"]).await.unwrap()[1..], split[2..]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_arrives_on_the_first_day_that_a_source_spoke_of_it() {
    let both = Both::new().await;
    let decided = |number: usize, day: &str, as_of: &str| {
        let document = format!("津东市监罚〔2026〕{number}号");
        let members = [("number", document.as_str()), ("decided", day)];
        record("penalties", Holder::Subject(code(0)), &members, as_of)
    };
    for store in &both.stores {
        let first = vec![
            decided(1, "2026-10-01", "2026-10-08"),
            decided(2, "2026-10-01", "2026-10-08"),
            decided(3, "2026-10-02", "2026-10-20"),
        ];
        import(store, first, ImportMode::Delta).await;
        // Again, and one of before that was not sent then.
        let again = vec![
            decided(1, "2026-10-01", "2026-10-30"),
            decided(4, "2026-09-01", "2026-10-30"),
        ];
        import(store, again, ImportMode::Delta).await;
        let arrivals = |decided: &str, arrived: &str, records: u64| Arrivals {
            decided: day(decided),
            arrived: day(arrived),
            records,
        };
        assert_eq!(
            store.arrivals("penalties", "decided").await.unwrap(),
            [
                arrivals("2026-09-01", "2026-10-30", 1),
                arrivals("2026-10-01", "2026-10-08", 2),
                arrivals("2026-10-02", "2026-10-20", 1),
            ]
        );
        assert!(
            store
                .arrivals("licences", "decided")
                .await
                .unwrap()
                .is_empty()
        );
        let codes = [code(0), code(1)];
        let records = store.records_in(&codes, &["penalties", "honours"]);
        let days = records.await.unwrap().into_iter();
        let days: Vec<_> = days
            .map(|one| (one.arrived, one.record.source.as_of))
            .collect();
        let sent_again = (day("2026-10-08"), day("2026-10-30"));
        assert!(days.len() == 4 && days.contains(&sent_again), "{days:?}");
        assert!(store.records_in(&[code(0)], &[]).await.unwrap().is_empty());
    }
}
