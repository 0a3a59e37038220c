//! What the server's answers mean.

use credit_api::read::Read;
use credit_api::self_query::SelfQueryRequest;
use credit_client::{FetchError, Reply};
use credit_core::json;
use credit_core::lang::{Lang, Text, text};
use credit_element::state::error_text;

/// The code where the server has no 本人查询.
pub(super) const OFF: &str = "off";

const OFF_TEXT: Text = text(
    "本站没有开通本人查询。",
    "This site does not offer queries about oneself.",
);

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// HTTP status; 0 without an answer.
    pub(super) status: u16,
    /// Stable code for machines.
    pub(super) code: String,
    /// The problem's title, in the language asked for or in both.
    title: Option<String>,
    /// Seconds until it may be asked again.
    retry_after: Option<u32>,
}

impl Trouble {
    fn of(error: &FetchError) -> Self {
        Self {
            status: 0,
            code: error.code().to_owned(),
            title: None,
            retry_after: None,
        }
    }

    /// The sentence for people.
    pub(super) fn text(&self, lang: Lang) -> String {
        match (self.status, self.retry_after, &self.title) {
            _ if self.code == OFF => OFF_TEXT.in_lang(lang).to_owned(),
            (429, Some(seconds), _) => later(seconds, lang),
            (429, None, _) => error_text("busy", lang).to_owned(),
            (_, _, Some(title)) => in_lang(title, lang).to_owned(),
            _ => error_text(&self.code, lang).to_owned(),
        }
    }
}

/// The answer, unless it is a refusal.
pub(super) fn settled(reply: Result<Reply, FetchError>) -> Result<Reply, Trouble> {
    let reply = reply.map_err(|error| Trouble::of(&error))?;
    if matches!(reply.status, 200..=299) {
        return Ok(reply);
    }
    let body = json::parse(&reply.text).ok();
    let member = |name: &str| Some(body.as_ref()?.str_of(name)?.to_owned());
    let code = match (reply.status, member("code")) {
        (404, Some(code)) if code == "no-such-path" => OFF.to_owned(),
        (_, Some(code)) => code,
        (_, None) => FetchError::Answer.code().to_owned(),
    };
    Err(Trouble {
        status: reply.status,
        code,
        title: member("title"),
        retry_after: reply.retry_after,
    })
}

/// The body of an answer.
pub(super) fn read<T: Read>(reply: Result<Reply, FetchError>) -> Result<T, Trouble> {
    let reply = settled(reply)?;
    let body = json::parse(&reply.text).ok();
    T::read(body.as_ref()).ok_or_else(|| Trouble::of(&FetchError::Answer))
}

/// The text of a body that is sent.
pub(super) fn written(body: &SelfQueryRequest) -> String {
    let consent = json::Value::text(body.consent.as_str());
    json::Value::object([("consent", Some(consent))]).to_string()
}

/// The half that is wanted of a title in both languages.
fn in_lang(title: &str, lang: Lang) -> &str {
    match (title.split_once('/'), lang) {
        (Some((zh, _)), Lang::ZhCn) => zh.trim_end(),
        (Some((_, en)), Lang::En) => en.trim_start(),
        (None, _) => title,
    }
}

/// When it may be asked again: in minutes, and in hours from two on.
fn later(seconds: u32, lang: Lang) -> String {
    let minutes = seconds.div_ceil(60).max(1);
    let hours = minutes.div_ceil(60);
    match (lang, minutes) {
        (Lang::ZhCn, ..120) => format!("查询次数已达上限，请在{minutes}分钟后重试。"),
        (Lang::ZhCn, _) => format!("查询次数已达上限，请在{hours}小时后重试。"),
        (Lang::En, 1) => "Too many queries. Please try again in a minute.".to_owned(),
        (Lang::En, ..120) => format!("Too many queries. Please try again in {minutes} minutes."),
        (Lang::En, _) => format!("Too many queries. Please try again in {hours} hours."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(status: u16, retry_after: Option<u32>, body: &str, code: &str, zh: &str, en: &str) {
        let trouble = settled(Ok(Reply {
            status,
            retry_after,
            text: body.to_owned(),
        }))
        .unwrap_err();
        assert_eq!(trouble.code, code);
        assert_eq!(trouble.text(Lang::ZhCn), zh);
        assert_eq!(trouble.text(Lang::En), en);
    }

    #[test]
    fn a_refusal_is_told_in_the_language_of_the_element() {
        let internal = r#"{"code":"internal","title":"服务器内部错误 / internal error"}"#;
        says(
            500,
            None,
            internal,
            "internal",
            "服务器内部错误",
            "internal error",
        );
        let off = r#"{"code":"no-such-path","title":"没有这个地址 / no such path"}"#;
        says(404, None, off, OFF, OFF_TEXT.zh, OFF_TEXT.en);
        says(
            502,
            None,
            "<html>",
            "answer",
            error_text("answer", Lang::ZhCn),
            error_text("answer", Lang::En),
        );
    }

    #[test]
    fn a_limit_is_told_in_minutes_or_hours() {
        for (seconds, zh, en) in [
            (1, "1分钟", "in a minute"),
            (60, "1分钟", "in a minute"),
            (61, "2分钟", "in 2 minutes"),
            (7_140, "119分钟", "in 119 minutes"),
            (7_141, "2小时", "in 2 hours"),
            (86_400, "24小时", "in 24 hours"),
        ] {
            says(
                429,
                Some(seconds),
                r#"{"code":"rate"}"#,
                "rate",
                &format!("查询次数已达上限，请在{zh}后重试。"),
                &format!("Too many queries. Please try again {en}."),
            );
        }
    }
}
