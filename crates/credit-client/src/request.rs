//! One request, and who waits for its answer. The request itself is made by the
//! shim, so that a bundle carries no code for promises, and all bundles ask in the
//! same way.

use std::cell::{Cell, RefCell};

use credit_core::date::Timestamp;
use credit_core::limits::ANSWER_MAX_BYTES;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./element.js")]
extern "C" {
    fn ask(
        instance: u32,
        ticket: u32,
        url: &str,
        way: u32,
        lang: &str,
        body: Option<&str>,
        timeout: u32,
        limit: u32,
    );

    fn milliseconds() -> f64;

    #[wasm_bindgen(js_name = later)]
    fn call_later(instance: u32, has_turn: bool);
}

/// Longest wait for an answer, in milliseconds. Visitors on a phone leave
/// earlier.
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

/// What the server said, whatever the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Seconds until it may be asked again, where the server names them.
    pub retry_after: Option<u32>,
    /// The body.
    pub text: String,
}

/// How a request goes out. The numbers are those of `ask` in the shim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As the browser's cache allows; to any server, without cookies.
    Public = 0,
    /// Past what the browser has and does not ask about: keys that were retired
    /// since.
    Fresh = 1,
    /// To the page's own server, with its cookie.
    Own = 2,
}

/// A request.
pub(crate) struct Request<'a> {
    pub url: &'a str,
    pub way: Way,
    /// Language of the answer, where it matters.
    pub lang: &'a str,
    /// What is posted; `None` asks.
    pub body: Option<&'a str>,
}

pub(crate) type Told = Result<Reply, FetchError>;
type Waiter = Box<dyn FnOnce(Told)>;

thread_local! {
    /// What the shim calls this instance.
    static INSTANCE: Cell<u32> = const { Cell::new(0) };
    /// Requests under way, by ticket.
    static OPEN: RefCell<Vec<(u32, Waiter)>> = const { RefCell::new(Vec::new()) };
    static TICKET: Cell<u32> = const { Cell::new(0) };
    /// Whether the shim was asked to call `tick`.
    static ARMED: Cell<bool> = const { Cell::new(false) };
}

/// What the shim calls this instance; said once, before everything else.
pub fn begin(instance: u32) {
    INSTANCE.set(instance);
}

/// An answer is there: its HTTP status, or a number below 0 for why there is none.
pub fn answered(ticket: u32, status: i32, text: String, retry_after: u32) {
    let waiter = OPEN.with_borrow_mut(|open| {
        let place = open.iter().position(|(other, _)| *other == ticket);
        place.map(|place| open.swap_remove(place).1)
    });
    let told = match status {
        -1 => Err(FetchError::Offline),
        -2 => Err(FetchError::Network),
        -3 => Err(FetchError::Timeout),
        status => u16::try_from(status)
            .map(|status| Reply {
                status,
                retry_after: (retry_after > 0).then_some(retry_after),
                text,
            })
            .map_err(|_| FetchError::Answer),
    };
    if let Some(waiter) = waiter {
        waiter(told);
    }
}

/// Sends `request`; `done` hears what came of it, never before this returns.
pub(crate) fn send(request: &Request<'_>, done: impl FnOnce(Told) + 'static) {
    let ticket = TICKET.get().wrapping_add(1);
    TICKET.set(ticket);
    OPEN.with_borrow_mut(|open| open.push((ticket, Box::new(done))));
    ask(
        INSTANCE.get(),
        ticket,
        request.url,
        request.way as u32,
        request.lang,
        request.body,
        TIMEOUT_MS,
        u32::try_from(ANSWER_MAX_BYTES).unwrap_or(u32::MAX),
    );
}

/// Has the shim call `tick` once all that happens in this moment has happened:
/// elements of one page come alive in the same one.
pub fn soon() {
    arm(false);
}

/// Has the shim call `tick` when the page had its turn.
pub fn later() {
    arm(true);
}

fn arm(has_turn: bool) {
    if !ARMED.replace(true) {
        call_later(INSTANCE.get(), has_turn);
    }
}

/// The moment of [`soon`] or [`later`].
pub(crate) fn now_is_later() {
    ARMED.set(false);
}

/// Milliseconds on this device's clock.
#[must_use]
pub fn clock() -> f64 {
    milliseconds()
}

/// The time on this device.
#[must_use]
pub fn now() -> Timestamp {
    // Whole seconds of a number far below 2^53.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a double of this size is exact"
    )]
    let seconds = (milliseconds() / 1000.0) as i64;
    Timestamp::from_unix(seconds)
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

    /// Whether the server could not be asked, rather than refused: what is known
    /// from before may be shown.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}
