//! `cargo xtask build`: widgets into `www/dist/embed`, then the server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

mod publish;
pub(crate) mod scripts;

use crate::run::{cargo, check, output, root};
use crate::{packages, tools};

/// How to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build.
    Dev,
    /// Small and fast.
    Release,
}

/// A bundle: its package, the name of its files, and the style sheets below
/// `widgets` that it brings along.
pub(crate) struct Bundle {
    pub(crate) package: &'static str,
    /// Features of the package, where several bundles are made of it.
    pub(crate) features: &'static [&'static str],
    pub(crate) name: &'static str,
    pub(crate) styles: &'static [&'static str],
}

/// The bundles that elements live in.
const BUNDLES: [Bundle; 7] = [
    Bundle {
        package: "credit-badge-widget",
        features: &[],
        name: "badge",
        styles: &["badge/src/style.css"],
    },
    Bundle {
        package: "credit-check-widget",
        features: &[],
        name: "check",
        styles: &["look/parts.css", "check/src/check.css"],
    },
    Bundle {
        package: "credit-checker-widget",
        features: &[],
        name: "checker",
        styles: &[],
    },
    Bundle {
        package: "credit-panels-widget",
        features: &["subject"],
        name: "subject",
        styles: &["look/parts.css", "panels/src/style.css"],
    },
    Bundle {
        package: "credit-panels-widget",
        features: &["district"],
        name: "district",
        styles: &["look/parts.css", "panels/src/style.css"],
    },
    Bundle {
        package: "credit-qr-widget",
        features: &[],
        name: "qr",
        styles: &[],
    },
    Bundle {
        package: "credit-report-widget",
        features: &[],
        name: "report",
        styles: &[
            "badge/src/style.css",
            "badge/src/card.css",
            "report/src/report.css",
        ],
    },
];

/// Style sheets that lie beside the bundles, and their names there.
const STYLES: [(&str, &str); 1] = [("badge/src/card.css", "card.css")];

/// Widgets and server, and what ships beside them.
pub(crate) fn all(mode: Mode) -> Result<()> {
    widgets(mode)?;
    if mode == Mode::Release {
        packages::checks()?;
        packages::widgets()?;
    }
    let server = server(mode)?;
    println!("built {}", server.display());
    Ok(())
}

/// The server; in a release build the widgets are part of it.
pub(crate) fn server(mode: Mode) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--package", "credit-lookup"]);
    if mode == Mode::Release {
        command.arg("--release");
    }
    check(&mut command)?;
    let folder = if mode == Mode::Release {
        "release"
    } else {
        "debug"
    };
    Ok(root().join("target").join(folder).join("credit-lookup"))
}

/// The widgets: compiled, bound, optimised, hashed.
pub(crate) fn widgets(mode: Mode) -> Result<()> {
    tools::toolchain()?;
    let staged = root().join("target/embed");
    let _ = fs::remove_dir_all(&staged);
    fs::create_dir_all(&staged)?;
    for bundle in &BUNDLES {
        self::bundle(bundle, mode, &staged)?;
    }
    scripts::shim(&staged, mode)?;
    for (source, name) in STYLES {
        fs::write(staged.join(name), scripts::css(&[source])?)?;
    }
    publish::publish(&staged, mode)
}

/// Compiles, binds and optimises a bundle into `staged`.
pub(crate) fn bundle(bundle: &Bundle, mode: Mode, staged: &Path) -> Result<()> {
    let Bundle {
        package,
        features,
        name,
        styles,
    } = bundle;
    let profile = if mode == Mode::Release {
        "wasm"
    } else {
        "wasm-dev"
    };
    // Each on its own: together they would share the features of their
    // dependencies. The crate type is given here and not in the manifest, because
    // cargo leaves out link-time optimisation where a library is also built for
    // other crates, and the badge is far larger without.
    let mut command = cargo();
    command
        .args(["rustc", "--lib", "--crate-type", "cdylib"])
        .args(["--package", package])
        .args(["--target", "wasm32-unknown-unknown", "--profile", profile]);
    if !features.is_empty() {
        command
            .arg("--no-default-features")
            .args(["--features", &features.join(",")]);
    }
    if mode == Mode::Release {
        without_messages(&mut command);
    }
    check(&mut command)?;
    let wasm = format!("{}.wasm", package.replace('-', "_"));
    let wasm = root()
        .join("target/wasm32-unknown-unknown")
        .join(profile)
        .join(wasm);
    check(
        Command::new(tools::wasm_bindgen("wasm-bindgen")?)
            .args([
                "--target",
                "web",
                "--no-typescript",
                "--remove-name-section",
            ])
            .args([
                "--remove-producers-section",
                "--out-name",
                name,
                "--out-dir",
            ])
            .arg(staged)
            .arg(wasm),
    )?;
    let renamed = match mode {
        Mode::Dev => None,
        Mode::Release => Some(optimise(
            &staged.join(format!("{name}_bg.wasm")),
            &[
                // Compressed, a badge is 4 bytes larger than with -Oz and has a
                // tenth fewer functions: a browser compiles each when it is first
                // called, which is part of the wait for a first badge.
                "-O3",
                "-aimfs",
                "3",
                // The names say which type a function takes, and end in digits of
                // a hash.
                "--minify-imports-and-exports-and-modules",
                "--strip-target-features",
            ],
        )?),
    };
    scripts::glue(
        &staged.join(format!("{name}.js")),
        styles,
        renamed.as_deref(),
    )
}

/// Builds the standard library along, for size, and lets a panic end the
/// instance without a word: nobody reads the words in a stranger's page, and
/// they are a sixth of the badge. Cargo calls it unstable; the toolchain is
/// pinned, and the development build goes without.
fn without_messages(command: &mut Command) {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .args([
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
        ])
        .arg("-Zpanic-immediate-abort")
        .args(["--config", "profile.wasm.panic=\"immediate-abort\""])
        .args([
            "--config",
            "target.wasm32-unknown-unknown.rustflags=[\"-Zlocation-detail=none\",\"-Zfmt-debug=none\",\"-Ctarget-feature=-reference-types\"]",
        ]);
}

/// npm's wasm-opt: it reads the features from the file. Debian's is too old for
/// what Rust emits, and --all-features makes a file browsers refuse.
/// Gives what it prints.
pub(crate) fn optimise(wasm: &Path, options: &[&str]) -> Result<String> {
    let tool = tools::node_modules()?.join("binaryen/bin/wasm-opt");
    output(
        Command::new("node")
            .arg(tool)
            .args(options)
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
    .context("wasm-opt")
}
