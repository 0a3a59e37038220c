//! Searches in a store with its name index, by length of the query, beside an
//! FTS5 trigram index over the same names. `cargo xtask bench records` runs it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends with what went wrong, or prints"
)]

use std::time::{Duration, Instant};

use credit_core::search_key::SearchKey;
use credit_lookup::names::NameIndex;
use credit_lookup::search::Query;
use credit_lookup::store::{DatabaseUrl, Store};
use pinyin::ToPinyin as _;
use rusqlite::Connection;

/// Queries of each kind.
const QUERIES: usize = 1_000;

/// Results of a page.
const PAGE: usize = 10;

/// SplitMix64, so that every run asks the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

/// A kind of query: a name, and how a query is made of a piece of a name.
type Kind = (&'static str, usize, fn(&[char]) -> Option<String>);

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let [url, peer] = arguments.as_slice() else {
        println!("usage: search sqlite:PATH PEER.db");
        return;
    };
    let url: DatabaseUrl = url.parse().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measure(&url, peer));
}

async fn measure(url: &DatabaseUrl, peer: &str) {
    let store = url.open().await.unwrap();
    let index = NameIndex::open(&url.index_folder()).unwrap();
    let names = names(&*store).await;
    let peer = trigram(peer, &names);
    println!("{} names, {QUERIES} queries of each kind, ms", names.len());
    println!(
        "{:<22}{:>9}{:>9}{:>9}{:>12}{:>12}  slowest",
        "", "median", "p99", "max", "trigram p50", "trigram p99"
    );
    let text: fn(&[char]) -> Option<String> = |piece| Some(piece.iter().collect());
    let initials: fn(&[char]) -> Option<String> = |piece| {
        let first = |c: &char| c.to_pinyin()?.plain().chars().next();
        piece.iter().map(first).collect()
    };
    let syllables: fn(&[char]) -> Option<String> = |piece| {
        let plain = |c: &char| Some(c.to_pinyin()?.plain().replace('ü', "v"));
        piece.iter().map(plain).collect()
    };
    let kinds: Vec<Kind> = (1..=8)
        .map(|length| ("characters", length, text))
        .chain([12].map(|length| ("characters", length, text)))
        .chain((1..=8).map(|length| ("initials", length, initials)))
        .chain((1..=4).map(|length| ("syllables", length, syllables)))
        .collect();
    for (name, length, make) in kinds {
        let mut random = Random(length as u64);
        let mut ours = Vec::with_capacity(QUERIES);
        let mut theirs = Vec::with_capacity(QUERIES);
        let mut slowest: Option<(Duration, String)> = None;
        let mut tries = 0;
        while ours.len() < QUERIES && tries < 100 * QUERIES {
            tries += 1;
            let key = SearchKey::new(&names[random.below(names.len())]);
            let characters = key.characters();
            if characters.len() < length {
                continue;
            }
            let start = random.below(characters.len() - length + 1);
            let Some(text) = make(&characters[start..start + length]) else {
                continue;
            };
            let Ok(query) = text.parse::<Query>() else {
                continue;
            };
            let begin = Instant::now();
            let page = query.answer(&*store, &index, PAGE, None).await.unwrap();
            ours.push(begin.elapsed());
            if Some(begin.elapsed()) > slowest.as_ref().map(|(time, _)| *time) {
                slowest = Some((begin.elapsed(), text.clone()));
            }
            assert!(
                !page.items.is_empty(),
                "'{text}' of {} is not found",
                names.len()
            );
            // The peer finds no text of fewer than three characters, and no pinyin.
            if name == "characters" && length >= 3 && theirs.len() < QUERIES / 50 {
                let begin = Instant::now();
                let mut statement = peer
                    .prepare_cached(
                        "SELECT rowid FROM names WHERE names MATCH ?1 ORDER BY rank LIMIT 10",
                    )
                    .unwrap();
                let found = statement
                    .query_map([format!("\"{text}\"")], |row| row.get::<_, i64>(0))
                    .unwrap()
                    .count();
                theirs.push(begin.elapsed());
                std::hint::black_box(found);
            }
        }
        let of = |times: &mut Vec<Duration>, part: f64| {
            times.sort_unstable();
            let place = ((times.len() as f64 - 1.0) * part) as usize;
            let time = times.get(place).copied();
            time.map_or("-".to_owned(), |time| {
                format!("{:.3}", time.as_secs_f64() * 1e3)
            })
        };
        println!(
            "{:<22}{:>9}{:>9}{:>9}{:>12}{:>12}  {}",
            format!("{length} {name}"),
            of(&mut ours, 0.5),
            of(&mut ours, 0.99),
            of(&mut ours, 1.0),
            of(&mut theirs, 0.5),
            of(&mut theirs, 0.99),
            slowest.map(|(_, text)| text).unwrap_or_default(),
        );
    }
}

async fn names(store: &dyn Store) -> Vec<String> {
    let mut names = Vec::new();
    let mut sequence = 0;
    loop {
        let changes = store.changes(sequence, 100_000).await.unwrap();
        let Some(last) = changes.last() else {
            return names;
        };
        sequence = last.sequence;
        names.extend(changes.into_iter().map(|change| change.name));
    }
}

/// The peer: SQLite's own FTS5 with its trigram tokenizer over the same names.
fn trigram(path: &str, names: &[String]) -> Connection {
    let connection = Connection::open(path).unwrap();
    let begin = Instant::now();
    connection
        .execute_batch(
            "PRAGMA journal_mode = off; PRAGMA synchronous = off; DROP TABLE IF EXISTS names; \
             CREATE VIRTUAL TABLE names USING fts5(name, content='', tokenize='trigram'); BEGIN",
        )
        .unwrap();
    let mut statement = connection
        .prepare("INSERT INTO names (rowid, name) VALUES (?1, ?2)")
        .unwrap();
    for (number, name) in names.iter().enumerate() {
        statement.execute((number as i64 + 1, name)).unwrap();
    }
    drop(statement);
    connection.execute_batch("COMMIT").unwrap();
    println!(
        "trigram index of {} names made in {:.1} s, {} MB",
        names.len(),
        begin.elapsed().as_secs_f64(),
        std::fs::metadata(path).unwrap().len() / 1_000_000
    );
    connection
}
