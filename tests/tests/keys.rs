//! `keys` and `verify` with the real program: what a key's life does to cards.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use credit_tests::program::{Server, run};
use tempfile::TempDir;

const CODE: &str = "91120102MATEXT01X4";

/// How long a running server may take to notice other keys.
const LIMIT: Duration = Duration::from_secs(20);

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A server that knows the sample.
fn office(options: &[&str]) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let db = format!("sqlite:{}", folder.path().join("credit.db").display());
    let feed = concat!(env!("CARGO_MANIFEST_DIR"), "/data/registry-sample.csv");
    let rejects = folder.path().join("rejects.csv");
    let (code, _, told) = run(&[
        "import",
        feed,
        "--dataset",
        "registry",
        "--as-of",
        "2026-11-01",
        "--db",
        &db,
        "--rejects",
        text(&rejects),
    ]);
    assert!(code < 2, "{told}");
    Server::start_in(folder, options)
}

/// The sample's card, or whatever else stands at `path`, in a file.
fn saved(server: &Server, path: &str, name: &str) -> PathBuf {
    let file = server.folder().join(name);
    fs::write(&file, server.body(path)).unwrap();
    file
}

fn root(server: &Server) -> String {
    let root = fs::read_to_string(server.folder().join("keys/root.txt")).unwrap();
    root.trim().to_owned()
}

/// Verifies a file with what the server answers now.
fn verified(server: &Server, file: &Path) -> (i32, String) {
    let (code, out, told) = run(&["verify", text(file), "--root", &root(server)]);
    (code, out + &told)
}

fn keys(server: &Server, words: &[&str]) -> (i32, String, String) {
    let folder = server.folder().join("keys");
    let mut all = vec!["keys"];
    all.extend(words);
    all.extend(["--keys", text(&folder)]);
    run(&all)
}

/// Waits until the server has the version of the key set that counts.
fn followed(server: &Server) {
    let file = fs::read_to_string(server.folder().join("keys/keyset.jwt")).unwrap();
    let begin = Instant::now();
    while server.body("/.well-known/keyset.jwt") != file.trim() {
        assert!(begin.elapsed() < LIMIT, "the server did not take the keys");
    }
}

/// The row of the key that now signs cards.
fn signing(list: &str, algorithm: &str) -> String {
    let row = list.lines().find(|line| {
        line.contains("\tcard\t") && line.contains(algorithm) && line.contains("\tsigns\t")
    });
    let row = row.unwrap_or_else(|| panic!("no card key in\n{list}"));
    row.split('\t').next().unwrap().to_owned()
}

