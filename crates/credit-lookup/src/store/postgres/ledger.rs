//! The office's books on PostgreSQL.

use async_trait::async_trait;
use credit_core::date::{Date, Timestamp};
use credit_core::identifier::SubjectCode;
use deadpool_postgres::GenericClient;

use super::rows::next_edition;
use super::{AUDIT_LOCK, PostgresStore, lock, lock_as};
use crate::store::row::{origins, revocation, signed, site, uses};
use crate::store::{Act, AuditEntry, Ledger, Revocation, Site, StoreError, Uses};

#[async_trait]
impl Ledger for PostgresStore {
    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        sites(&self.client().await?).await
    }

    async fn put_site(&self, site: Site) -> Result<(), StoreError> {
        put_site(&self.client().await?, &site).await
    }

    async fn remove_site(&self, name: &str) -> Result<bool, StoreError> {
        let client = self.client().await?;
        let sql = "DELETE FROM sites WHERE name = $1";
        Ok(client.execute(sql, &[&name]).await? > 0)
    }

    async fn add_uses(&self, uses: Vec<Uses>) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await?;
        for some in &uses {
            add_uses(&transaction, some).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    async fn uses(&self, since: Date) -> Result<Vec<Uses>, StoreError> {
        uses_since(&self.client().await?, &since.to_string()).await
    }

    async fn revocations(&self) -> Result<Vec<Revocation>, StoreError> {
        revocations(&self.client().await?).await
    }

    async fn revoke(
        &self,
        code: SubjectCode,
        at: Timestamp,
        reason: String,
    ) -> Result<Option<Revocation>, StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await?;
        // Numbers are counted by one at a time, imports among them.
        lock(&transaction).await?;
        let revoked = revoke(&transaction, code, at, reason).await?;
        if revoked.is_none() {
            return Ok(None);
        }
        next_edition(&transaction).await?;
        transaction.commit().await?;
        Ok(revoked)
    }

    async fn audit(&self, act: Act) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await?;
        // One writes, so that the chain has no fork.
        lock_as(&transaction, AUDIT_LOCK).await?;
        let sql = "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1";
        let last = transaction.query_opt(sql, &[]).await?;
        let last: Option<(i64, String)> = last.map(|row| (row.get(0), row.get(1)));
        let last = last
            .as_ref()
            .map(|(number, digest)| (number.unsigned_abs(), digest.as_str()));
        put_audit(&transaction, &AuditEntry::after(last, act)).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn audit_entries(&self, after: u64, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        audit_entries(&self.client().await?, after, limit).await
    }
}

/// Revokes what was signed of a subject until now.
pub(super) async fn revoke(
    client: &impl GenericClient,
    code: SubjectCode,
    at: Timestamp,
    reason: String,
) -> Result<Option<Revocation>, StoreError> {
    let sql = "SELECT coalesce((SELECT max(next) FROM revocations WHERE code = $1), \
               (SELECT number FROM subjects WHERE code = $1))";
    let number: Option<i64> = client.query_one(sql, &[&code.as_str()]).await?.get(0);
    let Some(number) = number else {
        return Ok(None);
    };
    let sql = "UPDATE counters SET value = value + 1 WHERE name = 'subject' RETURNING value";
    let next: i64 = client.query_one(sql, &[]).await?.get(0);
    let revocation = Revocation {
        number: number.unsigned_abs(),
        next: next.unsigned_abs(),
        code,
        at,
        reason,
    };
    put_revocation(client, &revocation).await?;
    Ok(Some(revocation))
}

pub(super) async fn revocations(
    client: &impl GenericClient,
) -> Result<Vec<Revocation>, StoreError> {
    let sql = "SELECT number, next, code, at, reason FROM revocations ORDER BY next";
    let rows = client.query(sql, &[]).await?;
    let read = |row: &tokio_postgres::Row| {
        let (code, at): (String, String) = (row.get(2), row.get(3));
        revocation((row.get(0), row.get(1)), &code, &at, row.get(4))
    };
    rows.iter().map(read).collect()
}

pub(super) async fn put_revocation(
    client: &impl GenericClient,
    revocation: &Revocation,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO revocations (number, next, code, at, reason) \
               VALUES ($1, $2, $3, $4, $5)";
    client
        .execute(
            sql,
            &[
                &signed(revocation.number),
                &signed(revocation.next),
                &revocation.code.as_str(),
                &revocation.at.to_string(),
                &revocation.reason,
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn sites(client: &impl GenericClient) -> Result<Vec<Site>, StoreError> {
    let sql = "SELECT name, origins, added FROM sites ORDER BY name";
    let rows = client.query(sql, &[]).await?;
    let read = |row: &tokio_postgres::Row| {
        let (origins, added): (String, String) = (row.get(1), row.get(2));
        site(row.get(0), &origins, &added)
    };
    rows.iter().map(read).collect()
}

pub(super) async fn put_site(client: &impl GenericClient, site: &Site) -> Result<(), StoreError> {
    let sql = "INSERT INTO sites (name, origins, added) VALUES ($1, $2, $3) \
               ON CONFLICT (name) DO UPDATE SET origins = excluded.origins, added = excluded.added";
    let values = (origins(site), site.added.to_string());
    client
        .execute(sql, &[&site.name, &values.0, &values.1])
        .await?;
    Ok(())
}

pub(super) async fn add_uses(client: &impl GenericClient, uses: &Uses) -> Result<(), StoreError> {
    let sql = "INSERT INTO site_uses (site, day, uses) VALUES ($1, $2, $3) \
               ON CONFLICT (site, day) DO UPDATE SET uses = site_uses.uses + excluded.uses";
    let (day, count) = (uses.day.to_string(), signed(uses.count));
    client.execute(sql, &[&uses.site, &day, &count]).await?;
    Ok(())
}

pub(super) async fn uses_since(
    client: &impl GenericClient,
    day: &str,
) -> Result<Vec<Uses>, StoreError> {
    let sql = "SELECT site, day, uses FROM site_uses WHERE day >= $1 ORDER BY site, day";
    let rows = client.query(sql, &[&day]).await?;
    let read = |row: &tokio_postgres::Row| {
        let day: String = row.get(1);
        uses(row.get(0), &day, row.get(2))
    };
    rows.iter().map(read).collect()
}

pub(super) async fn put_audit(
    client: &impl GenericClient,
    entry: &AuditEntry,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (number, at, actor, action, object, detail, digest) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    client
        .execute(
            sql,
            &[
                &signed(entry.number),
                &entry.at,
                &entry.actor,
                &entry.action,
                &entry.object,
                &entry.detail,
                &entry.digest,
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn audit_entries(
    client: &impl GenericClient,
    after: u64,
    limit: usize,
) -> Result<Vec<AuditEntry>, StoreError> {
    let sql = "SELECT number, at, actor, action, object, detail, digest FROM audit \
               WHERE number > $1 ORDER BY number LIMIT $2";
    let rows = client.query(sql, &[&signed(after), &signed(limit)]).await?;
    let read = |row: &tokio_postgres::Row| AuditEntry {
        number: row.get::<_, i64>(0).unsigned_abs(),
        at: row.get(1),
        actor: row.get(2),
        action: row.get(3),
        object: row.get(4),
        detail: row.get(5),
        digest: row.get(6),
    };
    Ok(rows.iter().map(read).collect())
}
