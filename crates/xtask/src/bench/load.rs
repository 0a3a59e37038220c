//! Load on a server: wrk with `tests/bench/api.lua`, and a crowd of clients
//! that are of no use.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::run::{check, output, root};

/// wrk's threads. The generator shares the machine with what it measures.
const THREADS: &str = "2";

/// How a list of requests is gone through.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    /// Over and over.
    Rotate,
    /// Each at most once; it ends early when there are no more.
    Once,
    /// Over and over, with a pause between two requests of a connection.
    Paced,
}

/// Requests that are to be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load<'a> {
    /// What every path begins with.
    pub(super) prefix: &'a str,
    /// File with the rest of each path, one a line.
    pub(super) list: &'a Path,
    /// How it is gone through.
    pub(super) order: Order,
    /// Connections that ask at the same time.
    pub(super) connections: u32,
    /// For so many seconds.
    pub(super) seconds: u32,
}

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// Requests a second.
    pub(super) rate: f64,
    /// Median of the latencies, in ms.
    pub(super) p50: f64,
    /// So long or less took all but one of a hundred, in ms.
    pub(super) p99: f64,
}

impl Load<'_> {
    /// Asks the server at `address`.
    pub(super) fn run(&self, address: &str) -> Result<Measured> {
        Measured::read(&output(&mut self.command(address))?)
    }

    /// Asks the server at `address` until `work` is done.
    pub(super) fn during(
        &self,
        address: &str,
        work: impl FnOnce() -> Result<()>,
    ) -> Result<Measured> {
        let child = self
            .command(address)
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start wrk")?;
        let done = work();
        // Interrupted, wrk ends with what it measured so far.
        let interrupt = format!("kill -INT {}", child.id());
        let interrupted = check(Command::new("sh").args(["-c", &interrupt]));
        let text = child.wait_with_output()?.stdout;
        done?;
        interrupted.context("wrk ended before what it was to accompany")?;
        Measured::read(&String::from_utf8_lossy(&text))
    }

    fn command(&self, address: &str) -> Command {
        let order = match self.order {
            Order::Rotate => "rotate",
            Order::Once => "once",
            Order::Paced => "paced",
        };
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", THREADS, "--timeout", "10s"])
            .arg("--connections")
            .arg(self.connections.to_string())
            .arg("--duration")
            .arg(format!("{}s", self.seconds))
            .arg("--script")
            .arg(root().join("tests/bench/api.lua"))
            .args([address, "--"])
            .arg(self.list)
            .args([self.prefix, order, THREADS]);
        wrk
    }
}

impl Measured {
    /// Reads what the script printed. One request that failed is too many.
    fn read(text: &str) -> Result<Self> {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("measured "))
            .with_context(|| format!("wrk measured nothing:\n{text}"))?;
        let numbers = line
            .split(' ')
            .map(str::parse::<f64>)
            .collect::<Result<Vec<_>, _>>()
            .with_context(|| format!("wrk measured '{line}'"))?;
        let [requests, errors, rate, p50, p99] = numbers[..] else {
            anyhow::bail!("wrk measured '{line}'");
        };
        ensure!(requests > 0.0, "no request was answered");
        ensure!(errors == 0.0, "{errors} of {requests} requests failed");
        Ok(Self { rate, p50, p99 })
    }
}

/// Clients that hold connections, until it is dropped.
pub(super) struct Crowd(Child);

impl Crowd {
    /// Sends the crowd to the server at `address`; some of it ask for the codes
    /// in the file `codes`.
    pub(super) fn gather(address: &str, codes: &Path) -> Result<Self> {
        let mut child = Command::new("python3")
            .arg(root().join("tests/bench/crowd.py"))
            .arg(address.trim_start_matches("http://"))
            .arg(codes)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start python3")?;
        let stdout = child.stdout.take().context("no standard output")?;
        let crowd = Self(child);
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        ensure!(line.trim() == "crowd ready", "the crowd did not come");
        Ok(crowd)
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
