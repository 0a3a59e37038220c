//! `cargo xtask test`: every suite, each of which fails when it ran nothing.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::build::{self, Mode};
use crate::consumers;
use crate::demo;
use crate::fuzz;
use crate::gallery;
use crate::packages;
use crate::run::{Server, cargo, check, output, root};
use crate::size;
use crate::tools;

/// The crates that compile for wasm only in earnest.
const WASM: [&str; 9] = [
    "credit-badge-widget",
    "credit-check-widget",
    "credit-checker-widget",
    "credit-gallery-widget",
    "credit-panels-widget",
    "credit-qr-widget",
    "credit-report-widget",
    "credit-yew-host",
    "credit-checks",
];

/// A suite: its name and how many tests it ran.
type Suite = (&'static str, fn() -> Result<usize>);

const SUITES: [Suite; 11] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("docs", docs),
    ("native", native),
    ("api", api),
    ("wasm", wasm),
    ("differential", differential),
    ("interop", interop),
    ("size", size::run),
    ("browser", browser),
    ("engines", engines),
];

/// Runs the suites, or the one that is named.
pub(crate) fn run(long: bool, only: Option<&str>) -> Result<()> {
    match env::var("CREDIT_REAL_DATA") {
        Ok(folder) => println!("real data: {folder}"),
        Err(_) => println!("real data: off (CREDIT_REAL_DATA names no folder)"),
    }
    tools::toolchain()?;
    let mut total = 0;
    let mut ran = 0;
    for (name, suite) in SUITES {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        println!("== {name}");
        let begun = Instant::now();
        let count = suite().with_context(|| format!("suite {name}"))?;
        if count == 0 {
            bail!("suite {name} ran no test");
        }
        let seconds = begun.elapsed().as_secs();
        println!("== {name}: {count} passed in {seconds} s");
        total += count;
        ran += 1;
    }
    if ran == 0 {
        bail!("there is no such suite");
    }
    if long {
        println!("== long");
        println!("== long: {} passed", generated()? + fuzz::run(60, None)?);
    }
    println!("{total} passed, 0 failed");
    Ok(())
}

fn fmt() -> Result<usize> {
    check(cargo().args(["fmt", "--all", "--check"]))?;
    Ok(1)
}

fn clippy() -> Result<usize> {
    let deny = ["--", "-D", "warnings"];
    check(
        cargo()
            .args(["clippy", "--quiet", "--all-targets"])
            .args(deny),
    )?;
    check(
        cargo()
            .args([
                "clippy",
                "--quiet",
                "--lib",
                "--target",
                "wasm32-unknown-unknown",
            ])
            .args(WASM.iter().flat_map(|package| ["--package", package]))
            .args(deny),
    )?;
    scripts()?;
    Ok(3)
}

/// The hand-written scripts, by the types that their comments say.
fn scripts() -> Result<()> {
    let modules = tools::node_modules()?;
    let mut command = Command::new("node");
    command
        .current_dir(root())
        .arg(modules.join("typescript/bin/tsc"))
        .args(["--noEmit", "--allowJs", "--checkJs", "--strict"])
        .args(["--target", "es2022", "--module", "es2022"])
        .args(["--moduleResolution", "bundler"])
        .args(["--lib", "es2022,dom,dom.iterable"])
        .arg("packages/credit-widgets/index.js");
    for file in fs::read_dir(root().join("widgets/shim"))? {
        command.arg(file?.path());
    }
    check(&mut command).context("types of scripts")
}

fn docs() -> Result<usize> {
    check(cargo().env("RUSTDOCFLAGS", "-D warnings").args([
        "doc",
        "--quiet",
        "--no-deps",
        "--workspace",
        "--document-private-items",
    ]))?;
    Ok(1)
}

fn native() -> Result<usize> {
    tools::postgres()?;
    check(cargo().args(["build", "--quiet", "--package", "credit-lookup"]))?;
    let mut command = cargo();
    command.args(["test", "--workspace", "--all-features"]);
    counted(&mut command)
}

/// Runs a cargo test and adds up what its binaries say they ran. Each binary
/// with tests has to have run some.
fn counted(command: &mut Command) -> Result<usize> {
    let text = output(command)?;
    let mut passed = 0;
    for line in text.lines().filter(|line| line.starts_with("test result:")) {
        let number = line
            .split("ok. ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        passed += number
            .and_then(|number| number.parse::<usize>().ok())
            .unwrap_or_default();
    }
    Ok(passed)
}

/// What the server says of itself in its OpenAPI document, held against what it
/// does, by schemathesis: every request that the document allows, and many that
/// it does not.
fn api() -> Result<usize> {
    let tests = "tests/api";
    let python = tools::python(tests)?;
    let data = root().join("target/api-data");
    let options = [
        "--rate-limit=off",
        "--identity-header=x-person",
        "--identity-proxies=127.0.0.1",
        "--issuer-contact=电话 010-00000000",
    ];
    let (_lookup, api) = lookup(&data, 120, &options, Mode::Dev)?;
    let report = output(
        Command::new(python)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(root().join(tests).join("run.py"))
            .arg(&api)
            .arg(&data),
    )?;
    println!("{report}");
    count_of(&report)
}

fn wasm() -> Result<usize> {
    tools::chromium()?;
    let runner = tools::wasm_bindgen("wasm-bindgen-test-runner")?;
    let mut passed = 0;
    // The same files that run natively.
    for words in [
        &["--package", "credit-tests", "--test", "vectors"][..],
        &["--package", "credit-tests", "--test", "trace"][..],
        &["--package", "credit-tests", "--test", "records"][..],
        &[
            "--package",
            "credit-sign",
            "--features",
            "issue",
            "--test",
            "verdict",
        ][..],
    ] {
        let mut command = cargo();
        command
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
            .env("CHROMEDRIVER", "chromedriver")
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                root().join("tests/webdriver.json"),
            )
            .args(["test", "--target", "wasm32-unknown-unknown"])
            .args(words);
        let count = counted(&mut command)?;
        if count == 0 {
            bail!("{words:?} ran no test in the browser");
        }
        passed += count;
    }
    Ok(passed)
}

