//! Pages of others that use the npm packages: built with what people build with,
//! into `target/consumers`.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::build::{self, Bundle, Mode};
use crate::packages;
use crate::run::{check, root};
use crate::tools;

/// What `tests/consumers` is built with: the program and its words.
const BUILDS: [(&str, &[&str]); 3] = [
    ("vite/bin/vite.js", &["build", "vite", "--logLevel=warn"]),
    ("vite/bin/vite.js", &["build", "vue", "--logLevel=warn"]),
    (
        "webpack-cli/bin/cli.js",
        &["--config", "webpack/webpack.config.js"],
    ),
];

/// The page that is a Yew app itself.
const YEW: Bundle = Bundle {
    package: "credit-yew-host",
    features: &[],
    name: "host",
    styles: &[],
};

/// Builds each of them from the packages as they were just made.
pub(crate) fn build() -> Result<()> {
    let source = root().join("tests/consumers");
    let modules = tools::npm_packages("tests/consumers")?;
    let folder = root().join("target/consumers");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    for package in ["credit-checks", "credit-widgets"] {
        let link = modules.join(package);
        let _ = fs::remove_file(&link);
        symlink(packages::folder().join(package), link)?;
    }
    for (program, words) in BUILDS {
        let mut command = Command::new("node");
        command.current_dir(&source).arg(modules.join(program));
        check(command.args(words)).with_context(|| format!("{program} {words:?}"))?;
    }
    // Vite writes the page, webpack only what is in it.
    fs::copy(
        source.join("webpack/index.html"),
        folder.join("webpack/index.html"),
    )?;
    // A Yew of its own, with numbers of its own.
    let yew = folder.join("yew");
    fs::create_dir_all(&yew)?;
    fs::copy(source.join("yew/index.html"), yew.join("index.html"))?;
    build::bundle(&YEW, Mode::Release, &yew)?;
    // Without a bundler the package is a folder beside the page.
    let plain = folder.join("plain");
    fs::create_dir_all(plain.join("credit-widgets"))?;
    fs::copy(source.join("plain/index.html"), plain.join("index.html"))?;
    for entry in fs::read_dir(packages::folder().join("credit-widgets"))? {
        let entry = entry?;
        fs::copy(
            entry.path(),
            plain.join("credit-widgets").join(entry.file_name()),
        )?;
    }
    Ok(())
}
