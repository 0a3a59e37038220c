//! `cargo xtask bench`: ours and the peer or limit in one run.

mod api;
mod lists;
mod load;
mod pages;
mod table;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use crate::build::{self, Mode};
use crate::demo;
use crate::packages;
use crate::run::{cargo, check, output, root};
use crate::tools;

/// What can be measured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Subject {
    /// Codes checked a second: native, wasm, python-stdnum, npm's stdnum.
    Identifiers,
    /// Import and search of three million rows, beside FTS5 trigram.
    Records,
    /// Requests a second and latencies of the server, beside a bare axum handler.
    Api,
    /// The first verified badge beside one that checks nothing, and a thousand.
    Badge,
    /// The first key that the query window takes, beside a form by SurveyJS.
    Panels,
}

/// Measures one.
pub(crate) fn run(subject: Subject) -> Result<()> {
    match subject {
        Subject::Identifiers => identifiers(),
        Subject::Records => records(),
        Subject::Api => api::run(),
        Subject::Badge => pages::run("badge"),
        Subject::Panels => pages::run("panels"),
    }
}

/// Subjects of the large store.
const LARGE: u32 = 3_000_000;
/// The small one's.
const SMALL: u32 = 10_000;

/// What encrypts the keys of a measured server.
const PASSPHRASE: &str = "a bench";

/// A store of synthetic subjects.
struct Filled {
    /// Where it is, with its feed and its keys.
    folder: PathBuf,
    /// Its address.
    db: String,
}

impl Filled {
    /// The one in `folder`.
    fn new(folder: PathBuf) -> Self {
        let db = format!("sqlite:{}", folder.join("credit.db").display());
        Self { folder, db }
    }

    /// The one of so many subjects.
    fn of(entities: u32) -> Self {
        Self::new(root().join(format!("target/bench/records/{entities}")))
    }

    /// Says that the import came to its end.
    fn stamp(&self) -> PathBuf {
        self.folder.join("filled")
    }

    /// Its rows.
    fn feed(&self) -> PathBuf {
        self.folder.join("registry.csv")
    }
}

/// The store of so many subjects, as it was left, or made.
fn filled(server: &Path, entities: u32) -> Result<Filled> {
    let filled = Filled::of(entities);
    if filled.stamp().is_file() {
        return Ok(filled);
    }
    fill(server, entities)
}

/// Makes the store of so many subjects anew and says what that took.
fn fill(server: &Path, entities: u32) -> Result<Filled> {
    let filled = Filled::of(entities);
    let _ = fs::remove_dir_all(&filled.folder);
    registry(server, &filled.folder, 1, entities)?;
    let feed = filled.feed();
    let begin = Instant::now();
    let peak = peak_memory(&mut import(server, &feed, &filled.db))?;
    println!(
        "import of {entities} rows, {} MB, with index: {:.1} s, {} MB at most{}",
        fs::metadata(&feed)?.len() / 1_000_000,
        begin.elapsed().as_secs_f64(),
        peak / 1_024,
        if entities == LARGE {
            ", budget 60 s, 600 MB"
        } else {
            ""
        },
    );
    fs::write(filled.stamp(), "")?;
    Ok(filled)
}

/// Writes the registry feed of so many subjects into `folder`.
fn registry(server: &Path, folder: &Path, seed: u64, entities: u32) -> Result<()> {
    fs::create_dir_all(folder)?;
    check(
        Command::new(server)
            .args(["demo-data", "--dataset", "registry", "--seed"])
            .arg(seed.to_string())
            .arg("--entities")
            .arg(entities.to_string())
            .arg("--out")
            .arg(folder),
    )
}

/// The import of a registry feed.
fn import(server: &Path, feed: &Path, db: &str) -> Command {
    let mut import = Command::new(server);
    import
        .env("CREDIT_KEY_PASSPHRASE", PASSPHRASE)
        .arg("import")
        .arg(feed)
        .args(["--dataset", "registry", "--as-of", "2026-11-01", "--db", db]);
    import
}

