//! The name index against the definition of its order: whatever is imported
//! and asked for, pages have the hits of all subjects, best first, once each.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says with a panic that it failed"
)]

use std::sync::mpsc::channel;

use credit_core::date::Date;
use credit_core::identifier::{SubjectCode, Uscc};
use credit_core::search_key::SearchKey;
use credit_core::subject::{Source, Subject, SubjectStatus};
use credit_lookup::names::{NameIndex, NameQuery, Names};
use credit_lookup::search::{Cursor, Query};
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

fn code(number: usize) -> SubjectCode {
    const SYMBOLS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    SYMBOLS
        .iter()
        .find_map(|check| {
            let text = format!("91120102{number:09}{}", char::from(*check));
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
    store: std::sync::Arc<dyn Store>,
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
        let query: Query = text.parse().unwrap();
        let mut found = Vec::new();
        let mut cursor: Option<Cursor> = None;
        loop {
            let page = query
                .answer(&*self.store, &self.index, limit, cursor)
                .await
                .unwrap();
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
            for text in queries.iter().filter(|text| is_searchable(text)) {
                let found = bench.answer(text, limit).await;
                prop_assert_eq!(found, expected(&all, text), "query {}", text);
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
