//! Problem details (RFC 9457) with a stable code.

use credit_core::identifier::IdentifierError;
use credit_core::json::Value;
use credit_core::lang::{Text, text};
use serde::{Deserialize, Serialize};

/// Media type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// What a client is told when something went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Always `about:blank`: the code says what it is.
    pub r#type: String,
    /// In both languages.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code for machines.
    pub code: String,
    /// What was found, where, and what is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The problems that are not an identifier's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// No subject has this code.
    NotFound,
    /// No such path.
    NoSuchPath,
    /// The path does not take this method.
    Method,
    /// A query parameter or body is missing or wrong.
    BadRequest,
    /// More codes, characters or bytes than allowed.
    TooMuch,
    /// It took too long.
    Timeout,
    /// Something of ours broke; the log has it.
    Internal,
}

impl ProblemKind {
    /// HTTP status.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::NotFound | Self::NoSuchPath => 404,
            Self::Method => 405,
            Self::BadRequest => 400,
            Self::TooMuch => 413,
            Self::Timeout => 503,
            Self::Internal => 500,
        }
    }

    /// Stable code for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NoSuchPath => "no-such-path",
            Self::Method => "method",
            Self::BadRequest => "bad-request",
            Self::TooMuch => "too-much",
            Self::Timeout => "timeout",
            Self::Internal => "internal",
        }
    }

    fn title(self) -> Text {
        match self {
            Self::NotFound => text("没有查到这个主体", "no such subject"),
            Self::NoSuchPath => text("没有这个地址", "no such path"),
            Self::Method => text("此地址不支持这种请求", "method not allowed here"),
            Self::BadRequest => text("请求有误", "bad request"),
            Self::TooMuch => text("请求过大", "request is too large"),
            Self::Timeout => text("处理超时，请稍后重试", "took too long, try again later"),
            Self::Internal => text("服务器内部错误", "internal error"),
        }
    }
}

impl Problem {
    /// A problem, with what was found and what is allowed.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: Option<String>) -> Self {
        Self {
            r#type: "about:blank".to_owned(),
            title: bilingual(kind.title()),
            status: kind.status(),
            code: kind.code().to_owned(),
            detail,
        }
    }

    /// A code that is none: the same code and sentence as in the browser.
    #[must_use]
    pub fn identifier(error: &IdentifierError) -> Self {
        let kind = error.kind.name();
        Self {
            r#type: "about:blank".to_owned(),
            title: format!("{}有误 / not a {}", kind.zh, kind.en),
            status: 400,
            code: error.code().to_owned(),
            detail: Some(format!("{} / {error}", error.zh())),
        }
    }

    /// The code of a problem in strict JSON, for who needs no more.
    #[must_use]
    pub fn code_of(body: &Value) -> Option<&str> {
        body.str_of("code")
    }
}

fn bilingual(title: Text) -> String {
    format!("{} / {}", title.zh, title.en)
}
