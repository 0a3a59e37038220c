//! The checker in the page and the importer say the same of a file.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use credit_core::date::Date;
use credit_element::definition::DATASETS;
use credit_feed::check::{Checker, Progress, Purpose, Task, Wants};
use credit_feed::{FeedKind, Tally, TextEncoding};
use encoding_rs::Encoding;

const UNIT: &str = "示例区市场监督管理局";
const DAY: &str = "2026-11-01";

fn program() -> Command {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/credit-lookup");
    let mut command = Command::new(path);
    command.env("CREDIT_KEY_PASSPHRASE", "a passphrase");
    command
}

/// What the importer says of a file, and the bytes of its rejects.
fn imported(file: &Path, dataset: &str) -> (String, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let rejects = folder.path().join("rejects.csv");
    let output = program()
        .args(["import", "--dataset", dataset, "--as-of", DAY])
        .args(["--source", UNIT, "--db"])
        .arg(format!("sqlite:{}", folder.path().join("a.db").display()))
        .arg("--rejects")
        .arg(&rejects)
        .arg(file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.code() != Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (said, fs::read(rejects).unwrap_or_default())
}

fn pass(bytes: &[u8], purpose: Purpose, wanted: Option<FeedKind>) -> (Checker, Vec<u8>) {
    let day: Date = DAY.parse().unwrap();
    let task = Task {
        purpose,
        name: UNIT.to_owned(),
        length: bytes.len() as u64,
        modified: day.midnight_in_china(),
        wanted,
    };
    let (mut checker, wants) = Checker::begin(task, bytes).unwrap();
    let text;
    let bytes = match wants {
        Wants::Bytes | Wants::Text(TextEncoding::Utf8) => bytes,
        // As a browser's TextDecoder would.
        Wants::Text(encoding) => {
            let encoding = Encoding::for_label(encoding.label().as_bytes()).unwrap();
            text = encoding.decode_with_bom_removal(bytes).0;
            text.as_bytes()
        }
    };
    let mut pieces = bytes.chunks(10_000);
    let mut written = checker.mark().to_vec();
    loop {
        match checker.work().unwrap() {
            Progress::More => match pieces.next() {
                Some(piece) => checker.push(piece).unwrap(),
                None => checker.close().unwrap(),
            },
            Progress::Working => {}
            Progress::Done => break,
        }
    }
    written.extend(checker.take());
    (checker, written)
}

/// As the importer says it.
fn said(tally: &Tally) -> Vec<String> {
    let mut said = vec![format!(
        "accepted {}, of them warned {}; rejected {}",
        tally.accepted, tally.warned, tally.rejected
    )];
    for (title, codes) in [
        ("warning", &tally.warnings),
        ("rejected", &tally.rejections),
    ] {
        said.extend(
            codes
                .iter()
                .map(|(code, count)| format!("{title} {code}: {count}")),
        );
    }
    said.extend(tally.timeliness.to_string().lines().map(str::to_owned));
    said
}

#[track_caller]
fn agree(file: &Path, dataset: &str, is_recognised: bool) {
    let (report, rejects) = imported(file, dataset);
    let bytes = fs::read(file).unwrap();
    let wanted = (!is_recognised).then(|| dataset.parse().unwrap());
    let (checker, _) = pass(&bytes, Purpose::Check, wanted);
    let outcome = checker.outcome().unwrap();
    assert_eq!(outcome.kind.name(), dataset);
    for line in said(&outcome.tally).iter().filter(|line| !line.is_empty()) {
        assert!(report.contains(line), "{dataset}: '{line}' in {report}");
    }
    let codes = report
        .lines()
        .filter(|line| line.starts_with("rejected "))
        .count();
    // One line more says where the rejects are.
    assert!(codes <= outcome.tally.rejections.len() + 1, "{report}");
    let (_, written) = pass(&bytes, Purpose::Rejects, wanted);
    if outcome.tally.rejected > 0 {
        assert!(written == rejects, "{dataset}: rejects differ");
    } else {
        assert!(rejects.is_empty());
    }
    // What is certain changes nothing of what is said but the remarks on it.
    let (_, mended) = pass(&bytes, Purpose::Mended, wanted);
    let (again, _) = pass(&mended, Purpose::Check, wanted);
    let again = again.outcome().unwrap();
    assert_eq!(again.tally.accepted, outcome.tally.accepted, "{dataset}");
    assert_eq!(again.mends.certain(), 0, "{dataset}");
}

/// Every fifth row with something wrong in one of its cells.
fn spoiled(text: &str) -> String {
    let slips = [
        "",
        "昨天",
        "x\u{200b}y",
        "=1+1",
        "９１１２０１０２ＭＡＴＥＸＴ０１Ｘ４",
        "2024/5/13",
        "O",
    ];
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if number == 0 || number % 5 != 0 || line.contains('"') {
            lines.push(line.to_owned());
            continue;
        }
        let mut cells: Vec<&str> = line.split(',').collect();
        let place = number / 5 % cells.len();
        cells[place] = slips[number / 5 % slips.len()];
        if number % 45 == 0 {
            cells.push("more");
        }
        lines.push(cells.join(","));
    }
    lines.join("\n")
}

fn demo(folder: &Path) -> Vec<(String, PathBuf)> {
    let output = program()
        .args(["demo-data", "--entities", "120", "--seed", "7", "--out"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success());
    FeedKind::names()
        .map(|name| (name.to_owned(), folder.join(format!("{name}.csv"))))
        .filter(|(_, path)| path.exists())
        .collect()
}

#[test]
fn the_checker_says_what_the_importer_says() {
    let folder = tempfile::tempdir().unwrap();
    let files = demo(folder.path());
    assert!(files.len() > 10, "{files:?}");
    for (place, (dataset, path)) in files.iter().enumerate() {
        agree(path, dataset, true);
        let text = spoiled(&fs::read_to_string(path).unwrap());
        let spoiled = folder.path().join("spoiled.csv");
        let bytes = match place % 3 {
            0 => text.into_bytes(),
            1 => encoding_rs::GB18030.encode(&text).0.into_owned(),
            _ => [0xfeff]
                .into_iter()
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect(),
        };
        fs::write(&spoiled, bytes).unwrap();
        agree(&spoiled, dataset, true);
    }
}

#[test]
fn workbooks_and_rejects_that_come_back_are_the_same_to_both() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/penalties.xlsx");
    agree(&book, "penalties", true);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rejects.csv");
    let feed = "row,column,code,message,企业名称,统一社会信用代码,注册日期\n\
                3,a,b,c,甲,9112,\n4,a,b,c,乙,91120102MATEXT01X4,2020/1/2\n5,,,,\"丙,9\n";
    fs::write(&path, feed).unwrap();
    agree(&path, "registry", true);
    agree(&path, "registry", false);
}

#[test]
fn the_page_names_datasets_as_the_importer_does() {
    let names: Vec<&str> = std::iter::once("auto").chain(FeedKind::names()).collect();
    assert_eq!(DATASETS.as_slice(), names);
}
