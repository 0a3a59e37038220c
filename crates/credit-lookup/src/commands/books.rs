//! `site`, `audit`: the books of the office.

use std::process::ExitCode;

use credit_core::identifier::SubjectCode;
use credit_core::json::Value;

use super::{CommandError, acted, runtime};
use crate::cli::{Audit, Database, Revoke, SiteCommand};
use crate::store::{AuditEntry, Origin, Site, Store};
use crate::{clock, terminal};

/// Entries that are read at once.
const ENTRIES: usize = 1_000;

/// Longest reason of a revocation, in characters.
const REASON_MAX_CHARS: usize = 200;

/// Days of which `site list` adds up the uses where nothing else is said.
const DAYS: i64 = 30;

pub(super) fn site(command: &SiteCommand) -> Result<(), CommandError> {
    runtime()?.block_on(async {
        match command {
            SiteCommand::Add {
                name,
                origins,
                database,
            } => {
                let today = clock::now().date_in_china();
                let site = Site::new(name, origins, today)?;
                let store = database.db.open().await?;
                let origins = told(&site.origins);
                store.put_site(site).await?;
                acted(&*store, "site-add", name, &origins).await?;
                terminal::say(format_args!("{name}: {origins}"));
            }
            SiteCommand::List { since, database } => list(*since, database).await?,
            SiteCommand::Remove { name, database } => {
                let store = database.db.open_existing().await?;
                if !store.remove_site(name).await? {
                    return Err(format!("there is no site '{name}'").into());
                }
                acted(&*store, "site-remove", name, "").await?;
                terminal::say(format_args!("{name} is no longer registered"));
            }
        }
        Ok(())
    })
}

async fn list(
    since: Option<credit_core::date::Date>,
    database: &Database,
) -> Result<(), CommandError> {
    let store = database.db.open_existing().await?;
    let today = clock::now().date_in_china();
    let since = since.or(today.plus_days(-DAYS)).unwrap_or(today);
    let uses = store.uses(since).await?;
    terminal::say(format_args!("site\tsince\trequests since {since}\torigins"));
    for site in store.sites().await? {
        let of_site = uses.iter().filter(|uses| uses.site == site.name);
        let count: u64 = of_site.map(|uses| uses.count).sum();
        terminal::say(format_args!(
            "{}\t{}\t{count}\t{}",
            site.name,
            site.added,
            told(&site.origins)
        ));
    }
    Ok(())
}

fn told(origins: &[Origin]) -> String {
    let origins: Vec<&str> = origins.iter().map(Origin::as_str).collect();
    origins.join(" ")
}

/// `revoke`: nothing that was signed of a subject until now is to be believed.
pub(super) fn revoke(arguments: &Revoke) -> Result<(), CommandError> {
    let code = SubjectCode::as_published(&arguments.code)?;
    let reason = arguments.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MAX_CHARS {
        return Err(format!("a reason has 1 to {REASON_MAX_CHARS} characters").into());
    }
    runtime()?.block_on(async {
        let store = arguments.database.db.open_existing().await?;
        if store.subjects(&[code]).await?.is_empty() {
            return Err(format!("there is no subject {code}").into());
        }
        // Before it is done: an act without an entry must not be.
        acted(&*store, "revoke", code.as_str(), reason).await?;
        store.revoke(code, clock::now(), reason.to_owned()).await?;
        terminal::say(format_args!(
            "{code}: cards, passes and reports that were signed until now are revoked; what is signed from now on is good"
        ));
        Ok(())
    })
}

pub(super) fn audit(arguments: &Audit) -> Result<ExitCode, CommandError> {
    runtime()?.block_on(async {
        let store = arguments.database.db.open_existing().await?;
        if arguments.verify {
            return verify(&*store).await;
        }
        let mut after = arguments.after;
        let mut left = arguments.limit;
        while left > 0 {
            let entries = store.audit_entries(after, left.min(ENTRIES)).await?;
            let Some(last) = entries.last() else { break };
            after = last.number;
            left -= entries.len();
            for entry in &entries {
                terminal::say(line(entry));
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Whether each entry fits the one before. That the end was cut off shows only
/// to who wrote the last digest down elsewhere, so it is told.
async fn verify(store: &dyn Store) -> Result<ExitCode, CommandError> {
    let (mut number, mut digest) = (0, String::new());
    let bar = terminal::count(0);
    loop {
        let entries = store.audit_entries(number, ENTRIES).await?;
        if entries.is_empty() {
            break;
        }
        bar.inc(entries.len() as u64);
        for entry in entries {
            if entry.number != number + 1 || entry.digest != entry.digest_after(&digest) {
                bar.finish_and_clear();
                terminal::say(format_args!(
                    "entry {} does not fit entry {number} before it: one of the two was changed, or others taken out",
                    entry.number
                ));
                return Ok(ExitCode::from(1));
            }
            (number, digest) = (entry.number, entry.digest);
        }
    }
    bar.finish_and_clear();
    terminal::say(format_args!("{number} entries fit, the last has {digest}"));
    Ok(ExitCode::SUCCESS)
}

fn line(entry: &AuditEntry) -> Value {
    let text = |text: &str| Some(Value::text(text));
    Value::object([
        ("number", i64::try_from(entry.number).ok().map(Value::Int)),
        ("at", text(&entry.at)),
        ("actor", text(&entry.actor)),
        ("action", text(&entry.action)),
        ("object", text(&entry.object)),
        ("detail", text(&entry.detail)),
        ("digest", text(&entry.digest)),
    ])
}
