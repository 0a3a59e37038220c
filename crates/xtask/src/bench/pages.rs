//! Elements in Chromium, beside what others make: the badge beside a hand-written one
//! that checks nothing, the query window beside a form of one field.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::build::{self, Mode};
use crate::run::{Server, check, root};
use crate::{suites, tools};

/// Subjects of the store: a thousand companies are among them.
const SUBJECTS: u32 = 2_000;

/// Measures `name`: `tests/bench/NAME.mjs`, with `NAME/peer.js` as the peer.
pub(crate) fn run(name: &str) -> Result<()> {
    tools::chromium()?;
    let modules = tools::node_modules()?;
    let bench = tools::npm_packages("tests/bench")?;
    build::widgets(Mode::Release)?;
    let pages = root().join("target/bench").join(name);
    fs::create_dir_all(&pages)?;
    check(
        Command::new("node")
            .arg(modules.join("esbuild/bin/esbuild"))
            .arg(root().join("tests/bench").join(name).join("peer.js"))
            .args([
                "--bundle",
                "--minify",
                "--format=esm",
                "--log-level=warning",
            ])
            .arg(format!("--outfile={}", pages.join("peer.js").display()))
            .env("NODE_PATH", &bench),
    )
    .context("esbuild")?;
    let data = root().join("target/bench/pages-data");
    let (_lookup, api) = suites::lookup(&data, SUBJECTS, &["--rate-limit", "off"], Mode::Release)?;
    let mut site = Command::new(env::current_exe()?);
    site.arg("site").arg("--root").arg(&pages);
    let (_site, line) = Server::start(
        site.args(["--api", &api, "--listen", "127.0.0.1:0"]),
        "site",
    )?;
    check(
        Command::new("node")
            .arg(root().join("tests/bench").join(format!("{name}.mjs")))
            .env("CREDIT_API", &api)
            .env("CREDIT_SITE", suites::address(&line)?)
            .env("CREDIT_PAGES", &pages)
            .env("CREDIT_MODULES", &modules),
    )
}
