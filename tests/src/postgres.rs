//! A real PostgreSQL for tests, from the machine's packages, in a folder of its
//! own.
//!
//! A shell between the test and the server reads a pipe that the test holds.
//! When the pipe closes, be it in `drop` or because the test was killed, the
//! shell stops the server and removes the folder. So a server in a `static`,
//! which is never dropped, ends as well.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

use std::env;
use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The owner of every database.
const USER: &str = "credit";

/// How long a server may take until it answers.
const LIMIT: Duration = Duration::from_secs(60);

/// How often the server is asked whether it answers yet.
const POLL: Duration = Duration::from_millis(20);

/// How often another port is tried when somebody else was faster.
const PORTS: usize = 10;

/// Arguments: the folder, then the server with its arguments. Ends with the
/// server; removes the folder only when the server was told to stop, because
/// the log of a server that failed is in it.
const SHELL: &str = r#"
exec 3<&0
folder=$1
shift
"$@" </dev/null 3<&- &
server=$!
(
    read -r line
    : >"$folder/stopped"
    kill -QUIT "$server"
) <&3 3<&- &
watcher=$!
wait "$server"
if [ -e "$folder/stopped" ]; then
    exec rm -rf "$folder"
fi
kill "$watcher"
exit 1
"#;

/// A running server; dropping it stops the server and removes its data.
#[derive(Debug)]
pub struct Postgres {
    programs: PathBuf,
    port: u16,
    shell: Child,
    databases: AtomicU32,
    /// Goes after the server has stopped.
    _folder: Folder,
}

impl Postgres {
    /// Starts a server of its own and waits until it answers.
    ///
    /// # Panics
    ///
    /// When PostgreSQL is not installed or does not answer within a minute;
    /// then with the server's log.
    #[must_use]
    pub fn start() -> Self {
        let programs = programs();
        let folder = Folder::new();
        initialise(&programs, &folder.0);
        for _ in 0..PORTS {
            let port = free_port();
            let mut shell = spawn(&programs, &folder.0, port);
            match wait(&mut shell, &folder.0, port) {
                Ok(()) => {
                    return Self {
                        programs,
                        port,
                        shell,
                        databases: AtomicU32::new(0),
                        _folder: folder,
                    };
                }
                Err(log) if log.contains("could not bind") => {}
                Err(log) => panic!("PostgreSQL does not start:\n{log}"),
            }
        }
        panic!("PostgreSQL does not start: {PORTS} ports were taken");
    }

    /// The address of `database`, whether it exists or not.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// Creates an empty database and gives its address.
    ///
    /// # Panics
    ///
    /// When the server does not create it.
    #[must_use]
    pub fn database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        let mut command = clean(Command::new(self.programs.join("createdb")));
        command
            .args(["--host", "127.0.0.1", "--username", USER, "--no-password"])
            .arg("--port")
            .arg(self.port.to_string())
            .args(["--template", "template0", &name]);
        run(command);
        self.url(&name)
    }

    /// What PostgreSQL finds wrong in a database: every index against its table.
    pub fn check(&self, url: &str) -> String {
        let query = |sql: &str| {
            let mut command = clean(Command::new(self.programs.join("psql")));
            command.args([
                "-X",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                url,
                "-c",
                sql,
            ]);
            let output = command.output().expect("psql");
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{sql}: {error}");
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        };
        query("CREATE EXTENSION IF NOT EXISTS amcheck");
        query(
            "SELECT string_agg(bt_index_parent_check(c.oid, true)::text, '') \
             FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
             JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relpersistence <> 't'",
        )
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // Whatever went wrong, there is nobody left to tell it to.
        let _ended = self.shell.wait();
    }
}

/// A folder that goes with its owner.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    /// In /tmp, where every user gets to, with a short path: that of a socket
    /// has hardly more than a hundred bytes.
    fn new() -> Self {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let process = process::id();
        let folder = loop {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let path = PathBuf::from(format!("/tmp/credit-postgres-{process}-{number}"));
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => break Self(path),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => panic!("{}: {error}", path.display()),
            }
        };
        if is_root() {
            let mut command = Command::new("chown");
            command.arg("postgres:").arg(&folder.0);
            run(command);
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The shell was here before, unless the server failed.
        let _removed = fs::remove_dir_all(&self.0);
    }
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

