//! The name index against the definition of its order: whatever is imported
//! and asked for, pages have the hits of all subjects, best first, once each; of
//! a kind or an area only theirs.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use app::ask::get;
use app::{TestApp, run, sample};
use credit_api::path;
use credit_core::date::Date;
use credit_core::identifier::{SubjectCode, Uscc};
use credit_core::search_key::SearchKey;
use credit_core::subject::{Source, Subject, SubjectKind, SubjectStatus};
use credit_lookup::names::{NameIndex, NameQuery, Names};
use credit_lookup::search::{Cursor, Members, Query};
use credit_lookup::store::{
    DatabaseUrl, ImportMessage, ImportMode, ImportOrder, Store, StoredSubject,
};
use proptest::prelude::*;
use tempfile::TempDir;

/// Few characters, so that everything meets: two readings, letters, a digit,
/// traditional and simplified, full width.
const CHARACTERS: [char; 14] = [
    '天', '津', '重', '庆', '行', '长', '國', '国', '3', 'A', 'Ａ', '（', '绿', '西',
];

/// A code of an enterprise, a sole trader or a cooperative.
fn code(number: usize) -> SubjectCode {
    const SYMBOLS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    SYMBOLS
        .iter()
        .find_map(|check| {
            let kind = 91 + number % 3;
            let text = format!("{kind}120102{number:09}{}", char::from(*check));
            text.parse::<Uscc>().ok()
        })
        .map(SubjectCode::Uscc)
        .unwrap()
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(CHARACTERS.to_vec()), 1..9)
        .prop_map(|characters| characters.into_iter().collect::<String>())
        .prop_filter("a name", |name: &String| {
            name != "3" && !name.starts_with('（')
        })
}

fn subject() -> impl Strategy<Value = (usize, String, Vec<String>, bool)> {
    (
        0..60_usize,
        name(),
        prop::collection::vec(name(), 0..2),
        any::<bool>(),
    )
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        name(),
        "[tjzcqxhgl3a]{1,5}",
        prop::sample::select(vec![
            "tian",
            "tianj",
            "tianjin",
            "zhong",
            "chongqing",
            "zhongq",
            "guo",
            "guoa",
            "lv",
            "lvx",
            "xian",
            "xixing",
            "hangchang",
            "xingzhang",
            "qingx",
        ])
        .prop_map(str::to_owned),
    ]
}

struct Bench {
    store: Arc<dyn Store>,
    index: NameIndex,
    _folder: TempDir,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let url: DatabaseUrl = format!("sqlite:{}", path.display()).parse().unwrap();
        Self {
            store: url.open().await.unwrap(),
            index: NameIndex::open(&url.index_folder()).unwrap(),
            _folder: folder,
        }
    }

    async fn import(&self, rows: &[(usize, String, Vec<String>, bool)], day: Date) {
        let (sender, receiver) = channel();
        let subjects = rows
            .iter()
            .map(|(number, name, former, is_closed)| Subject {
                code: code(*number),
                name: name.parse().unwrap(),
                former_names: former.iter().map(|name| name.parse().unwrap()).collect(),
                status: if *is_closed {
                    SubjectStatus::Deregistered
                } else {
                    SubjectStatus::Active
                },
                established: None,
                entity_type: None,
                capital: None,
                scope: None,
                region: None,
                address: None,
                source: Source {
                    unit: "示例".to_owned(),
                    as_of: day,
                },
            });
        sender
            .send(ImportMessage::Subjects(subjects.collect()))
            .unwrap();
        sender
            .send(ImportMessage::Commit { is_whole: true })
            .unwrap();
        let order = ImportOrder {
            dataset: None,
            day,
            mode: ImportMode::Delta,
        };
        self.store.import(order, receiver).await.unwrap();
        self.index.catch_up(&*self.store).await.unwrap();
    }

    async fn all(&self) -> Vec<StoredSubject> {
        let numbers: Vec<u64> = (1..200).collect();
        self.store.subjects_by_number(&numbers).await.unwrap()
    }

    /// Codes of all results, page by page.
    async fn answer(&self, text: &str, limit: usize) -> Vec<SubjectCode> {
        self.pages(&text.parse().unwrap(), None, limit).await
    }

    /// The same for any query, among some or all.
    async fn pages(
        &self,
        query: &Query,
        among: Option<&Arc<Members>>,
        limit: usize,
    ) -> Vec<SubjectCode> {
        let mut found = Vec::new();
        let mut cursor: Option<Cursor> = None;
        loop {
            let page = match among {
                None => {
                    let page = query.answer(&*self.store, &self.index, limit, cursor);
                    page.await.unwrap()
                }
                Some(members) => {
                    let page = query.answer_among(members, &*self.store, limit, cursor);
                    page.await.unwrap()
                }
            };
            assert!(page.items.len() <= limit);
            found.extend(page.items.iter().map(|item| item.code));
            match page.next {
                Some(next) => cursor = Some(next.parse().unwrap()),
                None => return found,
            }
        }
    }
}

