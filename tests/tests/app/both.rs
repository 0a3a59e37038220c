//! An SQLite and a PostgreSQL, empty, and what is put into them by hand.
#![cfg(unix)]

use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, OnceLock};

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::json;
use credit_core::record::{Dataset, Holder, Record};
use credit_core::subject::Source;
use credit_lookup::store::{DatabaseUrl, ImportMessage, ImportMode, ImportOrder, Site, Store};
use credit_tests::postgres::Postgres;
use tempfile::TempDir;

pub(crate) const CODES: [&str; 3] = [
    "91120102MATEXT01X4",
    "92120102MATEXT01X1",
    "93120102MATEXT01XX",
];

pub(crate) const SOURCE: &str = "示例登记机关";

/// The day that files speak of.
pub(crate) const DAY: &str = "2026-11-01";

/// One server for all tests; it ends with this process.
pub(crate) fn server() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(Postgres::start)
}

pub(crate) async fn open(url: &str) -> Arc<dyn Store> {
    let url: DatabaseUrl = url.parse().unwrap();
    url.open().await.unwrap()
}

/// Two empty stores and a folder.
pub(crate) struct Both {
    pub(crate) folder: TempDir,
    pub(crate) urls: [String; 2],
    pub(crate) stores: [Arc<dyn Store>; 2],
}

impl Both {
    pub(crate) async fn new() -> Self {
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

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn code(place: usize) -> SubjectCode {
    SubjectCode::as_published(CODES[place]).unwrap()
}

pub(crate) fn site(name: &str, origins: &[&str], added: &str) -> Site {
    let origins: Vec<String> = origins.iter().map(|&text| text.to_owned()).collect();
    Site::new(name, &origins, day(added)).unwrap()
}

pub(crate) fn record(
    dataset: &str,
    holder: Holder,
    members: &[(&str, &str)],
    as_of: &str,
) -> Record {
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

pub(crate) async fn import(store: &Arc<dyn Store>, records: Vec<Record>, mode: ImportMode) {
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
