use std::fs;
use std::path::Path;

use super::*;
use credit_core::lang::Lang;

fn task(purpose: Purpose, bytes: &[u8]) -> Task {
    Task {
        purpose,
        name: "a.csv".to_owned(),
        length: bytes.len() as u64,
        modified: Timestamp::from_unix(1_795_000_000),
        wanted: None,
    }
}

fn run(task: Task, bytes: &[u8]) -> Result<(Outcome, Vec<u8>), CheckError> {
    let (mut checker, wants) = Checker::begin(task, bytes)?;
    let is_text = wants == Wants::Text(TextEncoding::Utf8);
    assert!(is_text || wants == Wants::Bytes);
    let mut pieces = bytes.chunks(1_000);
    let mut written = checker.mark().to_vec();
    loop {
        match checker.work()? {
            Progress::More => match pieces.next() {
                Some(piece) => checker.push(piece)?,
                None => checker.close()?,
            },
            Progress::Working => {}
            Progress::Done => break,
        }
        written.extend(checker.take());
    }
    written.extend(checker.take());
    Ok((checker.outcome().unwrap(), written))
}

const REGISTRY: &str = "企业名称,统一社会信用代码,注册日期\n\
    示例市海河津味食品有限公司,91120102-matext01x4,2020/1/2\n\
    另一家,911201O2MATEXT01X4,\n\
    ,91120102MATEXT01X4,昨天\n\
    \"第四家,91120102MATEXT01X4\n";

#[test]
fn rows_are_counted_and_findings_kept() {
    let (outcome, _) = run(
        task(Purpose::Check, REGISTRY.as_bytes()),
        REGISTRY.as_bytes(),
    )
    .unwrap();
    assert_eq!(outcome.kind, FeedKind::Registry);
    assert_eq!((outcome.tally.accepted, outcome.tally.rejected), (1, 3));
    let view = outcome.findings.view(&Filter::default(), Order::default());
    let said: Vec<(u32, Option<u16>, &str, &str)> = view
        .iter()
        .map(|found| {
            (
                found.row,
                found.column,
                found.code,
                outcome.findings.cell(found),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (2, Some(1), "alphabet", "911201O2MATEXT01X4"),
            (3, Some(0), "name-empty", ""),
            (4, None, "quote", "\"第四家,91120102MATEXT01X4"),
        ]
    );
    let by_code = Order {
        by: Sort::Code,
        is_descending: true,
    };
    let view = outcome.findings.view(&Filter::default(), by_code);
    assert_eq!(view[0].code, "quote");
    let filter = Filter {
        code: Some("quote"),
        tone: Some(Tone::Warning),
    };
    assert!(outcome.findings.view(&filter, by_code).is_empty());
    let mends: Vec<&str> = outcome
        .mends
        .kept()
        .iter()
        .map(|mended| mended.mend.text.as_str())
        .collect();
    assert_eq!(
        mends,
        ["91120102MATEXT01X4", "2020-01-02", "91120102MATEXT01X4"]
    );
    assert_eq!(outcome.mends.certain(), 2);
}

#[test]
fn files_to_take_home_have_the_rows() {
    let bytes = REGISTRY.as_bytes();
    let (_, written) = run(task(Purpose::Mended, bytes), bytes).unwrap();
    let written = String::from_utf8(written).unwrap();
    assert_eq!(
        written,
        "\u{feff}企业名称,统一社会信用代码,注册日期\n\
         示例市海河津味食品有限公司,91120102MATEXT01X4,2020-01-02\n\
         另一家,911201O2MATEXT01X4,\n\
         ,91120102MATEXT01X4,昨天\n\
         \"\"\"第四家,91120102MATEXT01X4\"\n"
    );
    let (_, rejects) = run(task(Purpose::Rejects, bytes), bytes).unwrap();
    let rejects = String::from_utf8(rejects).unwrap();
    let codes: Vec<&str> = rejects
        .lines()
        .map(|line| line.split(',').nth(2).unwrap())
        .collect();
    assert_eq!(codes, ["code", "alphabet", "name-empty", "quote"]);
    // What was mended is checked without a mistake but for what is not certain.
    let (outcome, _) = run(task(Purpose::Check, written.as_bytes()), written.as_bytes()).unwrap();
    assert_eq!(outcome.mends.certain(), 0);
}

#[test]
fn a_workbook_is_checked_like_a_text() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/penalties.xlsx");
    let bytes = fs::read(path).unwrap();
    let (outcome, _) = run(task(Purpose::Check, &bytes), &bytes).unwrap();
    assert_eq!(outcome.kind.name(), "penalties");
    assert!(outcome.tally.accepted > 0);
    let (_, text) = run(task(Purpose::Mended, &bytes), &bytes).unwrap();
    let (again, _) = run(task(Purpose::Check, &text), &text).unwrap();
    assert_eq!(again.tally, outcome.tally);
}

#[test]
fn what_cannot_be_checked_says_why() {
    let fails = |bytes: &[u8], code: &str| {
        let error = run(task(Purpose::Check, bytes), bytes).unwrap_err();
        assert_eq!(error.code(), code);
        for lang in [Lang::ZhCn, Lang::En] {
            assert!(!error.sentence(lang).is_empty());
        }
    };
    fails(b"", "empty");
    fails(b"a,b\n1,2\n", "dataset-unknown");
    fails("企业名称,企业名称\n".as_bytes(), "column-twice");
    fails("企业名称\n".as_bytes(), "dataset-unknown");
    fails(b"\x89PNG\r\n\x1a\n", "no-table");
    fails(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-workbook");
    fails(b"PK\x03\x04rest", "workbook");
    let large = Task {
        length: FILE_MAX_BYTES + 1,
        ..task(Purpose::Check, b"a")
    };
    assert_eq!(run(large, b"a").unwrap_err().code(), "file-large");
    let chosen = Task {
        wanted: Some(FeedKind::Registry),
        ..task(Purpose::Check, b"")
    };
    let error = run(chosen, b"a,b\n1,2\n").unwrap_err();
    assert_eq!(error.code(), "columns-missing");
    assert!(error.sentence(Lang::ZhCn).contains("统一社会信用代码"));
}

#[test]
fn far_too_many_findings_stay_bounded() {
    let mut text = String::from("企业名称,统一社会信用代码\n");
    (0..KEPT_FINDINGS + 10).for_each(|_| text.push_str("甲,9\n"));
    let bytes = text.as_bytes();
    let (outcome, _) = run(task(Purpose::Check, bytes), bytes).unwrap();
    assert_eq!(outcome.findings.kept(), KEPT_FINDINGS);
    assert!(outcome.findings.all() > KEPT_FINDINGS as u64);
    assert_eq!(outcome.tally.rejected, (KEPT_FINDINGS + 10) as u64);
}
