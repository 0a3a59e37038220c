//! The npm packages, into `www/dist/npm`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::build::{optimise, scripts};
use crate::reference;
use crate::run::{check, root};
use crate::tools;

/// Where the packages are put.
pub(crate) fn folder() -> PathBuf {
    root().join("www/dist/npm")
}

/// `credit-checks`: two builds of one source, with vector instructions and
/// without, around the same glue.
pub(crate) fn checks() -> Result<()> {
    let source = root().join("packages/credit-checks");
    let package = folder().join("credit-checks");
    let staged = root().join("target/npm");
    let _ = fs::remove_dir_all(&package);
    let simd = staged.join("simd");
    let plain = staged.join("plain");
    wasm_pack(&source, &plain, None)?;
    wasm_pack(&source, &simd, Some("-C target-feature=+simd128"))?;

    const GLUE: &str = "credit_checks.js";
    const WASM: &str = "credit_checks_bg.wasm";
    if fs::read(plain.join(GLUE))? != fs::read(simd.join(GLUE))? {
        bail!("the two builds have different glue");
    }
    fs::create_dir_all(&package)?;
    for name in [GLUE, "credit_checks.d.ts", WASM, "README.md"] {
        fs::copy(plain.join(name), package.join(name))?;
    }
    fs::copy(simd.join(WASM), package.join("credit_checks_simd_bg.wasm"))?;
    for name in ["checks.js", "index.js", "index.d.ts", "node.js"] {
        fs::copy(source.join("js").join(name), package.join(name))?;
    }
    fs::copy(root().join("LICENSE"), package.join("LICENSE"))?;
    let manifest = fs::read_to_string(plain.join("package.json"))?;
    fs::write(package.join("package.json"), manifest_of(&manifest)?)?;
    println!("package in {}", package.display());
    Ok(())
}

fn wasm_pack(source: &Path, out: &Path, rustflags: Option<&str>) -> Result<()> {
    let tool = tools::wasm_pack()?;
    // wasm-pack takes the wasm-bindgen that it finds when it is the right one.
    let beside = tool.parent().context("folder of the tools")?.to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(beside).chain(env::split_paths(&path)))?;
    let mut command = Command::new(tool);
    command
        .env("PATH", path)
        .current_dir(root())
        .args(["--quiet", "build"])
        .arg(source)
        .args(["--target", "web", "--profile", "wasm-fast"])
        .args(["--mode", "no-install", "--no-opt", "--out-dir"])
        .arg(out);
    if let Some(rustflags) = rustflags {
        // On its own, because other flags are another build of everything.
        command
            .env("RUSTFLAGS", rustflags)
            .env("CARGO_TARGET_DIR", root().join("target/simd"));
    }
    check(&mut command)?;
    optimise(&out.join("credit_checks_bg.wasm"), &["-O3"])?;
    Ok(())
}

/// `credit-widgets`: the very files that the server serves below `/embed`, with an
/// entry that a bundler can follow.
pub(crate) fn widgets() -> Result<()> {
    let source = root().join("packages/credit-widgets");
    let package = folder().join("credit-widgets");
    let embed = root().join("www/dist/embed");
    let release = fs::read_to_string(embed.join("v1/release.txt"))?;
    let _ = fs::remove_dir_all(&package);
    fs::create_dir_all(&package)?;
    for entry in fs::read_dir(embed.join(&release))? {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if let (Some("js" | "wasm"), Some(name)) = (ending, path.file_name()) {
            fs::copy(&path, package.join(name))?;
        }
    }
    scripts::entry(&source.join("index.js"), &release, &package)?;
    for name in ["index.d.ts", "README.md"] {
        fs::copy(source.join(name), package.join(name))?;
    }
    for (name, content) in reference::files() {
        fs::write(package.join(name), content)?;
    }
    fs::copy(root().join("LICENSE"), package.join("LICENSE"))?;
    let version = env!("CARGO_PKG_VERSION");
    fs::write(
        package.join("package.json"),
        format!(
            r#"{{
  "name": "credit-widgets",
  "version": "{version}",
  "description": "Custom elements for public credit information, compiled from Rust",
  "license": "Apache-2.0",
  "type": "module",
  "main": "./index.js",
  "types": "./index.d.ts",
  "customElements": "./custom-elements.json",
  "exports": {{
    ".": {{ "types": "./index.d.ts", "default": "./index.js" }},
    "./react": {{ "types": "./react.d.ts" }},
    "./vue": {{ "types": "./vue.d.ts" }},
    "./*.json": "./*.json"
  }},
  "sideEffects": false,
  "files": ["*.js", "*.d.ts", "*.wasm", "*.json", "LICENSE"]
}}
"#
        ),
    )?;
    println!("package in {}", package.display());
    Ok(())
}

/// The manifest that wasm-pack wrote, with our entry points. The order of the
/// conditions is their rank, so that this is text and no map.
fn manifest_of(written: &str) -> Result<String> {
    let written: Value = serde_json::from_str(written)?;
    let field = |name: &str| {
        let value = written.get(name);
        value.with_context(|| format!("package.json has no {name}"))
    };
    Ok(format!(
        r#"{{
  "name": {},
  "version": {},
  "description": {},
  "license": {},
  "type": "module",
  "main": "./index.js",
  "types": "./index.d.ts",
  "exports": {{
    ".": {{ "types": "./index.d.ts", "node": "./node.js", "default": "./index.js" }},
    "./*.wasm": "./*.wasm"
  }},
  "sideEffects": ["./node.js"],
  "files": ["*.js", "*.d.ts", "*.wasm", "LICENSE"]
}}
"#,
        field("name")?,
        field("version")?,
        field("description")?,
        field("license")?,
    ))
}
