//! The store on embedded SQLite.

mod coverage;
mod import;
mod ledger;
mod pool;
mod rows;

use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, SyncSender};

use async_trait::async_trait;
use credit_core::identifier::SubjectCode;
use credit_core::record::Holder;

use crate::clock;
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params};

use self::import::import;
use self::ledger::{
    add_uses, audit_entries, put_audit, put_revocation, put_site, revocations, revoke, sites,
    uses_since,
};
use self::pool::Pool;
use self::rows::{
    change, edition, head, next_edition, put_head, put_record, put_subject, records, subjects,
};
use super::row::{MARKS, RECORD, SUBJECT, holder_columns, signed};
use super::{
    Arrivals, Change, Coverage, HOLDER_RECORDS_MAX, Head, ImportCounts, ImportMessage, ImportOrder,
    Listing, Part, Position, Purge, Purged, Store, StoreError, StoredRecord, StoredSubject,
};

/// What each version of the schema adds; the last is the current one.
const MIGRATIONS: [&str; 5] = [
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
];

const SUBJECTS_INDEXES: &str = include_str!("subjects_indexes.sql");

/// Rows by key that are read at once, without handing them to another thread.
const FEW: usize = 20;

/// Rows of a part that is dumped.
const PART: usize = 1_000;

/// Records in an SQLite file.
pub struct SqliteStore {
    pool: Pool,
}