/// The checks against python-stdnum and npm's validators, on generated and
/// mutated numbers; every difference has to be a known one.
fn differential() -> Result<usize> {
    let tests = "tests/differential";
    let python = tools::python(tests)?;
    let modules = tools::npm_packages(tests)?;
    let server = build::server(Mode::Dev)?;
    let folder = root().join("target/differential");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let script = |program: &str| {
        let mut command = Command::new(&python);
        command
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(root().join(tests).join(program));
        command
    };
    check(script("generate.py").arg(&folder))?;
    check(script("reference.py").arg(&folder))?;
    check(
        Command::new("node")
            .env("NODE_PATH", &modules)
            .arg(root().join(tests).join("reference.mjs"))
            .arg(&folder),
    )?;
    let report = output(script("compare.py").arg(&server).arg(&folder))?;
    println!("{report}");
    // Millions of single comparisons are one test for each reference and kind.
    Ok(report.matches(" compared, ").count())
}

/// Signatures against JOSE and SM2 libraries of others, in both directions.
fn interop() -> Result<usize> {
    let tests = "tests/interop";
    let python = tools::python(tests)?;
    tools::npm_packages(tests)?;
    let folder = root().join("target/interop");
    fs::create_dir_all(&folder)?;
    let ours = |words: &[&OsStr]| {
        output(
            cargo()
                .args(["run", "--quiet", "--package", "credit-sign"])
                .args(["--features", "issue", "--example", "interop", "--"])
                .args(words),
        )
    };
    let question = folder.join("question.json");
    fs::write(&question, ours(&["ask".as_ref()])?)?;
    let mut words = vec![OsStr::new("judge"), question.as_os_str()];
    let mut answers = Vec::new();
    for (program, script) in [
        (python.as_path(), "reference.py"),
        (Path::new("node"), "reference.mjs"),
    ] {
        let answer = output(
            Command::new(program)
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .arg(root().join(tests).join(script))
                .stdin(fs::File::open(&question)?),
        )?;
        let path = folder.join(format!("{script}.json"));
        fs::write(&path, answer)?;
        answers.push(path);
    }
    words.extend(answers.iter().map(|answer| answer.as_os_str()));
    let report = ours(&words)?;
    println!("{report}");
    count_of(&report)
}

/// The number with which the last line of a report begins.
fn count_of(report: &str) -> Result<usize> {
    let last = report.lines().last().unwrap_or_default();
    last.split(' ')
        .next()
        .and_then(|count| count.parse().ok())
        .context("count of a report")
}

/// A demo database, the lookup server, strangers' sites on other origins, and
/// the cases of tests/browser in Chromium, on the optimised widgets.
fn browser() -> Result<usize> {
    tools::chromium()?;
    tools::node_modules()?;
    build::widgets(Mode::Release)?;
    packages::checks()?;
    packages::widgets()?;
    consumers::build()?;
    gallery::pages(Mode::Release)?;
    let (_lookup, api) = lookup(
        &root().join("target/browser-data"),
        300,
        &["--demo-codes"],
        Mode::Dev,
    )?;
    let (_strangers, strangers) = site("tests/browser/strangers", &api)?;
    let (_demo, demo) = site("host-demo", &api)?;
    let (_consumers, consumers) = site("target/consumers", &api)?;
    let (_dist, dist) = gallery::serve()?;
    let own = identity()?;
    let node = |program: &str, words: &[&str]| {
        let mut command = Command::new("node");
        command
            .arg(root().join("tests/browser").join(program))
            .args(words)
            .env("CREDIT_API", &api)
            .env("CREDIT_OWN", &own.api)
            .env("CREDIT_PROVIDER", &own.issuer)
            .env("CREDIT_SITE", &strangers)
            .env("CREDIT_DEMO", &demo)
            .env("CREDIT_DIST", &dist)
            .env("CREDIT_CONSUMERS", &consumers)
            .env("CREDIT_PACKAGES", packages::folder())
            .env("CREDIT_SCREENS", root().join("target/screens"))
            // The cases as they end: eight minutes of silence look like a hang.
            .stderr(Stdio::inherit());
        let report = output(&mut command)?;
        print!("{report}");
        count_of(&report)
    };
    let passed = node("run.mjs", &[])?;
    // Somebody wants to see one case.
    if env::var_os("CREDIT_CASE").is_some() {
        return Ok(passed);
    }
    // The contract bites: nothing of it believes a loader that shows nothing.
    Ok(passed + node("fake.mjs", &["--fake"])?)
}

