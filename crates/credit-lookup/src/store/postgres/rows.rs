//! Rows to and from PostgreSQL.

use credit_core::subject::SubjectStatus;
use deadpool_postgres::Transaction;
use futures_util::pin_mut;
use tokio_postgres::Row;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use crate::store::row::{RECORD, RecordRow, SUBJECT, SubjectRow, former_names, signed};
use crate::store::{Change, Head, StoreError, StoredRecord, StoredSubject};

pub(super) async fn put_subjects(
    transaction: &Transaction<'_>,
    stored: Vec<StoredSubject>,
) -> Result<(), StoreError> {
    let numbers: Vec<i64> = stored.iter().map(|stored| signed(stored.number)).collect();
    delete(transaction, "subjects", &numbers).await?;
    let sql = format!("COPY subjects ({SUBJECT}) FROM STDIN (FORMAT binary)");
    let sink = transaction.copy_in(&sql).await?;
    let mut types = vec![Type::INT8, Type::INT8];
    types.resize(15, Type::TEXT);
    let writer = BinaryCopyInWriter::new(sink, &types);
    pin_mut!(writer);
    for stored in stored {
        let row = SubjectRow::from(stored);
        writer
            .as_mut()
            .write(&[
                &row.number,
                &row.changed,
                &row.code,
                &row.name,
                &row.former_names,
                &row.status,
                &row.established,
                &row.entity_type,
                &row.capital,
                &row.region,
                &row.address,
                &row.source_unit,
                &row.source_date,
                &row.ended,
                &row.scope,
            ])
            .await?;
    }
    writer.finish().await?;
    Ok(())
}

pub(super) async fn put_records(
    transaction: &Transaction<'_>,
    stored: Vec<StoredRecord>,
) -> Result<(), StoreError> {
    let numbers: Vec<i64> = stored.iter().map(|stored| signed(stored.number)).collect();
    delete(transaction, "records", &numbers).await?;
    let sql = format!("COPY records ({RECORD}) FROM STDIN (FORMAT binary)");
    let sink = transaction.copy_in(&sql).await?;
    let mut types = vec![Type::INT8];
    types.resize(11, Type::TEXT);
    let writer = BinaryCopyInWriter::new(sink, &types);
    pin_mut!(writer);
    for stored in stored {
        let row = RecordRow::from(stored);
        writer
            .as_mut()
            .write(&[
                &row.number,
                &row.dataset,
                &row.key,
                &row.holder,
                &row.person,
                &row.source_unit,
                &row.source_date,
                &row.ended,
                &row.body,
                &row.topic,
                &row.arrived,
            ])
            .await?;
    }
    writer.finish().await?;
    Ok(())
}

/// Takes the rows away that are written anew.
async fn delete(
    transaction: &Transaction<'_>,
    table: &str,
    numbers: &[i64],
) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {table} WHERE number = ANY($1)");
    let statement = transaction.prepare_cached(&sql).await?;
    transaction.execute(&statement, &[&numbers]).await?;
    Ok(())
}

pub(super) async fn head(
    client: &impl deadpool_postgres::GenericClient,
) -> Result<Head, StoreError> {
    let row = client
        .query_one(
            "SELECT (SELECT id FROM identity), \
             (SELECT value FROM counters WHERE name = 'subject'), \
             (SELECT value FROM counters WHERE name = 'change'), \
             (SELECT value FROM counters WHERE name = 'record')",
            &[],
        )
        .await?;
    let count = |place: usize| row.get::<_, i64>(place).unsigned_abs();
    Ok(Head {
        store: row.get(0),
        subject: count(1),
        change: count(2),
        record: count(3),
        rows: 0,
    })
}

pub(super) async fn put_head(transaction: &Transaction<'_>, head: &Head) -> Result<(), StoreError> {
    let sql = "UPDATE counters SET value = $2 WHERE name = $1";
    for (name, value) in [
        ("subject", head.subject),
        ("change", head.change),
        ("record", head.record),
    ] {
        transaction.execute(sql, &[&name, &signed(value)]).await?;
    }
    Ok(())
}

pub(super) async fn next_edition(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let sql = "UPDATE counters SET value = value + 1 WHERE name = 'edition'";
    transaction.execute(sql, &[]).await?;
    Ok(())
}

pub(super) fn subjects(rows: Vec<Row>) -> Result<Vec<StoredSubject>, StoreError> {
    let read = |row: Row| {
        SubjectRow {
            number: row.get(0),
            changed: row.get(1),
            code: row.get(2),
            name: row.get(3),
            former_names: row.get(4),
            status: row.get(5),
            established: row.get(6),
            entity_type: row.get(7),
            capital: row.get(8),
            region: row.get(9),
            address: row.get(10),
            source_unit: row.get(11),
            source_date: row.get(12),
            ended: row.get(13),
            scope: row.get(14),
        }
        .try_into()
    };
    rows.into_iter().map(read).collect()
}

pub(super) fn records(rows: Vec<Row>) -> Result<Vec<StoredRecord>, StoreError> {
    let read = |row: Row| {
        RecordRow {
            number: row.get(0),
            dataset: row.get(1),
            key: row.get(2),
            holder: row.get(3),
            person: row.get(4),
            source_unit: row.get(5),
            source_date: row.get(6),
            ended: row.get(7),
            body: row.get(8),
            topic: row.get(9),
            arrived: row.get(10),
        }
        .try_into()
    };
    rows.into_iter().map(read).collect()
}

pub(super) fn change(row: &Row) -> Change {
    let formers: String = row.get(3);
    let status: String = row.get(4);
    Change {
        sequence: row.get::<_, i64>(0).unsigned_abs(),
        number: row.get::<_, i64>(1).unsigned_abs(),
        name: row.get(2),
        former: former_names(&formers).map(str::to_owned).collect(),
        is_closed: status.parse().is_ok_and(SubjectStatus::is_closed),
    }
}
