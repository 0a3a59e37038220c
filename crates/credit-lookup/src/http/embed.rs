//! The widgets: files that `cargo xtask build` leaves in `www/dist/embed`.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::problem::ProblemKind;
use credit_core::json::Value;
use rust_embed::RustEmbed;

use super::AppState;
use super::answer::{Keep, answer};
use super::problem::Refusal;

/// In a release build the files are part of the program; in a development
/// build they are read from the folder each time, so that a rebuilt widget is
/// served at once.
#[derive(RustEmbed)]
#[folder = "../../www/dist/embed"]
#[allow_missing = true]
struct Files;

/// Folder of the mutable address.
const CURRENT: &str = "v1";

/// The loader, whose one line of configuration is filled in here.
const LOADER: &str = "credit.js";

/// That line, as the loader has it and as it leaves here.
const BAKED: &str = "const BAKED = {};";

/// Whether this program carries the widgets.
pub fn has_widgets() -> bool {
    Files::get("v1/credit.js").is_some()
}

/// `GET /embed/{release}/{file}`
pub(super) async fn file(
    State(state): State<AppState>,
    Path((release, file)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let content = Files::get(&format!("{release}/{file}")).ok_or(ProblemKind::NoSuchPath)?;
    let content_type = content_type(&file).ok_or(ProblemKind::NoSuchPath)?;
    if release == CURRENT && file == LOADER {
        let loader = String::from_utf8_lossy(&content.data).replacen(BAKED, &baked(&state), 1);
        return Ok(answer(&asked, content_type, Keep::Minute, loader));
    }
    let keep = if release == CURRENT {
        Keep::Minute
    } else {
        Keep::Forever
    };
    Ok(answer(
        &asked,
        content_type,
        keep,
        content.data.into_owned(),
    ))
}

/// What the loader has to know of this server: the folder of the current
/// release and the roots that its widgets pin.
fn baked(state: &AppState) -> String {
    let release = Files::get("v1/release.txt").map(|file| file.data.into_owned());
    let release = String::from_utf8(release.unwrap_or_default()).unwrap_or_default();
    let baked = Value::object([
        ("release", Some(Value::text(release.trim()))),
        (
            "roots",
            Some(Value::Array(vec![Value::text(state.office.root())])),
        ),
    ]);
    format!("const BAKED = {baked};")
}

fn content_type(file: &str) -> Option<&'static str> {
    Some(match file.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}
