//! The element: what is exported to the shim, and what it waits for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use credit_api::path;
use credit_badge::view::View;
use credit_client::{FetchError, document, forget_key_set, now, on_arrival, post, soon};
use credit_core::identifier::SubjectCode;
use credit_core::json::{self, Value};
use credit_core::report::Report;
use credit_core::trust::Trust;
use credit_element::call::{self, Start, parted};
use credit_element::host::{Host, Registry, attributes};
use credit_element::paint::Picture;
use credit_element::state::{State, error_text};
use credit_evidence::{ask_for_first_list, judge, keys};
use credit_sign::jws::{Jws, TYP_CREDENTIAL};
use credit_sign::verdict::Wanted;
use wasm_bindgen::prelude::*;

use crate::options::{About, Options};
use crate::paint;

/// An element at work.
struct Mount {
    host: Host,
    /// The server that the loader came from, and the roots that it pins.
    api: String,
    roots: String,
    /// What it should show; nothing when that cannot be read.
    options: RefCell<Option<Options>>,
    /// Whether there is something to do, or an answer to wait for.
    is_waiting: Cell<bool>,
    /// Whether the report is shown, if perhaps without its QR code.
    is_shown: Cell<bool>,
    /// The report that is shown, and what was said of it.
    kept: RefCell<Option<(Rc<str>, Trust)>>,
    /// What a visitor chose for a share: purpose and days.
    chosen: RefCell<[String; 2]>,
}

thread_local! {
    static ELEMENTS: Registry<Mount> = const { Registry::new() };
}

/// What the shim has to say.
#[wasm_bindgen]
pub fn tell(what: u32, number: u32, text: String, status: i32, more: u32) {
    match what {
        call::BEGIN => credit_client::begin(number),
        call::START => start(number, &Start::read(&text)),
        call::UPDATE => with(number, |mount| mount.take(&text)),
        call::DESTROY => drop(ELEMENTS.with(|elements| elements.remove(number))),
        call::TOLD => with(number, |mount| {
            let (name, value) = parted(&text);
            mount.told(name, value);
        }),
        call::ANSWERED => credit_client::answered(number, status, text, more),
        call::TICK => credit_client::tick(),
        call::AGAIN => again(),
        _ => {}
    }
}

fn with(number: u32, act: impl FnOnce(&Mount)) {
    if let Some(mount) = ELEMENTS.with(|elements| elements.get(number)) {
        act(&mount);
    }
}

/// Brings the element that the shim calls `number` to life.
fn start(number: u32, start: &Start<'_>) {
    on_arrival(work);
    let mount = Rc::new(Mount {
        host: Host::of(number),
        api: start.api.to_owned(),
        roots: start.roots.to_owned(),
        options: RefCell::new(None),
        is_waiting: Cell::new(false),
        is_shown: Cell::new(false),
        kept: RefCell::new(None),
        chosen: RefCell::new(["loan".to_owned(), "7".to_owned()]),
    });
    ELEMENTS.with(|elements| elements.add(number, Rc::clone(&mount)));
    mount.take(start.attributes);
}

fn again() {
    for number in ELEMENTS.with(Registry::numbers) {
        with(number, |mount| {
            if mount.kept.borrow().is_some() {
                mount.is_waiting.set(true);
            }
        });
    }
    soon();
}

fn work() {
    for number in ELEMENTS.with(Registry::numbers) {
        let mount = ELEMENTS.with(|elements| elements.get(number));
        if let Some(mount) = mount.filter(|mount| mount.is_waiting.get()) {
            mount.is_waiting.set(mount.step().is_none());
        }
    }
}

impl Mount {
    /// A visitor chose something for a share, or wants one.
    fn told(&self, name: &str, value: &str) {
        match name {
            "purpose" => value.clone_into(&mut self.chosen.borrow_mut()[0]),
            "days" => value.clone_into(&mut self.chosen.borrow_mut()[1]),
            "share" => self.share(),
            _ => {}
        }
    }

    fn take(&self, flat_attributes: &str) {
        match Options::parse(&attributes(flat_attributes), &self.roots) {
            Ok(options) => {
                if self.options.borrow().as_ref() == Some(&options) {
                    return;
                }
                let api = options
                    .common
                    .api
                    .as_deref()
                    .unwrap_or(&self.api)
                    .to_owned();
                let (url, roots) = (address(&api, &options), options.roots.clone());
                let before = self.options.replace(Some(options));
                if before.is_some_and(|before| address(&api, &before) != url) {
                    // What is shown was proved of somebody else.
                    self.host.paint(&Picture::new());
                }
                self.is_shown.set(false);
                self.kept.replace(None);
                self.is_waiting.set(true);
                self.host.set_trust(None);
                self.host.set_state(State::Loading);
                // All of it on its way at once.
                let _ = document(&url);
                let _ = keys(&api, &roots);
                ask_for_first_list(&api);
                soon();
            }
            Err(error) => {
                self.options.replace(None);
                self.is_waiting.set(false);
                let message = error.bilingual();
                self.host.paint(&paint::note(&message, None));
                self.host.set_trust(None);
                self.host.fail("attribute", &message);
            }
        }
    }

