//! How much there is of each dataset, and how soon it came.

use std::rc::Rc;

use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::store::row::{arrivals, coverage};
use crate::store::{Arrivals, Coverage, StoreError};

/// Counts what has not ended; of the datasets of `split` by topic, too.
pub(super) fn count(
    connection: &Connection,
    split: &[&'static str],
) -> Result<Vec<Coverage>, StoreError> {
    let split = split.iter().map(|name| Value::from((*name).to_owned()));
    let split: Rc<Vec<Value>> = Rc::new(split.collect());
    let sql = "SELECT 'registry', NULL, source_unit, count(*), max(source_date) FROM subjects \
               WHERE ended IS NULL GROUP BY source_unit \
               UNION ALL \
               SELECT dataset, CASE WHEN dataset IN rarray(?1) THEN topic END AS part, \
               source_unit, count(*), max(source_date) FROM records \
               WHERE ended IS NULL GROUP BY dataset, part, source_unit";
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        let counts: (String, Option<String>, String, i64, String) = row.try_into()?;
        Ok(counts)
    };
    let rows = statement.query_map([split], read)?;
    coverage(rows.collect::<Result<_, _>>()?)
}

/// Counts the records of `dataset` that have not ended by the day in `field` and that
/// of their arrival.
pub(super) fn count_arrivals(
    connection: &Connection,
    dataset: &str,
    field: &str,
) -> Result<Vec<Arrivals>, StoreError> {
    let sql = "SELECT json_extract(body, '$.\"' || ?2 || '\"') AS decided, \
               coalesce(arrived, source_date) AS came, count(*) FROM records \
               WHERE dataset = ?1 AND ended IS NULL AND decided IS NOT NULL \
               GROUP BY decided, came";
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        let counts: (String, String, i64) = row.try_into()?;
        Ok(counts)
    };
    let rows = statement.query_map([dataset, field], read)?;
    arrivals(rows.collect::<Result<_, _>>()?)
}
