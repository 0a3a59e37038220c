//! Rules of the repository, as code.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use credit_api::path;
use credit_core::identifier::{ErrorCode, Kind, WarningCode};
use credit_core::limits::STATUS_TTL_SECONDS;
use credit_core::record::{FieldKind, code_sets, datasets};
use credit_element::call;
use credit_element::definition::{Attribute, COMMON_ATTRIBUTES, Definition, ELEMENTS};
use serde_json::Value;

/// Who may depend on whom: the picture in ARCHITECTURE.md.
const PICTURE: [(&str, &[&str]); 22] = [
    ("credit-core", &[]),
    ("credit-badge", &["credit-core"]),
    ("credit-sign", &["credit-core"]),
    ("credit-api", &["credit-core"]),
    ("credit-element", &["credit-core"]),
    ("credit-feed", &["credit-core"]),
    ("credit-client", &["credit-api", "credit-core"]),
    (
        "credit-evidence",
        &[
            "credit-api",
            "credit-client",
            "credit-core",
            "credit-element",
            "credit-sign",
        ],
    ),
    (
        "credit-lookup",
        &[
            "credit-api",
            "credit-badge",
            "credit-core",
            "credit-element",
            "credit-feed",
            "credit-sign",
        ],
    ),
    ("credit-check-widget", &["credit-core", "credit-element"]),
    (
        "credit-checker-widget",
        &["credit-core", "credit-element", "credit-feed"],
    ),
    (
        "credit-badge-widget",
        &[
            "credit-api",
            "credit-badge",
            "credit-client",
            "credit-core",
            "credit-element",
            "credit-evidence",
            "credit-sign",
        ],
    ),
    (
        "credit-report-widget",
        &[
            "credit-api",
            "credit-badge",
            "credit-client",
            "credit-core",
            "credit-element",
            "credit-evidence",
            "credit-sign",
        ],
    ),
    (
        "credit-panels-widget",
        &[
            "credit-api",
            "credit-badge",
            "credit-client",
            "credit-core",
            "credit-element",
            "credit-parts",
        ],
    ),
    ("credit-qr-widget", &["credit-badge"]),
    ("credit-checks", &["credit-core"]),
    ("credit-tests", &["credit-core"]),
    ("credit-markup", &[]),
    ("credit-parts", &["credit-core", "credit-markup"]),
    ("credit-gallery-widget", &["credit-core", "credit-parts"]),
    ("credit-yew-host", &[]),
    ("xtask", &["credit-core", "credit-element"]),
];

/// Packages in several versions on Linux or wasm, each with the reason it is there twice.
const TWICE: [(&str, &[&str]); 10] = [
    (
        "rusqlite and the PostgreSQL protocol are on different generations",
        &["fallible-iterator"],
    ),
    (
        "the password prompt and the tests' tempfile are on different generations",
        &["getrandom"],
    ),
    ("yew's gloo-net stays on 0.2, axum is on 1", &["http"]),
    (
        "derive macros of yew, clap and maud are on different generations",
        &["syn"],
    ),
    (
        "yew's gloo crates and openidconnect stay on 1",
        &["thiserror", "thiserror-impl"],
    ),
    (
        "openidconnect, and the rsa that it checks ID tokens with, stay on the generation of \
         RustCrypto before ours",
        &[
            "base64",
            "block-buffer",
            "const-oid",
            "cpufeatures",
            "crypto-common",
            "der",
            "digest",
            "hmac",
            "pem-rfc7468",
            "pkcs8",
            "sha2",
            "signature",
            "spki",
        ],
    ),
    (
        "openidconnect, the metrics exporter and the tests' proptest each have their own",
        &["rand", "rand_chacha", "rand_core"],
    ),
    ("governor's dashmap stays on 0.14", &["hashbrown"]),
    ("reqwest 0.12 stays on 0.6", &["tower-http"]),
    (
        "yew reads its own manifest with an older generation than we our settings",
        &["toml_datetime", "winnow"],
    ),
];

