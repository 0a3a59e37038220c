//! `cargo xtask screens`: the pages of the parts, and pictures of them.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::build::{self, Bundle, Mode};
use crate::run::{Server, output, root};
use crate::suites::site;
use crate::tools;

const BUNDLE: Bundle = Bundle {
    package: "credit-gallery-widget",
    features: &[],
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
    for file in ["list.json", "page.css", "page.js"] {
        fs::copy(source.join(file), folder.join(file))?;
    }
    let list = fs::read(source.join("list.json"))?;
    let parts: Vec<String> = serde_json::from_slice(&list)?;
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
    Ok(parts)
}

/// Serves what is in `www/dist`; nothing there asks a server.
pub(crate) fn serve() -> Result<(Server, String)> {
    site("www/dist", "http://127.0.0.1")
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
