//! `cargo xtask bench api`: the server under load, beside an axum handler that
//! does nothing but answer.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::lists::Lists;
use super::load::{Crowd, Load, Measured, Order};
use super::table::{Budget, Rounds, Row, print};
use super::{Filled, LARGE, PASSPHRASE, SMALL, filled, import, memory, registry};
use crate::build::{self, Mode};
use crate::run::{Server, cargo, check, output, root};
use crate::suites::address;
use crate::tools;

/// Rounds of which the median counts; ours and the peer take turns.
const ROUNDS: usize = 3;

/// Length of a measurement.
const SECONDS: u32 = 10;

/// Rows of the import beside which is searched.
const FURTHER: u32 = 200_000;

/// How long is still searched after that import: the server takes the names in.
const AFTERWARDS: Duration = Duration::from_secs(3);

/// Measures everything and prints a table.
pub(super) fn run() -> Result<()> {
    tools::wrk()?;
    let begin = Instant::now();
    let server = build::server(Mode::Release)?;
    let bare = bare()?;
    let (small, large) = (filled(&server, SMALL)?, filled(&server, LARGE)?);
    let folder = root().join("target/bench/api");
    let of_small = Lists::make(&small.feed(), &folder.join("small"), 1)?;
    let of_large = Lists::make(&large.feed(), &folder.join("large"), ROUNDS)?;
    println!(
        "data and programs ready after {:.0} s",
        begin.elapsed().as_secs_f64()
    );

    let mut rows = beside_bare(&server, &bare, &large, &of_large, &folder)?;
    rows.push(growth(&server, (&small, &of_small), (&large, &of_large))?);
    rows.push(search(&server, &large, &of_large, &folder)?);
    print(&rows);
    println!("measured in {:.0} s", begin.elapsed().as_secs_f64());
    Ok(())
}

/// Cards from the large store: a hot set, distinct ones, then what memory that
/// took, then the hot set with a crowd at the doors.
fn beside_bare(
    server: &Path,
    bare: &Path,
    large: &Filled,
    lists: &Lists,
    folder: &Path,
) -> Result<Vec<Row>> {
    let (ours, our_address) = serve(server, large)?;
    // The peer answers with the very bytes of one card.
    let card = folder.join("card.jwt");
    fs::write(
        &card,
        get(&our_address, &format!("/v1/cards/{}", lists.code))?,
    )?;
    let (_peer, line) = Server::start(Command::new(bare).arg(&card), "listening")?;
    let peer_address = address(&line)?;

    // From few connections each answer wakes wrk, which shares the processors,
    // and part of the ratio is the scheduler's; from many it has no time to sleep.
    let (mut few, mut many) = (Rounds::default(), Rounds::default());
    for _ in 0..ROUNDS {
        for (hot, connections) in [(&mut few, 64), (&mut many, 256)] {
            let load = cards(&lists.hot, Order::Rotate, connections);
            hot.add("hot set", load.run(&our_address)?, load.run(&peer_address)?);
        }
    }
    let mut distinct = Rounds::default();
    for list in &lists.distinct {
        let load = cards(list, Order::Once, 64);
        distinct.add(
            "distinct",
            load.run(&our_address)?,
            load.run(&peer_address)?,
        );
    }
    let mib = |word| memory(ours.id(), word).map(|kib| kib as f64 / 1_024.0);
    let now = mib("VmRSS:").context("memory of the server")?;
    let most = mib("VmHWM:").context("memory of the server")?;
    let mut rows = vec![
        few.row(
            "cards, hot, 64 conns, requests/s",
            Budget::Least(0.7),
            |m| m.rate,
        ),
        few.row("cards, hot, 64 conns, p99 in ms", Budget::Most(3.0), |m| {
            m.p99
        }),
        many.row(
            "cards, hot, 256 conns, requests/s",
            Budget::Least(0.7),
            |m| m.rate,
        ),
        many.row("cards, hot, 256 conns, p99 in ms", Budget::Most(3.0), |m| {
            m.p99
        }),
        distinct.row("cards, 3 M distinct, requests/s", Budget::Least(0.3), |m| {
            m.rate
        }),
        Row::new(
            "memory after that, MiB, limit",
            now,
            500.0,
            Budget::Most(1.0),
        ),
        Row::new("memory at most, MiB, limit", most, 500.0, Budget::Most(1.0)),
    ];

    let load = cards(&lists.hot, Order::Rotate, 32);
    let mut crowded = Rounds::default();
    for _ in 0..ROUNDS {
        let alone = load.run(&our_address)?;
        let _crowd = Crowd::gather(&our_address, &lists.hot)?;
        crowded.add("with crowd, without", load.run(&our_address)?, alone);
    }
    rows.push(
        crowded.row("cards, p99 in ms: crowd, none", Budget::Most(2.0), |m| {
            m.p99
        }),
    );
    Ok(rows)
}