const LICENCES: [&str; 11] = [
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .args(["--filter-platform", "wasm32-unknown-unknown"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Files of ours below `folder` with one of `endings`.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", "dist"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "no files in {folder}");
    found
}

#[test]
fn dependencies_point_one_way() {
    let metadata = metadata();
    let members: BTreeSet<&str> = metadata["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .map(text)
        .collect();
    let mut seen = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        if members.contains(text(&package["id"])) {
            let ours: BTreeSet<&str> = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| text(&dependency["name"]))
                .filter(|name| name.starts_with("credit-"))
                .collect();
            seen.insert(text(&package["name"]), ours);
        }
    }
    let picture: BTreeMap<&str, BTreeSet<&str>> = PICTURE
        .iter()
        .map(|(name, needs)| (*name, needs.iter().copied().collect()))
        .collect();
    assert_eq!(seen, picture);
}

#[test]
fn nobody_else_sees_sql_yew_or_cryptography() {
    let metadata = metadata();
    let users = |crates: &[&str]| -> BTreeSet<String> {
        let packages = metadata["packages"].as_array().unwrap().iter();
        packages
            .filter(|package| package["source"].is_null())
            .filter(|package| {
                package["dependencies"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|dependency| {
                        dependency["kind"].is_null() && crates.contains(&text(&dependency["name"]))
                    })
            })
            .map(|package| text(&package["name"]).to_owned())
            .collect()
    };
    assert_eq!(
        users(&["rusqlite"]),
        BTreeSet::from(["credit-lookup".to_owned()])
    );
    assert_eq!(
        users(&["yew"]),
        ["gallery-widget", "panels-widget", "parts", "yew-host"]
            .map(|name| format!("credit-{name}"))
            .into()
    );
    assert_eq!(
        users(&["ed25519-dalek"]),
        BTreeSet::from(["credit-lookup".to_owned(), "credit-sign".to_owned()])
    );
    for path in files("crates/credit-lookup/src", &[".rs"]) {
        let code = fs::read_to_string(&path).unwrap();
        let in_store = path.components().any(|part| part.as_os_str() == "store");
        for word in ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "rusqlite"] {
            let allowed = in_store || !code.contains(word);
            assert!(
                allowed,
                "{} has SQL outside the store: {word}",
                path.display()
            );
        }
    }
}

#[test]
fn a_package_is_called_like_its_folder_and_says_what_it_is() {
    let folders = ["crates", "packages"].map(|name| fs::read_dir(root().join(name)).unwrap());
    for folder in folders.into_iter().flatten() {
        let folder = folder.unwrap().path();
        // What is JavaScript alone has no manifest of Cargo's.
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else {
            assert!(folder.join("index.js").is_file(), "{}", folder.display());
            continue;
        };
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        let readme = fs::read_to_string(folder.join("README.md")).unwrap();
        assert!(
            readme.lines().count() <= 40,
            "README of {name} is longer than 40 lines"
        );
    }
}

#[test]
fn every_kind_has_vectors_a_fuzz_target_and_a_place_in_the_reference() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let types = fs::read_to_string(root().join("packages/credit-checks/src/types.d.ts")).unwrap();
    for kind in Kind::ALL {
        let vectors = root().join(format!("tests/vectors/{kind}.json"));
        assert!(vectors.is_file(), "{kind} has no vectors");
        assert!(
            manifest.contains(&format!("name = \"{kind}\"")),
            "{kind} has no fuzz target"
        );
        assert!(
            types.contains(&format!("\"{kind}\"")),
            "the types lack {kind}"
        );
    }
    let reference = fs::read_to_string(root().join("docs/identifiers.md")).unwrap();
    let kinds = Kind::ALL.into_iter().map(Kind::word);
    let errors = ErrorCode::ALL.into_iter().map(ErrorCode::word);
    let warnings = WarningCode::ALL.into_iter().map(WarningCode::word);
    for word in kinds.chain(errors).chain(warnings) {
        let quoted = format!("`{word}`");
        assert!(reference.contains(&quoted), "the reference lacks {quoted}");
    }
}

#[test]
fn files_stay_calm() {
    for folder in ["crates", "widgets", "packages", "tests"] {
        for path in files(folder, &[".rs", ".js", ".mjs"]) {
            let code = fs::read_to_string(&path).unwrap();
            let lines = code.lines().count();
            let limit = if folder == "tests" { 600 } else { 500 };
            assert!(lines <= limit, "{} has {lines} lines", path.display());
            let marks = [
                concat!("#[", "ignore"),
                concat!("todo", "!("),
                concat!("sleep", "(2"),
            ];
            for mark in marks {
                assert!(!code.contains(mark), "{} has {mark}", path.display());
            }
        }
    }
}

