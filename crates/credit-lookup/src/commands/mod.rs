//! The commands, one file each.

mod check;
mod demo_data;
mod import;
mod serve;

use std::process::ExitCode;

use crate::cli::{Arguments, Command};
use crate::terminal;

/// Runs a command; its exit code is 0 when all is well, 1 when a part of the
/// input was refused, 2 when it failed.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    let outcome = match arguments.command {
        Command::Serve(arguments) => serve::run(arguments).map(|()| ExitCode::SUCCESS),
        Command::Import(arguments) => import::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::DemoData(arguments) => demo_data::run(&arguments).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|error| {
        terminal::complain(&*error);
        ExitCode::from(2)
    })
}

/// What a command fails with; shown with its causes and never matched on.
type CommandError = Box<dyn std::error::Error + Send + Sync>;