/// The folder of the server's programs: Debian's newest version, or where the
/// search path has them.
fn programs() -> PathBuf {
    let complete = |folder: &PathBuf| {
        ["initdb", "postgres", "createdb"]
            .into_iter()
            .all(|program| folder.join(program).is_file())
    };
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| complete(folder))
        .max_by_key(|(version, _)| *version);
    let path = env::var_os("PATH").unwrap_or_default();
    debian
        .map(|(_, folder)| folder)
        .or_else(|| env::split_paths(&path).find(complete))
        .expect("PostgreSQL is missing: install it (Debian: postgresql)")
}

/// PostgreSQL refuses to run as root.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.expect("id -u tells the user").stdout.trim_ascii() == b"0"
}

/// `program` in `folder` as a user that PostgreSQL accepts.
fn as_server(program: &Path, folder: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder);
    clean(command)
}

/// Without the settings of whoever runs the tests, messages in English.
fn clean(mut command: Command) -> Command {
    for (name, _) in env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"PG") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C.UTF-8");
    command
}

fn run(mut command: Command) {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn initialise(programs: &Path, folder: &Path) {
    let mut command = as_server(&programs.join("initdb"), folder);
    command
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-A", "trust", "-U", USER])
        .args(["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
    run(command);
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn spawn(programs: &Path, folder: &Path, port: u16) -> Child {
    let log = File::create(log_file(folder)).unwrap();
    let mut command = as_server(Path::new("/bin/sh"), folder);
    command
        .args(["-c", SHELL, "sh"])
        .arg(folder)
        .arg(programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .arg("-p")
        .arg(port.to_string())
        .args(["-c", "listen_addresses=127.0.0.1"])
        .args(["-c", "fsync=on"])
        .args(["-c", "max_connections=30"])
        .stdin(Stdio::piped())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        // Not in the test's group: what ends that one must not end the shell
        // before it has cleaned up.
        .process_group(0);
    command
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// Waits until the server answers; the log of one that ended before.
///
/// The socket in the folder is asked, not the port: only there it is certain
/// that this server answers and not another one on the same port. It is opened
/// after the port was.
fn wait(shell: &mut Child, folder: &Path, port: u16) -> Result<(), String> {
    let socket = folder.join(format!(".s.PGSQL.{port}"));
    let log = || {
        let log = fs::read(log_file(folder)).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    };
    let until = Instant::now() + LIMIT;
    while !answers(&socket) {
        if shell.try_wait().unwrap().is_some() {
            return Err(log());
        }
        assert!(
            Instant::now() < until,
            "PostgreSQL does not answer after {LIMIT:?}:\n{}",
            log()
        );
        thread::sleep(POLL);
    }
    Ok(())
}

/// Whether the server at `socket` lets somebody in; while it starts, it answers
/// with an error.
fn answers(socket: &Path) -> bool {
    const VERSION: i32 = 3 << 16;
    let Ok(mut stream) = UnixStream::connect(socket) else {
        return false;
    };
    let mut body = VERSION.to_be_bytes().to_vec();
    body.extend_from_slice(format!("user\0{USER}\0database\0postgres\0\0").as_bytes());
    let length = i32::try_from(body.len() + 4).unwrap();
    let mut greeting = length.to_be_bytes().to_vec();
    greeting.extend(body);
    let mut kind = [0];
    let answered = stream.set_read_timeout(Some(LIMIT)).is_ok()
        && stream.write_all(&greeting).is_ok()
        && stream.read_exact(&mut kind).is_ok();
    // The server leaves when it is told to, not when the line breaks.
    let _farewell = stream.write_all(b"X\0\0\0\x04");
    answered && kind == *b"R"
}
