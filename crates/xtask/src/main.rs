#![doc = include_str!("../README.md")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it talks to the person at the terminal"
)]

mod bench;
mod build;
mod consumers;
mod demo;
mod fuzz;
mod gallery;
mod packages;
mod reference;
mod run;
mod site;
mod size;
mod suites;
mod tools;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Build widgets and server.
    Build {
        /// Small and fast, as it ships.
        #[arg(long)]
        release: bool,
    },
    /// Measure, with the peer or limit beside ours.
    Bench {
        /// What: identifiers, records.
        subject: bench::Subject,
    },
    /// Throw bytes at every parser.
    Fuzz {
        /// How long at each.
        #[arg(long, value_name = "N", default_value_t = 60)]
        seconds: u32,
        /// Only this one.
        #[arg(long, value_name = "TARGET")]
        only: Option<String>,
    },
    /// Build everything, make demo data and serve it with a stranger's site on another port.
    Demo(demo::Demo),
    /// Build the pages of the parts and take pictures of them.
    Screens,
    /// Run every test there is.
    Test {
        /// Also what is too slow for CI.
        #[arg(long)]
        long: bool,
        /// Run only this suite.
        #[arg(long, value_name = "SUITE")]
        only: Option<String>,
    },
    /// Serve a folder of strangers' pages that embed widgets from a server.
    Site {
        /// The folder.
        #[arg(long)]
        root: PathBuf,
        /// Address to listen on.
        #[arg(long)]
        listen: SocketAddr,
        /// The lookup server that the pages should use.
        #[arg(long)]
        api: String,
        /// Reload the pages when the widgets were built anew.
        #[arg(long)]
        watch: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().step {
        Step::Build { release } => build::all(if release {
            build::Mode::Release
        } else {
            build::Mode::Dev
        }),
        Step::Bench { subject } => bench::run(subject),
        Step::Fuzz { seconds, only } => {
            let ran = fuzz::run(seconds, only.as_deref())?;
            println!("{ran} targets held");
            Ok(())
        }
        Step::Demo(demo) => demo::run(&demo),
        Step::Screens => gallery::screens(),
        Step::Test { long, only } => suites::run(long, only.as_deref()),
        Step::Site {
            root,
            listen,
            api,
            watch,
        } => site::serve(&root, listen, &api, watch),
    }
}