#[test]
fn a_card_is_verified_on_the_command_line_as_in_a_page() {
    let server = office(&["--rate-limit", "off"]);
    for alg in ["EdDSA", "SM2-SM3"] {
        let path = format!("/v1/cards/{CODE}?alg={alg}");
        let card = saved(&server, &path, "card.jwt");
        let (code, out) = verified(&server, &card);
        assert_eq!(code, 0, "{out}");
        assert!(out.starts_with("verified\n"), "{out}");
        assert!(out.contains("revocation\tpassed"), "{out}");
        assert!(out.contains("示例市海河津味食品有限公司"), "{out}");
    }
    let card = saved(&server, &format!("/v1/cards/{CODE}"), "card.jwt");
    let jwks = saved(&server, "/.well-known/jwks.json", "jwks.json");
    let set = saved(&server, "/.well-known/keyset.jwt", "keyset.jwt");
    let status = saved(&server, "/v1/status/1", "status.jwt");
    let root = root(&server);
    let (card, jwks, set, status) = (text(&card), text(&jwks), text(&set), text(&status));
    let token = fs::read_to_string(card).unwrap();
    let stranger = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
    for (words, exit, word) in [
        (vec![card, "--root", &root], 0, "verified"),
        (vec![&token, "--root", &root], 0, "verified"),
        (vec![card, "--jwks", jwks], 0, "verified"),
        (vec![card, "--jwks", set, "--root", &root], 0, "verified"),
        (
            vec![card, "--jwks", jwks, "--status", status],
            0,
            "verified",
        ),
        (
            vec![card, "--jwks", jwks, "--status", "none"],
            2,
            "unverified",
        ),
        (
            vec![card, "--jwks", jwks, "--status", "/no/such/file"],
            2,
            "unverified",
        ),
        (vec![card], 1, "unverified"),
        (vec![card, "--jwks", set], 1, "unverified"),
        (vec![card, "--root", stranger], 1, "invalid"),
        (
            vec![card, "--root", &root, "--at", "2031-01-01"],
            1,
            "unverified",
        ),
        (
            vec![card, "--jwks", jwks, "--at", "2031-01-01"],
            1,
            "expired",
        ),
        (
            vec![card, "--root", &root, "--code", "92120102MATEXT01X1"],
            1,
            "invalid",
        ),
        (vec![status, "--root", &root], 1, "invalid"),
    ] {
        let mut all = vec!["verify"];
        all.extend(&words);
        let (code, out, told) = run(&all);
        assert_eq!(
            (code, out.lines().next()),
            (exit, Some(word)),
            "{words:?} {out}{told}"
        );
        assert_eq!(out.contains("name\t"), word != "invalid", "{words:?} {out}");
    }
    let (code, _, told) = run(&["verify", "no token"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("neither a signed document nor a file"),
        "{told}"
    );
}

#[test]
fn a_successor_signs_when_everybody_can_know_it() {
    let server = office(&["--rate-limit", "off"]);
    let (_, before, _) = keys(&server, &["list"]);
    let first = signing(&before, "EdDSA");
    let card = saved(&server, &format!("/v1/cards/{CODE}"), "card.jwt");
    let (code, after, told) = keys(&server, &["rotate", "card"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(signing(&after, "EdDSA"), first);
    assert!(
        after.lines().any(|line| line.contains("\tnext\t")),
        "{after}"
    );
    followed(&server);
    let again = server.body(&format!("/v1/cards/{CODE}"));
    assert_eq!(again, fs::read_to_string(&card).unwrap());
    let (code, out) = verified(&server, &card);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn a_retired_key_ends_what_it_signed_and_another_goes_on() {
    let server = office(&["--rate-limit", "off"]);
    let (_, list, _) = keys(&server, &["list"]);
    let first = signing(&list, "EdDSA");
    let old = saved(&server, &format!("/v1/cards/{CODE}"), "old.jwt");
    let national = saved(
        &server,
        &format!("/v1/cards/{CODE}?alg=SM2-SM3"),
        "national.jwt",
    );
    // Who has the key set and status list of before learns it from the list.
    let (set, status) = (
        saved(&server, "/.well-known/keyset.jwt", "set.jwt"),
        saved(&server, "/v1/status/1", "status.jwt"),
    );
    let (code, list, told) = keys(&server, &["retire", &first]);
    assert_eq!(code, 0, "{told}");
    assert_ne!(signing(&list, "EdDSA"), first);
    followed(&server);
    let (code, out) = verified(&server, &old);
    assert_eq!((code, out.lines().next()), (1, Some("revoked")), "{out}");
    let new = saved(&server, &format!("/v1/cards/{CODE}"), "new.jwt");
    for file in [&new, &national] {
        let (code, out) = verified(&server, file);
        assert_eq!((code, out.lines().next()), (0, Some("verified")), "{out}");
    }
    let root = root(&server);
    let offline = ["verify", text(&old), "--root", &root, "--jwks", text(&set)];
    let (_, out, _) = run(&[&offline[..], &["--status", text(&status)]].concat());
    assert!(out.starts_with("verified"), "within its lifetime: {out}");
    let (code, out, told) = run(&offline);
    assert_eq!(
        (code, out.lines().next()),
        (2, Some("unverified")),
        "{out}{told}"
    );
    assert!(out.contains("key-set-old"), "{out}");

    let (code, _, told) = keys(&server, &["retire", &first]);
    assert_eq!(code, 2);
    assert!(told.contains("retired already"), "{told}");
    let (code, _, told) = keys(&server, &["retire", &root]);
    assert_eq!(code, 2);
    assert!(told.contains("has no key"), "{told}");
}

#[test]
fn the_root_can_stay_on_another_machine() {
    let (here, there) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (keys, roots) = (here.path().join("keys"), there.path().join("root"));
    let (keys, roots) = (text(&keys), text(&roots));
    let (code, root, told) = run(&["keys", "root", "--keys", roots]);
    assert_eq!(code, 0, "{told}");
    let root = root.trim();
    assert_eq!(run(&["keys", "root", "--keys", roots]).0, 2);
    let (code, _, told) = run(&["keys", "new", "card", "--keys", keys]);
    assert_eq!(code, 2);
    assert!(told.contains("--issuer"), "{told}");
    for (purpose, algorithm) in [("card", "EdDSA"), ("card", "SM2-SM3"), ("status", "EdDSA")] {
        let issuer = "https://credit.example.cn";
        let (code, _, told) = run(&[
            "keys",
            "new",
            purpose,
            "--algorithm",
            algorithm,
            "--issuer",
            issuer,
            "--keys",
            keys,
        ]);
        assert_eq!(code, 0, "{told}");
    }
    let request = here.path().join("keys/request.json");
    let signed = there.path().join("keyset.jwt");
    let sign = [
        "keys",
        "sign",
        text(&request),
        "--out",
        text(&signed),
        "--keys",
        roots,
    ];
    let (code, table, told) = run(&sign);
    assert_eq!(code, 0, "{told}");
    assert_eq!(table.lines().count(), 4, "{table}");
    let (code, _, told) = run(&sign);
    assert_eq!(code, 2);
    assert!(told.contains("does not come after 1"), "{told}");
    let import = ["keys", "import", text(&signed), "--keys", keys];
    let (code, _, told) = run(&import);
    assert_eq!(code, 2);
    assert!(told.contains("--root"), "{told}");
    let stranger = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
    assert_eq!(run(&[&import[..], &["--root", stranger]].concat()).0, 2);
    let (code, list, told) = run(&[&import[..], &["--root", root]].concat());
    assert_eq!(code, 0, "{told}");
    assert_eq!(list.matches("\tsigns\there").count(), 3, "{list}");
    assert!(!request.is_file());
    assert_eq!(run(&import).0, 2, "the same version again");
    let (code, _, told) = run(&["keys", "new", "card", "--keys", keys]);
    assert_eq!(code, 2);
    assert!(told.contains("rotate"), "{told}");

    let folder = tempfile::tempdir().unwrap();
    let options = [
        "--require-keys",
        "--public-url",
        "https://credit.example.cn",
        "--keys",
        keys,
    ];
    let server = Server::start_in(folder, &options);
    let set = fs::read_to_string(&signed).unwrap();
    assert_eq!(server.body("/.well-known/keyset.jwt"), set);
}

#[test]
fn private_keys_are_encrypted_and_nobody_elses() {
    let folder = TempDir::new().unwrap();
    let keys = folder.path().join("keys");
    let place = ["--keys", text(&keys)];
    assert_eq!(run(&[&["keys", "root"][..], &place].concat()).0, 0);
    let issuer = ["--issuer", "https://credit.example.cn"];
    for algorithm in ["EdDSA", "SM2-SM3"] {
        let new = ["keys", "new", "card", "--algorithm", algorithm];
        let (code, _, told) = run(&[&new[..], &issuer, &place].concat());
        assert_eq!(code, 0, "{told}");
    }
    let mut seen = 0;
    for entry in fs::read_dir(&keys).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "pem") {
            continue;
        }
        seen += 1;
        let pem = fs::read_to_string(&path).unwrap();
        assert!(
            pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"),
            "{pem}"
        );
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert_eq!(seen, 4, "the root, two keys of cards, that of numbers");
    let root = keys.join("root.pem");
    fs::set_permissions(&root, fs::Permissions::from_mode(0o640)).unwrap();
    let (code, _, told) = run(&[&["keys", "rotate", "card"][..], &place].concat());
    assert_eq!(code, 2);
    assert!(told.contains("0600"), "{told}");
}

#[test]
fn a_private_half_that_was_lost_is_replaced() {
    let server = office(&["--rate-limit", "off"]);
    let (_, list, _) = keys(&server, &["list"]);
    let lost = signing(&list, "EdDSA");
    fs::remove_file(server.folder().join(format!("keys/{lost}.pem"))).unwrap();
    let card = saved(&server, &format!("/v1/cards/{CODE}"), "card.jwt");
    let (code, list, told) = keys(&server, &["new", "card"]);
    assert_eq!(code, 0, "{told}");
    let without = list.lines().filter(|line| line.ends_with("\t-")).count();
    assert_eq!(without, 1, "{list}");
    followed(&server);
    let (code, out) = verified(&server, &card);
    assert_eq!(code, 0, "what it signed is good: {out}");
}

#[test]
fn a_pass_is_verified_as_a_camera_reads_it() {
    let server = office(&["--rate-limit", "off"]);
    let pass = server.body(&format!("/v1/cards/{CODE}/pass"));
    let link = format!("http://{}/verify#{pass}", server.address());
    let check = |link: &str| run(&["verify", link, "--root", &root(&server)]);
    let (code, told, _) = check(&link);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains(CODE), "{told}");
    let (payload, signature) = pass.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let changed = format!("{payload}.{other}{}", &signature[1..]);
    let (code, told, _) = check(&link.replace(&pass, &changed));
    assert_eq!(code, 1, "{told}");
    let nobody = server.asked("GET /v1/cards/91120102MA00000001/pass HTTP/1.1\r\n");
    assert!(!nobody.starts_with("HTTP/1.1 200"), "{nobody}");
}
