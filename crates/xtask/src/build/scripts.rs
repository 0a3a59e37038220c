//! Scripts and styles: put together, checked against the browser floor, and in a
//! release without what only people read.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use super::Mode;
use crate::run::{check, root};
use crate::tools;

/// The script that pages name.
pub(crate) const LOADER: &str = "credit.js";

/// Scripts that are files of their own; what else is in the shim is part of one.
const SCRIPTS: [&str; 7] = [
    LOADER,
    "element.js",
    "extras.js",
    "files.js",
    "camera.js",
    "hosts.js",
    "rescue.js",
];

/// What every shadow root begins with; the base class brings it.
pub(crate) const LOOK: [&str; 2] = ["look/tokens.css", "look/base.css"];

/// The oldest browsers that elements work in.
const FLOOR: &str = "--target=chrome96,firefox102,safari15.4";

/// The scripts of the shim, into `folder`.
pub(super) fn shim(folder: &Path, mode: Mode) -> Result<()> {
    let mut command = esbuild()?;
    command
        .current_dir(root().join("widgets/shim"))
        .args(SCRIPTS);
    command.args(["--bundle", "--format=esm", "--charset=utf8"]);
    command.args([FLOOR, "--log-level=warning"]);
    for script in SCRIPTS {
        command.arg(format!("--external:./{script}"));
    }
    let look = serde_json::to_string(&css(&LOOK)?)?;
    command.arg(format!("--define:LOOK={look}"));
    if mode == Mode::Release {
        command.arg("--minify");
    }
    command.arg(format!("--outdir={}", folder.display()));
    check(&mut command).context("esbuild")
}

/// The entry of the npm package of the elements, of that release, into `folder`.
pub(crate) fn entry(source: &Path, release: &str, folder: &Path) -> Result<()> {
    let mut command = esbuild()?;
    command.arg(source);
    command.args(["--bundle", "--format=esm", "--charset=utf8"]);
    command.args([FLOOR, "--log-level=warning"]);
    for file in [
        "element", "badge", "check", "checker", "district", "subject", "qr", "report",
    ] {
        command.arg(format!("--external:./{file}.js"));
    }
    let card = serde_json::to_string(&css(&["badge/src/card.css"])?)?;
    command.arg(format!("--define:CARD_CSS={card}"));
    command.arg(format!(
        "--define:VERSION={}",
        serde_json::to_string(release)?
    ));
    command.arg(format!("--outfile={}", folder.join("index.js").display()));
    check(&mut command).context("esbuild")
}

