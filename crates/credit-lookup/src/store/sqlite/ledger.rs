//! The office's books on SQLite.

use async_trait::async_trait;
use credit_core::date::{Date, Timestamp};
use credit_core::identifier::SubjectCode;
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};

use super::SqliteStore;
use super::rows::next_edition;
use crate::store::row::{origins, revocation, signed, site, uses};
use crate::store::{Act, AuditEntry, Ledger, Revocation, Site, StoreError, Uses};

#[async_trait]
impl Ledger for SqliteStore {
    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.pool.read(sites).await
    }

    async fn put_site(&self, site: Site) -> Result<(), StoreError> {
        self.pool
            .write(move |connection| put_site(connection, &site))
            .await
    }

    async fn remove_site(&self, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.pool
            .write(move |connection| {
                Ok(connection.execute("DELETE FROM sites WHERE name = ?1", [name])? > 0)
            })
            .await
    }

    async fn add_uses(&self, uses: Vec<Uses>) -> Result<(), StoreError> {
        self.pool
            .write(move |connection| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                for some in &uses {
                    add_uses(&transaction, some)?;
                }
                transaction.commit()?;
                Ok(())
            })
            .await
    }

    async fn uses(&self, since: Date) -> Result<Vec<Uses>, StoreError> {
        self.pool
            .read(move |connection| uses_since(connection, &since.to_string()))
            .await
    }

    async fn revocations(&self) -> Result<Vec<Revocation>, StoreError> {
        self.pool.read(revocations).await
    }

    async fn revoke(
        &self,
        code: SubjectCode,
        at: Timestamp,
        reason: String,
    ) -> Result<Option<Revocation>, StoreError> {
        self.pool
            .write(move |connection| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let revoked = revoke(&transaction, code, at, reason)?;
                if revoked.is_none() {
                    return Ok(None);
                }
                next_edition(&transaction)?;
                transaction.commit()?;
                Ok(revoked)
            })
            .await
    }

    async fn audit(&self, act: Act) -> Result<(), StoreError> {
        self.pool
            .write(move |connection| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let sql = "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1";
                let last = transaction
                    .query_row(sql, [], |row| {
                        Ok((
                            row.get::<_, i64>(0)?.unsigned_abs(),
                            row.get::<_, String>(1)?,
                        ))
                    })
                    .optional()?;
                let last = last
                    .as_ref()
                    .map(|(number, digest)| (*number, digest.as_str()));
                put_audit(&transaction, &AuditEntry::after(last, act))?;
                transaction.commit()?;
                Ok(())
            })
            .await
    }

    async fn audit_entries(&self, after: u64, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        self.pool
            .read(move |connection| audit_entries(connection, after, limit))
            .await
    }
}

/// Revokes what was signed of a subject until now.
pub(super) fn revoke(
    connection: &Connection,
    code: SubjectCode,
    at: Timestamp,
    reason: String,
) -> Result<Option<Revocation>, StoreError> {
    let sql = "SELECT coalesce((SELECT max(next) FROM revocations WHERE code = ?1), \
               (SELECT number FROM subjects WHERE code = ?1))";
    let number: Option<i64> = connection.query_row(sql, [code.as_str()], |row| row.get(0))?;
    let Some(number) = number else {
        return Ok(None);
    };
    let sql = "UPDATE counters SET value = value + 1 WHERE name = 'subject' RETURNING value";
    let next: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    let revocation = Revocation {
        number: number.unsigned_abs(),
        next: next.unsigned_abs(),
        code,
        at,
        reason,
    };
    put_revocation(connection, &revocation)?;
    Ok(Some(revocation))
}

pub(super) fn revocations(connection: &Connection) -> Result<Vec<Revocation>, StoreError> {
    let sql = "SELECT number, next, code, at, reason FROM revocations ORDER BY next";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let numbers: (i64, i64) = (row.get(0)?, row.get(1)?);
        let (code, at): (String, String) = (row.get(2)?, row.get(3)?);
        found.push(revocation(numbers, &code, &at, row.get(4)?)?);
    }
    Ok(found)
}

pub(super) fn put_revocation(
    connection: &Connection,
    revocation: &Revocation,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO revocations (number, next, code, at, reason) VALUES (?, ?, ?, ?, ?)";
    connection.execute(
        sql,
        params![
            signed(revocation.number),
            signed(revocation.next),
            revocation.code.as_str(),
            revocation.at.to_string(),
            revocation.reason,
        ],
    )?;
    Ok(())
}

pub(super) fn sites(connection: &Connection) -> Result<Vec<Site>, StoreError> {
    let sql = "SELECT name, origins, added FROM sites ORDER BY name";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    rows.map(|row| {
        let (name, origins, added) = row?;
        site(name, &origins, &added)
    })
    .collect()
}

pub(super) fn put_site(connection: &Connection, site: &Site) -> Result<(), StoreError> {
    let sql = "REPLACE INTO sites (name, origins, added) VALUES (?, ?, ?)";
    let added = site.added.to_string();
    connection.execute(sql, params![site.name, origins(site), added])?;
    Ok(())
}

pub(super) fn add_uses(connection: &Connection, uses: &Uses) -> Result<(), StoreError> {
    let sql = "INSERT INTO site_uses (site, day, uses) VALUES (?, ?, ?) \
               ON CONFLICT (site, day) DO UPDATE SET uses = uses + excluded.uses";
    let mut statement = connection.prepare_cached(sql)?;
    statement.execute(params![uses.site, uses.day.to_string(), signed(uses.count)])?;
    Ok(())
}

pub(super) fn uses_since(connection: &Connection, day: &str) -> Result<Vec<Uses>, StoreError> {
    let sql = "SELECT site, day, uses FROM site_uses WHERE day >= ?1 ORDER BY site, day";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([day], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
        ))
    })?;
    rows.map(|row| {
        let (site, day, count) = row?;
        uses(site, &day, count)
    })
    .collect()
}

pub(super) fn put_audit(connection: &Connection, entry: &AuditEntry) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (number, at, actor, action, object, detail, digest) \
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        signed(entry.number),
        entry.at,
        entry.actor,
        entry.action,
        entry.object,
        entry.detail,
        entry.digest,
    ])?;
    Ok(())
}

pub(super) fn audit_entries(
    connection: &Connection,
    after: u64,
    limit: usize,
) -> Result<Vec<AuditEntry>, StoreError> {
    let sql = "SELECT number, at, actor, action, object, detail, digest FROM audit \
               WHERE number > ?1 ORDER BY number LIMIT ?2";
    let read = |row: &Row<'_>| {
        Ok(AuditEntry {
            number: row.get::<_, i64>(0)?.unsigned_abs(),
            at: row.get(1)?,
            actor: row.get(2)?,
            action: row.get(3)?,
            object: row.get(4)?,
            detail: row.get(5)?,
            digest: row.get(6)?,
        })
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([signed(after), signed(limit)], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
