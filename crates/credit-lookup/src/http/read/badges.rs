//! `GET /v1/badges/{code}.svg`

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_badge::svg::{self, Looks, Size, Style, Theme};
use credit_core::identifier::SubjectCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::AppState;
use super::super::answer::{Keep, answer, embeddable, no_store};
use super::super::extract::{LangParameter, QueryOf, TextPath, parsed_option};
use super::super::openapi::{RefusedWithPicture, SVG};
use super::super::problem::Refusal;
use super::find;
use super::listing::{lang_schema, words_schema};

/// Parameters of a badge.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct BadgeParameters {
    /// Language: `zh-CN` or `en`.
    #[serde(default)]
    #[param(value_type = Option<String>, inline, schema_with = lang_schema)]
    lang: LangParameter,
    /// 样式: `flat` (240 × 48, the default), `seal` (120 × 144) or `compact` (168 × 24).
    #[serde(default, deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = style_schema)]
    style: Option<Style>,
    /// 字号: `normal` (the default), or `large`, half as large again.
    #[serde(default, deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = size_schema)]
    size: Option<Size>,
    /// 配色: `light` (the default), `dark` or `contrast`; an image does not know what stands
    /// around it.
    #[serde(default, deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = theme_schema)]
    theme: Option<Theme>,
}

fn style_schema() -> utoipa::openapi::Schema {
    words_schema(Style::ALL.iter().map(|(_, word)| *word))
}

fn size_schema() -> utoipa::openapi::Schema {
    words_schema(Size::ALL.iter().map(|(_, word)| *word))
}

fn theme_schema() -> utoipa::openapi::Schema {
    words_schema(Theme::ALL.iter().map(|(_, word)| *word))
}

/// The file of a badge.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "it describes what TextPath reads")]
pub(crate) struct BadgePath {
    /// A unified social credit code and `.svg`.
    #[param(format = "badge", example = "91120102MATEXT01X4.svg")]
    file: String,
}

/// Static badge of a subject
///
/// A picture without proof, for pages that allow no scripts. An unknown code is
/// answered with a picture that says so: an `<img>` shows no problem document.
#[utoipa::path(
    get, path = path::BADGE, tag = "cards", operation_id = "badge", params(BadgePath, BadgeParameters),
    responses((status = 200, description = "The badge", content_type = SVG, body = String), RefusedWithPicture)
)]
pub(crate) async fn badge(
    State(state): State<AppState>,
    TextPath(file): TextPath,
    QueryOf(parameters): QueryOf<BadgeParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let lang = parameters.lang.0;
    let looks = Looks {
        style: parameters.style.unwrap_or_default(),
        size: parameters.size.unwrap_or_default(),
        theme: parameters.theme.unwrap_or_default(),
    };
    let Some(code) = file.strip_suffix(".svg") else {
        return Err(Refusal::from(ProblemKind::NoSuchPath));
    };
    let code = SubjectCode::as_published(code)?;
    let found = find(&state, &code).await;
    let mut response = match found {
        Ok(stored) => {
            let svg = svg::badge(&stored.subject, &state.office.issuer().name, lang, looks);
            answer(&asked, SVG, Keep::Minute, svg)
        }
        Err(refusal) if refusal.is_internal() => return Err(refusal),
        Err(_) => {
            let mut response = answer(
                &HeaderMap::new(),
                SVG,
                Keep::Minute,
                svg::no_record(lang, looks),
            );
            *response.status_mut() = StatusCode::NOT_FOUND;
            no_store(&mut response);
            response.headers_mut().remove(header::ETAG);
            response
        }
    };
    embeddable(&mut response);
    // Opened as a document, the image may load and run nothing.
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    Ok(response)
}
