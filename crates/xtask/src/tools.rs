//! Tools: installed where that is our business, named where it is the machine's.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run::{cargo, check, output, root};

/// Folder of what is installed here.
fn folder() -> PathBuf {
    root().join("target/tools")
}

/// What the widgets are built with and `rust-toolchain.toml` lists. rustup
/// installs it on the first call of cargo, unless it is told not to
/// (`RUSTUP_AUTO_INSTALL=0`).
pub(crate) fn toolchain() -> Result<()> {
    let sysroot = output(
        Command::new("rustc")
            .current_dir(root())
            .args(["--print", "sysroot"]),
    )?;
    let rustlib = PathBuf::from(sysroot.trim()).join("lib/rustlib");
    for (part, kind, name) in [
        ("src/rust/library/Cargo.lock", "component", "rust-src"),
        ("wasm32-unknown-unknown", "target", "wasm32-unknown-unknown"),
    ] {
        if !rustlib.join(part).exists() {
            println!("installing {name}");
            let mut rustup = Command::new("rustup");
            check(rustup.current_dir(root()).args([kind, "add", name]))
                .with_context(|| format!("rustup has to install {name}"))?;
        }
    }
    Ok(())
}

/// `wasm-bindgen` or its test runner, at the version that Cargo.lock names.
pub(crate) fn wasm_bindgen(program: &str) -> Result<PathBuf> {
    installed("wasm-bindgen-cli", program, &locked("wasm-bindgen")?)
}

/// The wasm-pack that makes npm packages.
pub(crate) fn wasm_pack() -> Result<PathBuf> {
    const VERSION: &str = "0.15.1";
    wasm_bindgen("wasm-bindgen")?;
    installed("wasm-pack", "wasm-pack", VERSION)
}

/// The cargo-fuzz that runs the targets of `fuzz/`.
pub(crate) fn cargo_fuzz() -> Result<PathBuf> {
    installed("cargo-fuzz", "cargo-fuzz", "0.13.2")
}

/// `program` of the crate `package` at `version`.
fn installed(package: &str, program: &str, version: &str) -> Result<PathBuf> {
    let path = folder().join("bin").join(program);
    let present = path.is_file()
        && output(Command::new(&path).arg("--version"))
            .is_ok_and(|found| found.trim().ends_with(version));
    if !present {
        println!("installing {package} {version}");
        check(
            cargo()
                .args(["install", package, "--force", "--version"])
                .arg(format!("={version}"))
                .arg("--root")
                .arg(folder()),
        )?;
    }
    Ok(path)
}

fn locked(package: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let mut lines = lock.lines();
    let name = format!("name = \"{package}\"");
    lines
        .find(|line| *line == name)
        .with_context(|| format!("{package} is not in Cargo.lock"))?;
    let version = lines.next().unwrap_or_default();
    Ok(version
        .trim_start_matches("version = ")
        .trim_matches('"')
        .to_owned())
}

/// npm packages of the browser tests and of wasm-opt.
pub(crate) fn node_modules() -> Result<PathBuf> {
    npm_packages("tests/browser")
}

/// npm packages as the `package.json` of `folder` pins them.
pub(crate) fn npm_packages(folder: &str) -> Result<PathBuf> {
    let path = root().join(folder);
    let wanted = fs::read_to_string(path.join("package.json"))?;
    let modules = path.join("node_modules");
    let stamp = modules.join("installed.json");
    if fs::read_to_string(&stamp).ok().as_deref() != Some(wanted.as_str()) {
        println!("installing npm packages of {folder}");
        let npm = Command::new("npm")
            .current_dir(&path)
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--ignore-scripts",
            ])
            .status()
            .context("npm is missing: install Node.js 20 or newer")?;
        if !npm.success() {
            bail!("npm install ended with {npm}");
        }
        fs::write(stamp, wanted)?;
    }
    Ok(modules)
}

/// A Python with the packages that `requirements.txt` of `tests` pins, and no others.
pub(crate) fn python(tests: &str) -> Result<PathBuf> {
    let requirements = root().join(tests).join("requirements.txt");
    let wanted = fs::read_to_string(&requirements)?;
    let environment = folder().join("python").join(tests);
    let stamp = environment.join("installed.txt");
    let python = environment.join("bin/python");
    if fs::read_to_string(&stamp).ok().as_deref() != Some(wanted.as_str()) {
        println!("installing Python packages of {tests}");
        let made = check(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&environment),
        );
        made.context("install python3 with its venv module (Debian: python3-venv)")?;
        check(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--requirement"])
                .arg(&requirements),
        )?;
        fs::write(stamp, wanted)?;
    }
    Ok(python)
}

/// Debian's chromium and its driver.
pub(crate) fn chromium() -> Result<()> {
    let missing: Vec<&str> = ["chromium", "chromedriver"]
        .into_iter()
        .filter(|program| output(Command::new(program).arg("--version")).is_err())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    debian(
        &missing.join(", "),
        &["chromium", "chromium-driver", "fonts-noto-cjk"],
    )
}

/// Debian's Firefox and WebKit, and a screen for the latter, which needs one.
pub(crate) fn engines() -> Result<()> {
    // Not all of them know `--version`, but all end with it.
    let missing: Vec<&str> = ["firefox-esr", "WebKitWebDriver", "Xvfb"]
        .into_iter()
        .filter(|program| Command::new(program).arg("--version").output().is_err())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    debian(
        &missing.join(", "),
        &["firefox-esr", "webkit2gtk-driver", "xvfb", "fonts-noto-cjk"],
    )
}

/// Debian's PostgreSQL, whose programs are not in the search path.
pub(crate) fn postgres() -> Result<()> {
    let present = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .any(|version| version.path().join("bin/initdb").is_file());
    if present || output(Command::new("initdb").arg("--version")).is_ok() {
        return Ok(());
    }
    debian("initdb", &["postgresql"])
}

/// Debian's wrk.
pub(crate) fn wrk() -> Result<()> {
    // Asked for its version it says so and ends with 1.
    if Command::new("wrk").arg("--version").output().is_ok() {
        return Ok(());
    }
    debian("wrk", &["wrk"])
}

/// Installs Debian's `packages`, because `missing` is.
fn debian(missing: &str, packages: &[&str]) -> Result<()> {
    println!("installing {}", packages.join(", "));
    let installed = check(Command::new("apt-get").args(["update", "-qq"])).and_then(|()| {
        check(
            Command::new("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["install", "-y", "-qq"])
                .args(packages),
        )
    });
    installed.with_context(|| {
        format!(
            "{missing} missing: install the Debian packages {}",
            packages.join(" ")
        )
    })
}
