//! The store on PostgreSQL, where several servers share one database.

mod coverage;
mod import;
mod ledger;
mod rows;
mod waiting;

use std::sync::mpsc::{Receiver, SyncSender};

use async_trait::async_trait;
use credit_core::identifier::SubjectCode;
use credit_core::record::Holder;

use crate::clock;
use deadpool_postgres::{
    GenericClient, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Transaction,
};
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, NoTls};

use self::import::import;
use self::ledger::{
    add_uses, audit_entries, put_audit, put_revocation, put_site, revocations, revoke, sites,
    uses_since,
};
use self::rows::{
    change, head, next_edition, put_head, put_records, put_subjects, records, subjects,
};
use self::waiting::{Waiting, send};
use super::row::{MARKS, RECORD, SUBJECT, holder_columns, signed};
use super::{
    Arrivals, Change, Coverage, HOLDER_RECORDS_MAX, Head, ImportCounts, ImportMessage, ImportOrder,
    Listing, Part, Position, Purge, Purged, Store, StoreError, StoredRecord, StoredSubject,
};

/// What each version of the schema adds; the last is the current one.
const MIGRATIONS: [&str; 4] = [
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
];

/// Connections of one server. PostgreSQL allows a hundred to all together.
const CONNECTIONS: usize = 8;

/// Key of the advisory lock that imports and migrations hold: one writes, so
/// that changes are committed in the order of their places in the sequence.
const WRITER_LOCK: i64 = 0x6372_6564_6974;

/// Key of the lock under which the audit log grows. Another one, so that a query
/// that has to be remembered does not wait for an import.
const AUDIT_LOCK: i64 = WRITER_LOCK + 1;

/// Rows of a part that is dumped.
const PART: usize = 1_000;

/// Records in a PostgreSQL database.
pub struct PostgresStore {
    pool: Pool,
}

