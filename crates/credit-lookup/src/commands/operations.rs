//! `reindex`, `backup`, `restore`, `purge`, `retention`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use credit_core::identifier::SubjectCode;
use credit_core::record::Holder;
use credit_core::rules::retention;

use super::{CommandError, acted, catch_up, runtime};
use crate::cli::{Backup, PurgeArguments, Reindex, Restore, Retention};
use crate::names::NameIndex;
use crate::store::{DatabaseUrl, Part, Purge, Purged, Store, StoreError};
use crate::{clock, terminal};

/// Parts that may wait for the other store.
const WAITING: usize = 4;

pub(super) fn reindex(arguments: &Reindex) -> Result<(), CommandError> {
    runtime()?.block_on(async {
        let store = arguments.db.open_existing().await?;
        let position = store.position().await?;
        if arguments.dry_run {
            terminal::say(format_args!(
                "would index the names of {} subjects",
                position.subjects
            ));
            return Ok(());
        }
        let folder = arguments.index.clone();
        let index = NameIndex::open(&folder.unwrap_or_else(|| arguments.db.index_folder()))?;
        catch_up(&index, &*store, true).await?;
        terminal::say(format_args!(
            "indexed {} names up to change {}",
            index.len(),
            index.sequence()
        ));
        Ok(())
    })
}

pub(super) fn backup(arguments: &Backup) -> Result<(), CommandError> {
    runtime()?.block_on(async {
        let from = arguments.db.open_existing().await?;
        let rows = from.rows().await?;
        if arguments.out.exists() {
            return Err(format!("{} is there already", arguments.out.display()).into());
        }
        if arguments.dry_run {
            terminal::say(format_args!("would write {rows} rows"));
            return Ok(());
        }
        let file = arguments.out.display().to_string();
        acted(&*from, "backup", &file, "").await?;
        let rows = rows + 1;
        // Beside and renamed, so that a backup is whole or not there.
        let beside = with_ending(&arguments.out, ".new");
        remove_database(&beside)?;
        {
            let to = DatabaseUrl::Sqlite(beside.clone()).open().await?;
            copy(from, to, rows).await?;
        }
        std::fs::rename(&beside, &arguments.out)?;
        remove_database(&beside)?;
        terminal::say(format_args!(
            "{} has {rows} rows; the keys are not in it",
            arguments.out.display()
        ));
        Ok(())
    })
}

pub(super) fn restore(arguments: &Restore) -> Result<(), CommandError> {
    runtime()?.block_on(async {
        let from = DatabaseUrl::Sqlite(arguments.file.clone())
            .open_existing()
            .await?;
        let rows = from.rows().await?;
        // Not made by a dry run.
        if let DatabaseUrl::Sqlite(path) = &arguments.db
            && arguments.dry_run
            && !path.exists()
        {
            terminal::say(format_args!("would restore {rows} rows"));
            return Ok(());
        }
        let to = arguments.db.open().await?;
        let found = to.rows().await?;
        if found > 0 {
            return Err(StoreError::NotEmpty { rows: found }.into());
        }
        if arguments.dry_run {
            terminal::say(format_args!("would restore {rows} rows"));
            return Ok(());
        }
        copy(from, Arc::clone(&to), rows).await?;
        let file = arguments.file.display().to_string();
        acted(&*to, "restore", &file, &format!("rows {rows}")).await?;
        terminal::say(format_args!(
            "restored {rows} rows into {}; `reindex` makes the name index",
            arguments.db
        ));
        Ok(())
    })
}

/// Copies all that `from` has, as it is at one moment, into `to`.
async fn copy(from: Arc<dyn Store>, to: Arc<dyn Store>, rows: u64) -> Result<(), CommandError> {
    let bar = terminal::count(rows);
    let (sender, parts) = sync_channel(WAITING);
    let (counted, received) = sync_channel(WAITING);
    let counter = {
        let bar = bar.clone();
        tokio::task::spawn_blocking(move || {
            for part in parts {
                bar.inc(match &part {
                    Part::Subjects(subjects) => subjects.len() as u64,
                    Part::Records(records) => records.len() as u64,
                    Part::Revocations(some) => some.len() as u64,
                    Part::Sites(sites) => sites.len() as u64,
                    Part::Uses(uses) => uses.len() as u64,
                    Part::Audit(entries) => entries.len() as u64,
                    Part::Head(_) | Part::End => 0,
                });
                if counted.send(part).is_err() {
                    break;
                }
            }
        })
    };
    let dumped = tokio::spawn(async move { from.dump(sender).await });
    let loaded = to.load(received).await;
    counter.await?;
    let dumped = dumped.await?;
    bar.finish_and_clear();
    // A store that could not take it broke the other off.
    loaded?;
    Ok(dumped?)
}

pub(super) fn purge(arguments: &PurgeArguments) -> Result<(), CommandError> {
    let (what, object) = match (&arguments.source, &arguments.code) {
        (Some(source), None) => (Purge::Source(source.clone()), format!("source {source}")),
        (None, Some(code)) => {
            let code = SubjectCode::as_published(code)?;
            (Purge::Holder(Holder::Subject(code)), format!("code {code}"))
        }
        _ => return Err("give one of --source and --code".into()),
    };
    runtime()?.block_on(async {
        let store = arguments.db.open_existing().await?;
        if !arguments.dry_run {
            // First the entry: afterwards nothing would tell what there was.
            acted(&*store, "purge", &object, "").await?;
        }
        let bar = terminal::busy("purge");
        let Purged { subjects, records } = store.purge(what, arguments.dry_run).await?;
        bar.finish_and_clear();
        let verb = if arguments.dry_run {
            "would delete"
        } else {
            "deleted"
        };
        terminal::say(format_args!(
            "{verb} {subjects} subjects, {records} records"
        ));
        Ok(())
    })
}

pub(super) fn retention_run(arguments: &Retention) -> Result<(), CommandError> {
    let today = arguments
        .today
        .unwrap_or_else(|| clock::now().date_in_china());
    runtime()?.block_on(async {
        let store = arguments.db.open_existing().await?;
        if !arguments.dry_run {
            acted(&*store, "retention", &format!("today {today}"), "").await?;
        }
        let bar = terminal::count(retention().len() as u64);
        for rule in retention() {
            let Some(day) = rule.keeps_from(today) else {
                continue;
            };
            let what = Purge::Before {
                dataset: rule.dataset,
                field: rule.field,
                day,
            };
            let purged = store.purge(what, arguments.dry_run).await?;
            bar.inc(1);
            let verb = if arguments.dry_run {
                "would delete"
            } else {
                "deleted"
            };
            bar.suspend(|| {
                terminal::say(format_args!(
                    "{}: {verb} {} records {} before {day} ({})",
                    rule.dataset, purged.records, rule.field, rule.basis.zh
                ));
            });
        }
        bar.finish_and_clear();
        Ok(())
    })
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes an SQLite file and what SQLite keeps beside it.
fn remove_database(path: &Path) -> std::io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        match std::fs::remove_file(with_ending(path, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
