//! Running programs, and where things lie.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap_or_default()
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs `command`; anything but success is an error.
pub(crate) fn check(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("could not start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Output of `command`; anything but success is an error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("could not start {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} ended with {}\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A server that this program started and ends.
pub(crate) struct Server(Child);

impl Server {
    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// Starts `command` and waits for the line that begins with `sign`.
    pub(crate) fn start(command: &mut Command, sign: &str) -> Result<(Self, String)> {
        let mut child = command
            .stdout(Stdio::piped())
            // Held open: some servers end with it, so that none outlives this.
            .stdin(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start {command:?}"))?;
        let stdout = child.stdout.take().context("no standard output")?;
        let server = Self(child);
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines.next().transpose()? {
            if line.starts_with(sign) {
                // Read on, so that the server never waits for a full pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok((server, line));
            }
        }
        bail!("{command:?} ended before it listened")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
