//! One request.

use credit_api::problem::Problem;
use credit_core::date::Timestamp;
use credit_core::json;
use credit_core::limits::ANSWER_MAX_BYTES;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    Response,
};

/// Longest wait for an answer. Visitors on a phone leave earlier.
const TIMEOUT_MS: u32 = 10_000;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The device says that it has no network.
    Offline,
    /// No connection, or one that the page or the server does not allow.
    Network,
    /// No answer within the time.
    Timeout,
    /// Too many requests.
    Busy,
    /// The server refused; its stable code.
    Refused(String),
    /// An answer that is none of ours.
    Answer,
}

impl FetchError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Offline => "offline",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::Refused(code) => code,
            Self::Answer => "answer",
        }
    }

    /// Why a document that a check needs is not there, as the check log says it.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Timeout => "timeout",
            _ => "network",
        }
    }
}

/// The time on this device.
#[must_use]
pub fn now() -> Timestamp {
    // Whole seconds of a number far below 2^53.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a double of this size is exact"
    )]
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    Timestamp::from_unix(seconds)
}

/// Asks for `url` and reads the answer as text.
///
/// # Errors
/// [`FetchError`]
pub fn fetch(url: &str) -> impl Future<Output = Result<String, FetchError>> {
    asked(url, RequestInit::new())
}

/// The same, past what the browser has and does not ask about: keys that were
/// retired since.
pub(crate) fn fetch_current(url: &str) -> impl Future<Output = Result<String, FetchError>> {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoCache);
    asked(url, options)
}

fn asked(url: &str, options: RequestInit) -> impl Future<Output = Result<String, FetchError>> {
    options.set_method("GET");
    options.set_mode(RequestMode::Cors);
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    exchange(url, options, |response, text| match response.status() {
        200..=299 => Ok(text),
        429 => Err(FetchError::Busy),
        _ => Err(json::parse(&text)
            .ok()
            .and_then(|body| Problem::code_of(&body).map(str::to_owned))
            .map_or(FetchError::Answer, FetchError::Refused)),
    })
}

/// Sends a request within the time and hands the answer, if it is not too
/// long, to `read`.
pub(crate) async fn exchange<T>(
    url: &str,
    options: RequestInit,
    read: impl FnOnce(&Response, String) -> Result<T, FetchError>,
) -> Result<T, FetchError> {
    let window = web_sys::window().ok_or(FetchError::Network)?;
    let unreachable = || {
        if window.navigator().on_line() {
            FetchError::Network
        } else {
            FetchError::Offline
        }
    };
    let controller = AbortController::new().map_err(|_| FetchError::Network)?;
    options.set_signal(Some(&controller.signal()));
    // Dropping the timer takes it back; the abort also ends the body.
    let signal = controller.signal();
    let _timeout = Timeout::new(TIMEOUT_MS, move || controller.abort());
    let failed = |_| {
        if signal.aborted() {
            FetchError::Timeout
        } else {
            unreachable()
        }
    };

    let response = JsFuture::from(window.fetch_with_str_and_init(url, &options));
    let response: Response = response
        .await
        .map_err(failed)?
        .dyn_into()
        .map_err(|_| FetchError::Answer)?;
    let text = JsFuture::from(response.text().map_err(|_| FetchError::Answer)?);
    let text: js_sys::JsString = text
        .await
        .map_err(failed)?
        .dyn_into()
        .map_err(|_| FetchError::Answer)?;
    // Before it is copied into our memory, which all elements share.
    if usize::try_from(text.length()).is_ok_and(|length| length > ANSWER_MAX_BYTES) {
        return Err(FetchError::Answer);
    }
    read(&response, String::from(text))
}