/// What a lookup costs in the large store, beside the small one. Each code is
/// asked once of a fresh server, and of both stores the same number: else what
/// a server keeps of its answers would be measured.
fn growth(server: &Path, small: (&Filled, &Lists), large: (&Filled, &Lists)) -> Result<Row> {
    let folder = root().join("target/bench/api");
    let first = |lists: &Lists, name: &str| -> Result<PathBuf> {
        let list = lists.distinct.first().context("a list")?;
        let text = fs::read_to_string(list)?;
        let text: Vec<&str> = text.lines().take(SMALL as usize).collect();
        let path = folder.join(name);
        fs::write(&path, text.join("\n") + "\n")?;
        Ok(path)
    };
    let of_small = first(small.1, "growth-small.txt")?;
    let of_large = first(large.1, "growth-large.txt")?;
    let cold = |filled: &Filled, list: &Path| -> Result<Measured> {
        let (_server, address) = serve(server, filled)?;
        let mut load = cards(list, Order::Once, 64);
        load.seconds = 3;
        load.run(&address)
    };
    let mut rounds = Rounds::default();
    for _ in 0..2 * ROUNDS - 1 {
        let (large, small) = (cold(large.0, &of_large)?, cold(small.0, &of_small)?);
        rounds.add("3 M, 10 k", large, small);
    }
    // How many times longer the large one takes.
    let cost = |m: &Measured| 1e6 / m.rate;
    Ok(rounds.row("lookup in µs: 3 M, 10 k", Budget::Most(1.5), cost))
}

/// Search, while rows are imported into the same store, and while not. It is a
/// copy, so that the next run finds what this one found.
fn search(server: &Path, large: &Filled, lists: &Lists, folder: &Path) -> Result<Row> {
    let copy = Filled::new(folder.join("store"));
    let _ = fs::remove_dir_all(&copy.folder);
    fs::create_dir_all(&copy.folder)?;
    let parts = ["credit.db", "credit.db-wal", "credit.db.names", "keys"];
    let parts = parts.map(|name| large.folder.join(name));
    check(
        Command::new("cp")
            .arg("-r")
            .args(parts.iter().filter(|path| path.exists()))
            .arg(&copy.folder),
    )?;
    registry(server, &copy.folder, 2, FURTHER)?;
    let (_server, address) = serve(server, &copy)?;
    let mut load = Load {
        prefix: "/v1/search?q=",
        list: &lists.queries,
        order: Order::Paced,
        connections: 4,
        seconds: SECONDS,
    };
    // The copy is written to the disk meanwhile, and read for the first time.
    load.run(&address)?;
    let quiet = load.run(&address)?;
    load.seconds = 600;
    let busy = load.during(&address, || {
        let begin = Instant::now();
        check(&mut import(server, &copy.feed(), &copy.db))?;
        println!(
            "import of {FURTHER} further rows: {:.1} s",
            begin.elapsed().as_secs_f64()
        );
        sleep(AFTERWARDS);
        Ok(())
    })?;
    let mut rounds = Rounds::default();
    rounds.add("search with import, without", busy, quiet);
    let row = rounds.row("search, p99 in ms: import, none", Budget::Most(3.0), |m| {
        m.p99
    });
    // A copy of one and a half gigabytes is not left lying about.
    fs::remove_dir_all(&copy.folder)?;
    Ok(row)
}

/// Cards of the codes in `list`.
fn cards(list: &Path, order: Order, connections: u32) -> Load<'_> {
    Load {
        prefix: "/v1/cards/",
        list,
        order,
        connections,
        seconds: SECONDS,
    }
}

/// Starts the server on a store; its address.
fn serve(server: &Path, filled: &Filled) -> Result<(Server, String)> {
    let mut command = Command::new(server);
    command
        .env("RUST_LOG", "warn")
        .env("CREDIT_KEY_PASSPHRASE", PASSPHRASE)
        .args(["serve", "--db", &filled.db, "--listen", "127.0.0.1:0"])
        .args(["--rate-limit", "off"]);
    let (server, line) = Server::start(&mut command, "listening")?;
    Ok((server, address(&line)?))
}

/// Builds the bare handler.
fn bare() -> Result<PathBuf> {
    let messages = output(
        cargo()
            .args([
                "bench",
                "--quiet",
                "--package",
                "credit-lookup",
                "--bench",
                "bare",
            ])
            .args(["--no-run", "--message-format=json"]),
    )?;
    let program = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_bare = message.pointer("/target/name")?.as_str()? == "bare";
        let program = message.get("executable")?.as_str()?;
        is_bare.then(|| PathBuf::from(program))
    });
    program.context("cargo built no bare handler")
}

/// The body at `path`, which has to be there.
fn get(address: &str, path: &str) -> Result<Vec<u8>> {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    // To 1.0 nobody answers in chunks, and the connection ends with the answer.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let end = end.with_context(|| format!("{path} is no answer"))?;
    let (head, body) = answer.split_at(end + 4);
    ensure!(
        head.split(|byte| *byte == b' ').nth(1) == Some(b"200"),
        "{path} answers {}",
        String::from_utf8_lossy(head)
    );
    Ok(body.to_vec())
}
