//! Rows to and from SQLite.

use credit_core::subject::SubjectStatus;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::store::row::{RecordRow, SubjectRow, former_names, signed};
use crate::store::{Change, Head, StoreError, StoredRecord, StoredSubject};

pub(super) fn put_subject(connection: &Connection, row: SubjectRow) -> Result<(), StoreError> {
    let sql = "REPLACE INTO subjects (number, changed, code, name, former_names, status, \
               established, entity_type, capital, region, address, source_unit, source_date, \
               ended, scope) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        row.number,
        row.changed,
        row.code,
        row.name,
        row.former_names,
        row.status,
        row.established,
        row.entity_type,
        row.capital,
        row.region,
        row.address,
        row.source_unit,
        row.source_date,
        row.ended,
        row.scope,
    ])?;
    Ok(())
}

pub(super) fn put_record(connection: &Connection, row: RecordRow) -> Result<(), StoreError> {
    let sql = "REPLACE INTO records (number, dataset, key, holder, person, source_unit, \
               source_date, ended, body, topic, arrived) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        row.number,
        row.dataset,
        row.key,
        row.holder,
        row.person,
        row.source_unit,
        row.source_date,
        row.ended,
        row.body,
        row.topic,
        row.arrived,
    ])?;
    Ok(())
}

pub(super) fn head(connection: &Connection) -> Result<Head, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM counters WHERE name = ?1")?;
    let mut count = |name: &str| {
        let value: Option<i64> = statement.query_row([name], |row| row.get(0)).optional()?;
        Ok::<u64, rusqlite::Error>(value.unwrap_or_default().unsigned_abs())
    };
    let (subject, change, record) = (count("subject")?, count("change")?, count("record")?);
    let store = connection
        .prepare_cached("SELECT id FROM identity")?
        .query_row([], |row| row.get(0))?;
    Ok(Head {
        store,
        subject,
        change,
        record,
        rows: 0,
    })
}

pub(super) fn put_head(connection: &Connection, head: &Head) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("UPDATE counters SET value = ?2 WHERE name = ?1")?;
    for (name, value) in [
        ("subject", head.subject),
        ("change", head.change),
        ("record", head.record),
    ] {
        statement.execute(params![name, signed(value)])?;
    }
    Ok(())
}

pub(super) fn edition(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT value FROM counters WHERE name = 'edition'";
    let mut statement = connection.prepare_cached(sql)?;
    let value: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(value.unsigned_abs())
}

pub(super) fn next_edition(connection: &Connection) -> Result<(), StoreError> {
    let sql = "UPDATE counters SET value = value + 1 WHERE name = 'edition'";
    connection.execute(sql, [])?;
    Ok(())
}

pub(super) fn subjects(mut rows: rusqlite::Rows<'_>) -> Result<Vec<StoredSubject>, StoreError> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(subject_row(row)?.try_into()?);
    }
    Ok(found)
}

pub(super) fn records(mut rows: rusqlite::Rows<'_>) -> Result<Vec<StoredRecord>, StoreError> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(record_row(row)?.try_into()?);
    }
    Ok(found)
}

fn subject_row(row: &Row<'_>) -> Result<SubjectRow, rusqlite::Error> {
    Ok(SubjectRow {
        number: row.get(0)?,
        changed: row.get(1)?,
        code: row.get(2)?,
        name: row.get(3)?,
        former_names: row.get(4)?,
        status: row.get(5)?,
        established: row.get(6)?,
        entity_type: row.get(7)?,
        capital: row.get(8)?,
        region: row.get(9)?,
        address: row.get(10)?,
        source_unit: row.get(11)?,
        source_date: row.get(12)?,
        ended: row.get(13)?,
        scope: row.get(14)?,
    })
}

fn record_row(row: &Row<'_>) -> Result<RecordRow, rusqlite::Error> {
    Ok(RecordRow {
        number: row.get(0)?,
        dataset: row.get(1)?,
        key: row.get(2)?,
        holder: row.get(3)?,
        person: row.get(4)?,
        source_unit: row.get(5)?,
        source_date: row.get(6)?,
        ended: row.get(7)?,
        body: row.get(8)?,
        topic: row.get(9)?,
        arrived: row.get(10)?,
    })
}

pub(super) fn change(row: &Row<'_>) -> Result<Change, rusqlite::Error> {
    let formers: String = row.get(3)?;
    let status: String = row.get(4)?;
    Ok(Change {
        sequence: row.get::<_, i64>(0)?.unsigned_abs(),
        number: row.get::<_, i64>(1)?.unsigned_abs(),
        name: row.get(2)?,
        former: former_names(&formers).map(str::to_owned).collect(),
        is_closed: status.parse().is_ok_and(SubjectStatus::is_closed),
    })
}
