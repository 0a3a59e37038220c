//! The identifier vectors through HTTP and the command line, and the command
//! line's own manners.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use credit_core::identifier::{
    DivisionCode, DocumentNumber, Gtin, Identifier, Kind, Mobile, OrganicCode, OrganisationCode,
    Passport, PermanentResidentNumber, PledgeCode, RegistrationNumber, ResidencePermit, ResidentId,
    TravelPermit, Uscc,
};
use credit_lookup::http::IdentifierPath;
use credit_tests::vectors;
use serde_json::Value;
use tower::ServiceExt as _;

/// Answers with the identifier that the server's extractor read.
fn echo<T: Identifier + Send + 'static>() -> MethodRouter {
    get(async |IdentifierPath(identifier): IdentifierPath<T>| {
        identifier.to_string().into_response()
    })
}

#[tokio::test]
async fn the_extractor_says_what_the_constructor_says() {
    let app = Router::new()
        .route("/uscc/{text}", echo::<Uscc>())
        .route("/org/{text}", echo::<OrganisationCode>())
        .route("/regno/{text}", echo::<RegistrationNumber>())
        .route("/id/{text}", echo::<ResidentId>())
        .route("/permit/{text}", echo::<ResidencePermit>())
        .route("/fpr/{text}", echo::<PermanentResidentNumber>())
        .route("/passport/{text}", echo::<Passport>())
        .route("/travel-permit/{text}", echo::<TravelPermit>())
        .route("/mobile/{text}", echo::<Mobile>())
        .route("/division/{text}", echo::<DivisionCode>())
        .route("/docno/{text}", echo::<DocumentNumber>())
        .route("/pledge/{text}", echo::<PledgeCode>())
        .route("/gtin/{text}", echo::<Gtin>())
        .route("/organic/{text}", echo::<OrganicCode>());
    for kind in Kind::ALL {
        // No text at all is another path.
        for vector in vectors(kind).iter().filter(|one| !one.input.is_empty()) {
            let text = credit_api::path::encoded(&vector.input);
            let request = Request::get(format!("/{kind}/{text}")).body(Body::empty());
            let answer = app.clone().oneshot(request.unwrap()).await.unwrap();
            let status = answer.status();
            let body = to_bytes(answer.into_body(), 1 << 16).await.unwrap();
            let body = String::from_utf8(body.to_vec()).unwrap();
            if let Some(error) = vector.errors.first() {
                assert_eq!(status, StatusCode::BAD_REQUEST, "{vector:?}");
                let problem: Value = serde_json::from_str(&body).unwrap();
                assert_eq!(problem["code"], **error, "{vector:?}");
            } else {
                assert_eq!(status, StatusCode::OK, "{vector:?}: {body}");
                assert_eq!(Some(body), vector.value, "{vector:?}");
            }
        }
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_in_the_path() {
    let app = Router::new().route("/uscc/{text}", echo::<Uscc>());
    let request = Request::get("/uscc/%ff%fe").body(Body::empty()).unwrap();
    let answer = app.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

/// Exit code, standard output and standard error of `credit-lookup check`.
fn check(words: &[&str], input: &[u8]) -> (Option<i32>, Vec<u8>, String) {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/credit-lookup");
    let mut child = Command::new(program)
        .arg("check")
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    });
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), output.stdout, errors)
}

fn says(words: &[&str], input: &str, expected: &str) {
    let (_, output, _) = check(words, input.as_bytes());
    assert_eq!(String::from_utf8(output).unwrap(), expected);
}

#[test]
fn the_command_line_says_what_the_constructor_says() {
    for kind in Kind::ALL {
        let vectors = vectors(kind);
        let mut input = String::new();
        let mut expected = String::new();
        for vector in &vectors {
            input += &format!("{}\n", vector.input);
            expected += &format!("{}\t{}\n", vector.input, vector.verdict());
        }
        says(&["--kind", kind.word()], &input, &expected);

        let (code, output, _) = check(
            &["--kind", kind.word(), "--format", "jsonl"],
            input.as_bytes(),
        );
        assert_eq!(code, Some(1));
        let output = String::from_utf8(output).unwrap();
        let reports: Vec<Value> = output
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(reports.len(), vectors.len());
        for (report, vector) in reports.iter().zip(&vectors) {
            assert_eq!(report["input"], *vector.input);
            assert_eq!(report["value"].as_str(), vector.value.as_deref());
            let main = report["errors"][0]["code"].as_str();
            assert_eq!(main, vector.errors.first().map(String::as_str));
        }
    }
}

