//! Values of `state`, and what an element says when it cannot do its work.

use credit_core::lang::{Lang, Text, text};

/// 元素状态, reflected as the attribute `state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// At work; the fallback is still what people see.
    Loading,
    /// Shows what it is for.
    Ready,
    /// Shows what it knew, with its date, because the server is out of reach.
    Stale,
    /// Could not do its work; says why.
    Error,
    /// The page does not let it run, and the fallback stays (set by the shim); or
    /// it is not for the pages of others, and says where it works.
    Blocked,
}

impl State {
    /// The attribute's value.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Stale => "stale",
            Self::Error => "error",
            Self::Blocked => "blocked",
        }
    }
}

/// The sentence for the code of an error from the network or the server.
#[must_use]
pub fn error_text(code: &str, lang: Lang) -> &'static str {
    let sentence: Text = match code {
        "offline" => text(
            "当前没有网络连接，请联网后重试。",
            "There is no network connection. Please try again when you are online.",
        ),
        "network" => text(
            "无法连接信用信息服务，请稍后重试。",
            "The credit service is out of reach. Please try again later.",
        ),
        "timeout" => text(
            "信用信息服务没有及时响应，请稍后重试。",
            "The credit service did not answer in time. Please try again later.",
        ),
        "not-found" => text(
            "没有查到这个主体，请核对代码。",
            "No such subject. Please check the code.",
        ),
        "length" | "alphabet" | "division" | "checksum" => text(
            "统一社会信用代码有误，请核对。",
            "The unified social credit code is not right. Please check it.",
        ),
        "busy" => text(
            "查询过于频繁，请稍后重试。",
            "Too many requests. Please try again in a moment.",
        ),
        _ => text(
            "信用信息服务暂时无法回答，请稍后重试。",
            "The credit service cannot answer right now. Please try again later.",
        ),
    };
    sentence.in_lang(lang)
}
