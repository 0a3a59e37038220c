//! How much a visitor's browser has to fetch: what ships has to be small. Sizes are
//! compressed as a server would send them at its best.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use crate::build::{self, Mode};
use crate::run::{output, root};

/// Most bytes of the loader.
const LOADER_MAX: usize = 3_000;

/// A bundle, its ceiling, which keeps what was reached, and the budget where it has
/// to come; both in KiB.
const BUNDLES: [(&str, usize, usize); 6] = [
    ("badge", 48, 48),
    ("check", 116, 120),
    ("subject", 97, 110),
    ("district", 103, 110),
    ("qr", 20, 20),
    ("report", 53, 48),
];

/// What a bundle fetches besides, before it can do what it is for.
const BESIDES: [(&str, &[&str]); 3] = [
    (
        "check",
        &["files.js", "extras.js", "checker.js", "checker_bg.wasm"],
    ),
    ("subject", &["hosts.js"]),
    ("district", &["hosts.js"]),
];

/// Names of the sections of a module, by their number.
const SECTIONS: [&str; 13] = [
    "custom",
    "types",
    "imports",
    "functions",
    "tables",
    "memories",
    "globals",
    "exports",
    "start",
    "elements",
    "code",
    "data",
    "data count",
];

/// Builds the release and holds every bundle below its ceiling.
pub(crate) fn run() -> Result<usize> {
    build::widgets(Mode::Release)?;
    let release = fs::read_to_string(root().join("www/dist/embed/v1/release.txt"))?;
    let folder = root().join("www/dist/embed").join(release.trim());
    let loader = loader_as_served()?;
    let element = folder.join("element.js");
    let size = brotli(&loader)?;
    println!("loader: {size} bytes brotli as a server sends it, budget {LOADER_MAX}");
    if size > LOADER_MAX {
        bail!("the loader is larger than its budget of {LOADER_MAX} bytes");
    }
    let mut checked = 1;
    for (name, ceiling, budget) in BUNDLES {
        let code = folder.join(format!("{name}_bg.wasm"));
        // The loader with the base class belongs to every bundle.
        let mut files = vec![
            loader.clone(),
            element.clone(),
            folder.join(format!("{name}.js")),
            code.clone(),
        ];
        for (_, besides) in BESIDES.iter().filter(|(of, _)| *of == name) {
            files.extend(besides.iter().map(|file| folder.join(file)));
        }
        let sizes = files
            .iter()
            .map(|file| brotli(file))
            .collect::<Result<Vec<_>>>()?;
        let total: usize = sizes.iter().sum();
        println!(
            "{name}: {total} bytes brotli {sizes:?} (loader, base, glue, wasm, what it fetches besides), \
             ceiling {ceiling} KiB, budget {budget} KiB"
        );
        println!("  {}", sections(&fs::read(&code)?).context("sections")?);
        if total > ceiling * 1024 {
            bail!("{name} is larger than its ceiling of {ceiling} KiB");
        }
        checked += 1;
    }
    Ok(checked)
}

/// The loader with the line that a server writes before it.
fn loader_as_served() -> Result<PathBuf> {
    let folder = root().join("www/dist/embed/v1");
    let list: Value = serde_json::from_slice(&fs::read(folder.join("sri.json"))?)?;
    let files = list["files"].as_object().context("files of sri.json")?;
    let sums: Map<String, Value> = files
        .iter()
        .filter_map(|(name, sum)| Some((name.strip_suffix("_bg.wasm")?.to_owned(), sum.clone())))
        .collect();
    // As long as any thumbprint.
    let roots = ["zVrdnyICZk7cznj0yk557PPLP7M3cfYxEdCsxkCDoV8"];
    let known = json!({ "release": list["release"], "roots": roots, "sums": sums });
    let loader = fs::read_to_string(folder.join("credit.js"))?;
    let served = root().join("target/credit.js");
    fs::write(&served, format!("const BAKED = {known};\n{loader}"))?;
    Ok(served)
}

/// Bytes of each section of a module, the largest first: where it grew.
fn sections(module: &[u8]) -> Option<String> {
    let mut sizes: Vec<(usize, &str)> = Vec::new();
    let mut at = 8;
    while at < module.len() {
        let kind = *module.get(at)?;
        let (length, after) = number(module, at + 1)?;
        sizes.push((length, SECTIONS.get(usize::from(kind))?));
        at = after.checked_add(length)?;
    }
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    let said: Vec<String> = sizes
        .iter()
        .map(|(size, name)| format!("{name} {size}"))
        .collect();
    Some(format!("{} bytes: {}", module.len(), said.join(", ")))
}

/// The LEB128 number at a place, and the place after it.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some((number, at));
        }
    }
    None
}

fn brotli(file: &Path) -> Result<usize> {
    let program = "const {brotliCompressSync,constants:c}=require('node:zlib');\
        process.stdout.write(String(brotliCompressSync(require('node:fs').readFileSync(process.argv[1]),\
        {params:{[c.BROTLI_PARAM_QUALITY]:11}}).length))";
    let size = output(Command::new("node").args(["-e", program]).arg(file))?;
    size.trim().parse().context("size")
}
