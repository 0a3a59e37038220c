//! The interface as OpenAPI 3.1, written from the handlers.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use credit_api::path;
use credit_api::problem::{CONTENT_TYPE, Problem};
use utoipa::openapi::{Content, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoParams, OpenApi, ToSchema as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Keep, answer};
use super::{App, own, read};

/// What the document says of the whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "信用信息查询接口 / Credit lookup",
        description = "Public credit information of organisations: search, records, signed cards, \
            lists. Everything is read-only and open to every origin. Refusals are RFC 9457 problems \
            with a stable `code`, in the language of `Accept-Language`."
    ),
    components(schemas(Problem))
)]
struct Document;

/// Media type of pictures.
pub(super) const SVG: &str = "image/svg+xml";

/// A unified social credit code in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "it describes what IdentifierPath reads")]
pub(super) struct CodePath {
    /// 统一社会信用代码
    #[param(format = "uscc", example = "91120102MATEXT01X4")]
    code: String,
}

/// The refusals that every address may answer with.
pub(super) struct Refused;

impl utoipa::IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let answers = [
            ("400", "A code, parameter or body is wrong"),
            ("404", "Nothing is known under this code or name"),
            ("413", "More than allowed"),
            (
                "429",
                "Too many requests; `Retry-After` says when to come back",
            ),
            ("500", "Something broke; the log has it"),
            ("503", "It took too long"),
        ];
        let answer = |(status, description): (&str, &str)| {
            let content = Content::new(Some(Ref::from_schema_name(Problem::name())));
            let response = ResponseBuilder::new()
                .description(description)
                .content(CONTENT_TYPE, content)
                .build();
            (status.to_owned(), RefOr::T(response))
        };
        answers.into_iter().map(answer).collect()
    }
}

/// The same where a picture says that there is nothing.
pub(super) struct RefusedWithPicture;

impl utoipa::IntoResponses for RefusedWithPicture {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let mut answers = Refused::responses();
        let nothing = ResponseBuilder::new()
            .description("No subject has this code, and the picture says so; or no such file")
            .content(SVG, Content::new(None::<Ref>))
            .content(
                CONTENT_TYPE,
                Content::new(Some(Ref::from_schema_name(Problem::name()))),
            )
            .build();
        answers.insert("404".to_owned(), RefOr::T(nothing));
        answers
    }
}

fn described() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(read::search::search))
        .routes(routes!(read::subjects::subject))
        .routes(routes!(read::records::records))
        .routes(routes!(read::perks::perks))
        .routes(routes!(read::cards::some))
        .routes(routes!(read::cards::batch))
        .routes(routes!(read::areas::all))
        .routes(routes!(read::areas::one))
        .routes(routes!(read::lists::all))
        .routes(routes!(read::lists::one))
        .routes(routes!(read::catalogue::all))
        .routes(routes!(read::inspections::all))
        .routes(routes!(read::agencies::all))
        .routes(routes!(read::traces::one))
        .routes(routes!(read::badges::badge))
        .routes(routes!(read::shares::share))
        .routes(routes!(read::reports::report))
        .routes(routes!(read::shares::shared))
        .routes(routes!(read::qr::qr))
        .routes(routes!(read::qr::print))
        .routes(routes!(read::keys::jwks))
        .routes(routes!(read::keys::context))
        .routes(routes!(read::health::live))
        .routes(routes!(read::health::ready))
}

/// What is signed: texts that are asked for one by one and hardly shorter when
/// compressed, so that nobody tries.
fn described_signed() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(read::cards::one))
        .routes(routes!(read::qr::pass))
        .routes(routes!(read::reports::pass))
        .routes(routes!(read::keys::key_set))
        .routes(routes!(read::keys::status))
}

/// What only our own pages may read.
fn described_own() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(own::status))
        .routes(routes!(own::query))
}

/// What only our own pages may read, as routes.
pub(super) fn own_routes() -> Router<Arc<App>> {
    described_own().split_for_parts().0
}

/// What is signed, as routes.
pub(super) fn signed_routes() -> Router<Arc<App>> {
    described_signed().split_for_parts().0
}

/// Everything else that everybody may read from any origin.
pub(super) fn routes() -> Router<Arc<App>> {
    described()
        .split_for_parts()
        .0
        .route(path::OPENAPI, get(serve))
}

/// The document.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let all = described().merge(described_signed());
    all.merge(described_own()).split_for_parts().1
}

/// `GET /v1/openapi.json`
async fn serve(asked: HeaderMap) -> Response {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| serde_json::to_string(&document()).unwrap_or_default());
    answer(&asked, "application/json", Keep::Minute, text.as_str())
}
