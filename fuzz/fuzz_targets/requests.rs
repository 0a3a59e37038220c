//! Requests to the public server, answered in this process from a database of
//! demo data. An input is a request as text: method and target, a header a
//! line, an empty line, the body.
#![no_main]

use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Method, Request, header};
use credit_api::problem::{CONTENT_TYPE, Problem};
use credit_lookup::cli::Arguments;
use credit_lookup::http::{App, OwnParts, Parts, public};
use credit_lookup::identity::consent::consent;
use credit_lookup::identity::{Identity, Seal, TrustedHeader};
use credit_lookup::issuer::IssuingOffice;
use credit_lookup::keys::{KeyFolder, Keys, Passphrase, PersonDigest};
use credit_lookup::names::NameIndex;
use credit_lookup::numbers::Numbers;
use credit_lookup::store::DatabaseUrl;
use credit_lookup::{clock, commands};
use credit_sign::algorithm::Algorithm;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hold(bytes));

/// Made anew by every run.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fuzz-requests");

const URL: &str = "https://credit.example.cn";

/// What the interface answers with. Not 500, and not 503 either: with a store of
/// its own nothing here takes the ten seconds after which a request is given up.
const STATUSES: [u16; 13] = [
    200, 204, 303, 304, 400, 401, 403, 404, 405, 409, 413, 415, 429,
];

/// Longest answer that is read, in bytes.
const ANSWER_MAX_BYTES: usize = 1 << 24;

struct Server {
    runtime: Runtime,
    router: Router,
}

/// Never a panic, a failure or a status that is not documented; every refusal is
/// a problem with a code, or a page or picture that says so; none repeats what
/// could be somebody's number.
fn hold(bytes: &[u8]) {
    let Some((request, target)) = request(bytes) else {
        return;
    };
    let is_head = request.method() == Method::HEAD;
    let server = server();
    let router = server.router.clone();
    let (parts, body) = server.runtime.block_on(async {
        let response = router.oneshot(request).await;
        let (parts, body) = response.expect("it never fails").into_parts();
        let body = to_bytes(body, ANSWER_MAX_BYTES).await;
        (parts, body.expect("an answer that ends"))
    });
    let status = parts.status.as_u16();
    let told = String::from_utf8_lossy(&body);
    assert!(STATUSES.contains(&status), "{status}: {told}");
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let kind = kind.map_or("", |kind| kind.to_str().expect("a type in ASCII"));
    if kind == "application/json" && !is_head {
        let read = serde_json::from_slice::<serde_json::Value>(&body);
        read.unwrap_or_else(|error| panic!("{error}: {told}"));
    }
    if status < 400 {
        return;
    }
    if kind == CONTENT_TYPE && !is_head {
        let read = serde_json::from_slice::<Problem>(&body);
        let problem = read.unwrap_or_else(|error| panic!("{error}: {told}"));
        assert_eq!(problem.status, status, "{told}");
        assert!(!problem.code.is_empty(), "{told}");
    }
    let is_refusal = [CONTENT_TYPE, "text/html; charset=utf-8", "image/svg+xml"].contains(&kind);
    assert!(is_refusal, "{status} as '{kind}': {told}");
    let told = format!("{:?} {told}", parts.headers).to_ascii_uppercase();
    let numbers = [numbers(bytes), numbers(&decoded(target.as_bytes()))];
    for number in numbers.concat() {
        assert!(!told.contains(&number), "{number} is repeated: {told}");
    }
}

/// The request that an input describes, and its target; none where the first
/// line cannot be one.
fn request(bytes: &[u8]) -> Option<(Request<Body>, String)> {
    let (head, body) = cut(bytes, b"\n\n");
    let mut lines = head.split(|byte| *byte == b'\n');
    let (method, target) = cut(lines.next()?, b" ");
    let target = target_of(target);
    let mut request = Request::new(Body::from(body.to_vec()));
    *request.method_mut() = Method::from_bytes(method).ok()?;
    *request.uri_mut() = target.parse().ok()?;
    for line in lines {
        let (name, value) = cut(line, b": ");
        let (name, value) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value));
        if let (Ok(name), Ok(value)) = (name, value)
            // What is compressed would have to be unpacked to be looked at.
            && name != header::ACCEPT_ENCODING
        {
            request.headers_mut().append(name, value);
        }
    }
    Some((request, target))
}

/// What stands before and behind the first `separator`.
fn cut<'a>(bytes: &'a [u8], separator: &[u8]) -> (&'a [u8], &'a [u8]) {
    let mut windows = bytes.windows(separator.len());
    match windows.position(|window| window == separator) {
        Some(place) => (&bytes[..place], &bytes[place + separator.len()..]),
        None => (bytes, &[]),
    }
}