#[test]
fn the_shim_checks_again_when_a_status_list_is_over() {
    let element = fs::read_to_string(root().join("widgets/shim/host.js")).unwrap();
    let line = format!("const STATUS_TTL = {STATUS_TTL_SECONDS}_000;");
    assert!(element.contains(&line), "the shim lacks {line}");
}

#[test]
fn the_loader_asks_ahead_for_what_the_client_asks_for() {
    let loader = fs::read_to_string(root().join("widgets/shim/credit.js")).unwrap();
    let card = path::CARD.replace("{code}", "${code}");
    for said in [
        format!("hint(\"{}\", \"no-cache\");", path::KEY_SET),
        format!("hint(\"{}\", \"no-cache\");", path::status(1)),
        format!("hint(`{card}`, \"default\");"),
        "fetchText(url, { cache }, 10_000)".to_owned(),
    ] {
        assert!(loader.contains(&said), "the loader lacks {said}");
    }
    let client = root().join("crates/credit-client/src/request.rs");
    let client = fs::read_to_string(client).unwrap();
    assert!(client.contains("const TIMEOUT_MS: u32 = 10_000;"));
}

#[test]
fn the_shim_knows_the_elements_that_there_are() {
    let table = fs::read_to_string(root().join("widgets/shim/elements.js")).unwrap();
    let element = fs::read_to_string(root().join("widgets/shim/element.js")).unwrap();
    let calls = fs::read_to_string(root().join("widgets/shim/calls.js")).unwrap();
    let list = |attributes: &[Attribute]| {
        let quoted: Vec<String> = attributes
            .iter()
            .map(|attribute| format!("\"{}\"", attribute.name))
            .collect();
        format!("[{}]", quoted.join(", "))
    };
    assert!(element.contains(&format!("const COMMON = {};", list(&COMMON_ATTRIBUTES))));
    for (name, number) in [
        ("BEGIN", call::BEGIN),
        ("START", call::START),
        ("UPDATE", call::UPDATE),
        ("DESTROY", call::DESTROY),
        ("TOLD", call::TOLD),
        ("ANSWERED", call::ANSWERED),
        ("TICK", call::TICK),
        ("EXPECT", call::EXPECT),
        ("AGAIN", call::AGAIN),
    ] {
        let line = format!("const {name} = {number};");
        assert!(calls.contains(&line), "the shim lacks {line}");
    }
    let entries = table
        .lines()
        .filter(|line| line.starts_with("  \"credit-"))
        .count();
    assert_eq!(entries, ELEMENTS.len(), "the shim has other elements");
    let cases = fs::read_to_string(root().join("tests/browser/elements.mjs")).unwrap();
    for Definition {
        tag,
        bundle,
        domain,
        style,
        attributes,
        ..
    } in ELEMENTS
    {
        let words = [bundle, domain, style.unwrap_or("-")].into_iter();
        let words: Vec<&str> = words
            .chain(attributes.iter().map(|attribute| attribute.name))
            .collect();
        let entry = format!("  \"{tag}\": \"{}\",", words.join(" "));
        assert!(table.contains(&entry), "the shim lacks {entry}");
        assert!(
            cases.contains(&format!("tag: \"{tag}\"")),
            "{tag} has no contract case"
        );
        for readme in ["README.md", "README.zh-CN.md"] {
            let readme = fs::read_to_string(root().join(readme)).unwrap();
            assert!(
                readme.contains(&format!("`{tag}`")),
                "README does not name {tag}"
            );
        }
    }
    let exported = element.lines().find(|line| line.starts_with("export { "));
    for name in imported() {
        let is_exported = exported.is_some_and(|line| {
            let names = line.trim_start_matches("export { ").split(" }").next();
            names.is_some_and(|names| names.split(", ").any(|other| other == name))
        });
        assert!(is_exported, "the shim has no {name}");
    }
}

/// What the Rust side imports from the shim.
fn imported() -> Vec<String> {
    let mut names = Vec::new();
    for file in [
        "crates/credit-client/src/request.rs",
        "crates/credit-element/src/host.rs",
        "widgets/panels/src/mount.rs",
    ] {
        let code = fs::read_to_string(root().join(file)).unwrap();
        let begin = code.find("raw_module = \"./element.js\"").unwrap();
        let block = &code[begin..];
        let block = &block[..block.find("\n}").unwrap()];
        let mut renamed = None;
        for line in block.lines() {
            if let Some(name) = line.split("js_name = ").nth(1) {
                renamed = name.split(')').next().map(str::to_owned);
            } else if let Some(name) = line.trim().strip_prefix("fn ") {
                let name = name.split('(').next().map(str::to_owned);
                names.extend(renamed.take().or(name));
            }
        }
    }
    assert!(names.len() >= 8, "{names:?}");
    names
}

