//! `cargo xtask screens`: the pages of the parts, and pictures of them.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::build::{self, Bundle, Mode};
use crate::run::{Server, output, root};
use crate::suites::address;
use crate::tools;

const BUNDLE: Bundle = Bundle {
    package: "credit-gallery-widget",
    name: "gallery",
    styles: &[
        "look/tokens.css",
        "look/base.css",
        "look/parts.css",
        "gallery/src/style.css",
    ],
};

/// Builds the pages into `www/dist/parts`; the names of the parts.
pub(crate) fn pages(mode: Mode) -> Result<Vec<String>> {
    let source = root().join("www/parts");
    let folder = root().join("www/dist/parts");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    build::bundle(&BUNDLE, mode, &folder)?;
    for file in ["page.css", "page.js"] {
        fs::copy(source.join(file), folder.join(file))?;
    }
    let parts = parts()?;
    let page = fs::read_to_string(source.join("page.html"))?;
    for part in &parts {
        let links: Vec<String> = parts
            .iter()
            .map(|other| {
                let current = if other == part {
                    " aria-current=\"page\""
                } else {
                    ""
                };
                format!("<a href=\"../{other}/\"{current}>{other}</a>")
            })
            .collect();
        fs::create_dir_all(folder.join(part))?;
        let page = page
            .replace("PART", part)
            .replace("LINKS", &links.join("\n"));
        fs::write(folder.join(part).join("index.html"), page)?;
    }
    fs::write(folder.join("list.json"), serde_json::to_string(&parts)?)?;
    Ok(parts)
}

/// The parts that the gallery has, as its source lists them.
fn parts() -> Result<Vec<String>> {
    let source = fs::read_to_string(root().join("widgets/gallery/src/states.rs"))?;
    let list = source.split("const PARTS").nth(1).context("PARTS")?;
    let list = list.split("];").next().unwrap_or_default();
    Ok(list
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect())
}

/// Serves what is in `www/dist`.
pub(crate) fn serve() -> Result<(Server, String)> {
    let mut site = Command::new(env::current_exe()?);
    site.arg("site").arg("--root").arg(root().join("www/dist"));
    let (site, line) = Server::start(
        site.args(["--api", "http://127.0.0.1", "--listen", "127.0.0.1:0"]),
        "site",
    )?;
    Ok((site, address(&line)?))
}

/// Takes pictures of every part in both languages, in each theme and size, wide and
/// on a phone, into `target/screens/parts`.
pub(crate) fn screens() -> Result<()> {
    tools::chromium()?;
    tools::node_modules()?;
    let parts = pages(Mode::Dev)?;
    let (_site, address) = serve()?;
    let folder = root().join("target/screens/parts");
    fs::create_dir_all(&folder)?;
    let said = output(
        Command::new("node")
            .arg(root().join("tests/browser/screens.mjs"))
            .arg(format!("{address}/parts"))
            .arg(&folder)
            .args(&parts),
    )?;
    print!("{said}");
    Ok(())
}
