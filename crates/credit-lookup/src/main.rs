//! `credit-lookup`: reads its arguments and runs a command.

use std::process::ExitCode;

use clap::Parser as _;
use credit_lookup::cli::Arguments;
use credit_lookup::commands;

fn main() -> ExitCode {
    commands::run(Arguments::parse())
}
