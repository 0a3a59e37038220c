//! The widgets: files that `cargo xtask build` leaves in `www/dist/embed`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use base64ct::{Base64, Encoding as _};
use credit_api::problem::ProblemKind;
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::answer::{Keep, Tagged, by_encoding, embeddable, tagged};
use super::kept::KeptReleases;
use super::problem::Refusal;
use super::{App, AppState};

/// In a release build the files are part of the program; in a development
/// build they are read from the folder each time, so that a rebuilt widget is
/// served at once.
#[derive(RustEmbed)]
#[folder = "../../www/dist/embed"]
#[allow_missing = true]
struct Files;

/// Folder of the mutable address.
const CURRENT: &str = "v1";

/// The loader, which leaves here with a line of configuration before it.
const LOADER: &str = "credit.js";

/// What Subresource Integrity compares every file of the release with.
const SUMS: &str = "sri.json";

/// Content codings, and how the name of a file ends that lies ready in one; the
/// less wanted first.
const CODINGS: [(&str, &str); 2] = [("gzip", ".gz"), ("br", ".br")];

/// Whether this program carries the widgets.
pub fn has_widgets() -> bool {
    Files::get("v1/credit.js").is_some()
}

/// `GET /embed/{release}/{file}`
pub(super) async fn file(
    State(app): State<AppState>,
    path: Result<Path<(String, String)>, PathRejection>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let Path((release, file)) = path.map_err(|_| ProblemKind::NoSuchPath)?;
    let response = match file.as_str() {
        LOADER => own(&app).and_then(|own| {
            // Also in the folder of the release, where a page can name it with its
            // digest. It is not for ever there: an office may change its root.
            if release == CURRENT || release == own.release {
                let content_type = content_type(LOADER)?;
                return Some(sent(&asked, content_type, Keep::Minute, &own.loader));
            }
            before(&app, &release, LOADER, &asked)
        }),
        SUMS if release == CURRENT => own(&app)
            .and_then(|own| Some(sent(&asked, content_type(SUMS)?, Keep::Minute, &own.sums))),
        _ => {
            found(stored, &release, &file, &asked).or_else(|| before(&app, &release, &file, &asked))
        }
    };
    response.ok_or_else(|| ProblemKind::NoSuchPath.into())
}

/// A file of a release before this one, from the disk.
fn before(app: &App, release: &str, file: &str, asked: &HeaderMap) -> Option<Response> {
    let kept = app.kept.as_ref()?;
    let files = |path: &str| {
        let (release, file) = path.split_once('/')?;
        kept.file(release, file).map(Tagged::new)
    };
    found(files, release, file, asked)
}

