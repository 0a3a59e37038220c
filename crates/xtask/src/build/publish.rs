//! Puts what was built where the server finds it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use base64ct::{Base64, Encoding as _};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::Mode;
use super::scripts::{LOADER, css};
use crate::reference;
use crate::run::{check, root};

/// Style for pages, for the time before the loader is there.
const PAGE_STYLE: &str = "credit.css";

/// Puts the staged files under an address that names their content, and the
/// loader under the one that pages know, with the digests of everything and what
/// editors and compilers want to know of the elements.
pub(super) fn publish(staged: &Path, mode: Mode) -> Result<()> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for entry in fs::read_dir(staged)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(name, fs::read(entry.path())?);
    }
    // Every server writes a line before it: it is not the same everywhere.
    let loader = files.remove(LOADER).context("no loader was built")?;
    let mut hash = Sha256::new();
    for (name, content) in &files {
        hash.update(name.as_bytes());
        hash.update(content);
    }
    let hash: String = hash
        .finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let release = format!("{}-{hash}", env!("CARGO_PKG_VERSION"));

    let embed = root().join("www/dist/embed");
    let _ = fs::remove_dir_all(&embed);
    let folder = embed.join(&release);
    fs::create_dir_all(&folder)?;
    for (name, content) in &files {
        fs::write(folder.join(name), content)?;
    }
    if mode == Mode::Release {
        compress(&folder, files.keys())?;
    }
    let current = embed.join("v1");
    fs::create_dir_all(&current)?;
    fs::write(current.join(LOADER), loader)?;
    let sums: BTreeMap<&String, String> = files
        .iter()
        .map(|(name, content)| (name, integrity(content)))
        .collect();
    let list = json!({ "release": release, "files": sums });
    fs::write(current.join("sri.json"), format!("{list:#}\n"))?;
    for (name, content) in reference::files() {
        fs::write(current.join(name), content)?;
    }
    fs::write(current.join(PAGE_STYLE), css(&["look/page.css"])?)?;
    fs::write(current.join("release.txt"), &release)?;
    println!("widgets in www/dist/embed/{release}");
    Ok(())
}

/// What Subresource Integrity compares `content` with.
pub(crate) fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", Base64::encode_string(&Sha256::digest(content)))
}

/// A file has to be larger than this, in bytes, to be worth compressing.
const COMPRESS_ABOVE: u64 = 256;

/// Puts `FILE.br` and `FILE.gz` beside the files of `folder` that are worth it.
fn compress<'a>(folder: &Path, names: impl Iterator<Item = &'a String>) -> Result<()> {
    let program = "const fs=require('node:fs');\
        const {brotliCompressSync,gzipSync,constants:c}=require('node:zlib');\
        for(const file of process.argv.slice(1)){const data=fs.readFileSync(file);\
        fs.writeFileSync(file+'.br',brotliCompressSync(data,{params:{[c.BROTLI_PARAM_QUALITY]:11}}));\
        fs.writeFileSync(file+'.gz',gzipSync(data,{level:9}));}";
    let mut command = Command::new("node");
    command.args(["-e", program]);
    for file in names.map(|name| folder.join(name)) {
        let ending = file.extension().and_then(OsStr::to_str);
        if matches!(ending, Some("js" | "wasm" | "css" | "json"))
            && fs::metadata(&file)?.len() > COMPRESS_ABOVE
        {
            command.arg(file);
        }
    }
    check(&mut command).context("compression")
}