#[test]
fn lines_are_answered_in_their_order_whatever_they_are() {
    let long = "9".repeat(3_000_000);
    let input = format!(
        "\u{feff}91120102MATEXT01X4\r\n\n{long}\n91120102MATEXT01X5\n99120102MATEXT01XN\nlast"
    );
    let expected = format!(
        "91120102MATEXT01X4\tok\n\terror:length\n{long}\terror:length\n\
         91120102MATEXT01X5\terror:checksum\n99120102MATEXT01XN\terror:checksum\nlast\terror:length\n"
    );
    says(&[], &input, &expected);
    says(&["-"], "", "");

    let bytes = b"\xff\xfe\n91120102MATEXT01X4\n\0\n";
    let (code, output, errors) = check(&[], bytes);
    assert_eq!(code, Some(1));
    assert_eq!(
        output,
        b"\xff\xfe\terror:encoding\n91120102MATEXT01X4\tok\n\0\terror:length\n"
    );
    assert!(
        errors.contains("3 lines: 1 ok, 0 with warnings, 2 wrong"),
        "{errors}"
    );
}

#[test]
fn of_several_kinds_the_one_that_fits_best_counts() {
    says(
        &["--kind", "uscc,id", "--kind", "mobile"],
        "91120102MATEXT01X4\n120102199001010013\n13800138000\n120102199001010014\nx\n",
        "91120102MATEXT01X4\tok\tuscc\n120102199001010013\tok\tid\n13800138000\tok\tmobile\n\
         120102199001010014\terror:checksum\tuscc\nx\terror:length\tuscc\n",
    );
    // One that finds nothing odd before one that does; of those that refuse it
    // the one whose check came farthest.
    let person = "12010219900103017X";
    says(
        &["--kind", "uscc,id"],
        person,
        &format!("{person}\tok\tid\n"),
    );
    let permit = "810000198001010015";
    says(
        &["--kind", "id,permit"],
        permit,
        &format!("{permit}\terror:checksum\tpermit\n"),
    );
    let long = "9".repeat(2_000_000);
    says(
        &["--kind", "id,mobile"],
        &long,
        &format!("{long}\terror:length\tid\n"),
    );
}

#[test]
fn a_line_that_is_too_long_is_a_report_too() {
    let long = "天".repeat(1_000_000);
    let (_, output, _) = check(&["--format", "jsonl"], long.as_bytes());
    let report: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!(report["errors"][0]["code"], "length");
    let sentence = report["errors"][0]["en"].as_str().unwrap();
    assert!(sentence.contains("has 1000000 characters"), "{sentence}");
    assert!(report["input"].as_str().unwrap().chars().count() < 1_000);
}

#[test]
fn the_exit_code_says_how_it_went() {
    assert_eq!(check(&[], b"91120102MATEXT01X4\n").0, Some(0));
    assert_eq!(check(&["--kind", "regno"], b"1201022000001\n").0, Some(0));
    assert_eq!(check(&[], b"91120102MATEXT01X5\n").0, Some(1));
    let (code, _, errors) = check(&["no-such-file.txt"], b"");
    assert_eq!(code, Some(2));
    assert!(errors.contains("no-such-file.txt: "), "{errors}");
    let (code, _, errors) = check(&["--kind", "usccc"], b"");
    assert_eq!(code, Some(2));
    assert!(
        errors.contains("is no kind of identifier, allowed are uscc, org"),
        "{errors}"
    );
}

/// On real codes, when there are any: one of 67 497 has a wrong check
/// character, eight name a development zone that is no division.
#[test]
fn real_codes_are_judged_as_the_registry_published_them() {
    let Some(folder) = std::env::var_os("CREDIT_REAL_DATA").map(PathBuf::from) else {
        // Listed as off by the runner.
        return;
    };
    let feed = std::fs::read_to_string(folder.join("registry-tianjin.csv")).unwrap();
    let codes: Vec<&str> = feed
        .split(['\n', ','])
        .filter(|cell| cell.len() == 18 && cell.bytes().all(|one| one.is_ascii_alphanumeric()))
        .collect();
    let (code, output, _) = check(&[], codes.join("\n").as_bytes());
    assert_eq!(code, Some(1));
    let output = String::from_utf8(output).unwrap();
    let mut counts = BTreeMap::<&str, usize>::new();
    for line in output.lines() {
        *counts.entry(line.split('\t').nth(1).unwrap()).or_default() += 1;
    }
    let expected = [
        ("error:checksum", 1),
        ("ok", 67_488),
        ("warn:unknown-division", 8),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
    assert!(output.contains("9112011267147723XL\terror:checksum"));
}