impl PostgresStore {
    /// Connects to `url`, and brings the database up to date.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be reached or is newer than this program.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let config: tokio_postgres::Config = url.parse()?;
        let manager = Manager::from_config(
            config,
            NoTls,
            ManagerConfig {
                recycling_method: RecyclingMethod::Fast,
            },
        );
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build();
        let store = Self {
            pool: pool.map_err(|_| StoreError::Closed)?,
        };
        store.migrate().await?;
        Ok(store)
    }

    async fn client(&self) -> Result<Object, StoreError> {
        Ok(self.pool.get().await?)
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        // Looked at without a lock: while a long import writes, others may open.
        let there = "SELECT to_regclass('schema_version') IS NOT NULL";
        if client.query_one(there, &[]).await?.get(0) {
            let sql = "SELECT max(version) FROM schema_version";
            let found: Option<i64> = client.query_one(sql, &[]).await?.get(0);
            if found == Some(signed(MIGRATIONS.len())) {
                return Ok(());
            }
        }
        let transaction = client.transaction().await?;
        lock(&transaction).await?;
        transaction
            .batch_execute("CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)")
            .await?;
        let row = transaction
            .query_one("SELECT coalesce(max(version), 0) FROM schema_version", &[])
            .await?;
        let found: i64 = row.get(0);
        let known = signed(MIGRATIONS.len());
        let done = usize::try_from(found).unwrap_or(usize::MAX);
        let Some(missing) = MIGRATIONS.get(done..) else {
            return Err(StoreError::Schema { found, known });
        };
        for migration in missing {
            transaction.batch_execute(migration).await?;
        }
        if !missing.is_empty() {
            transaction
                .execute("INSERT INTO schema_version VALUES ($1)", &[&known])
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    async fn select(
        &self,
        condition: &str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<StoredSubject>, StoreError> {
        let sql = format!("SELECT {SUBJECT} FROM subjects WHERE ended IS NULL AND {condition}");
        let client = self.client().await?;
        let statement = client.prepare_cached(&sql).await?;
        subjects(client.query(&statement, values).await?)
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn subjects(&self, codes: &[SubjectCode]) -> Result<Vec<StoredSubject>, StoreError> {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        self.select("code = ANY($1)", &[&codes]).await
    }

    async fn subjects_by_number(&self, numbers: &[u64]) -> Result<Vec<StoredSubject>, StoreError> {
        let numbers: Vec<i64> = numbers.iter().map(|number| signed(*number)).collect();
        self.select("number = ANY($1)", &[&numbers]).await
    }

    async fn subjects_by_code_prefix(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<StoredSubject>, StoreError> {
        // Codes are digits and capitals, so '~' stands behind all of them.
        let end = format!("{prefix}~");
        let condition = "code >= $1 AND code < $2 AND code > $3 ORDER BY code LIMIT $4";
        let after = after.unwrap_or_default();
        self.select(condition, &[&prefix, &end, &after, &signed(limit)])
            .await
    }

    async fn records(&self, holder: &Holder) -> Result<Vec<StoredRecord>, StoreError> {
        let (code, person) = holder_columns(holder);
        let (column, value) = match (code, person) {
            (Some(code), _) => ("holder", code),
            (None, Some(person)) => ("person", person),
            (None, None) => return Ok(Vec::new()),
        };
        let sql = format!(
            "SELECT {RECORD} FROM records WHERE {column} = $1 AND ended IS NULL \
             ORDER BY dataset IN {MARKS} DESC, number DESC LIMIT $2"
        );
        let client = self.client().await?;
        let statement = client.prepare_cached(&sql).await?;
        records(
            client
                .query(&statement, &[&value, &HOLDER_RECORDS_MAX])
                .await?,
        )
    }

    async fn records_of(&self, codes: &[SubjectCode]) -> Result<Vec<StoredRecord>, StoreError> {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let sql = format!(
            "SELECT found.* FROM unnest($1::text[]) AS asked CROSS JOIN LATERAL ( \
             SELECT {RECORD} FROM records WHERE holder = asked AND ended IS NULL \
             ORDER BY dataset IN {MARKS} DESC, number DESC LIMIT $2) AS found"
        );
        let client = self.client().await?;
        let statement = client.prepare_cached(&sql).await?;
        records(
            client
                .query(&statement, &[&codes, &HOLDER_RECORDS_MAX])
                .await?,
        )
    }

    async fn records_in(
        &self,
        codes: &[SubjectCode],
        datasets: &[&'static str],
    ) -> Result<Vec<StoredRecord>, StoreError> {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let sql = format!(
            "SELECT {RECORD} FROM records WHERE holder = ANY($1) \
             AND dataset = ANY($2) AND ended IS NULL ORDER BY number"
        );
        let client = self.client().await?;
        let statement = client.prepare_cached(&sql).await?;
        records(client.query(&statement, &[&codes, &datasets]).await?)
    }

    async fn listed(&self, listing: Listing) -> Result<Vec<StoredRecord>, StoreError> {
        let topic = match listing.topic {
            Some(_) => "topic = $2",
            None => "$2::text IS NULL",
        };
        let (order, after) = match (listing.is_latest_first, listing.after) {
            (true, after) => (
                "number < $3 ORDER BY number DESC",
                after.unwrap_or(u64::MAX),
            ),
            (false, after) => ("number > $3 ORDER BY number", after.unwrap_or(0)),
        };
        let sql = format!(
            "SELECT {RECORD} FROM records \
             WHERE dataset = $1 AND {topic} AND ended IS NULL AND {order} LIMIT $4"
        );
        let client = self.client().await?;
        let statement = client.prepare_cached(&sql).await?;
        let (after, limit) = (signed(after), signed(listing.limit));
        let values: [&(dyn ToSql + Sync); 4] = [&listing.dataset, &listing.topic, &after, &limit];
        records(client.query(&statement, &values).await?)
    }

    async fn coverage(&self, split: &[&'static str]) -> Result<Vec<Coverage>, StoreError> {
        coverage::count(&self.client().await?, split).await
    }

    async fn arrivals(
        &self,
        dataset: &'static str,
        field: &'static str,
    ) -> Result<Vec<Arrivals>, StoreError> {
        coverage::count_arrivals(&self.client().await?, dataset, field).await
    }

    async fn edition(&self) -> Result<u64, StoreError> {
        let client = self.client().await?;
        let sql = "SELECT value FROM counters WHERE name = 'edition'";
        let statement = client.prepare_cached(sql).await?;
        let value: i64 = client.query_one(&statement, &[]).await?.get(0);
        Ok(value.unsigned_abs())
    }

    async fn changes(&self, sequence: u64, limit: usize) -> Result<Vec<Change>, StoreError> {
        let client = self.client().await?;
        let statement = client
            .prepare_cached(
                "SELECT changed, number, name, former_names, status FROM subjects \
                 WHERE changed > $1 ORDER BY changed LIMIT $2",
            )
            .await?;
        let rows = client
            .query(&statement, &[&signed(sequence), &signed(limit)])
            .await?;
        Ok(rows.iter().map(change).collect())
    }

    async fn position(&self) -> Result<Position, StoreError> {
        let client = self.client().await?;
        let head = head(&client).await?;
        Ok(Position {
            store: head.store,
            sequence: head.change,
            subjects: head.subject,
        })
    }

    async fn import(
        &self,
        order: ImportOrder,
        messages: Receiver<ImportMessage>,
    ) -> Result<ImportCounts, StoreError> {
        import(self.client().await?, &order, messages).await
    }

    async fn rows(&self) -> Result<u64, StoreError> {
        rows(&self.client().await?).await
    }

    async fn purge(&self, what: Purge, is_dry: bool) -> Result<Purged, StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await?;
        lock(&transaction).await?;
        let purged = purge(&transaction, &what).await?;
        if is_dry {
            transaction.rollback().await?;
        } else {
            next_edition(&transaction).await?;
            transaction.commit().await?;
        }
        Ok(purged)
    }

    async fn dump(&self, parts: SyncSender<Part>) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        // One snapshot sees one moment, whatever is imported meanwhile.
        let transaction = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await?;
        let send = |part| send(parts.clone(), part);
        send(Part::Head(Head {
            rows: rows(&transaction).await?,
            ..head(&transaction).await?
        }))
        .await?;
        let sql =
            format!("SELECT {SUBJECT} FROM subjects WHERE number > $1 ORDER BY number LIMIT $2");
        let statement = transaction.prepare(&sql).await?;
        let mut after = 0;
        loop {
            let rows = transaction
                .query(&statement, &[&after, &signed(PART)])
                .await?;
            let part = subjects(rows)?;
            let Some(last) = part.last() else { break };
            after = signed(last.number);
            send(Part::Subjects(part)).await?;
        }
        let sql =
            format!("SELECT {RECORD} FROM records WHERE number > $1 ORDER BY number LIMIT $2");
        let statement = transaction.prepare(&sql).await?;
        let mut after = 0;
        loop {
            let rows = transaction
                .query(&statement, &[&after, &signed(PART)])
                .await?;
            let part = records(rows)?;
            let Some(last) = part.last() else { break };
            after = signed(last.number);
            send(Part::Records(part)).await?;
        }
        send(Part::Revocations(revocations(&transaction).await?)).await?;
        send(Part::Sites(sites(&transaction).await?)).await?;
        send(Part::Uses(uses_since(&transaction, "").await?)).await?;
        let mut after = 0;
        loop {
            let part = audit_entries(&transaction, after, PART).await?;
            let Some(last) = part.last() else { break };
            after = last.number;
            send(Part::Audit(part)).await?;
        }
        send(Part::End).await
    }

    async fn load(&self, parts: Receiver<Part>) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await?;
        lock(&transaction).await?;
        lock_as(&transaction, AUDIT_LOCK).await?;
        let rows = rows(&transaction).await?;
        if rows > 0 {
            return Err(StoreError::NotEmpty { rows });
        }
        let parts = Waiting::new(parts);
        loop {
            match parts.next().await {
                Some(Part::Head(head)) => {
                    put_head(&transaction, &head).await?;
                }
                Some(Part::Subjects(subjects)) => put_subjects(&transaction, subjects).await?,
                Some(Part::Records(records)) => put_records(&transaction, records).await?,
                Some(Part::Revocations(revocations)) => {
                    for revocation in &revocations {
                        put_revocation(&transaction, revocation).await?;
                    }
                }
                Some(Part::Sites(sites)) => {
                    for site in sites {
                        put_site(&transaction, &site).await?;
                    }
                }
                Some(Part::Uses(uses)) => {
                    for some in uses {
                        add_uses(&transaction, &some).await?;
                    }
                }
                Some(Part::Audit(entries)) => {
                    for entry in entries {
                        put_audit(&transaction, &entry).await?;
                    }
                }
                Some(Part::End) => break,
                None => return Err(StoreError::BrokenOff),
            }
        }
        next_edition(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }
}

async fn rows(client: &impl GenericClient) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM subjects) + (SELECT count(*) FROM records) \
               + (SELECT count(*) FROM sites) + (SELECT count(*) FROM site_uses) \
               + (SELECT count(*) FROM audit)";
    let count: i64 = client.query_one(sql, &[]).await?.get(0);
    Ok(count.unsigned_abs())
}

async fn lock(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    lock_as(transaction, WRITER_LOCK).await
}

async fn lock_as(transaction: &Transaction<'_>, key: i64) -> Result<(), StoreError> {
    let sql = "SELECT pg_advisory_xact_lock($1)";
    transaction.execute(sql, &[&key]).await?;
    Ok(())
}

async fn purge(transaction: &Transaction<'_>, what: &Purge) -> Result<Purged, StoreError> {
    let delete = async |table: &str, condition: &str, value: &str| {
        let sql = format!("DELETE FROM {table} WHERE {condition}");
        transaction.execute(&sql, &[&value]).await
    };
    Ok(match what {
        Purge::Source(unit) => Purged {
            subjects: delete("subjects", "source_unit = $1", unit).await?,
            records: delete("records", "source_unit = $1", unit).await?,
        },
        Purge::Holder(holder) => match holder_columns(holder) {
            (Some(code), _) => {
                // Its number goes with the row, and what was signed under it stays
                // out there.
                if let Holder::Subject(code) = holder {
                    let reason = "purge".to_owned();
                    revoke(transaction, *code, clock::now(), reason).await?;
                }
                Purged {
                    subjects: delete("subjects", "code = $1", &code).await?,
                    records: delete("records", "holder = $1", &code).await?,
                }
            }
            (None, Some(person)) => Purged {
                subjects: 0,
                records: delete("records", "person = $1", &person).await?,
            },
            (None, None) => Purged::default(),
        },
        Purge::Before {
            dataset,
            field,
            day,
        } => {
            let sql = "DELETE FROM records WHERE dataset = $1 \
                       AND (body::json ->> $2) COLLATE \"C\" < $3";
            let day = day.to_string();
            let count = transaction.execute(sql, &[dataset, field, &day]).await?;
            Purged {
                subjects: 0,
                records: count,
            }
        }
    })
}
