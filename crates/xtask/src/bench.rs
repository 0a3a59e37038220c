//! `cargo xtask bench`: ours and the peer or limit in one run.

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
}

pub(crate) fn run(subject: Subject) -> Result<()> {
    match subject {
        Subject::Identifiers => identifiers(),
        Subject::Records => records(),
    }
}

/// Subjects of the large and of the small store.
const LARGE: u32 = 3_000_000;
const SMALL: u32 = 10_000;

/// Imports synthetic rows and searches among them: what an import takes, and
/// what growing from ten thousand subjects costs.
fn records() -> Result<()> {
    let server = build::server(Mode::Release)?;
    let folder = root().join("target/bench/records");
    for (entities, limit) in [(SMALL, ""), (LARGE, ", budget 60 s, 600 MB")] {
        let data = folder.join(entities.to_string());
        let _ = fs::remove_dir_all(&data);
        fs::create_dir_all(&data)?;
        let count = entities.to_string();
        let mut make = Command::new(&server);
        make.args([
            "demo-data",
            "--dataset",
            "registry",
            "--seed",
            "1",
            "--entities",
            &count,
        ]);
        check(make.arg("--out").arg(&data))?;
        let feed = data.join("registry.csv");
        let db = format!("sqlite:{}", data.join("credit.db").display());
        let mut import = Command::new(&server);
        import.arg("import").arg(&feed);
        import.args([
            "--dataset",
            "registry",
            "--as-of",
            "2026-11-01",
            "--db",
            &db,
        ]);
        let begin = Instant::now();
        let peak = peak_memory(&mut import)?;
        println!(
            "import of {entities} rows, {} MB, with index: {:.1} s, {} MB at most{limit}",
            fs::metadata(&feed)?.len() / 1_000_000,
            begin.elapsed().as_secs_f64(),
            peak / 1_024,
        );
        check(
            cargo()
                .args(["bench", "--quiet", "--package", "credit-lookup"])
                .args(["--bench", "search", "--", &db])
                .arg(data.join("trigram.db")),
        )?;
    }
    println!("budget: p99 ≤ 5 ms at any length, and from {SMALL} to {LARGE} ≤ 4 ×");
    Ok(())
}

/// Runs a command to its end; the most memory that it had, in KiB.
fn peak_memory(command: &mut Command) -> Result<u64> {
    let mut child = command.spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let ended = loop {
        // The kernel keeps the peak; it goes away with the process.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
        peak = peak.max(number.unwrap_or_default());
        match child.try_wait()? {
            Some(ended) => break ended,
            None => sleep(Duration::from_millis(20)),
        }
    };
    anyhow::ensure!(ended.success(), "{command:?} ended with {ended}");
    Ok(peak)
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
