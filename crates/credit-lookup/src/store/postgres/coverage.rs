//! How much there is of each dataset, and how soon it came.

use deadpool_postgres::Object;

use crate::store::row::{arrivals, coverage};
use crate::store::{Arrivals, Coverage, StoreError};

/// Counts what has not ended; of the datasets of `split` by topic, too.
pub(super) async fn count(
    client: &Object,
    split: &[&'static str],
) -> Result<Vec<Coverage>, StoreError> {
    let sql = "SELECT 'registry', NULL, source_unit, count(*), max(source_date COLLATE \"C\") \
               FROM subjects WHERE ended IS NULL GROUP BY source_unit \
               UNION ALL \
               SELECT dataset, CASE WHEN dataset = ANY($1) THEN topic END AS part, \
               source_unit, count(*), max(source_date COLLATE \"C\") FROM records \
               WHERE ended IS NULL GROUP BY dataset, part, source_unit";
    let statement = client.prepare_cached(sql).await?;
    let rows = client.query(&statement, &[&split]).await?;
    let rows = rows
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)));
    coverage(rows.collect())
}

/// Counts the records of `dataset` that have not ended by the day in `field` and that
/// of their arrival.
pub(super) async fn count_arrivals(
    client: &Object,
    dataset: &str,
    field: &str,
) -> Result<Vec<Arrivals>, StoreError> {
    let sql = "SELECT decided, came, count(*) FROM ( \
               SELECT body::json ->> $2 AS decided, coalesce(arrived, source_date) AS came \
               FROM records WHERE dataset = $1 AND ended IS NULL) AS days \
               WHERE decided IS NOT NULL GROUP BY decided, came";
    let statement = client.prepare_cached(sql).await?;
    let rows = client.query(&statement, &[&dataset, &field]).await?;
    let rows = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2)));
    arrivals(rows.collect())
}
