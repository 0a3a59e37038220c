//! The element: what is exported to the shim, and what it asks of it.

use std::cell::RefCell;
use std::rc::Rc;

use credit_core::lang::Lang;
use credit_element::call::{self, Start, parted};
use credit_element::host::{Host, Registry, attributes};
use credit_element::paint::Picture;
use credit_element::state::State;
use wasm_bindgen::prelude::*;

use crate::options::Options;
use crate::paint;

#[wasm_bindgen(raw_module = "./files.js")]
extern "C" {
    /// The element shows its frame: files are taken there.
    fn open(element: u32, dataset: &str, lang: &str);

    /// A visitor did something.
    fn told(element: u32, name: &str, value: &str);

    /// The element is gone, and what it was doing.
    fn shut(element: u32);
}

/// What `files.js` answers: how far a check is, of how many KiB.
const GOING: i32 = 1;
/// Pictures of what is known, with code and sentence of an error.
const KNOWN: i32 = 2;
/// A picture of rows.
const ROWS: i32 = 3;
/// A check that did not come to its end; the text is a code.
const BROKEN: i32 = 4;
/// A file was written, and nothing is known that was not before.
const WRITTEN: i32 = 5;

struct Mount {
    host: Host,
    options: RefCell<Option<Options>>,
}

thread_local! {
    static ELEMENTS: Registry<Mount> = const { Registry::new() };
}

/// What the shim has to say.
#[wasm_bindgen]
pub fn tell(what: u32, number: u32, text: String, status: i32, more: u32) {
    match what {
        call::START => {
            let mount = Rc::new(Mount {
                host: Host::of(number),
                options: RefCell::new(None),
            });
            ELEMENTS.with(|elements| elements.add(number, Rc::clone(&mount)));
            mount.take(Start::read(&text).attributes);
        }
        call::UPDATE => with(number, |mount| mount.take(&text)),
        call::DESTROY => {
            shut(number);
            drop(ELEMENTS.with(|elements| elements.remove(number)));
        }
        call::TOLD => {
            let (name, value) = parted(&text);
            told(number, name, value);
        }
        call::ANSWERED => with(number, |mount| mount.answered(status, &text, more)),
        _ => {}
    }
}

fn with(number: u32, act: impl FnOnce(&Mount)) {
    if let Some(mount) = ELEMENTS.with(|elements| elements.get(number)) {
        act(&mount);
    }
}

impl Mount {
    fn take(&self, flat_attributes: &str) {
        match Options::parse(&attributes(flat_attributes)) {
            Ok(options) => {
                if self.options.borrow().as_ref() == Some(&options) {
                    return;
                }
                self.host.paint(&paint::frame(&options.common));
                let lang = options.common.lang.tag();
                let dataset = options.dataset;
                self.options.replace(Some(options));
                self.host.set_state(State::Ready);
                open(self.host.number(), dataset, lang);
                self.host.ready();
            }
            Err(error) => {
                self.options.replace(None);
                shut(self.host.number());
                let message = error.bilingual();
                self.host.paint(&paint::note(&message));
                self.host.fail("attribute", &message);
            }
        }
    }

    fn answered(&self, status: i32, text: &str, more: u32) {
        let lang = match &*self.options.borrow() {
            Some(options) => options.common.lang,
            None => return,
        };
        let part = |name: &str, picture: &Picture| self.host.paint_part(name, picture);
        match status {
            GOING => {
                let done: u64 = text.parse().unwrap_or_default();
                let all = u64::from(more) << 10;
                // The button stays as it is: one that is replaced cannot be clicked.
                match done {
                    0 => part("going", &paint::going(all, lang)),
                    _ => part("count", &paint::count(done, all, lang)),
                }
            }
            KNOWN => {
                part("going", &Picture::new());
                let (verdict, rest) = parted(text);
                let (outcome, rest) = parted(rest);
                let (rows, rest) = parted(rest);
                let (code, sentence) = parted(rest);
                self.host.paint_list("verdict", verdict);
                self.host.paint_list("outcome", outcome);
                self.host.paint_list("rows", rows);
                if !code.is_empty() {
                    self.host.error(code, sentence);
                }
            }
            ROWS => self.host.paint_list("rows", text),
            BROKEN => self.broken(text, lang),
            WRITTEN => part("going", &Picture::new()),
            _ => {}
        }
    }

    fn broken(&self, code: &str, lang: Lang) {
        self.host.paint_part("going", &paint::said(code, lang));
        if code != "cancelled" {
            self.host.error(code, paint::sentence(code, lang));
        }
    }
}