/// The core of the same cases in Debian's Firefox and WebKit.
fn engines() -> Result<usize> {
    tools::engines()?;
    tools::npm_packages("tests/engines")?;
    build::widgets(Mode::Release)?;
    let data = root().join("target/engines-data");
    let (_lookup, api) = lookup(&data, 300, &["--demo-codes"], Mode::Dev)?;
    let (_strangers, strangers) = site("tests/browser/strangers", &api)?;
    let report = output(
        Command::new("node")
            .arg(root().join("tests/engines/run.mjs"))
            .env("CREDIT_API", &api)
            .env("CREDIT_SITE", &strangers)
            .env("CREDIT_SCREENS", root().join("target/screens"))
            .stderr(Stdio::inherit()),
    )?;
    print!("{report}");
    count_of(&report)
}

/// A stranger's site from `folder`, for the server at `api`; its address.
pub(crate) fn site(folder: &str, api: &str) -> Result<(Server, String)> {
    let mut site = Command::new(env::current_exe()?);
    site.arg("site").arg("--root").arg(root().join(folder));
    site.args(["--api", api, "--listen", "127.0.0.1:0"]);
    let (server, line) = Server::start(&mut site, "site")?;
    Ok((server, address(&line)?))
}

/// A server that knows who people are, and the provider that tells it.
struct Own {
    issuer: String,
    api: String,
    _servers: [Server; 2],
}

/// Starts both. Each has to know the other's address first, so that the server
/// gets a port that was free a moment ago.
fn identity() -> Result<Own> {
    let tests = root().join("tests/identity");
    tools::npm_packages("tests/identity")?;
    let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut provider = Command::new("node");
    provider
        .arg(tests.join("provider.mjs"))
        .env("REDIRECT", format!("http://{listen}/self/callback"))
        .env("ID_NUMBER", "120102199001010013");
    let (provider, line) = Server::start(&mut provider, "provider on")?;
    let issuer = address(&line)?;
    let data = root().join("target/identity-data");
    let _ = fs::remove_dir_all(&data);
    fs::create_dir_all(&data)?;
    let db = format!("sqlite:{}", data.join("credit.db").display());
    let secret = data.join("secret.txt");
    fs::write(&secret, "a test\n")?;
    let server = build::server(Mode::Dev)?;
    let command = || {
        let mut command = Command::new(&server);
        command
            .env("CREDIT_DB", &db)
            .env("CREDIT_KEY_PASSPHRASE", "a test");
        command
    };
    check(
        command()
            .args(["import", "--dataset", "licences", "--as-of", "2026-11-01"])
            .args(["--source", "示例区信用办"])
            .arg("--rejects")
            .arg(data.join("rejects.csv"))
            .arg(tests.join("persons.csv")),
    )?;
    let (server, line) = Server::start(
        command()
            .args(["serve", "--listen", &listen.to_string()])
            .args(["--issuer-name", demo::ISSUER])
            .args(["--issuer-contact", "电话 010-00000000"])
            .args(["--identity-provider", &issuer])
            .args(["--identity-client", "credit-lookup"])
            .arg("--identity-secret-file")
            .arg(&secret),
        "listening",
    )?;
    Ok(Own {
        issuer,
        api: address(&line)?,
        _servers: [server, provider],
    })
}

/// Makes `data` anew with demo data and starts the server on it; its address.
pub(crate) fn lookup(
    data: &Path,
    entities: u32,
    options: &[&str],
    mode: Mode,
) -> Result<(Server, String)> {
    let server = build::server(mode)?;
    let _ = fs::remove_dir_all(data);
    fs::create_dir_all(data)?;
    let db = format!("sqlite:{}", data.join("credit.db").display());
    demo::fill(&server, data, &db, entities, "a test")?;
    let mut lookup = Command::new(&server);
    lookup
        .env("RUST_LOG", "warn")
        .env("CREDIT_KEY_PASSPHRASE", "a test")
        .args(["serve", "--db", &db, "--listen", "127.0.0.1:0"])
        .args(["--issuer-name", demo::ISSUER])
        .args(options);
    let (lookup, line) = Server::start(&mut lookup, "listening")?;
    Ok((lookup, address(&line)?))
}

/// The address in the line with which a server says that it listens.
pub(crate) fn address(line: &str) -> Result<String> {
    let word = line.split(' ').find(|word| word.starts_with("http://"));
    word.map(str::to_owned).context("address of a server")
}

/// What is too slow for CI: a thousand times as many generated inputs.
fn generated() -> Result<usize> {
    let mut command = cargo();
    command.args([
        "test",
        "--release",
        "--package",
        "credit-core",
        "--all-features",
    ]);
    counted(command.env("PROPTEST_CASES", "250000"))
}
