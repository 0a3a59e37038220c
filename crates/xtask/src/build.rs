//! `cargo xtask build`: widgets into `www/dist/embed`, then the server.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::run::{cargo, check, root};
use crate::{packages, tools};

/// How to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build.
    Dev,
    /// Small and fast.
    Release,
}

/// The bundles: package and name of the files.
const BUNDLES: [(&str, &str); 4] = [
    ("credit-badge-widget", "badge"),
    ("credit-panels-widget", "panels"),
    ("credit-qr-widget", "qr"),
    ("credit-report-widget", "report"),
];

/// Style sheets that lie beside the bundles, and their names there.
const STYLES: [(&str, &str); 3] = [
    ("badge/src/style.css", "badge.css"),
    ("badge/src/card.css", "card.css"),
    ("report/src/report.css", "report.css"),
];

/// The script that pages name.
const LOADER: &str = "credit.js";

/// Widgets and server, and what ships beside them.
pub(crate) fn all(mode: Mode) -> Result<()> {
    widgets(mode)?;
    if mode == Mode::Release {
        packages::checks()?;
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
    let root = root();
    let profile = if mode == Mode::Release {
        "wasm"
    } else {
        "wasm-dev"
    };
    let staged = root.join("target/embed");
    let _ = fs::remove_dir_all(&staged);
    fs::create_dir_all(&staged)?;
    let bindgen = tools::wasm_bindgen("wasm-bindgen")?;
    for (package, name) in BUNDLES {
        // Each on its own: together they would share the features of their
        // dependencies. The crate type is given here and not in the manifest,
        // because cargo leaves out link-time optimisation where a library is
        // also built for other crates, and the badge is far larger without.
        let mut command = cargo();
        command
            .args(["rustc", "--lib", "--crate-type", "cdylib"])
            .args(["--package", package])
            .args(["--target", "wasm32-unknown-unknown", "--profile", profile]);
        if mode == Mode::Release {
            without_messages(&mut command);
        }
        check(&mut command)?;
        let wasm = format!("{}.wasm", package.replace('-', "_"));
        let wasm = root
            .join("target/wasm32-unknown-unknown")
            .join(profile)
            .join(wasm);
        check(
            Command::new(&bindgen)
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
                .arg(&staged)
                .arg(wasm),
        )?;
        with_own_start(&staged.join(format!("{name}.js")))?;
        if mode == Mode::Release {
            optimise(
                &staged.join(format!("{name}_bg.wasm")),
                // Compressed, a badge is 4 bytes larger than with -Oz and has a
                // tenth fewer functions: a browser compiles each when it is
                // first called, which is part of the wait for a first badge.
                &["-O3", "-aimfs", "5", "--strip-target-features"],
            )?;
        }
    }
    let shim = root.join("widgets/shim");
    for script in [LOADER, "element.js", "extras.js", "camera.js"] {
        fs::copy(shim.join(script), staged.join(script))?;
    }
    for (source, name) in STYLES {
        fs::copy(root.join("widgets").join(source), staged.join(name))?;
    }
    if mode == Mode::Release {
        minify(&staged)?;
    }
    publish(&staged, mode)
}

/// Where the ways of wasm-bindgen to start a module begin in what it writes.
const STARTS: &str = "async function __wbg_load(";

/// The one that we need: the shim has compiled the module.
const OWN_START: &str = "export default async function (module) {
    return __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
}
";

/// Puts our way to start a module in place of the four that `glue` has: they are a
/// fifth of it.
fn with_own_start(glue: &Path) -> Result<()> {
    let text = fs::read_to_string(glue)?;
    let (text, _) = text
        .split_once(STARTS)
        .context("wasm-bindgen writes its glue in another way")?;
    fs::write(glue, [text, OWN_START].concat())?;
    Ok(())
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

/// Takes comments, spaces and long names out of scripts and styles in `folder`.
fn minify(folder: &Path) -> Result<()> {
    let tool = tools::node_modules()?.join("esbuild/bin/esbuild");
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().and_then(OsStr::to_str);
        if matches!(ending, Some("css" | "js")) {
            let mut command = Command::new("node");
            command.arg(&tool).arg(&path).arg("--minify");
            if ending == Some("js") {
                command.arg("--format=esm");
            }
            // The browser floor of the elements.
            command.args([
                "--target=chrome96,firefox102,safari15.4",
                "--log-level=warning",
            ]);
            command.arg(format!("--outfile={}", path.display()));
            check(command.arg("--allow-overwrite")).context("esbuild")?;
        }
    }
    Ok(())
}

/// npm's wasm-opt: it reads the features from the file. Debian's is too old for
/// what Rust emits, and --all-features makes a file browsers refuse.
pub(crate) fn optimise(wasm: &Path, options: &[&str]) -> Result<()> {
    let tool = tools::node_modules()?.join("binaryen/bin/wasm-opt");
    check(
        Command::new("node")
            .arg(tool)
            .args(options)
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
    .context("wasm-opt")
}

/// Puts the staged files under an address that names their content, and the
/// loader under the one that pages know.
fn publish(staged: &Path, mode: Mode) -> Result<()> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(staged)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| name != LOADER);
    names.sort();
    let mut hash = Sha256::new();
    for name in &names {
        hash.update(name.as_bytes());
        hash.update(fs::read(staged.join(name))?);
    }
    let digest = hash.finalize();
    let hash: String = digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let release = format!("{}-{hash}", env!("CARGO_PKG_VERSION"));

    let embed = root().join("www/dist/embed");
    let _ = fs::remove_dir_all(&embed);
    let folder = embed.join(&release);
    fs::create_dir_all(&folder)?;
    for name in &names {
        fs::copy(staged.join(name), folder.join(name))?;
    }
    if mode == Mode::Release {
        compress(&folder, &names)?;
    }
    fs::create_dir_all(embed.join("v1"))?;
    fs::copy(staged.join(LOADER), embed.join("v1").join(LOADER))?;
    fs::write(embed.join("v1/release.txt"), &release)?;
    println!("widgets in www/dist/embed/{release}");
    Ok(())
}

/// A file has to be larger than this, in bytes, to be worth compressing.
const COMPRESS_ABOVE: u64 = 256;

/// Puts `FILE.br` and `FILE.gz` beside the files of `folder` that are worth it.
fn compress(folder: &Path, names: &[String]) -> Result<()> {
    let program = "const fs=require('node:fs');\
        const {brotliCompressSync,gzipSync,constants:c}=require('node:zlib');\
        for(const file of process.argv.slice(1)){const data=fs.readFileSync(file);\
        fs.writeFileSync(file+'.br',brotliCompressSync(data,{params:{[c.BROTLI_PARAM_QUALITY]:11}}));\
        fs.writeFileSync(file+'.gz',gzipSync(data,{level:9}));}";
    let mut command = Command::new("node");
    command.args(["-e", program]);
    for file in names.iter().map(|name| folder.join(name)) {
        let ending = file.extension().and_then(OsStr::to_str);
        if matches!(ending, Some("js" | "wasm" | "css" | "json"))
            && fs::metadata(&file)?.len() > COMPRESS_ABOVE
        {
            command.arg(file);
        }
    }
    check(&mut command).context("compression")
}