#[test]
fn licences_are_ones_that_we_take() {
    for package in metadata()["packages"].as_array().unwrap() {
        let licence = text(&package["license"]).replace('/', " OR ");
        let fits = licence.replace(['(', ')'], "").split(" AND ").all(|part| {
            part.split(" OR ")
                .any(|choice| LICENCES.contains(&choice.trim()))
        });
        assert!(fits, "{} is under {licence}", text(&package["name"]));
    }
}

/// Names and versions of the packages that are built for `target`. `cargo
/// metadata` would also name those that no feature asks for.
fn built(target: &str) -> Vec<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--locked", "--target", target])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let words = text.lines().map(|line| line.split(' '));
    words
        .filter_map(|mut words| Some((words.next()?.to_owned(), words.next()?.to_owned())))
        .collect()
}

#[test]
fn no_dependency_is_there_twice_without_a_reason() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for target in ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"] {
        for (name, version) in built(target) {
            versions.entry(name).or_default().insert(version);
        }
    }
    let twice: BTreeSet<&str> = versions
        .iter()
        .filter(|(_, versions)| versions.len() > 1)
        .map(|(name, _)| name.as_str())
        .collect();
    let reasons = TWICE.iter().flat_map(|(_, names)| names.iter().copied());
    assert_eq!(
        twice,
        reasons.collect(),
        "packages in several versions, and those with a reason"
    );
}

/// The reference of the datasets, as the tables have them.
fn reference_of_feeds() -> String {
    let mut text = String::new();
    let cell = |text: &str| text.replace('|', "\\|");
    for dataset in datasets() {
        let key: Vec<&str> = dataset
            .key
            .iter()
            .map(|place| dataset.fields[*place].name)
            .collect();
        text.push_str(&format!(
            "\n## {} {}\n\nKey: holder, {}\n\n| field | 中文 | type | needed | shown | columns |\n\
             |---|---|---|---|---|---|\n",
            dataset.name,
            dataset.title.zh,
            key.join(", ")
        ));
        for field in &dataset.fields {
            let kind = match field.kind {
                FieldKind::Word(set) => format!("{} (one of)", set.zh),
                FieldKind::Words(set) => format!("{} (some of)", set.zh),
                FieldKind::Text(limit) | FieldKind::Unit(limit) | FieldKind::Id(limit) => {
                    format!("text, {limit}")
                }
                FieldKind::HolderName | FieldKind::PersonName => "name".to_owned(),
                FieldKind::HolderCode | FieldKind::UnitCode => "code".to_owned(),
                FieldKind::PersonNumber => "number, not kept".to_owned(),
                FieldKind::Wan => "万元".to_owned(),
                FieldKind::Yuan => "元".to_owned(),
                other => format!("{other:?}").to_lowercase(),
            };
            text.push_str(&format!(
                "| `{}` | {} | {kind} | {} | {} | {} |\n",
                field.name,
                cell(field.label.zh),
                if field.is_needed { "yes" } else { "" },
                if field.is_public { "yes" } else { "" },
                cell(&field.columns.join(", ")),
            ));
        }
    }
    text.push_str("\n## Words\n\n| set | words |\n|---|---|\n");
    for set in code_sets() {
        let words: Vec<String> = set
            .codes
            .iter()
            .map(|code| format!("{} (`{}`)", code.zh, code.code))
            .collect();
        let open = if set.is_open { ", 其他-…" } else { "" };
        text.push_str(&format!("| {} | {}{open} |\n", set.zh, words.join(", ")));
    }
    text
}

#[test]
fn the_reference_of_feeds_is_that_of_the_tables() {
    let path = root().join("docs/feeds.md");
    let text = fs::read_to_string(&path).unwrap();
    let begin = text.find("<!-- generated").unwrap();
    let line = text[begin..].find('\n').unwrap() + begin + 1;
    let (written, expected) = (&text[line..], reference_of_feeds());
    if written != expected && std::env::var_os("CREDIT_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{}{expected}", &text[..line])).unwrap();
        return;
    }
    assert!(
        written == expected,
        "docs/feeds.md is not what the tables say"
    );
}