    /// Shows what there is to show; `None` while something is on its way.
    fn step(&self) -> Option<()> {
        let options = self.options.borrow().clone()?;
        let api = options.common.api.as_deref().unwrap_or(&self.api);
        let keys = keys(api, &options.roots);
        let kept = self.kept.borrow().clone();
        let token = match &kept {
            // Checked again as it is: who reads must not find another one.
            Some((token, _)) => Ok(Rc::clone(token)),
            None => document(&address(api, &options))?,
        };
        let keys = keys?;
        let token = match token {
            Ok(token) => token,
            Err(error) => {
                self.fail(&error, &options);
                return Some(());
            }
        };
        let asked = match &options.about {
            About::Subject(code) => Some(code),
            About::Share(_) => None,
        };
        let verdict = judge(api, &token, (asked, Wanted::Report), &keys)?;
        // A key that was added or retired after the key set was asked for.
        if verdict.asks_for_later_keys() && forget_key_set(api) {
            return self.step();
        }
        if kept.is_some_and(|(_, trust)| trust == verdict.trust) && self.is_shown.get() {
            return Some(());
        }
        let report = (verdict.document.is_some())
            .then(|| Jws::parse_long(&token, &[TYP_CREDENTIAL]).ok())
            .flatten()
            .and_then(|jws| Report::from_json(jws.unverified_payload()).ok());
        let pass = match &report {
            Some(report) if verdict.trust == Trust::Verified => self.pass(api, &keys, report),
            _ => Some(None),
        };
        let lang = options.common.lang;
        if !self.is_shown.get() || pass.is_some() {
            let document = verdict.document.as_ref();
            let view = View::new(verdict.trust, document, &verdict.checks, now(), lang);
            let pass = pass.clone().flatten();
            let is_shared = matches!(options.about, About::Share(_));
            let picture = paint::report(
                &view,
                report.as_ref(),
                pass.as_deref(),
                is_shared,
                &options.common,
            );
            self.host.paint(&picture);
        }
        self.host.set_trust(Some(verdict.trust));
        if pass.is_some() {
            self.kept.replace(Some((token, verdict.trust)));
        }
        if !self.is_shown.replace(true) {
            self.host.set_state(State::Ready);
            if verdict.trust == Trust::Invalid {
                self.host
                    .error("invalid", credit_badge::mark::sentence(verdict.trust, lang));
            } else {
                self.host.ready();
            }
        }
        pass.map(|_| ())
    }

    /// The pass of a report, which its QR code holds; `None` while it is asked for.
    #[allow(clippy::option_option, reason = "nothing yet, and nothing at all")]
    fn pass(
        &self,
        api: &str,
        keys: &credit_evidence::Keys,
        report: &Report,
    ) -> Option<Option<Rc<str>>> {
        let number = report.head.report.as_deref().unwrap_or_default();
        let Ok(token) = document(&[api, &path::report_pass(number)].concat())? else {
            return Some(None);
        };
        let about = (Some(&report.head.code), Wanted::Pass);
        let verdict = judge(api, &token, about, keys)?;
        let is_its = verdict
            .document
            .as_ref()
            .and_then(|document| document.report())
            == Some(number);
        Some(Some(token).filter(|_| is_its && verdict.trust == Trust::Verified))
    }

    fn fail(&self, error: &FetchError, options: &Options) {
        let lang = options.common.lang;
        let message = error_text(error.code(), lang);
        self.host
            .paint(&paint::note(message, Some(&options.common)));
        self.host.fail(error.code(), message);
    }

    /// Asks for a share, and shows it where the visitor asked for it.
    fn share(&self) {
        let options = self.options.borrow().clone();
        let Some((options, About::Subject(code))) =
            options.map(|options| (options.clone(), options.about))
        else {
            return;
        };
        let api = options.common.api.clone().unwrap_or(self.api.clone());
        let (host, lang) = (self.host, options.common.lang);
        let request = request(&code, &self.chosen.borrow());
        post(&[&api, path::SHARES].concat(), &request, move |answer| {
            let url = answer.and_then(|text| {
                let body = json::parse(&text).map_err(|_| FetchError::Answer)?;
                body.str_of("url")
                    .map(str::to_owned)
                    .ok_or(FetchError::Answer)
            });
            let picture = match &url {
                Ok(url) => paint::share(url),
                Err(error) => paint::note(error_text(error.code(), lang), None),
            };
            host.paint_part(paint::SHARED, &picture);
        });
    }
}

/// Where the report is asked for.
fn address(api: &str, options: &Options) -> String {
    let path = match &options.about {
        About::Subject(code) => path::report(code),
        About::Share(share) => path::share(share),
    };
    [api, &path, "?lang=", options.common.lang.tag()].concat()
}

fn request(code: &SubjectCode, [purpose, days]: &[String; 2]) -> String {
    let days = credit_core::text::whole(days).unwrap_or(7);
    let body = Value::object([
        ("code", Some(Value::text(code.as_str()))),
        ("purpose", Some(Value::text(purpose))),
        ("days", Some(Value::Int(days))),
    ]);
    body.written()
}
