//! The store on embedded SQLite.

use std::path::Path;
use std::sync::mpsc::Receiver;

use async_trait::async_trait;
use credit_core::identifier::SubjectCode;
use credit_core::money::Capital;
use credit_core::subject::{Source, Subject};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use std::rc::Rc;

use super::pool::Pool;
use super::{Change, ImportCounts, ImportMessage, Store, StoreError, StoredSubject};

/// What each version of the schema adds; the last is the current one.
const MIGRATIONS: [&str; 1] = [include_str!("schema_1.sql")];

const COLUMNS: &str = "number, code, name, status, established, entity_type, capital, scope, \
                       region, address, source_unit, source_date";

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
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    let Some(missing) = MIGRATIONS.get(done..) else {
        return Err(StoreError::Schema { found, known });
    };
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

#[async_trait]
impl Store for SqliteStore {
    async fn subjects(&self, codes: &[SubjectCode]) -> Result<Vec<StoredSubject>, StoreError> {
        let codes = codes
            .iter()
            .map(|code| Value::from(code.to_string()))
            .collect();
        self.select("WHERE code IN rarray(?1)", codes).await
    }

    async fn subjects_by_number(&self, numbers: &[u64]) -> Result<Vec<StoredSubject>, StoreError> {
        let numbers = numbers
            .iter()
            .filter_map(|number| i64::try_from(*number).ok());
        self.select(
            "WHERE number IN rarray(?1)",
            numbers.map(Value::from).collect(),
        )
        .await
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
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.pool
            .read(move |connection| {
                let sql = format!(
                    "SELECT {COLUMNS} FROM subjects \
                     WHERE code >= ?1 AND code < ?2 AND code > ?3 ORDER BY code LIMIT ?4"
                );
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query(params![prefix, end, after, limit])?;
                let mut subjects = Vec::new();
                while let Some(row) = rows.next()? {
                    subjects.push(subject(row)?);
                }
                Ok(subjects)
            })
            .await
    }

    async fn changes(&self, sequence: u64, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.pool
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT changed, number, name FROM subjects \
                     WHERE changed > ?1 ORDER BY changed LIMIT ?2",
                )?;
                let rows =
                    statement.query_map(params![signed(sequence), signed(limit)], |row| {
                        Ok(Change {
                            sequence: row.get::<_, i64>(0)?.unsigned_abs(),
                            number: row.get::<_, i64>(1)?.unsigned_abs(),
                            name: row.get(2)?,
                        })
                    })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    async fn sequence(&self) -> Result<u64, StoreError> {
        self.pool.read(latest).await
    }

    async fn import(&self, messages: Receiver<ImportMessage>) -> Result<ImportCounts, StoreError> {
        self.pool
            .write(move |connection| import(connection, &messages))
            .await
    }
}

impl SqliteStore {
    async fn select(
        &self,
        condition: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<StoredSubject>, StoreError> {
        self.pool
            .read(move |connection| {
                let sql = format!("SELECT {COLUMNS} FROM subjects {condition}");
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query(params![Rc::new(values)])?;
                let mut subjects = Vec::new();
                while let Some(row) = rows.next()? {
                    subjects.push(subject(row)?);
                }
                Ok(subjects)
            })
            .await
    }
}

fn latest(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT max(changed) FROM subjects")?;
    let latest: Option<i64> = statement.query_row([], |row| row.get(0))?;
    Ok(latest.unwrap_or_default().unsigned_abs())
}

fn signed(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

fn import(
    connection: &mut Connection,
    messages: &Receiver<ImportMessage>,
) -> Result<ImportCounts, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut sequence = latest(&transaction)?;
    let mut counts = ImportCounts::default();
    loop {
        match messages.recv() {
            Ok(ImportMessage::Subjects(subjects)) => {
                for subject in &subjects {
                    put(&transaction, subject, &mut sequence, &mut counts)?;
                }
            }
            Ok(ImportMessage::Commit) => {
                transaction.commit()?;
                return Ok(counts);
            }
            Err(_) => return Err(StoreError::BrokenOff),
        }
    }
}

/// Keeps `new` unless the store has the same, or something of a later date.
fn put(
    connection: &Connection,
    new: &Subject,
    sequence: &mut u64,
    counts: &mut ImportCounts,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM subjects WHERE code = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let known = statement
        .query_row([new.code.as_str()], |row| Ok(subject(row)))
        .optional()?
        .transpose()?;
    match known {
        Some(known) if known.subject == *new => {
            counts.same += 1;
            return Ok(());
        }
        Some(known) if known.subject.source.as_of > new.source.as_of => {
            counts.older += 1;
            return Ok(());
        }
        Some(_) => counts.changed += 1,
        None => counts.added += 1,
    }
    *sequence += 1;
    let mut statement = connection.prepare_cached(
        "INSERT INTO subjects (code, name, status, established, entity_type, capital, scope, \
             region, address, source_unit, source_date, changed) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, status = excluded.status, \
             established = excluded.established, entity_type = excluded.entity_type, \
             capital = excluded.capital, scope = excluded.scope, region = excluded.region, \
             address = excluded.address, source_unit = excluded.source_unit, \
             source_date = excluded.source_date, changed = excluded.changed",
    )?;
    statement.execute(params![
        new.code.as_str(),
        new.name.as_str(),
        new.status.code(),
        new.established.map(|date| date.to_string()),
        new.entity_type,
        new.capital.as_ref().map(Capital::text),
        new.scope,
        new.region,
        new.address,
        new.source.unit,
        new.source.as_of.to_string(),
        signed(*sequence),
    ])?;
    Ok(())
}

/// Reads a row of [`COLUMNS`]. The parsers that admitted the values read them
/// back, so a broken one means that somebody else wrote to the file.
fn subject(row: &Row<'_>) -> Result<StoredSubject, StoreError> {
    let number = row.get::<_, i64>("number")?.unsigned_abs();
    let broken = |column| StoreError::Row { number, column };
    let text = |column| row.get::<_, String>(column);
    let established: Option<String> = row.get("established")?;
    let capital: Option<String> = row.get("capital")?;
    Ok(StoredSubject {
        number,
        subject: Subject {
            code: SubjectCode::as_published(&text("code")?).map_err(|_| broken("code"))?,
            name: text("name")?.parse().map_err(|_| broken("name"))?,
            status: text("status")?.parse().map_err(|_| broken("status"))?,
            established: established
                .map(|date| date.parse().map_err(|_| broken("established")))
                .transpose()?,
            entity_type: row.get("entity_type")?,
            capital: match capital {
                Some(text) => Capital::parse(&text).map_err(|_| broken("capital"))?,
                None => None,
            },
            scope: row.get("scope")?,
            region: row.get("region")?,
            address: row.get("address")?,
            source: Source {
                unit: text("source_unit")?,
                as_of: text("source_date")?
                    .parse()
                    .map_err(|_| broken("source_date"))?,
            },
        },
    })
}
