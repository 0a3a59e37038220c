//! `credit-lookup`: reads its arguments and runs a command.

use std::process::ExitCode;

use clap::Parser as _;
use credit_lookup::cli::Arguments;
use credit_lookup::commands;

/// A request allocates some fifty times; with this a card costs a fifth less
/// than with the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::run(Arguments::parse())
}