/// Imports synthetic rows and searches among them: what an import takes, and
/// what growing from ten thousand subjects costs.
fn records() -> Result<()> {
    let server = build::server(Mode::Release)?;
    for entities in [SMALL, LARGE] {
        let filled = fill(&server, entities)?;
        check(
            cargo()
                .args(["bench", "--quiet", "--package", "credit-lookup"])
                .args(["--bench", "search", "--", &filled.db])
                .arg(filled.folder.join("trigram.db")),
        )?;
    }
    println!("budget: p99 ≤ 5 ms at any length, and from {SMALL} to {LARGE} ≤ 4 ×");
    Ok(())
}

/// Runs a command to its end; the most memory that it had, in KiB.
fn peak_memory(command: &mut Command) -> Result<u64> {
    let mut child = command.spawn()?;
    let mut peak = 0;
    let ended = loop {
        // The kernel keeps the peak; it goes away with the process.
        peak = peak.max(memory(child.id(), "VmHWM:").unwrap_or_default());
        match child.try_wait()? {
            Some(ended) => break ended,
            None => sleep(Duration::from_millis(20)),
        }
    };
    anyhow::ensure!(ended.success(), "{command:?} ended with {ended}");
    Ok(peak)
}

/// Memory of a process in KiB, by the kernel's word for it.
fn memory(process: u32, word: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(word))?;
    line.trim().split(' ').next()?.parse().ok()
}

/// Codes of the list, as many times as it takes.
const CODES: usize = 60_000;

fn identifiers() -> Result<()> {
    let list = codes()?;
    packages::checks()?;
    let native = output(
        cargo()
            .args(["bench", "--quiet", "--package", "credit-core"])
            .args(["--features", "tables", "--bench", "identifiers", "--"])
            .arg(&list),
    )?;
    let scripts = root().join("tests/bench");
    let differential = "tests/differential";
    let python = output(
        Command::new(tools::python(differential)?)
            .arg(scripts.join("identifiers.py"))
            .arg(&list),
    )?;
    let node = output(
        Command::new("node")
            .arg(scripts.join("identifiers.mjs"))
            .arg(&list)
            .arg(packages::folder().join("credit-checks"))
            .arg(tools::npm_packages(differential)?),
    )?;
    let lines = [native, node, python].concat();
    let rates = lines
        .lines()
        .map(|line| {
            let (name, rate) = line.split_once('\t').context("a rate")?;
            Ok((name, rate.parse::<f64>()?))
        })
        .collect::<Result<Vec<_>>>()?;
    let rate = |wanted: &str| {
        let found = rates.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, rate)| *rate).context("a peer")
    };
    let (python, npm) = (rate("python-stdnum")?, rate("npm stdnum")?);
    println!(
        "\nchecks of {} as uscc, million a second, medians",
        list.display()
    );
    println!(
        "{:<16} {:>9} {:>16} {:>12}",
        "", "M/s", "× python-stdnum", "× npm stdnum"
    );
    for (name, rate) in &rates {
        println!(
            "{name:<16} {:>9.3} {:>16.1} {:>12.1}",
            rate / 1e6,
            rate / python,
            rate / npm
        );
    }
    println!("budget: batch ≥ 50 native, ≥ 10 in wasm");
    Ok(())
}

/// The codes of real registry rows where `CREDIT_REAL_DATA` names a folder of
/// them, else of demo data.
fn codes() -> Result<PathBuf> {
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let feed = match env::var_os("CREDIT_REAL_DATA") {
        Some(real) => Path::new(&real).join("registry-tianjin.csv"),
        None => {
            let server = build::server(Mode::Dev)?;
            demo::make(&server, &folder, 2_000)?
        }
    };
    let text = fs::read_to_string(&feed).with_context(|| feed.display().to_string())?;
    let found: Vec<&str> = text
        .split(['\n', ','])
        .map(|cell| cell.trim_matches(['"', '\r']))
        .filter(|cell| cell.len() == 18 && cell.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .collect();
    anyhow::ensure!(!found.is_empty(), "{} has no codes", feed.display());
    let codes: Vec<&str> = found.iter().copied().cycle().take(CODES).collect();
    let list = folder.join("codes.txt");
    fs::write(&list, codes.join("\n") + "\n")?;
    Ok(list)
}