/// Keeps the widgets of this program in `folder`, beside those of the releases before
/// it; `root` is the one that its loader names.
///
/// # Errors
/// Those of the file system.
pub fn keep_releases(folder: &std::path::Path, root: String) -> io::Result<Option<KeptReleases>> {
    let Some(own) = baked(root) else {
        return Ok(None);
    };
    let prefix = format!("{}/", own.release);
    let files: Vec<(String, Cow<'static, [u8]>)> = Files::iter()
        .filter_map(|path| {
            Some((
                path.strip_prefix(&prefix)?.to_owned(),
                Files::get(&path)?.data,
            ))
        })
        .collect();
    let loader = (LOADER.to_owned(), own.loader.body.as_ref());
    let files = files
        .iter()
        .map(|(name, data)| (name.clone(), data.as_ref()));
    KeptReleases::open(folder, &own.release, files.chain([loader])).map(Some)
}

/// What this server adds to the files that were built.
#[derive(Clone)]
pub(super) struct Own {
    /// The folder of the release.
    release: String,
    /// The loader. It is so short that it is compressed on its way.
    loader: Tagged,
    /// Digests of everything, the loader with it.
    sums: Tagged,
}

fn own(app: &App) -> Option<Own> {
    let loader = Files::get("v1/credit.js")?;
    let bake = || baked(app.office.root());
    match loader.data {
        Cow::Borrowed(_) => app.own_files.get_or_init(bake).clone(),
        Cow::Owned(_) => bake(),
    }
}

fn baked(root: String) -> Option<Own> {
    let loader = Files::get("v1/credit.js")?;
    let sums = Files::get("v1/sri.json")?;
    let text = String::from_utf8_lossy(&loader.data);
    Some(Own::of(&text, &sums.data, root))
}

impl Own {
    /// `loader` with what it has to know of this server in a line before it: the
    /// folder of the current release, the digests of its code, and the root that
    /// its widgets pin.
    fn of(loader: &str, sums: &[u8], root: String) -> Self {
        let listed: Listed = serde_json::from_slice(sums).unwrap_or_default();
        let Listed { release, mut files } = listed;
        let code: BTreeMap<&str, &str> = files
            .iter()
            .filter_map(|(name, sum)| Some((name.strip_suffix("_bg.wasm")?, sum.as_str())))
            .collect();
        let known = json!({ "release": release, "sums": code, "roots": [root] });
        let loader = format!("const BAKED = {known};\n{loader}");
        let digest = Base64::encode_string(&Sha256::digest(&loader));
        files.insert(LOADER.to_owned(), format!("sha256-{digest}"));
        let sums = Listed { release, files };
        Self {
            sums: Tagged::new(serde_json::to_string_pretty(&sums).unwrap_or_default()),
            loader: Tagged::new(loader),
            release: sums.release,
        }
    }
}

/// The list that `cargo xtask build` leaves: file of the release, and its digest.
#[derive(Default, Deserialize, Serialize)]
struct Listed {
    release: String,
    files: BTreeMap<String, String>,
}

/// A file of ours; neither copied nor hashed where it is part of the program.
fn stored(path: &str) -> Option<Tagged> {
    let file = Files::get(path)?;
    let digest = file.metadata.sha256_hash();
    let body = match file.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    };
    Some(Tagged::hashed(body, digest))
}

/// A file as an answer, compressed where it lies ready so.
fn found(
    files: impl Fn(&str) -> Option<Tagged>,
    release: &str,
    file: &str,
    asked: &HeaderMap,
) -> Option<Response> {
    let content_type = content_type(file)?;
    let keep = if release == CURRENT {
        Keep::Minute
    } else {
        Keep::Forever
    };
    let path = format!("{release}/{file}");
    let mut content = files(&path)?;
    let ready = preferred(asked)
        .and_then(|(coding, ending)| Some((coding, files(&format!("{path}{ending}"))?)));
    let Some((coding, ready)) = ready else {
        return Some(sent(asked, content_type, keep, &content));
    };
    // The tag stays that of the file: the edge adds the coding to it.
    content.body = ready.body;
    let mut response = sent(asked, content_type, keep, &content);
    if response.status() == StatusCode::OK {
        let coding = HeaderValue::from_static(coding);
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, coding);
    }
    Some(response)
}

/// A file for pages of any origin, in one of several codings.
fn sent(asked: &HeaderMap, content_type: &'static str, keep: Keep, content: &Tagged) -> Response {
    let mut response = tagged(asked, content_type, keep, content);
    by_encoding(&mut response);
    embeddable(&mut response);
    response
}

/// The one of our codings that weighs most in `Accept-Encoding`; none where it
/// asks for none, or rather for the file as it is.
fn preferred(asked: &HeaderMap) -> Option<(&'static str, &'static str)> {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter();
    let listed: Vec<(&str, f32)> = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(weighted)
        .collect();
    let weight = |coding: &str| {
        let find = |name: &str| {
            let mut listed = listed.iter();
            listed.find(|(listed, _)| listed.eq_ignore_ascii_case(name))
        };
        let found = find(coding).or_else(|| find("*"));
        found.map_or(0.0, |(_, weight)| *weight)
    };
    let identity = weight("identity");
    CODINGS
        .into_iter()
        .map(|coding| (coding, weight(coding.0)))
        .filter(|(_, weight)| *weight > 0.0 && *weight >= identity)
        .max_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(coding, _)| coding)
}

/// A part of `Accept-Encoding`; none where its weight is none.
fn weighted(part: &str) -> Option<(&str, f32)> {
    let Some((coding, parameter)) = part.split_once(';') else {
        return Some((part.trim(), 1.0));
    };
    let (name, weight) = parameter.split_once('=')?;
    let weight: f32 = weight.trim().parse().ok()?;
    let is_weight = name.trim().eq_ignore_ascii_case("q") && (0.0..=1.0).contains(&weight);
    is_weight.then_some((coding.trim(), weight))
}

