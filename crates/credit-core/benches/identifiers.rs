//! How fast a list of codes is checked: `cargo xtask bench identifiers`.
//!
//! Takes the file of codes, one a line, and prints `NAME CODES-PER-SECOND` for
//! each way of checking it, the median of several runs.
#![allow(clippy::print_stdout, reason = "it answers the program that runs it")]

use std::hint::black_box;
use std::time::Instant;

use credit_core::date::Date;
use credit_core::identifier::check::{each_verdict, report, verdict};
use credit_core::identifier::{Kind, Uscc};

const RUNS: usize = 301;

/// Long enough for the clock, and no longer than a cache of the second level
/// has room for.
const CODES: usize = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("names no file of codes")?;
    let text = std::fs::read_to_string(path)?;
    let codes: Vec<&str> = text.lines().cycle().take(CODES).collect();
    let batch = codes.join("\n") + "\n";
    let today = Date::new(2026, 11, 23).map_err(|_| "no day")?;

    measure("batch", || {
        let mut sum = 0_u64;
        each_verdict(
            Kind::Uscc,
            black_box(batch.as_bytes()),
            today,
            |_, verdict| {
                sum += u64::from(verdict.number());
            },
        );
        sum
    });
    measure("line by line", || {
        let verdicts = black_box(&codes).iter();
        verdicts
            .map(|code| u64::from(verdict(Kind::Uscc, code.as_bytes(), today).number()))
            .sum()
    });
    measure("parse", || {
        let parsed = black_box(&codes).iter();
        parsed.filter(|code| code.parse::<Uscc>().is_ok()).count() as u64
    });
    measure("report", || {
        let reports = black_box(&codes).iter();
        reports
            .filter(|code| report(Kind::Uscc, code, today).outcome.is_ok())
            .count() as u64
    });
    Ok(())
}

fn measure(name: &str, run: impl Fn() -> u64) {
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            black_box(run());
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    println!("{name}\t{:.0}", CODES as f64 / seconds[RUNS / 2]);
}