/// A target of `bytes`: what may not stand in one is percent-encoded, so that
/// few inputs end before they get to a handler.
fn target_of(bytes: &[u8]) -> String {
    let mut target = String::with_capacity(bytes.len());
    if !bytes.starts_with(b"/") {
        target.push('/');
    }
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(byte) {
            target.push(char::from(*byte));
        } else {
            target.push_str(&format!("%{byte:02X}"));
        }
    }
    target
}

/// Undoes percent-encoding.
fn decoded(mut text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    while let [first, rest @ ..] = text {
        let digits = rest.get(..2).filter(|_| *first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                text = &rest[2..];
            }
            None => {
                decoded.push(*first);
                text = rest;
            }
        }
    }
    decoded
}

/// Everything of the form of a resident number in `bytes`, in capitals.
fn numbers(bytes: &[u8]) -> Vec<String> {
    let is_number = |window: &&[u8]| {
        let (last, first) = window.split_last().expect("18 bytes");
        first.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || b"Xx".contains(last))
    };
    let windows = bytes.windows(18).filter(is_number);
    let numbers = windows.map(|window| String::from_utf8_lossy(window).to_ascii_uppercase());
    numbers.collect()
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let folder = Path::new(FOLDER);
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("a folder");
        let passphrase = folder.join("passphrase");
        fs::write(&passphrase, "a test").expect("a file");
        let db = format!("sqlite:{}", folder.join("credit.db").display());
        fill(folder, &db, &passphrase);
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let router = runtime.block_on(router(folder, &db, &passphrase));
        Server { runtime, router }
    })
}

/// Makes feeds of all datasets in `folder`, and takes them in.
fn fill(folder: &Path, db: &str, passphrase: &Path) {
    let run = |words: &[&str]| {
        let arguments = Arguments::from_words(words).expect("words that clap takes");
        // Some rows of the demo are meant to be rejected.
        let _ = commands::run(arguments);
    };
    let (out, passphrase) = (text(folder), text(passphrase));
    run(&["demo-data", "--entities", "60", "--out", &out]);
    let feeds = fs::read_dir(folder).expect("a folder");
    let mut feeds: Vec<_> = feeds.map(|feed| feed.expect("a file").path()).collect();
    feeds.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    feeds.sort();
    assert!(feeds.len() > 10, "{feeds:?}");
    for feed in feeds {
        let dataset = text(feed.file_stem().expect("a name").as_ref());
        let file = text(&feed);
        let words = ["import", &file, "--dataset", &dataset, "--db", db];
        let secret = ["--key-passphrase-file", &passphrase];
        run(&[&words[..], &secret].concat());
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// The public server. It believes a proxy of this machine in who somebody is, so
/// that the body of a self-query is read.
async fn router(folder: &Path, db: &str, passphrase: &Path) -> Router {
    let now = clock::now();
    let passphrase = Passphrase::find(Some(passphrase)).expect("a passphrase");
    let folder = KeyFolder::new(&folder.join("keys"));
    Keys::create(&folder, &passphrase, URL, now).expect("new keys");
    let keys = Keys::open(&folder, &passphrase, URL, now).expect("keys");
    let url: DatabaseUrl = db.parse().expect("an address");
    let store = url.open().await.expect("a database");
    let index = NameIndex::open(&url.index_folder()).expect("an index");
    index.catch_up(&*store).await.expect("names");
    assert!(!index.is_empty(), "nothing was taken in");
    let own = OwnParts {
        identity: Identity::Header(TrustedHeader {
            name: HeaderName::from_static("x-person"),
            proxies: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)],
        }),
        seal: Seal::open(&folder, &passphrase, true, URL).expect("a seal"),
        digest: PersonDigest::open(&folder, &passphrase, true).expect("a digest"),
        consent: consent().expect("a consent"),
        handler: "示例信用中心（电话 010-00000000）".to_owned(),
        origin: URL.parse().expect("an origin"),
    };
    let numbers = Numbers::open(&folder, &passphrase, true).expect("a key of numbers");
    let office = IssuingOffice::new(
        (keys, numbers),
        URL.to_owned(),
        "示例信用中心".to_owned(),
        Algorithm::EdDsa,
    );
    public(App::new(Parts {
        store,
        index: Arc::new(index),
        office: Arc::new(office),
        rate_limit: None,
        trusted_hops: 1,
        card_cache: 1 << 20,
        own: Some(own),
        dummies: None,
    }))
}
