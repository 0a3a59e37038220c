//! Extractors: what is not an identifier or a query dies here, with the same
//! code as in the browser, before it gets near the store.

use std::convert::Infallible;
use std::str::FromStr;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use credit_api::problem::ProblemKind;
use credit_core::identifier::Identifier;
use credit_core::lang::{Lang, LangError};
use credit_core::limits::{SEARCH_PAGE_DEFAULT, SEARCH_PAGE_MAX};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::problem::Refusal;
use crate::clock;

/// An identifier in the path.
pub struct IdentifierPath<T>(pub T);

impl<T: Identifier, S: Send + Sync> FromRequestParts<S> for IdentifierPath<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let TextPath(text) = TextPath::from_request_parts(parts, state).await?;
        let reading = T::read(&text, clock::now().date_in_china());
        let reading = reading.map_err(|problems| problems.first())?;
        Ok(Self(reading.value))
    }
}

/// A text in the path.
pub(super) struct TextPath(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for TextPath {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(text)) => Ok(Self(text)),
            Err(_) => Err(Refusal::because(
                ProblemKind::BadRequest,
                "地址不是百分号编码的 UTF-8",
                "path is not percent-encoded UTF-8",
            )),
        }
    }
}

/// The query, as `T` describes it.
pub(super) struct QueryOf<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(query)) => Ok(Self(query)),
            Err(error) => Err(bad("查询参数", "query", error.body_text())),
        }
    }
}

/// The head of a request without body, taken and not copied: the copy costs as
/// much as a kept card.
pub(super) struct Asked(pub(super) HeaderMap);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(std::mem::take(&mut parts.headers)))
    }
}

/// No parameters at all: one that does nothing here is a mistake of who asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// The body, as `T` describes it.
pub(super) struct BodyOf<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for BodyOf<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::BytesRejection(_)) => Err(ProblemKind::TooMuch.into()),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Refusal::because(
                ProblemKind::MediaType,
                "请求内容应为 application/json",
                "body has to be application/json",
            )),
            Err(error) => Err(bad("请求内容", "body", error.body_text())),
        }
    }
}

/// What serde says of a query or body, without what axum says before it.
fn bad(zh: &str, en: &str, told: String) -> Refusal {
    let told = told
        .split_once(": ")
        .map_or(told.as_str(), |(_, told)| told);
    let told = starred(told);
    Refusal::because(
        ProblemKind::BadRequest,
        format!("{zh}有误：{told}"),
        format!("{en}: {told}"),
    )
}

/// Digits in a row that a refusal repeats: the division of a resident number.
const DIGITS_TOLD: usize = 6;

/// People paste their own number anywhere, and serde says what it found.
fn starred(told: &str) -> String {
    let mut digits = 0;
    let star = |character: char| {
        digits = if character.is_numeric() {
            digits + 1
        } else {
            0
        };
        if digits > DIGITS_TOLD { '*' } else { character }
    };
    told.chars().map(star).collect()
}

/// How many items a page of a list may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit(pub(super) usize);

impl Default for Limit {
    fn default() -> Self {
        Self(SEARCH_PAGE_DEFAULT)
    }
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(limit) if (1..=SEARCH_PAGE_MAX).contains(&limit) => Ok(Self(limit)),
            _ => Err(format!(
                "'{text}' is not allowed, allowed is 1 to {SEARCH_PAGE_MAX}"
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// Reads a parameter by its own parser, whose sentence says what is allowed.
pub(super) fn parsed<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr,
    T::Err: std::fmt::Display,
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

/// Reads a parameter that may be absent or empty.
pub(super) fn parsed_option<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: FromStr,
    T::Err: std::fmt::Display,
    D: Deserializer<'de>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse())
        .transpose()
        .map_err(serde::de::Error::custom)
}

/// Language of an answer's labels.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LangParameter(pub(super) Lang);

impl<'de> Deserialize<'de> for LangParameter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let lang = text
            .parse()
            .map_err(|error: LangError| serde::de::Error::custom(error))?;
        Ok(Self(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_number_is_told_by_its_beginning() {
        for (told, starred_told) in [
            (
                "unknown field `11010519491231002X`",
                "unknown field `110105***********X`",
            ),
            (
                "expected `]` at line 1 column 32768",
                "expected `]` at line 1 column 32768",
            ),
            (
                "'１２３４５６７' is not allowed",
                "'１２３４５６*' is not allowed",
            ),
        ] {
            assert_eq!(starred(told), starred_told);
        }
    }
}
