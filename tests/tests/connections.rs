//! Connections of the real program: how many, how large, and how they end.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use credit_tests::program::{PROGRAM, Server};

const LIVE: &str = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

/// What arrives up to `sign`.
fn read_to(stream: &mut TcpStream, sign: &str) -> String {
    let mut text = Vec::new();
    while !text.ends_with(sign.as_bytes()) {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(1) => text.push(byte[0]),
            end => panic!("{end:?} after {}", String::from_utf8_lossy(&text)),
        }
    }
    String::from_utf8(text).unwrap()
}

#[test]
fn a_request_that_was_taken_is_finished_before_the_server_ends() {
    let mut server = Server::start(&[]);
    let mut stream = server.connect();
    let body = r#"{"codes":["91120102MATEXT01X4"]}"#;
    let head = format!(
        "POST /v1/cards/batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // Said when the handler wants the body.
    assert!(read_to(&mut stream, "\r\n\r\n").starts_with("HTTP/1.1 100 "));
    server.terminate();
    // Nobody new comes in; the place to connect to is given up.
    while TcpStream::connect(server.address()).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(
        answer.ends_with(r#"{"cards":{"91120102MATEXT01X4":null}}"#),
        "{answer}"
    );
    assert!(server.ended().success());
}

#[test]
fn a_connection_more_than_allowed_waits_until_another_ends() {
    let server = Server::start(&["--max-connections", "1"]);
    let mut first = server.connect();
    first.write_all(LIVE.as_bytes()).unwrap();
    read_to(&mut first, "ok\n");
    let mut second = server.connect();
    second.write_all(LIVE.as_bytes()).unwrap();
    second
        .set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    let waiting = second.read(&mut [0]).unwrap_err();
    assert!(
        matches!(waiting.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        "{waiting}"
    );
    drop(first);
    second
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    assert!(read_to(&mut second, "ok\n").starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_head_larger_than_anybody_needs_is_refused() {
    let server = Server::start(&[]);
    for head in [
        format!(
            "GET /healthz HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
            "x".repeat(20_000)
        ),
        format!(
            "GET /healthz HTTP/1.1\r\nHost: a\r\n{}\r\n",
            "X: x\r\n".repeat(100)
        ),
        format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(20_000)),
    ] {
        let mut stream = server.connect();
        // It may be refused before all of it was sent.
        let _ = stream.write_all(head.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(matches!(status, "431" | "414"), "{}: {answer}", head.len());
    }
    let mut stream = server.connect();
    stream.write_all(LIVE.as_bytes()).unwrap();
    read_to(&mut stream, "ok\n");
}

#[test]
fn rubbish_ends_a_connection_and_nothing_else() {
    let server = Server::start(&[]);
    for rubbish in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n\r\n\0",
        b"GET\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(rubbish).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    }
    let mut stream = server.connect();
    stream.write_all(LIVE.as_bytes()).unwrap();
    read_to(&mut stream, "ok\n");
}

#[test]
fn a_failure_tells_the_client_nothing_and_the_log_everything() {
    let mut server = Server::start(&[]);
    let path = server.folder().join("credit.db");
    let database = rusqlite::Connection::open(path).unwrap();
    database
        .execute_batch("ALTER TABLE subjects RENAME TO hidden")
        .unwrap();
    let answers = [
        "/v1/subjects/91120102MATEXT01X4",
        "/v1/cards/91120102MATEXT01X4",
        "/s/91120102MATEXT01X4",
    ]
    .map(|path| server.asked(&format!("GET {path} HTTP/1.1\r\nAccept-Language: en\r\n")));
    let log = server.log();
    for answer in answers {
        assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
        let id = answer
            .split("x-request-id: ")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap();
        let body = answer.split("\r\n\r\n").nth(1).unwrap();
        let told = format!(
            "{{\"type\":\"about:blank\",\"title\":\"internal error\",\"status\":500,\
             \"code\":\"internal\",\"instance\":\"urn:credit-request:{id}\"}}"
        );
        assert_eq!(body, told);
        assert!(log.contains(id), "{id} is not in the log:\n{log}");
    }
    assert!(log.contains("no such table: subjects"), "{log}");
}

#[test]
fn the_log_has_no_number_no_query_and_no_address() {
    let mut server = Server::start(&[]);
    let number = "11010519491231002X";
    for path in [
        "/",
        "/s/",
        "/v1/subjects/",
        "/v1/cards/",
        "/v1/areas/",
        "/v1/traces/",
        "/v1/search?q=",
        "/v1/search?kind=",
        "/a/",
        "/v1/cards?codes=",
        "/v1/search?q=%E5%BC%A0&x=",
    ] {
        let _ = server.asked(&format!(
            "GET {path}{number} HTTP/1.1\r\nX-Forwarded-For: 203.0.113.77\r\n"
        ));
    }
    let body = format!("{{\"codes\":[\"{number}\"],\"{number}\":1}}");
    let length = body.len();
    let head = format!(
        "POST /v1/cards/batch HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    let mut stream = server.connect();
    stream
        .write_all(format!("{head}{body}").as_bytes())
        .unwrap();
    stream.read_to_string(&mut String::new()).unwrap();
    let log = server.log();
    assert!(log.matches("\"refused\"").count() >= 8, "{log}");
    for secret in [number, "110105", "203.0.113.77", "%E5", "张"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[test]
fn all_mistakes_of_the_settings_are_told_before_anything_begins() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("credit.toml");
    std::fs::write(&file, "listen = \"nowhere\"\ncolour = 1\n").unwrap();
    let output = Command::new(PROGRAM)
        .env_remove("CREDIT_DB")
        .env("CREDIT_TRUSTED_HOPS", "many")
        .args(["serve", "--rate-limit", "0/s", "--config"])
        .arg(&file)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    for place in [
        "--db: ",
        "listen in ",
        "colour in ",
        "CREDIT_TRUSTED_HOPS: ",
        "--rate-limit: ",
    ] {
        assert!(told.contains(&format!("\n  {place}")), "{place}: {told}");
    }
}