/// Style sheets below `widgets`, as one without comments and spaces.
pub(crate) fn css(sources: &[&str]) -> Result<String> {
    let mut text = String::new();
    for source in sources {
        let path = root().join("widgets").join(source);
        text += &fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    }
    let mut command = esbuild()?;
    command.args(["--loader=css", "--minify", "--charset=utf8"]);
    command.args([FLOOR, "--log-level=warning"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().context("stdin of esbuild")?;
    stdin.write_all(text.as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("esbuild ended with {} on {sources:?}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}

/// Where the ways of wasm-bindgen to start a module begin in what it writes.
const STARTS: &str = "async function __wbg_load(";

/// What wasm-bindgen writes for browsers below our floor, or for speed that nobody
/// notices here: where it begins, where it ends, and what stands there instead.
const SHORTER: [(&str, &str, &str); 3] = [
    ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n", ""),
    // A decoder of Safari's tires after two gigabytes, which no page of ours shows.
    (
        "const MAX_SAFARI_DECODE_BYTES",
        "\n}\n",
        "const decodeText = (bytes) => cachedTextDecoder.decode(bytes);\n",
    ),
    (
        "function passStringToWasm0(arg, malloc, realloc) {",
        "\n}\n",
        "function passStringToWasm0(arg, malloc) {
    const buf = cachedTextEncoder.encode(arg);
    const ptr = malloc(buf.length, 1) >>> 0;
    getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
    WASM_VECTOR_LEN = buf.length;
    return ptr;
}
",
    ),
];

/// Makes what wasm-bindgen wrote into a function: each call of it is an instance
/// with a state of its own, from one module that the shim has compiled. It gives
/// the exports, and `styles` beside them. The four ways to start a module that stood
/// there were a fifth of it. In a release `renamed` says what wasm-opt calls imports
/// and exports now.
pub(super) fn glue(path: &Path, styles: &[&str], renamed: Option<&str>) -> Result<()> {
    const OTHER: &str = "wasm-bindgen writes its glue in another way";
    let text = fs::read_to_string(path)?;
    let (text, _) = text.split_once(STARTS).context(OTHER)?;
    let mut text = text.to_owned();
    for (begin, end, instead) in SHORTER {
        let Some(from) = text.find(begin) else {
            continue; // a bundle that takes or gives no text
        };
        let to = text[from..].find(end).context(OTHER)? + from + end.len();
        text.replace_range(from..to, instead);
    }
    if let Some(renamed) = renamed {
        text = with_names(&text, &serde_json::from_str(renamed)?).context(OTHER)?;
    }
    let (imports, body): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with("import "));
    let exported: Vec<&str> = body
        .iter()
        .filter_map(|line| line.strip_prefix("export function ")?.split('(').next())
        .collect();
    let css = if styles.is_empty() {
        String::new()
    } else {
        format!(", css: {}", serde_json::to_string(&css(styles)?)?)
    };
    let glue = format!(
        "{}
export default async function (module, guard) {{
{}
const {{ exports }} = await WebAssembly.instantiate(module, __wbg_get_imports());
__wbg_finalize_init({{ exports: guard(exports) }}, module);
return {{ {}{css} }};
}}
",
        imports.join("\n"),
        body.join("\n").replace("export function ", "function "),
        exported.join(", "),
    );
    fs::write(path, glue)?;
    if renamed.is_none() {
        return Ok(());
    }
    let mut command = esbuild()?;
    command
        .arg(path)
        .args(["--minify", "--format=esm", "--charset=utf8"])
        .args([FLOOR, "--log-level=warning"]);
    command.arg(format!("--outfile={}", path.display()));
    check(command.arg("--allow-overwrite")).context("esbuild")
}

/// What wasm-opt prints of its `--minify-imports-and-exports-and-modules`.
#[derive(Deserialize)]
struct Renamed {
    /// Module, name and new name; all are in the module `a` afterwards.
    imports: Vec<(String, String, String)>,
    /// Name and new name.
    exports: Vec<(String, String)>,
}

/// The glue `text` with the names that the code has now; nothing where it is not as
/// it is expected.
fn with_names(text: &str, renamed: &Renamed) -> Option<String> {
    let mut text = text.to_owned();
    let mut others = String::new();
    for (module, name, new) in &renamed.imports {
        let entry = format!("\n        {name}: function(");
        if module.ends_with("_bg.js") {
            text.contains(&entry).then_some(())?;
            text = text.replace(&entry, &format!("\n        {new}: function("));
        } else {
            // What is of the shim and takes numbers only is imported as it is.
            let place = text.find(&format!("\"{module}\": "))? + module.len() + 4;
            let object = text.get(place..)?.split(',').next()?;
            others += &format!("{new}: {object}.{name}, ");
        }
    }
    let begin = text.find("    return {\n        __proto__: null,\n        \"./")?;
    let end = begin + text.get(begin..)?.find("};")? + 2;
    text.replace_range(
        begin..end,
        &format!("return {{ a: {{ ...import0, {others}}} }};"),
    );
    for (name, new) in &renamed.exports {
        let (old, new) = (format!("wasm.{name}"), format!("wasm.{new}"));
        let mut replaced = String::new();
        let mut rest = text.as_str();
        while let Some(place) = rest.find(&old) {
            let after = rest.get(place + old.len()..)?;
            let is_longer = after.starts_with(|next: char| next.is_alphanumeric() || next == '_');
            replaced += rest.get(..place)?;
            replaced += if is_longer { &old } else { &new };
            rest = after;
        }
        text = replaced + rest;
    }
    Some(text)
}

fn esbuild() -> Result<Command> {
    let mut command = Command::new("node");
    command.arg(tools::node_modules()?.join("esbuild/bin/esbuild"));
    Ok(command)
}
