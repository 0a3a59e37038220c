//! Problem details (RFC 9457) with a stable code.

use credit_core::identifier::IdentifierError;
use credit_core::json::Value;
use credit_core::lang::{Lang, Text, text};
use credit_core::trace::TraceError;
use serde::{Deserialize, Serialize};

/// Media type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// What a client is told when something went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: the code says what it is.
    pub r#type: String,
    /// In the language asked for, or in both.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code for machines.
    pub code: String,
    /// What was found, where, and what is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The request in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// The problems that are not an identifier's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// No subject has this code.
    NotFound,
    /// Nothing is known under this number or name.
    NoSuchItem,
    /// A share whose last day is over.
    ShareExpired,
    /// No such path.
    NoSuchPath,
    /// The path does not take this method.
    Method,
    /// A query parameter or body is missing or wrong.
    BadRequest,
    /// The body is not of the type that the path takes.
    MediaType,
    /// More codes, characters or bytes than allowed.
    TooMuch,
    /// More requests than allowed.
    Rate,
    /// Nobody is signed in, or no longer.
    NotSignedIn,
    /// The identity provider did not say who it is.
    Identity,
    /// What was agreed to is not the text that has to be agreed to now.
    Consent,
    /// The page that asks is not one of this server.
    ForeignOrigin,
    /// It took too long.
    Timeout,
    /// Something that is needed does not answer just now.
    Unavailable,
    /// Something of ours broke; the log has it.
    Internal,
}

impl ProblemKind {
    /// HTTP status.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::NotFound | Self::NoSuchItem | Self::NoSuchPath => 404,
            Self::ShareExpired => 410,
            Self::Method => 405,
            Self::BadRequest => 400,
            Self::MediaType => 415,
            Self::TooMuch => 413,
            Self::Rate => 429,
            Self::NotSignedIn => 401,
            Self::Consent => 409,
            Self::Identity | Self::ForeignOrigin => 403,
            Self::Timeout | Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }

    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NoSuchItem => "no-such-item",
            Self::ShareExpired => "share-expired",
            Self::NoSuchPath => "no-such-path",
            Self::Method => "method",
            Self::BadRequest => "bad-request",
            Self::MediaType => "media-type",
            Self::TooMuch => "too-much",
            Self::Rate => "rate",
            Self::NotSignedIn => "not-signed-in",
            Self::Identity => "identity",
            Self::Consent => "consent",
            Self::ForeignOrigin => "foreign-origin",
            Self::Timeout => "timeout",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    fn title(self) -> Text {
        match self {
            Self::NotFound => text("没有查到这个主体", "no such subject"),
            Self::NoSuchItem => text("没有查到相关内容", "nothing is known of this"),
            Self::ShareExpired => text("分享已过期", "this share has ended"),
            Self::NoSuchPath => text("没有这个地址", "no such path"),
            Self::Method => text("此地址不支持这种请求", "method not allowed here"),
            Self::BadRequest => text("请求有误", "bad request"),
            Self::MediaType => text("请求内容的类型有误", "wrong type of body"),
            Self::TooMuch => text("请求过大", "request is too large"),
            Self::Rate => text(
                "请求过于频繁，请稍后再试",
                "too many requests, try again later",
            ),
            Self::NotSignedIn => text("尚未登录或登录已过期", "not signed in, or no longer"),
            Self::Identity => text("未能确认身份", "identity could not be confirmed"),
            Self::Consent => text(
                "授权书已更新，请重新阅读",
                "the consent has another text now, read it again",
            ),
            Self::ForeignOrigin => text(
                "只能在本站页面上办理",
                "only possible on a page of this server",
            ),
            Self::Timeout => text("处理超时，请稍后重试", "took too long, try again later"),
            Self::Unavailable => text(
                "服务暂时不可用，请稍后重试",
                "not available just now, try again later",
            ),
            Self::Internal => text("服务器内部错误", "internal error"),
        }
    }
}

/// A problem before it is told in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    status: u16,
    code: &'static str,
    title: (String, String),
    /// In Chinese and English.
    detail: Option<(String, String)>,
}

impl From<ProblemKind> for Report {
    fn from(kind: ProblemKind) -> Self {
        let title = kind.title();
        Self {
            status: kind.status(),
            code: kind.code(),
            title: (title.zh.to_owned(), title.en.to_owned()),
            detail: None,
        }
    }
}

impl From<&IdentifierError> for Report {
    /// A code that is none: the same code and sentence as in the browser.
    fn from(error: &IdentifierError) -> Self {
        let kind = error.kind.name();
        Self {
            status: 400,
            code: error.code(),
            title: (format!("{}有误", kind.zh), format!("not a {}", kind.en)),
            detail: Some((error.zh(), error.to_string())),
        }
    }
}

impl From<&TraceError> for Report {
    /// A tracing code that is none: the same code as in the browser. The sentence
    /// would repeat what was asked, which may be anything.
    fn from(error: &TraceError) -> Self {
        Self {
            status: 400,
            code: error.code(),
            title: ("追溯码有误".to_owned(), "not a tracing code".to_owned()),
            detail: None,
        }
    }
}

impl Report {
    /// A problem, with what was found and what is allowed, in both languages.
    #[must_use]
    pub fn because(kind: ProblemKind, zh: impl ToString, en: impl ToString) -> Self {
        Self {
            detail: Some((zh.to_string(), en.to_string())),
            ..Self::from(kind)
        }
    }

    /// HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Title and detail in `lang`.
    #[must_use]
    pub fn sentences(&self, lang: Lang) -> (&str, Option<&str>) {
        match lang {
            Lang::ZhCn => (
                &self.title.0,
                self.detail.as_ref().map(|(zh, _)| zh.as_str()),
            ),
            Lang::En => (
                &self.title.1,
                self.detail.as_ref().map(|(_, en)| en.as_str()),
            ),
        }
    }

    /// As it is told: in `lang`, or in both languages where none was asked for.
    #[must_use]
    pub fn told(&self, lang: Option<Lang>) -> Problem {
        let told = |(zh, en): &(String, String)| match lang {
            Some(Lang::ZhCn) => zh.clone(),
            Some(Lang::En) => en.clone(),
            None => format!("{zh} / {en}"),
        };
        Problem {
            r#type: "about:blank".to_owned(),
            title: told(&self.title),
            status: self.status,
            code: self.code.to_owned(),
            detail: self.detail.as_ref().map(told),
            instance: None,
        }
    }
}

impl Problem {
    /// The code of a problem in strict JSON, for who needs no more.
    #[must_use]
    pub fn code_of(body: &Value) -> Option<&str> {
        body.str_of("code")
    }
}
