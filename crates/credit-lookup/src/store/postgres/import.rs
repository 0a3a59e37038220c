//! One file, all of it or nothing.

use std::sync::mpsc::Receiver;

use deadpool_postgres::{Object, Transaction};

use super::lock;
use super::rows::{head, next_edition, put_head, put_records, put_subjects, records, subjects};
use super::waiting::Waiting;
use crate::store::merge::Merge;
use crate::store::row::{RECORD, SUBJECT, signed};
use crate::store::{ImportCounts, ImportMessage, ImportMode, ImportOrder, StoreError};

pub(super) async fn import(
    mut client: Object,
    order: &ImportOrder,
    messages: Receiver<ImportMessage>,
) -> Result<ImportCounts, StoreError> {
    let transaction = client.transaction().await?;
    lock(&transaction).await?;
    let mut merge = Merge::new(head(&transaction).await?, order.day);
    let messages = Waiting::new(messages);
    let is_whole = loop {
        match messages.next().await {
            Some(ImportMessage::Subjects(new)) => {
                let codes: Vec<&str> = new.iter().map(|subject| subject.code.as_str()).collect();
                let sql = format!("SELECT {SUBJECT} FROM subjects WHERE code = ANY($1)");
                let statement = transaction.prepare_cached(&sql).await?;
                let known = subjects(transaction.query(&statement, &[&codes]).await?)?;
                let known = known
                    .into_iter()
                    .map(|stored| (stored.subject.code, stored))
                    .collect();
                put_subjects(&transaction, merge.take(&known, new)).await?;
            }
            Some(ImportMessage::Records(new)) => {
                let Some(dataset) = order.dataset else {
                    return Err(StoreError::BrokenOff);
                };
                let keys: Vec<String> = new.iter().map(|record| record.key()).collect();
                let sql =
                    format!("SELECT {RECORD} FROM records WHERE dataset = $1 AND key = ANY($2)");
                let statement = transaction.prepare_cached(&sql).await?;
                let rows = transaction.query(&statement, &[&dataset, &keys]).await?;
                let known = records(rows)?
                    .into_iter()
                    .map(|stored| (stored.record.key(), stored))
                    .collect();
                put_records(&transaction, merge.take(&known, new)).await?;
            }
            Some(ImportMessage::Commit { is_whole }) => break is_whole,
            None => return Err(StoreError::BrokenOff),
        }
    };
    if is_whole {
        end_absent(&transaction, order, &mut merge).await?;
    }
    put_head(&transaction, &merge.head).await?;
    next_edition(&transaction).await?;
    transaction.commit().await?;
    Ok(merge.counts)
}

async fn end_absent(
    transaction: &Transaction<'_>,
    order: &ImportOrder,
    merge: &mut Merge,
) -> Result<(), StoreError> {
    let ImportMode::Snapshot { source, is_forced } = &order.mode else {
        return Ok(());
    };
    let rows = match order.dataset {
        None => {
            let sql = "SELECT number FROM subjects WHERE source_unit = $1 AND ended IS NULL \
                       AND source_date COLLATE \"C\" <= $2 ORDER BY number";
            transaction
                .query(sql, &[source, &order.day.to_string()])
                .await?
        }
        Some(dataset) => {
            let sql = "SELECT number FROM records WHERE source_unit = $1 AND dataset = $2 \
                       AND ended IS NULL AND source_date COLLATE \"C\" <= $3 ORDER BY number";
            let day = order.day.to_string();
            transaction.query(sql, &[source, &dataset, &day]).await?
        }
    };
    let live: Vec<u64> = rows
        .iter()
        .map(|row| row.get::<_, i64>(0).unsigned_abs())
        .collect();
    let absent = merge.absent(&live, source, *is_forced)?;
    let absent: Vec<i64> = absent.into_iter().map(signed).collect();
    let table = match order.dataset {
        None => "subjects",
        Some(_) => "records",
    };
    let sql = format!("UPDATE {table} SET ended = $1 WHERE number = ANY($2)");
    transaction
        .execute(&sql, &[&order.day.to_string(), &absent])
        .await?;
    Ok(())
}
