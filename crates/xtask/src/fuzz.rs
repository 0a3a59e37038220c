//! `cargo xtask fuzz`: the targets of `fuzz/`, one a kind of identifier, and one
//! for requests to the server.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run::{check, root};
use crate::tools;

/// Longest input of a target without seeds, in bytes: an identifier.
const SHORT: usize = 200;

/// Longest input of the others: a request.
const LONG: usize = 4_096;

/// Runs every target, or the one that is named, for `seconds` each. Says how
/// many ran; anything that one finds ends with an error and the input.
pub(crate) fn run(seconds: u32, only: Option<&str>) -> Result<usize> {
    let fuzz = root().join("fuzz");
    let tool = tools::cargo_fuzz()?;
    let mut ran = 0;
    for target in targets()? {
        if only.is_some_and(|only| only != target) {
            continue;
        }
        println!("fuzzing {target} for {seconds} s");
        let mut command = Command::new(&tool);
        // Its instrumentation is a matter of the nightly compiler.
        command
            .env("RUSTUP_TOOLCHAIN", "nightly")
            .current_dir(&fuzz)
            .args(["fuzz", "run", "--target-dir"])
            .arg(root().join("target/fuzz"))
            .arg(&target);
        // Its seeds are read beside the corpus, which grows and is not kept.
        let seeds = fuzz.join("seeds").join(&target);
        let has_seeds = seeds.is_dir();
        if has_seeds {
            let corpus = fuzz.join("corpus").join(&target);
            fs::create_dir_all(&corpus)?;
            command.args([&corpus, &seeds]);
        }
        let longest = if has_seeds { LONG } else { SHORT };
        command
            .args(["--", "-print_final_stats=0"])
            .arg(format!("-max_len={longest}"))
            .arg(format!("-max_total_time={seconds}"));
        let words = seeds.with_extension("dict");
        if words.is_file() {
            command.arg(format!("-dict={}", words.display()));
        }
        check(&mut command).context("needs the nightly toolchain of rustup and a C++ compiler")?;
        ran += 1;
    }
    if ran == 0 {
        bail!("there is no such target");
    }
    Ok(ran)
}

/// The names of the binaries in the manifest.
fn targets() -> Result<Vec<String>> {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml"))?;
    let (_, binaries) = manifest.split_once("[[bin]]").context("no targets")?;
    let names = binaries
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    Ok(names.map(str::to_owned).collect())
}
