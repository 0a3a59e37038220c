//! A stranger's site: a folder of pages served from another origin than the
//! lookup server. The documented address `https://credit.example.cn` in them
//! becomes the server's; a `headers.txt` in a folder gives its pages headers
//! of their own, such as a CSP or another charset.

use std::fs;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;

use crate::demo;

/// What the documentation writes where a site has its own server.
const DOCUMENTED: &str = "https://credit.example.cn";

/// Reloads a page when the widgets were built anew; only with `--watch`.
const RELOAD: &str = "<script type=\"module\">let last;setInterval(async()=>{const now=await(await fetch('/__built')).text();if(last&&now!==last)location.reload();last=now},1000)</script>";

struct Site {
    root: PathBuf,
    api: String,
    watch: bool,
}

/// Serves `root` until the process ends.
pub(crate) fn serve(root: &Path, listen: SocketAddr, api: &str, watch: bool) -> Result<()> {
    let site = Arc::new(Site {
        root: root.canonicalize()?,
        api: api.to_owned(),
        watch,
    });
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        println!("site on http://{}", listener.local_addr()?);
        let app = Router::new().fallback(page).with_state(site);
        Ok(axum::serve(listener, app).await?)
    })
}

async fn page(State(site): State<Arc<Site>>, request: Request) -> Response {
    find(&site, request.uri().path()).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn find(site: &Site, path: &str) -> Option<Response> {
    if path == "/__built" && site.watch {
        return Some(format!("{:?}", demo::built()).into_response());
    }
    if path == "/favicon.ico" {
        // Browsers ask by themselves, and complain on the console.
        return Some(StatusCode::NO_CONTENT.into_response());
    }
    let relative = Path::new(path.trim_start_matches('/'));
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let mut file = site.root.join(relative);
    if file.is_dir() {
        file.push("index.html");
    }
    let mut content = fs::read(&file).ok()?;
    let content_type = match file.extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "txt" => return None,
        _ => "application/octet-stream",
    };
    let folder = file.parent()?;
    let headers = fs::read_to_string(folder.join("headers.txt")).unwrap_or_default();
    if content_type.starts_with("text/") {
        // Bytes, not text: a page may be GBK.
        content = replace(&content, DOCUMENTED.as_bytes(), site.api.as_bytes());
    }
    if site.watch && content_type.starts_with("text/html") {
        content.extend_from_slice(RELOAD.as_bytes());
    }
    let mut response =
        ([(header::CONTENT_TYPE, content_type)], Body::from(content)).into_response();
    for line in headers.lines() {
        let (name, value) = line.split_once(':')?;
        let value = value.trim().replace(DOCUMENTED, &site.api);
        response.headers_mut().insert(
            HeaderName::try_from(name.trim()).ok()?,
            HeaderValue::try_from(value).ok()?,
        );
    }
    Some(response)
}

fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(byte) = rest.first() {
        if let Some(after) = rest.strip_prefix(from) {
            replaced.extend_from_slice(to);
            rest = after;
        } else {
            replaced.push(*byte);
            rest = &rest[1..];
        }
    }
    replaced
}
