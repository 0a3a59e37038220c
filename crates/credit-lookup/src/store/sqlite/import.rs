//! One file, all of it or nothing.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;
use std::rc::Rc;
use std::sync::mpsc::Receiver;

use credit_core::identifier::SubjectCode;
use credit_core::subject::Subject;
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params};

use super::SUBJECTS_INDEXES;
use super::rows::{head, next_edition, put_head, put_record, put_subject, records, subjects};
use crate::store::merge::Merge;
use crate::store::row::{RECORD, SUBJECT, signed};
use crate::store::{
    Head, ImportCounts, ImportMessage, ImportMode, ImportOrder, StoreError, StoredSubject,
};

pub(super) fn import(
    connection: &mut Connection,
    order: &ImportOrder,
    messages: &Receiver<ImportMessage>,
) -> Result<ImportCounts, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut merge = Merge::new(head(&transaction)?, order.day);
    let mut first = FirstImport::begin(&transaction, &merge.head)?;
    let is_whole = loop {
        match messages.recv() {
            Ok(ImportMessage::Subjects(new)) => {
                let codes = first.unknown(&transaction, &new)?;
                let known = subjects_by_code(&transaction, codes)?;
                for stored in merge.take(&known, new) {
                    put_subject(&transaction, stored.into())?;
                }
            }
            Ok(ImportMessage::Records(new)) => {
                let Some(dataset) = order.dataset else {
                    return Err(StoreError::BrokenOff);
                };
                let keys = new.iter().map(|record| Value::from(record.key()));
                let keys = Rc::new(keys.collect::<Vec<_>>());
                let sql = format!(
                    "SELECT {RECORD} FROM records WHERE dataset = ?1 AND key IN rarray(?2)"
                );
                let mut statement = transaction.prepare_cached(&sql)?;
                let known = records(statement.query(params![dataset, keys])?)?;
                let known = known
                    .into_iter()
                    .map(|stored| (stored.record.key(), stored))
                    .collect();
                for stored in merge.take(&known, new) {
                    put_record(&transaction, stored.into())?;
                }
            }
            Ok(ImportMessage::Commit { is_whole }) => break is_whole,
            Err(_) => return Err(StoreError::BrokenOff),
        }
    };
    first.end(&transaction)?;
    if is_whole {
        end_absent(&transaction, order, &mut merge)?;
    }
    put_head(&transaction, &merge.head)?;
    next_edition(&transaction)?;
    transaction.commit()?;
    // The log of a large import is as long as the file, and its pages fill the
    // cache; others need the room.
    connection.execute_batch("PRAGMA shrink_memory; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(merge.counts)
}

/// The first import into an empty store: nothing is known, so nothing has to be
/// looked up, and the indexes are made at the end. That saves a third of the
/// time for three million rows.
struct FirstImport {
    /// Hashes of the codes so far, while that is so.
    codes: Option<HashSet<u64>>,
}

impl FirstImport {
    fn begin(connection: &Connection, head: &Head) -> Result<Self, StoreError> {
        let is_first = head.subject == 0;
        if is_first {
            let sql = "DROP INDEX IF EXISTS subjects_code; DROP INDEX IF EXISTS subjects_changed";
            connection.execute_batch(sql)?;
        }
        Ok(Self {
            codes: is_first.then(HashSet::new),
        })
    }

    /// The codes of `new` that may be known and have to be looked up. With the
    /// first that the file has twice, this is an import like any other.
    fn unknown(
        &mut self,
        connection: &Connection,
        new: &[Subject],
    ) -> Result<Vec<Value>, StoreError> {
        if let Some(codes) = &mut self.codes {
            let hash = |subject: &Subject| codes.hasher().hash_one(subject.code);
            let hashes: Vec<u64> = new.iter().map(hash).collect();
            if hashes.into_iter().all(|hash| codes.insert(hash)) {
                return Ok(Vec::new());
            }
            self.end(connection)?;
        }
        let codes = new.iter().map(|subject| subject.code.to_string());
        Ok(codes.map(Value::from).collect())
    }

    fn end(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if self.codes.take().is_some() {
            connection.execute_batch(SUBJECTS_INDEXES)?;
        }
        Ok(())
    }
}

fn subjects_by_code(
    connection: &Connection,
    codes: Vec<Value>,
) -> Result<HashMap<SubjectCode, StoredSubject>, StoreError> {
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("SELECT {SUBJECT} FROM subjects WHERE code IN rarray(?1)");
    let mut statement = connection.prepare_cached(&sql)?;
    let known = subjects(statement.query(params![Rc::new(codes)])?)?;
    let known = known.into_iter();
    Ok(known.map(|stored| (stored.subject.code, stored)).collect())
}

fn end_absent(
    connection: &Connection,
    order: &ImportOrder,
    merge: &mut Merge,
) -> Result<(), StoreError> {
    let ImportMode::Snapshot { source, is_forced } = &order.mode else {
        return Ok(());
    };
    let (table, dataset) = match order.dataset {
        None => ("subjects", ""),
        Some(dataset) => ("records", dataset),
    };
    let condition = if dataset.is_empty() {
        "?2 = ''"
    } else {
        "dataset = ?2"
    };
    let sql = format!(
        "SELECT number FROM {table} WHERE source_unit = ?1 AND {condition} AND ended IS NULL \
         AND source_date <= ?3 ORDER BY number"
    );
    let mut statement = connection.prepare(&sql)?;
    let live = statement.query_map(params![source, dataset, order.day.to_string()], |row| {
        Ok(row.get::<_, i64>(0)?.unsigned_abs())
    })?;
    let live: Vec<u64> = live.collect::<Result<_, _>>()?;
    let absent = merge.absent(&live, source, *is_forced)?;
    let sql = format!("UPDATE {table} SET ended = ?1 WHERE number = ?2");
    let mut statement = connection.prepare(&sql)?;
    for number in absent {
        statement.execute(params![order.day.to_string(), signed(number)])?;
    }
    Ok(())
}
