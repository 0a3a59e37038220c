//! `site` and `audit`, and what the other commands leave in the audit log.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

struct Office {
    folder: TempDir,
    db: String,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = format!("sqlite:{}", folder.path().join("credit.db").display());
        Self { folder, db }
    }

    fn run(&self, words: &[&str]) -> Output {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/credit-lookup");
        Command::new(program)
            .current_dir(self.folder.path())
            .env("CREDIT_DB", &self.db)
            .env("USER", "wang")
            .args(words)
            .output()
            .unwrap()
    }

    fn said(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {complaint}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn import(&self) {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/data/registry-sample.csv");
        let output = self.run(&[
            "import",
            sample,
            "--dataset",
            "registry",
            "--source",
            "登记机关",
            "--as-of",
            "2026-11-01",
            "--rejects",
            "rejects.csv",
        ]);
        assert_eq!(output.status.code(), Some(1), "three rows are rejected");
    }

    fn entries(&self) -> Vec<Value> {
        let text = self.said(&["audit"]);
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

#[test]
fn a_site_is_listed_with_what_its_pages_asked_for() {
    let office = Office::new();
    let said = office.said(&[
        "site",
        "add",
        "示例园区",
        "https://Park.Example.cn/",
        "http://10.0.0.1:8080",
    ]);
    assert_eq!(
        said,
        "示例园区: https://park.example.cn http://10.0.0.1:8080\n"
    );
    let list = office.said(&["site", "list", "--since", "2026-11-01"]);
    let row = list.lines().nth(1).unwrap();
    let cells: Vec<&str> = row.split('\t').collect();
    assert_eq!(
        (cells[0], cells[2], cells[3]),
        (
            "示例园区",
            "0",
            "https://park.example.cn http://10.0.0.1:8080"
        )
    );
    let output = office.run(&["site", "add", "示例园区", "park.example.cn"]);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        complaint.contains("'park.example.cn' is not an origin"),
        "{complaint}"
    );
    office.said(&["site", "remove", "示例园区"]);
    assert_eq!(
        office.run(&["site", "remove", "示例园区"]).status.code(),
        Some(2)
    );
    assert_eq!(office.said(&["site", "list"]).lines().count(), 1);
}

#[test]
fn what_was_done_to_the_records_stands_in_the_audit_log() {
    let office = Office::new();
    office.import();
    office.said(&["purge", "--source", "登记机关", "--dry-run"]);
    office.said(&["retention", "--dry-run"]);
    office.said(&["backup", "--out", "backup.db"]);
    office.said(&["purge", "--code", "91120102MATEXT01X4"]);
    let entries = office.entries();
    let told = |place: usize, name: &str| entries[place][name].as_str().unwrap();
    let actions: Vec<&str> = (0..entries.len())
        .map(|place| told(place, "action"))
        .collect();
    assert_eq!(actions, ["import", "backup", "purge"]);
    assert_eq!(told(0, "object"), "registry of 登记机关");
    assert!(told(0, "detail").ends_with("accepted 5, rejected 3, added 5, changed 0, ended 0"));
    assert_eq!(told(2, "object"), "code 91120102MATEXT01X4");
    assert_eq!(told(2, "actor"), "command line, wang");
    assert!(
        office
            .said(&["audit", "--verify"])
            .starts_with("3 entries fit, the last has ")
    );
    let after = office.said(&["audit", "--after", "1", "--limit", "1"]);
    assert!(
        after.contains("\"backup\"") && after.lines().count() == 1,
        "{after}"
    );
}

#[test]
fn a_changed_entry_is_found_out() {
    let office = Office::new();
    office.import();
    office.said(&["site", "add", "a", "https://a.example.cn"]);
    office.said(&["site", "add", "b", "https://b.example.cn"]);
    let path = office.folder.path().join("credit.db");
    let connection = rusqlite::Connection::open(path).unwrap();
    for sql in [
        "UPDATE audit SET actor = 'nobody' WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
    ] {
        connection.execute_batch(sql).unwrap();
        let output = office.run(&["audit", "--verify"]);
        assert_eq!(output.status.code(), Some(1), "{sql}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("does not fit entry"), "{said}");
    }
}

#[test]
fn a_restored_store_goes_on_with_the_log_of_the_old_one() {
    let office = Office::new();
    office.import();
    office.said(&["backup", "--out", "backup.db"]);
    let other = Office {
        db: format!("sqlite:{}", office.folder.path().join("other.db").display()),
        folder: tempfile::tempdir().unwrap(),
    };
    let backup = office.folder.path().join("backup.db").display().to_string();
    other.said(&["restore", &backup]);
    let actions: Vec<Value> = other
        .entries()
        .iter()
        .map(|entry| entry["action"].clone())
        .collect();
    assert_eq!(actions, ["import", "backup", "restore"]);
    assert!(
        other
            .said(&["audit", "--verify"])
            .starts_with("3 entries fit")
    );
}
