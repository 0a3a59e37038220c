//! `cargo xtask demo`: everything, set up and running.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use clap::Args;

use crate::build::{self, Mode};
use crate::run::{Server, check, root};

/// Every step of `--watch` looks at the sources this often.
const WATCH: Duration = Duration::from_millis(500);

/// Who issues the cards of demo and tests.
pub(crate) const ISSUER: &str = "示例区信用信息中心（演示）";

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Database; default in the data folder.
    #[arg(long, value_name = "URL")]
    db: Option<String>,
    /// Address of the lookup server; the site gets the next port.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// Folder for data and keys.
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    data: PathBuf,
    /// Rebuild what changes and reload the pages of the site.
    #[arg(long)]
    watch: bool,
}

pub(crate) fn run(demo: &Demo) -> Result<()> {
    build::widgets(Mode::Dev)?;
    let mut server = build::server(Mode::Dev)?;
    let data = root().join(&demo.data);
    fs::create_dir_all(&data)?;
    let db = demo
        .db
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", data.join("credit.db").display()));
    let passphrase = data.join("passphrase.txt");
    if !passphrase.is_file() {
        // The keys of a demo protect nothing; a real office brings its own.
        fs::write(&passphrase, "demo\n")?;
    }
    let secret = fs::read_to_string(&passphrase)?;
    fill(&server, &data, &db, 500, secret.trim())?;

    let api = format!("http://{}", demo.listen);
    let mut site_address = demo.listen;
    site_address.set_port(demo.listen.port().checked_add(1).context("port")?);
    let serve = |server: &PathBuf| {
        let mut command = Command::new(server);
        command
            .env("RUST_LOG", "warn")
            .args([
                "serve",
                "--demo-codes",
                "--db",
                &db,
                "--issuer-name",
                ISSUER,
            ])
            .arg("--listen")
            .arg(demo.listen.to_string())
            .arg("--keys")
            .arg(data.join("keys"))
            .arg("--key-passphrase-file")
            .arg(&passphrase);
        Server::start(&mut command, "listening")
    };
    let mut running = serve(&server)?;
    let mut site = Command::new(std::env::current_exe()?);
    site.arg("site")
        .arg("--root")
        .arg(root().join("host-demo"))
        .args(["--api", &api]);
    site.args(["--listen", &site_address.to_string()]);
    if demo.watch {
        site.arg("--watch");
    }
    let (_site, _) = Server::start(&mut site, "site")?;
    println!("\n  department page   http://{site_address}/department/");
    println!("  park page         http://{site_address}/park/");
    println!("  door screen       http://{site_address}/park/screen.html");
    println!("  query window      {api}/");
    println!("  a subject         {api}/s/91120102MATEXT01X4\n\n  Ctrl-C ends it.");

    let mut seen = newest()?;
    loop {
        sleep(WATCH);
        if !demo.watch {
            continue;
        }
        let now = newest()?;
        if now == seen {
            continue;
        }
        seen = now;
        // A mistake in the middle of typing is no reason to stop.
        match build::widgets(Mode::Dev).and_then(|()| build::server(Mode::Dev)) {
            Ok(built) => {
                server = built;
                drop(running);
                running = serve(&server)?;
                println!("rebuilt");
            }
            Err(error) => eprintln!("{error:#}"),
        }
    }
}

/// Makes synthetic feeds in `data`, unless there are some, and imports all of
/// them.
pub(crate) fn fill(
    server: &Path,
    data: &Path,
    db: &str,
    entities: u32,
    passphrase: &str,
) -> Result<()> {
    make(server, data, entities)?;
    let mut feeds: Vec<PathBuf> = fs::read_dir(data)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    feeds.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    feeds.sort();
    for feed in feeds {
        let dataset = feed.file_stem().context("name of a feed")?;
        let mut import = Command::new(server);
        import.env("CREDIT_KEY_PASSPHRASE", passphrase);
        import
            .arg("import")
            .arg(&feed)
            .arg("--dataset")
            .arg(dataset);
        check(import.args(["--as-of", "2026-11-01", "--db", db]))?;
    }
    Ok(())
}

/// Makes synthetic feeds in `data`, unless there are some; that of the registry.
pub(crate) fn make(server: &Path, data: &Path, entities: u32) -> Result<PathBuf> {
    let feed = data.join("registry.csv");
    if !feed.is_file() {
        let entities = entities.to_string();
        let mut make = Command::new(server);
        make.args(["demo-data", "--seed", "1", "--entities", &entities, "--out"]);
        check(make.arg(data))?;
    }
    Ok(feed)
}

/// When the widgets were last built.
pub(crate) fn built() -> Option<SystemTime> {
    fs::metadata(root().join("www/dist/embed/v1/release.txt"))
        .ok()?
        .modified()
        .ok()
}

/// When a source last changed.
fn newest() -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut folders: Vec<PathBuf> = ["crates", "widgets", "www"]
        .iter()
        .map(|folder| root().join(folder))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name() == "dist" {
                continue;
            }
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                newest = newest.max(metadata.modified()?);
            }
        }
    }
    Ok(newest)
}