impl SqliteStore {
    /// Opens `path`, made and brought up to date on first use.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be opened or is newer than this program.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let pool = Pool::open(path)?;
        migrate(&mut pool.writer())?;
        Ok(Self { pool })
    }

    async fn select(
        &self,
        condition: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<StoredSubject>, StoreError> {
        let is_few = values.len() <= FEW;
        let read = move |connection: &Connection| {
            let sql = format!("SELECT {SUBJECT} FROM subjects WHERE ended IS NULL AND {condition}");
            let mut statement = connection.prepare_cached(&sql)?;
            subjects(statement.query(params![Rc::new(values)])?)
        };
        if is_few {
            self.pool.read_few(read).await
        } else {
            self.pool.read(read).await
        }
    }
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    // Looked at without a lock: while a long import writes, others may open.
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == signed(MIGRATIONS.len()) {
        return Ok(());
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if found == 0 && tables > 0 {
        return Err(StoreError::Foreign);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = signed(MIGRATIONS.len());
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    let Some(missing) = MIGRATIONS.get(done..) else {
        return Err(StoreError::Schema { found, known });
    };
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.execute_batch(SUBJECTS_INDEXES)?;
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

/// Records of one holder, who stands in `column`: the marks, and of the rest the
/// latest.
fn of_holder(column: &str) -> String {
    format!(
        "SELECT {RECORD} FROM records WHERE {column} = ?1 AND ended IS NULL \
         ORDER BY dataset IN {MARKS} DESC, number DESC LIMIT ?2"
    )
}

#[async_trait]
impl Store for SqliteStore {
    async fn subjects(&self, codes: &[SubjectCode]) -> Result<Vec<StoredSubject>, StoreError> {
        // The one that is asked for most has no table of codes to go through.
        if let [code] = codes {
            let code = *code;
            let read = move |connection: &Connection| {
                let sql =
                    format!("SELECT {SUBJECT} FROM subjects WHERE code = ?1 AND ended IS NULL");
                let mut statement = connection.prepare_cached(&sql)?;
                subjects(statement.query([code.as_str()])?)
            };
            return self.pool.read_few(read).await;
        }
        let codes = codes.iter().map(|code| Value::from(code.to_string()));
        self.select("code IN rarray(?1)", codes.collect()).await
    }

    async fn subjects_by_number(&self, numbers: &[u64]) -> Result<Vec<StoredSubject>, StoreError> {
        let numbers = numbers.iter().map(|number| Value::from(signed(*number)));
        self.select("number IN rarray(?1)", numbers.collect()).await
    }

    async fn subjects_by_code_prefix(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<StoredSubject>, StoreError> {
        let prefix = prefix.to_owned();
        let after = after.unwrap_or_default().to_owned();
        // Codes are digits and capitals, so '~' stands behind all of them.
        let end = format!("{prefix}~");
        let read = move |connection: &Connection| {
            let sql = format!(
                "SELECT {SUBJECT} FROM subjects WHERE ended IS NULL \
                 AND code >= ?1 AND code < ?2 AND code > ?3 ORDER BY code LIMIT ?4"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            subjects(statement.query(params![prefix, end, after, signed(limit)])?)
        };
        self.pool.read(read).await
    }

    async fn records(&self, holder: &Holder) -> Result<Vec<StoredRecord>, StoreError> {
        let (code, person) = holder_columns(holder);
        let (column, value) = match (code, person) {
            (Some(code), _) => ("holder", code),
            (None, Some(person)) => ("person", person),
            (None, None) => return Ok(Vec::new()),
        };
        let read = move |connection: &Connection| {
            let mut statement = connection.prepare_cached(&of_holder(column))?;
            records(statement.query(params![value, HOLDER_RECORDS_MAX])?)
        };
        self.pool.read(read).await
    }

    async fn records_of(&self, codes: &[SubjectCode]) -> Result<Vec<StoredRecord>, StoreError> {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let read = move |connection: &Connection| {
            let sql = of_holder("holder");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut found = Vec::new();
            for code in codes {
                found.extend(records(
                    statement.query(params![code, HOLDER_RECORDS_MAX])?,
                )?);
            }
            Ok(found)
        };
        self.pool.read(read).await
    }

    async fn records_in(
        &self,
        codes: &[SubjectCode],
        datasets: &[&'static str],
    ) -> Result<Vec<StoredRecord>, StoreError> {
        let codes = codes.iter().map(|code| Value::from(code.to_string()));
        let codes: Vec<Value> = codes.collect();
        let datasets = datasets.iter().map(|name| Value::from((*name).to_owned()));
        let datasets: Vec<Value> = datasets.collect();
        let read = move |connection: &Connection| {
            let sql = format!(
                "SELECT {RECORD} FROM records WHERE holder IN rarray(?1) \
                 AND dataset IN rarray(?2) AND ended IS NULL ORDER BY number"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            records(statement.query([Rc::new(codes), Rc::new(datasets)])?)
        };
        self.pool.read(read).await
    }

    async fn listed(&self, listing: Listing) -> Result<Vec<StoredRecord>, StoreError> {
        let read = move |connection: &Connection| {
            let topic = match listing.topic {
                Some(_) => "topic = ?2",
                None => "?2 IS NULL",
            };
            let (order, after) = match (listing.is_latest_first, listing.after) {
                (true, after) => (
                    "number < ?3 ORDER BY number DESC",
                    after.unwrap_or(u64::MAX),
                ),
                (false, after) => ("number > ?3 ORDER BY number", after.unwrap_or(0)),
            };
            let sql = format!(
                "SELECT {RECORD} FROM records \
                 WHERE dataset = ?1 AND {topic} AND ended IS NULL AND {order} LIMIT ?4"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            records(statement.query(params![
                listing.dataset,
                listing.topic,
                signed(after),
                signed(listing.limit)
            ])?)
        };
        self.pool.read(read).await
    }

    async fn coverage(&self, split: &[&'static str]) -> Result<Vec<Coverage>, StoreError> {
        let split = split.to_vec();
        let read = move |connection: &Connection| coverage::count(connection, &split);
        self.pool.read(read).await
    }

    async fn arrivals(
        &self,
        dataset: &'static str,
        field: &'static str,
    ) -> Result<Vec<Arrivals>, StoreError> {
        let read =
            move |connection: &Connection| coverage::count_arrivals(connection, dataset, field);
        self.pool.read(read).await
    }

    async fn edition(&self) -> Result<u64, StoreError> {
        self.pool.read_few(edition).await
    }

    async fn changes(&self, sequence: u64, limit: usize) -> Result<Vec<Change>, StoreError> {
        let read = move |connection: &Connection| {
            let mut statement = connection.prepare_cached(
                "SELECT changed, number, name, former_names, status FROM subjects \
                 WHERE changed > ?1 ORDER BY changed LIMIT ?2",
            )?;
            let rows = statement.query_map(params![signed(sequence), signed(limit)], change)?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        self.pool.read(read).await
    }

    async fn position(&self) -> Result<Position, StoreError> {
        self.pool
            .read_few(|connection| {
                let head = head(connection)?;
                Ok(Position {
                    store: head.store,
                    sequence: head.change,
                    subjects: head.subject,
                })
            })
            .await
    }

    async fn import(
        &self,
        order: ImportOrder,
        messages: Receiver<ImportMessage>,
    ) -> Result<ImportCounts, StoreError> {
        self.pool
            .write(move |connection| import(connection, &order, &messages))
            .await
    }

    async fn rows(&self) -> Result<u64, StoreError> {
        self.pool.read(rows).await
    }

    async fn purge(&self, what: Purge, is_dry: bool) -> Result<Purged, StoreError> {
        self.pool
            .write(move |connection| {
                // What is deleted for good is not to be found in the file either.
                connection.pragma_update(None, "secure_delete", true)?;
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let purged = purge(&transaction, &what)?;
                if is_dry {
                    transaction.rollback()?;
                } else {
                    next_edition(&transaction)?;
                    transaction.commit()?;
                    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
                }
                Ok(purged)
            })
            .await
    }

    async fn dump(&self, parts: SyncSender<Part>) -> Result<(), StoreError> {
        self.pool
            .read(move |connection| {
                // One transaction sees one moment, whatever is imported meanwhile.
                let transaction = connection.unchecked_transaction()?;
                dump(&transaction, &parts)
            })
            .await
    }

    async fn load(&self, parts: Receiver<Part>) -> Result<(), StoreError> {
        self.pool
            .write(move |connection| load(connection, &parts))
            .await
    }
}

fn purge(connection: &Connection, what: &Purge) -> Result<Purged, StoreError> {
    let delete = |table: &str, condition: &str, value: &str| {
        let sql = format!("DELETE FROM {table} WHERE {condition}");
        let count = connection.execute(&sql, [value])?;
        Ok::<u64, rusqlite::Error>(count as u64)
    };
    Ok(match what {
        Purge::Source(unit) => Purged {
            subjects: delete("subjects", "source_unit = ?1", unit)?,
            records: delete("records", "source_unit = ?1", unit)?,
        },
        Purge::Holder(holder) => match holder_columns(holder) {
            (Some(code), _) => {
                // Its number goes with the row, and what was signed under it stays
                // out there.
                if let Holder::Subject(code) = holder {
                    let reason = "purge".to_owned();
                    revoke(connection, *code, clock::now(), reason)?;
                }
                Purged {
                    subjects: delete("subjects", "code = ?1", &code)?,
                    records: delete("records", "holder = ?1", &code)?,
                }
            }
            (None, Some(person)) => Purged {
                subjects: 0,
                records: delete("records", "person = ?1", &person)?,
            },
            (None, None) => Purged::default(),
        },
        Purge::Before {
            dataset,
            field,
            day,
        } => {
            let sql = "DELETE FROM records WHERE dataset = ?1 \
                       AND json_extract(body, '$.\"' || ?2 || '\"') < ?3";
            let count = connection.execute(sql, params![dataset, field, day.to_string()])?;
            Purged {
                subjects: 0,
                records: count as u64,
            }
        }
    })
}

fn dump(connection: &Connection, parts: &SyncSender<Part>) -> Result<(), StoreError> {
    let send = |part| parts.send(part).map_err(|_| StoreError::Closed);
    send(Part::Head(Head {
        rows: rows(connection)?,
        ..head(connection)?
    }))?;
    let sql = format!("SELECT {SUBJECT} FROM subjects WHERE number > ?1 ORDER BY number LIMIT ?2");
    let mut statement = connection.prepare(&sql)?;
    let mut after = 0;
    loop {
        let part = subjects(statement.query(params![signed(after), signed(PART)])?)?;
        let Some(last) = part.last() else { break };
        after = last.number;
        send(Part::Subjects(part))?;
    }
    let sql = format!("SELECT {RECORD} FROM records WHERE number > ?1 ORDER BY number LIMIT ?2");
    let mut statement = connection.prepare(&sql)?;
    let mut after = 0;
    loop {
        let part = records(statement.query(params![signed(after), signed(PART)])?)?;
        let Some(last) = part.last() else { break };
        after = last.number;
        send(Part::Records(part))?;
    }
    send(Part::Revocations(revocations(connection)?))?;
    send(Part::Sites(sites(connection)?))?;
    send(Part::Uses(uses_since(connection, "")?))?;
    let mut after = 0;
    loop {
        let part = audit_entries(connection, after, PART)?;
        let Some(last) = part.last() else { break };
        after = last.number;
        send(Part::Audit(part))?;
    }
    send(Part::End)
}

fn rows(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM subjects) + (SELECT count(*) FROM records) \
               + (SELECT count(*) FROM sites) + (SELECT count(*) FROM site_uses) \
               + (SELECT count(*) FROM audit) + (SELECT count(*) FROM revocations)";
    let count: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

fn load(connection: &mut Connection, parts: &Receiver<Part>) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let rows = rows(&transaction)?;
    if rows > 0 {
        return Err(StoreError::NotEmpty { rows });
    }
    loop {
        match parts.recv() {
            Ok(Part::Head(head)) => {
                put_head(&transaction, &head)?;
            }
            Ok(Part::Subjects(subjects)) => {
                for stored in subjects {
                    put_subject(&transaction, stored.into())?;
                }
            }
            Ok(Part::Records(records)) => {
                for stored in records {
                    put_record(&transaction, stored.into())?;
                }
            }
            Ok(Part::Revocations(revocations)) => {
                for revocation in &revocations {
                    put_revocation(&transaction, revocation)?;
                }
            }
            Ok(Part::Sites(sites)) => {
                for site in sites {
                    put_site(&transaction, &site)?;
                }
            }
            Ok(Part::Uses(uses)) => {
                for some in uses {
                    add_uses(&transaction, &some)?;
                }
            }
            Ok(Part::Audit(entries)) => {
                for entry in entries {
                    put_audit(&transaction, &entry)?;
                }
            }
            Ok(Part::End) => break,
            Err(_) => return Err(StoreError::BrokenOff),
        }
    }
    next_edition(&transaction)?;
    transaction.commit()?;
    Ok(())
}
