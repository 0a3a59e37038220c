//! The commands, one file each.

mod books;
mod check;
mod demo_data;
mod import;
mod keys;
mod operations;
mod serve;
mod verify;

use std::process::ExitCode;
use std::time::Duration;

use crate::cli::{Arguments, Command};
use crate::names::{IndexError, NameIndex};
use crate::store::{Act, Store};
use crate::{clock, terminal};

/// Runs a command; its exit code is 0 when all is well, 1 when a part of the
/// input was refused, 2 when it failed.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    let done = |outcome: Result<(), CommandError>| outcome.map(|()| ExitCode::SUCCESS);
    let outcome = match arguments.command {
        Command::Serve(arguments) => done(serve::run(&arguments)),
        Command::Import(arguments) => import::run(arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Keys(command) => done(keys::run(&command)),
        Command::Reindex(arguments) => done(operations::reindex(&arguments)),
        Command::Backup(arguments) => done(operations::backup(&arguments)),
        Command::Restore(arguments) => done(operations::restore(&arguments)),
        Command::Purge(arguments) => done(operations::purge(&arguments)),
        Command::Retention(arguments) => done(operations::retention_run(&arguments)),
        Command::Site(command) => done(books::site(&command)),
        Command::Revoke(arguments) => done(books::revoke(&arguments)),
        Command::Audit(arguments) => books::audit(&arguments),
        Command::DemoData(arguments) => done(demo_data::run(&arguments)),
    };
    outcome.unwrap_or_else(|error| {
        terminal::complain(&*error);
        ExitCode::from(2)
    })
}

/// What a command fails with; shown with its causes and never matched on.
type CommandError = Box<dyn std::error::Error + Send + Sync>;

fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?)
}

/// Writes into the audit log what somebody did at the command line.
async fn acted(
    store: &dyn Store,
    action: &'static str,
    object: &str,
    detail: &str,
) -> Result<(), CommandError> {
    let user = std::env::var("USER").unwrap_or_else(|_| "somebody".to_owned());
    let act = Act {
        at: clock::now(),
        actor: format!("command line, {user}"),
        action,
        object: object.to_owned(),
        detail: detail.to_owned(),
    };
    Ok(store.audit(act).await?)
}

/// Brings the name index up to the store, or makes it anew, and shows how far
/// it is.
async fn catch_up(index: &NameIndex, store: &dyn Store, is_anew: bool) -> Result<(), CommandError> {
    let position = store.position().await?;
    let bar = terminal::count(position.sequence);
    bar.set_message("names");
    let work = async {
        if is_anew {
            index.rebuild(store).await
        } else {
            index.catch_up(store).await
        }
    };
    tokio::pin!(work);
    let outcome: Result<(), IndexError> = loop {
        tokio::select! {
            outcome = &mut work => break outcome,
            () = tokio::time::sleep(Duration::from_millis(200)) => {
                bar.set_position(index.sequence());
            }
        }
    };
    bar.finish_and_clear();
    Ok(outcome?)
}
