//! What all panels share: what they are told, and how they look while they wait and
//! when they cannot go on.

use credit_api::path;
use credit_client::FetchError;
use credit_core::identifier::SubjectCode;
use credit_core::json::Value;
use credit_core::lang::{Lang, Text, text};
use credit_element::attributes::Common;
use credit_element::host::Host;
use credit_element::state::{State, error_text};
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::html;
use credit_parts::notice::{Tone, notice_with};
use credit_parts::progress::{Progress, progress};
use yew::prelude::*;

use crate::options::Options;

pub(crate) const LOADING: Text = text("正在查询…", "Searching…");
pub(crate) const RETRY: Text = text("重试", "Try again");
/// Of a search for a subject.
#[cfg(feature = "subject")]
pub(crate) const NOT_FOUND: Text = text(
    "没有查到。请换用名称中的其他字，或核对代码。",
    "Nothing found. Try another part of the name, or check the code.",
);
pub(crate) const MORE: Text = text("显示更多", "Show more");

/// What an element is and where it reports to.
pub(crate) struct Panel<O: Options> {
    /// The attributes.
    pub options: O,
    /// The shim's end.
    pub host: Host,
    /// The server that the loader came from.
    pub api: String,
}

impl<O: Options> Panel<O> {
    pub(crate) fn lang(&self) -> Lang {
        self.options.common().lang
    }

    /// The server that is asked, and the path there.
    pub(crate) fn url(&self, path: &str) -> String {
        let api = self.options.common().api.as_ref().unwrap_or(&self.api);
        [api, path].concat()
    }

    /// Asks the server for what is at `path`.
    pub(crate) fn ask(&self, path: &str, done: impl FnOnce(Result<Value, FetchError>) + 'static) {
        credit_client::ask(&self.url(path), Box::new(done));
    }

    /// Asks for what is at `path` with `parameters`, in the language of the element.
    pub(crate) fn ask_in_lang(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        done: impl FnOnce(Result<Value, FetchError>) + 'static,
    ) {
        let mut all = vec![("lang", self.lang().tag())];
        all.extend(parameters);
        self.ask(&path::asked(path, &all), done);
    }

    /// Shows a failure on the element itself.
    pub(crate) fn fail(&self, error: &FetchError) {
        let code = error.code();
        self.host.fail(code, error_text(code, self.lang()));
    }

    /// It shows what it is for.
    pub(crate) fn ready(&self) {
        self.host.set_state(State::Ready);
        self.host.ready();
    }

    /// Shows on the element itself how a question ended.
    pub(crate) fn report(&self, error: Option<&FetchError>) {
        match error {
            Some(error) => self.fail(error),
            None => self.ready(),
        }
    }

    /// The outermost node, with the class and part `name`.
    pub(crate) fn window(&self, name: &'static str, content: Html) -> Html {
        let common = self.options.common();
        html! {
            <div key={self.host.number()} class={[name, " panel ", &common.looks()].concat()} part={name} lang={common.lang.tag()}>{ content }</div>
        }
    }
}

/// Something that the server is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Asked<T> {
    /// Its answer is on the way.
    Loading,
    /// The answer.
    There(T),
    /// Why there is none.
    Failed(FetchError),
}

impl<T> Asked<T> {
    pub(crate) fn there(&self) -> Option<&T> {
        match self {
            Self::There(answer) => Some(answer),
            _ => None,
        }
    }
}

impl<T> From<Result<T, FetchError>> for Asked<T> {
    fn from(answer: Result<T, FetchError>) -> Self {
        match answer {
            Ok(answer) => Self::There(answer),
            Err(error) => Self::Failed(error),
        }
    }
}

/// What stands in place of an answer that is on its way.
pub(crate) fn waiting(lang: Lang) -> Html {
    progress(LOADING.in_lang(lang), Progress::Unknown, lang)
}

/// What stands in place of an answer that there is none of.
pub(crate) fn failed(error: &FetchError, lang: Lang, again: Callback<()>) -> Html {
    notice_with(
        Tone::Bad,
        error_text(error.code(), lang),
        lang,
        button(RETRY.in_lang(lang), Rank::First, Readiness::Ready, again),
    )
}

/// The signed card of `code`, checked by the element that shows it.
pub(crate) fn embedded(code: &SubjectCode, common: &Common, issuer: Option<String>) -> Html {
    html! {
        <credit-card code={code.to_string()} api={common.api.clone()} lang={common.lang.tag()} {issuer}
            theme={common.theme.class().trim_start_matches("theme-")}
            size={common.size.class().trim_start_matches("size-")}></credit-card>
    }
}