/// What the order is, by looking at every subject.
fn expected(all: &[StoredSubject], text: &str) -> Vec<SubjectCode> {
    let query = NameQuery::new(SearchKey::new(text));
    let mut hits: Vec<_> = all
        .iter()
        .filter_map(|stored| {
            let hit = query.hit(&Names::from(stored))?;
            Some((hit.phase, hit.rank, stored.subject.code))
        })
        .collect();
    hits.sort_unstable_by_key(|(phase, rank, _)| (*phase, *rank));
    hits.into_iter().map(|(_, _, code)| code).collect()
}

fn is_searchable(text: &str) -> bool {
    let key = SearchKey::new(text);
    // Four letters and digits may be the start of a code, which comes first.
    let like_code = key.characters().len() >= 4
        && key.characters().iter().all(char::is_ascii_alphanumeric)
        && key.characters().iter().all(char::is_ascii_digit);
    !key.is_empty() && !like_code
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_have_what_the_definition_says(
        first in prop::collection::vec(subject(), 1..60),
        later in prop::collection::vec(prop::collection::vec(subject(), 1..4), 0..14),
        queries in prop::collection::vec(query(), 20),
        kind in prop::sample::select(vec![SubjectKind::Enterprise, SubjectKind::Cooperative]),
        limit in 1..8_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let bench = Bench::new().await;
            let mut day: Date = "2026-01-01".parse().unwrap();
            bench.import(&first, day).await;
            for rows in &later {
                day = day.plus_days(1).unwrap();
                bench.import(rows, day).await;
            }
            let all = bench.all().await;
            let some: Vec<StoredSubject> =
                all.iter().filter(|stored| stored.number % 3 > 0).cloned().collect();
            let mut members = Members::default();
            members.add(&some);
            let members = Arc::new(members);
            let of_kind = |mut codes: Vec<SubjectCode>| {
                codes.retain(|code| SubjectKind::of(code) == kind);
                codes
            };
            for text in queries.iter().filter(|text| is_searchable(text)) {
                let (whole, part) = (expected(&all, text), expected(&some, text));
                let query: Query = text.parse().unwrap();
                let found = bench.pages(&query, None, limit).await;
                prop_assert_eq!(&found, &whole, "query {}", text);
                let found = bench.pages(&query, Some(&members), limit).await;
                prop_assert_eq!(&found, &part, "query {} among some", text);
                let query = query.of_kind(Some(kind));
                let found = bench.pages(&query, None, limit).await;
                prop_assert_eq!(found, of_kind(whole), "query {} of {}", text, kind);
                let found = bench.pages(&query, Some(&members), limit).await;
                prop_assert_eq!(found, of_kind(part), "query {} of {} among some", text, kind);
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn an_index_that_is_lost_or_of_another_store_is_made_anew() {
    let bench = Bench::new().await;
    let day: Date = "2026-01-01".parse().unwrap();
    bench
        .import(&[(1, "天津国行".to_owned(), Vec::new(), false)], day)
        .await;
    assert_eq!(bench.answer("津国", 5).await.len(), 1);
    let other = Bench::new().await;
    other
        .import(&[(2, "重庆西行".to_owned(), Vec::new(), false)], day)
        .await;
    let folder = bench._folder.path().join("a.db.names");
    let foreign = NameIndex::open(&folder).unwrap();
    foreign.catch_up(&*other.store).await.unwrap();
    let query: Query = "重庆".parse().unwrap();
    let page = query
        .answer(&*other.store, &foreign, 5, None)
        .await
        .unwrap();
    assert_eq!(page.items.len(), 1);
    for damage in [
        "",
        "credit-names 4\nrubbish",
        "credit-names 4\nstore x\nsequence 9\nsegment y\n",
    ] {
        std::fs::write(folder.join("manifest"), damage).unwrap();
        let index = NameIndex::open(&folder).unwrap();
        index.catch_up(&*bench.store).await.unwrap();
        let query: Query = "cqxh".parse().unwrap();
        assert!(
            query
                .answer(&*bench.store, &index, 5, None)
                .await
                .unwrap()
                .items
                .is_empty()
        );
        let query: Query = "tjgx".parse().unwrap();
        let page = query.answer(&*bench.store, &index, 5, None).await.unwrap();
        assert_eq!(page.items.len(), 1, "{damage}");
    }
}

#[tokio::test]
async fn a_search_for_a_rare_kind_ends_its_pages_early() {
    let bench = Bench::new().await;
    let subject = |number: usize, name: String| (number, name, Vec::new(), false);
    let mut rows: Vec<_> = (0..2_500)
        .map(|place| subject(3 * place, format!("天津{place}行")))
        .collect();
    rows.push(subject(1, "天津西西西西西西西西行".to_owned()));
    bench.import(&rows, "2026-01-01".parse().unwrap()).await;
    let query: Query = "天津".parse().unwrap();
    let query = query.of_kind(Some(SubjectKind::SoleTrader));
    let first = query.answer(&*bench.store, &bench.index, 5, None);
    let first = first.await.unwrap();
    assert!(first.items.is_empty(), "it stands behind 2 500 others");
    assert!(first.next.is_some());
    assert_eq!(bench.pages(&query, None, 5).await, [code(1)]);
    let other = query.of_kind(Some(SubjectKind::LegalService));
    assert!(bench.pages(&other, None, 5).await.is_empty());
}

#[tokio::test]
async fn the_beginning_of_a_code_tells_the_kind() {
    let bench = Bench::new().await;
    let rows: Vec<_> = (0..30)
        .map(|number| (number, "天津国行".to_owned(), Vec::new(), false))
        .collect();
    bench.import(&rows, "2026-01-01".parse().unwrap()).await;
    let mut members = Members::default();
    members.add(&bench.all().await);
    let members = Arc::new(members);
    for (kind, count) in [
        (None, 10),
        (Some(SubjectKind::SoleTrader), 10),
        (Some(SubjectKind::Enterprise), 0),
    ] {
        let query: Query = "92120102".parse().unwrap();
        let query = query.of_kind(kind);
        let found = bench.pages(&query, None, 4).await;
        assert_eq!(found.len(), count, "{kind:?}");
        assert!(found.is_sorted());
        assert_eq!(bench.pages(&query, Some(&members), 4).await, found);
    }
}

/// The sample, and two areas: a street of two, a park of nobody.
async fn with_areas() -> TestApp {
    let app = TestApp::with(&sample()).await;
    take(
        &app,
        "areas",
        "区域编号,区域名称,区域类别\nJ-1,示例街,商圈\nY-2,示例园,园区\n",
    );
    take(
        &app,
        "members",
        "统一社会信用代码,区域编号,区域内位置\n92120102MATEXT01X1,J-1,2号\n\
         93120102MATEXT01XX,J-1,3号\n",
    );
    app
}

/// Imports a feed.
fn take(app: &TestApp, dataset: &str, feed: &str) {
    let file = app.folder.path().join(format!("{dataset}.csv"));
    std::fs::write(&file, feed).unwrap();
    let db = format!("sqlite:{}", app.folder.path().join("credit.db").display());
    let told = run(&[
        "import",
        &file.display().to_string(),
        "--dataset",
        dataset,
        "--db",
        &db,
        "--source",
        "示例区信用办",
        "--as-of",
        "2026-11-01",
    ]);
    assert!(told.contains("(0)"), "{dataset}: {told}");
}

#[tokio::test]
async fn a_search_in_an_area_finds_its_members_of_today() {
    let app = with_areas().await;
    let found = async |parameters: &str| -> Vec<String> {
        let page = app.json(&format!("{}?{parameters}", path::SEARCH)).await;
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|item| item["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let (cobbler, farm) = ("92120102MATEXT01X1", "93120102MATEXT01XX");
    for (parameters, expected) in [
        ("q=示例&area=J-1", &[cobbler, farm][..]),
        ("q=示例&area=J-1&kind=cooperative", &[farm]),
        ("q=示例&area=J-1&kind=enterprise", &[]),
        ("q=sclc&area=J-1", &[]),
        ("q=lysc&area=J-1", &[farm]),
        ("q=9312&area=J-1", &[farm]),
        ("q=9112&area=J-1", &[]),
        ("q=津味&area=J-1", &[]),
        ("q=示例&area=Y-2", &[]),
        ("q=绿叶&area=&kind=", &[farm]),
        ("q=示例&kind=sole-trader", &[cobbler]),
    ] {
        let parameters = parameters.replace("示例", "%E7%A4%BA%E4%BE%8B");
        let parameters = parameters.replace("津味", "%E6%B4%A5%E5%91%B3");
        let parameters = parameters.replace("绿叶", "%E7%BB%BF%E5%8F%B6");
        assert_eq!(found(&parameters).await, expected, "{parameters}");
    }
    take(
        &app,
        "members",
        "统一社会信用代码,区域编号,区域内位置\n91120102MATEXT01X4,J-1,1号\n",
    );
    // For as long an edition counts as the latest.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(found("q=shili&area=J-1").await.len(), 3);
}

#[tokio::test]
async fn an_area_or_kind_that_is_none_is_refused() {
    let app = with_areas().await;
    let nowhere = get(&app, "/v1/search?q=a&area=nowhere", &[]).await;
    assert_eq!(nowhere.status, 404);
    assert_eq!(nowhere.code(), "no-such-item");
    let shop = get(&app, "/v1/search?q=a&kind=shop", &[]).await;
    assert_eq!(shop.status, 400);
    assert_eq!(shop.code(), "bad-request");
    let detail = shop.problem()["detail"].to_string();
    assert!(detail.contains("enterprise, sole-trader, "), "{detail}");
}