/// Nothing for files that are not for browsers.
fn content_type(file: &str) -> Option<&'static str> {
    Some(match file.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "ts" | "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::{Extensions, Request, Version};
    use axum::middleware::map_response;
    use axum::response::IntoResponse as _;
    use axum::routing::get;
    use credit_api::path;
    use tower::ServiceExt as _;
    use tower_http::compression::CompressionLayer;

    use super::*;
    use crate::http::answer::compressed;

    const GLUE: &str = "export const glue = 'as long as what is worth compressing';";

    /// A release build, a development build, and the folder of the loader.
    fn files(path: &str) -> Option<Tagged> {
        Some(Tagged::new(match path {
            "1-a/badge.js" | "dev/badge.js" => GLUE,
            "1-a/badge.js.br" => "glue in br",
            "1-a/badge.js.gz" => "glue in gzip",
            "1-a/badge_bg.wasm" => "code",
            "1-a/badge_bg.wasm.br" => "code in br",
            "v1/release.txt" => "1-a",
            _ => return None,
        }))
    }

    async fn served(Path((release, file)): Path<(String, String)>, asked: HeaderMap) -> Response {
        let response = found(files, &release, &file, &asked);
        response.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
    }

    async fn edge(mut response: Response) -> Response {
        compressed(&mut response);
        response
    }

    struct Answer {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    }

    impl Answer {
        fn header(&self, name: &str) -> &str {
            let value = self.headers.get(name);
            value.map_or("", |value| value.to_str().unwrap())
        }
    }

    /// Asks for a file below `/embed/` through the layers that the server has.
    async fn ask(method: &str, file: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/embed/{file}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let has_content = |status: StatusCode, _: Version, _: &HeaderMap, _: &Extensions| {
            status != StatusCode::NOT_MODIFIED
        };
        let router: Router = Router::new()
            .route(path::EMBED_RELEASE, get(served))
            .layer(CompressionLayer::new().compress_when(has_content))
            .layer(map_response(edge));
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, 1 << 16).await.unwrap(),
        }
    }

    #[test]
    fn the_coding_is_the_one_that_weighs_most() {
        for (asked, coding) in [
            ("", None),
            ("br", Some("br")),
            ("gzip", Some("gzip")),
            ("gzip, deflate, br, zstd", Some("br")),
            ("deflate, zstd", None),
            ("*", Some("br")),
            ("*;q=0", None),
            ("br;q=0", None),
            ("br;q=0.000, gzip", Some("gzip")),
            ("br;q=0, *", Some("gzip")),
            ("gzip, *;q=0", Some("gzip")),
            ("gzip;q=0, *;q=0.1", Some("br")),
            ("br;q=0.5, gzip;q=0.8", Some("gzip")),
            ("br;q=0.8, gzip;q=0.8", Some("br")),
            ("identity", None),
            ("identity, br;q=0.5", None),
            ("identity;q=0.5, gzip;q=0.5", Some("gzip")),
            ("identity;q=0, gzip;q=0.1", Some("gzip")),
            ("BR ; Q=0.3", Some("br")),
            ("br; q=0, gzip ;q=1", Some("gzip")),
            ("br;q=x, gzip;q=2", None),
            ("br;q=nan, gzip;q=-1", None),
            ("br;level=1", None),
            ("brotli", None),
            (",, gzip,", Some("gzip")),
        ] {
            let mut headers = HeaderMap::new();
            assert_eq!(preferred(&headers), None);
            headers.insert(header::ACCEPT_ENCODING, asked.parse().unwrap());
            let found = preferred(&headers).map(|(coding, _)| coding);
            assert_eq!(found, coding, "{asked}");
        }
        let mut headers = HeaderMap::new();
        for line in ["br;q=0", "gzip"] {
            headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static(line));
        }
        assert_eq!(preferred(&headers), Some(("gzip", ".gz")));
    }

    #[tokio::test]
    async fn what_lies_ready_is_sent_as_it_lies() {
        let plain = ask("GET", "1-a/badge.js", &[]).await;
        assert_eq!(plain.status, StatusCode::OK);
        assert_eq!(plain.body, GLUE);
        assert_eq!(plain.header("content-encoding"), "");
        let bare = plain.header("etag").strip_suffix('"').unwrap();
        for coding in ["br", "gzip"] {
            let accept = ("accept-encoding", coding);
            let small = ask("GET", "1-a/badge.js", &[accept]).await;
            assert_eq!(small.status, StatusCode::OK);
            assert_eq!(small.body, format!("glue in {coding}"));
            assert_eq!(small.header("content-encoding"), coding);
            assert_eq!(small.header("content-length"), small.body.len().to_string());
            assert_eq!(small.header("etag"), format!("{bare}-{coding}\""));
            for name in ["cache-control", "content-type", "vary"] {
                assert_eq!(small.header(name), plain.header(name));
            }
            let head = ask("HEAD", "1-a/badge.js", &[accept]).await;
            assert_eq!(head.headers, small.headers);
            assert!(head.body.is_empty());
        }
        assert_eq!(
            plain.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(
            plain.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(plain.header("vary"), "accept-encoding");
        let code = ask("GET", "1-a/badge_bg.wasm", &[("accept-encoding", "br")]).await;
        assert_eq!(code.header("content-type"), "application/wasm");
        assert_eq!(code.body, "code in br");
    }

    #[tokio::test]
    async fn who_has_a_file_in_any_coding_is_not_sent_it_again() {
        let plain = ask("GET", "1-a/badge.js", &[]).await;
        let bare = plain.header("etag").strip_suffix('"').unwrap();
        for suffix in ["", "-br", "-gzip"] {
            let tag = format!("{bare}{suffix}\"");
            for method in ["GET", "HEAD"] {
                let headers = [("accept-encoding", "br"), ("if-none-match", tag.as_str())];
                let known = ask(method, "1-a/badge.js", &headers).await;
                assert_eq!(known.status, StatusCode::NOT_MODIFIED, "{tag}");
                assert_eq!(known.header("etag"), tag);
                assert_eq!(known.header("vary"), "accept-encoding");
                assert_eq!(known.header("content-encoding"), "", "{tag}");
                assert!(known.body.is_empty(), "{tag}");
            }
        }
    }

    #[tokio::test]
    async fn what_does_not_lie_ready_is_compressed_on_its_way() {
        let plain = ask("GET", "dev/badge.js", &[]).await;
        let bare = plain.header("etag").strip_suffix('"').unwrap();
        for coding in ["br", "gzip"] {
            let small = ask("GET", "dev/badge.js", &[("accept-encoding", coding)]).await;
            assert_eq!(small.status, StatusCode::OK);
            assert_eq!(small.header("content-encoding"), coding);
            assert_eq!(small.header("etag"), format!("{bare}-{coding}\""));
            assert_ne!(small.body, plain.body);
        }
    }

    #[tokio::test]
    async fn a_compressed_file_has_no_address_of_its_own() {
        for file in ["1-a/badge.js.br", "1-a/badge.js.gz", "1-a/nothing.js"] {
            for headers in [&[("accept-encoding", "br, gzip")][..], &[]] {
                let answer = ask("GET", file, headers).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{file}");
            }
        }
        let current = ask("GET", "v1/release.txt", &[]).await;
        assert!(current.header("cache-control").contains("max-age=60,"));
    }

    #[test]
    fn the_loader_reads_the_line_before_it() {
        let loader = include_str!("../../../../widgets/shim/credit.js");
        assert!(loader.contains("const { release, sums, roots } = BAKED;"));
        let sums =
            br#"{"release":"1-a","files":{"badge.js":"sha256-b","badge_bg.wasm":"sha256-w"}}"#;
        let own = Own::of(loader, sums, "a root".to_owned());
        let text = String::from_utf8(own.loader.body.to_vec()).unwrap();
        let line = "const BAKED = {\"release\":\"1-a\",\"roots\":[\"a root\"],\
                    \"sums\":{\"badge\":\"sha256-w\"}};\n// @ts-check";
        assert!(text.starts_with(line), "{text}");
        let sums: Listed = serde_json::from_slice(&own.sums.body).unwrap();
        let digest = Base64::encode_string(&Sha256::digest(&text));
        assert_eq!(sums.files["credit.js"], format!("sha256-{digest}"));
        assert_eq!(sums.files["badge.js"], "sha256-b");
    }
}
