//! What the shim calls: one file at a time, begun, pushed in, closed, and in between
//! worked at turn by turn.

use std::cell::RefCell;

use credit_core::date::Timestamp;
use credit_core::lang::Lang;
use credit_feed::check::{CheckError, Checker, Outcome, Progress, Purpose, Task, Wants};
use wasm_bindgen::prelude::*;

use crate::outcome;
use crate::rows::{self, Look};

/// Codes of what a turn comes to: `serve.js` has them, too.
const MORE: u32 = 0;
const WORKING: u32 = 1;
const DONE: u32 = 2;
const FAILED: u32 = 3;

/// What is known of the file that was checked last.
enum Known {
    Nothing,
    Outcome(Box<Outcome>),
    Error(CheckError),
}

struct State {
    checker: Option<Checker>,
    purpose: Purpose,
    known: Known,
    look: Look,
}

thread_local! {
    static STATE: RefCell<State> = const {
        RefCell::new(State {
            checker: None,
            purpose: Purpose::Check,
            known: Known::Nothing,
            look: Look::NEW,
        })
    };
}

fn with<T>(act: impl FnOnce(&mut State) -> T) -> T {
    STATE.with(|state| act(&mut state.borrow_mut()))
}

fn lang(tag: &str) -> Lang {
    if tag == "en" { Lang::En } else { Lang::ZhCn }
}

/// Begins with a file that begins with `sample`: what for, its name, how many bytes it
/// has, when it was last changed in seconds since 1970, and its dataset where somebody
/// chose one. Gives the encoding that it has to be decoded from, `bytes` where it is to
/// be pushed as it is, and nothing where it cannot be checked.
#[wasm_bindgen]
pub fn begin(
    purpose: &str,
    name: String,
    length: f64,
    modified: f64,
    wanted: &str,
    sample: &[u8],
) -> String {
    let purpose = match purpose {
        "rejects" => Purpose::Rejects,
        "mended" => Purpose::Mended,
        _ => Purpose::Check,
    };
    let task = Task {
        purpose,
        name,
        length: length as u64,
        modified: Timestamp::from_unix(modified as i64),
        wanted: wanted.parse().ok(),
    };
    with(|state| {
        state.purpose = purpose;
        state.checker = None;
        if purpose == Purpose::Check {
            state.known = Known::Nothing;
            state.look = Look::NEW;
        }
        match Checker::begin(task, sample) {
            Ok((checker, wants)) => {
                state.checker = Some(checker);
                match wants {
                    Wants::Text(encoding) => encoding.label().to_owned(),
                    Wants::Bytes => "bytes".to_owned(),
                }
            }
            Err(error) => {
                state.fail(error);
                String::new()
            }
        }
    })
}

impl State {
    fn fail(&mut self, error: CheckError) -> u32 {
        self.checker = None;
        if self.purpose == Purpose::Check {
            self.known = Known::Error(error);
        }
        FAILED
    }

    fn attempt(&mut self, act: impl FnOnce(&mut Checker) -> Result<u32, CheckError>) -> u32 {
        match self.checker.as_mut().map(act) {
            Some(Ok(code)) => code,
            Some(Err(error)) => self.fail(error),
            None => FAILED,
        }
    }
}

/// Takes more of the file.
#[wasm_bindgen]
pub fn push(bytes: &[u8]) -> u32 {
    with(|state| state.attempt(|checker| checker.push(bytes).map(|()| WORKING)))
}

/// The file is all there.
#[wasm_bindgen]
pub fn close() -> u32 {
    with(|state| state.attempt(|checker| checker.close().map(|()| WORKING)))
}

/// Works for a few milliseconds: whether more has to be pushed, there is more to do,
/// all is done, or it cannot be.
#[wasm_bindgen]
pub fn turn() -> u32 {
    with(|state| {
        state.attempt(|checker| {
            checker.work().map(|progress| match progress {
                Progress::More => MORE,
                Progress::Working => WORKING,
                Progress::Done => DONE,
            })
        })
    })
}

/// What was written since it was last asked.
#[wasm_bindgen]
pub fn take() -> Vec<u8> {
    with(|state| state.checker.as_mut().map(Checker::take)).unwrap_or_default()
}

/// The file is done with; gives what it has to begin with when it is taken home.
#[wasm_bindgen]
pub fn finish() -> Vec<u8> {
    with(|state| {
        let Some(checker) = state.checker.take() else {
            return Vec::new();
        };
        let mark = checker.mark().to_vec();
        if state.purpose == Purpose::Check {
            let outcome = checker.outcome();
            state.known =
                outcome.map_or(Known::Nothing, |outcome| Known::Outcome(Box::new(outcome)));
        }
        mark
    })
}

/// Pictures of what is known: the sentence, what it comes to, the rows; and, where it
/// is an error, its code and sentence. A NUL stands between them.
#[wasm_bindgen]
pub fn view(tag: &str) -> String {
    let lang = lang(tag);
    with(|state| match &state.known {
        Known::Nothing => "\0\0\0\0".to_owned(),
        Known::Outcome(known) => parts([
            outcome::verdict(known, lang).list(),
            outcome::outcome(known, lang).list(),
            rows::rows(known, &state.look, lang).list(),
            "",
            "",
        ]),
        Known::Error(error) => parts([
            outcome::failure(error, lang).list(),
            outcome::nearest(error, lang).list(),
            "",
            error.code(),
            &error.sentence(lang),
        ]),
    })
}

/// Texts with a NUL between them. A cell of the file may have one, too.
fn parts(texts: [&str; 5]) -> String {
    texts.map(|text| text.replace('\0', " ")).join("\0")
}

/// A visitor wants to see other rows, or in another order; gives the picture of them.
#[wasm_bindgen]
pub fn told(name: &str, value: &str, tag: &str) -> String {
    with(|state| {
        let Known::Outcome(known) = &state.known else {
            return String::new();
        };
        state.look.told(name, value, known);
        rows::rows(known, &state.look, lang(tag)).list().to_owned()
    })
}
