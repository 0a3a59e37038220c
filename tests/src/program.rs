//! The real program, as a server or as a command.
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Where it was built.
pub const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/credit-lookup");

/// What opens the keys of tests.
const PASSPHRASE: &str = "a test";

/// A server on a store of its own, ended with the value.
pub struct Server {
    child: Child,
    address: String,
    folder: TempDir,
}

impl Server {
    /// Starts one on an empty store, with `options` behind `serve`.
    #[must_use]
    pub fn start(options: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), options)
    }

    /// Starts one on `credit.db` in `folder`.
    #[must_use]
    pub fn start_in(folder: TempDir, options: &[&str]) -> Self {
        let db = format!("sqlite:{}", folder.path().join("credit.db").display());
        let mut child = Command::new(PROGRAM)
            .env("CREDIT_KEY_PASSPHRASE", PASSPHRASE)
            .args(["serve", "--listen", "127.0.0.1:0", "--db", &db])
            .args(options)
            .stdout(Stdio::piped())
            .env("RUST_LOG", "info,credit_lookup=debug")
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let line = lines.find(|line| line.starts_with("listening")).unwrap();
        let address = line.split("http://").nth(1).unwrap();
        let address = address.split(' ').next().unwrap().to_owned();
        Self {
            child,
            address,
            folder,
        }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where it listens: host and port.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A connection.
    #[must_use]
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    /// Tells it to end.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
    }

    /// Asks on a connection of its own; the answer with its head.
    #[must_use]
    pub fn asked(&self, request: &str) -> String {
        let mut stream = self.connect();
        let request = format!("{request}Host: a\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// What `path` answers, without its head.
    #[must_use]
    pub fn body(&self, path: &str) -> String {
        let answer = self.asked(&format!("GET {path} HTTP/1.1\r\n"));
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// The log after the server has ended.
    #[must_use]
    pub fn log(&mut self) -> String {
        self.terminate();
        assert!(self.ended().success());
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// How it ended.
    pub fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command: its exit code, and what it wrote to standard output and
/// error.
#[must_use]
pub fn run(words: &[&str]) -> (i32, String, String) {
    let output = Command::new(PROGRAM)
        .env("CREDIT_KEY_PASSPHRASE", PASSPHRASE)
        .args(words)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}
