//! The elements: what is exported to the shim, and who waits for what.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use credit_api::path;
use credit_badge::view::{View, stale};
use credit_client::{
    FetchError, card, clock, document, forget_key_set, later, now, on_arrival, soon,
};
use credit_core::identifier::SubjectCode;
use credit_core::trust::Trust;
use credit_element::attributes::AttributeError;
use credit_element::call::{self, Start, parted};
use credit_element::host::{Host, Registry, attributes};
use credit_element::paint::Picture;
use credit_element::state::{State, error_text};
use credit_evidence as evidence;
use credit_evidence::{Keys, judge};
use credit_sign::verdict::{Question, Verdict, Wanted, examine};
use wasm_bindgen::prelude::*;

use crate::memory::Remembered;
use crate::options::{About, Kind, Options, brought};
use crate::{memory, paint};

/// How long elements are worked on before the page gets its turn, in
/// milliseconds: a visitor who scrolls notices a task of 50, and each turn has the
/// browser lay out and paint what is there so far.
const SLICE_MS: f64 = 45.0;

/// Most elements that are far off and whose cards are asked for with the others.
const EXPECTED_MAX: usize = 1_000;

/// An element at work.
struct Mount {
    host: Host,
    kind: Kind,
    /// The server that the loader came from, and the roots that it pins.
    api: String,
    roots: String,
    /// What it should show; nothing when that cannot be read.
    options: RefCell<Option<Options>>,
    /// Whether it shows what it should, if perhaps not yet all of it.
    is_shown: Cell<bool>,
}

thread_local! {
    static ELEMENTS: Registry<Mount> = const { Registry::new() };
    /// Elements that have something to do, or wait for an answer.
    static WAITING: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    /// Cards that were asked for ahead.
    static EXPECTED: RefCell<usize> = const { RefCell::new(0) };
}

/// What the shim has to say.
#[wasm_bindgen]
pub fn tell(what: u32, number: u32, text: String, status: i32, more: u32) {
    match what {
        call::BEGIN => credit_client::begin(number),
        call::START => start(number, &Start::read(&text)),
        call::UPDATE => with(number, |mount| mount.take(&text)),
        call::DESTROY => drop(ELEMENTS.with(|elements| elements.remove(number))),
        call::TOLD => with(number, |mount| mount.told(parted(&text).1)),
        call::ANSWERED => credit_client::answered(number, status, text, more),
        call::TICK => credit_client::tick(),
        call::EXPECT => expect(&text),
        call::AGAIN => {
            for number in ELEMENTS.with(Registry::numbers) {
                with(number, Mount::wait);
            }
        }
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
    let mount = Mount {
        host: Host::of(number),
        kind: Kind::of(start.tag),
        api: start.api.to_owned(),
        roots: start.roots.to_owned(),
        options: RefCell::new(None),
        is_shown: Cell::new(false),
    };
    let mount = Rc::new(mount);
    ELEMENTS.with(|elements| elements.add(number, Rc::clone(&mount)));
    mount.take(start.attributes);
}

/// An element is on the page and far off: its card is asked for with those of the
/// others.
fn expect(text: &str) {
    let (api, flat_attributes) = parted(text);
    let asked = EXPECTED.take();
    EXPECTED.set(asked + 1);
    if asked < EXPECTED_MAX
        && let Ok(options) = Options::parse(Kind::Badge, &attributes(flat_attributes), "")
        && let About::Subject(code) = options.about
    {
        let _ = card(options.common.api.as_deref().unwrap_or(api), code);
    }
}

/// Works on the elements that wait, a slice at a time.
fn work() {
    let begun = clock();
    let waiting = WAITING.take();
    let mut waiting = waiting.into_iter();
    let mut later_on = Vec::new();
    for number in waiting.by_ref() {
        let mount = ELEMENTS.with(|elements| elements.get(number));
        if mount.is_some_and(|mount| !mount.step()) {
            later_on.push(number);
        }
        if clock() - begun > SLICE_MS {
            break;
        }
    }
    if !waiting.as_slice().is_empty() {
        later();
    }
    WAITING.with_borrow_mut(|others| {
        // The rest first, then those that wait, then whoever came meanwhile.
        let came = std::mem::take(others);
        others.extend(waiting);
        others.extend(later_on);
        others.extend(came);
    });
}

impl Mount {
    /// A visitor brought a document along.
    fn told(&self, document: &str) {
        let before = self.options.borrow().clone();
        if let Some(options) = before {
            let about = About::Document(brought(document));
            self.change(Options { about, ..options });
        }
    }

    fn take(&self, flat_attributes: &str) {
        match Options::parse(self.kind, &attributes(flat_attributes), &self.roots) {
            Ok(options) => self.change(options),
            Err(error) => {
                self.options.replace(None);
                self.refuse(&error);
            }
        }
    }

    fn change(&self, options: Options) {
        if self.options.borrow().as_ref() == Some(&options) {
            return;
        }
        let before = self.options.replace(Some(options.clone()));
        let looks = |options: &Options| options.common.clone();
        if before
            .as_ref()
            .is_none_or(|before| before.asks_otherwise(&options))
        {
            // What is shown was proved of somebody else.
            self.clear();
            self.host.set_trust(None);
        }
        if self.kind == Kind::Verify && before.as_ref().map(looks).as_ref() != Some(&options.common)
        {
            paint::desk(self.host, &options.common);
        }
        self.host.set_state(State::Loading);
        self.wait();
        // What it will need is on its way before its turn comes, and in the same
        // request as what the others need.
        let api = options.common.api.as_deref().unwrap_or(&self.api);
        if let About::Subject(code) = options.about {
            let _ = card(api, code);
        }
        let _ = evidence::keys(api, &options.roots);
        evidence::ask_for_first_list(api);
    }

    /// Has the element looked at when its turn comes.
    fn wait(&self) {
        self.is_shown.set(false);
        WAITING.with_borrow_mut(|waiting| {
            if !waiting.contains(&self.host.number()) {
                waiting.push(self.host.number());
            }
        });
        soon();
    }

    fn clear(&self) {
        if self.kind == Kind::Verify {
            self.host.paint_part(paint::RESULT, &Picture::new());
        } else {
            self.host.paint(&Picture::new());
        }
    }

    /// Shows what there is to show; `false` while something is on its way.
    fn step(&self) -> bool {
        let options = self.options.borrow().clone();
        options.is_none_or(|options| self.step_on(&options).is_some())
    }

    fn step_on(&self, options: &Options) -> Option<()> {
        let api = options.common.api.as_deref().unwrap_or(&self.api);
        // In this order, so that key set and list are asked for beside the card.
        let keys = evidence::keys(api, &options.roots);
        let (token, asked) = match &options.about {
            About::Subject(code) => (card(api, *code), Some(code)),
            About::Document(token) if token.is_empty() => {
                self.host.set_state(State::Ready);
                if !self.is_shown.replace(true) {
                    self.host.ready();
                }
                return Some(());
            }
            About::Document(token) => (Some(Ok(Rc::from(token.as_str()))), None),
        };
        let (token, keys) = (token?, keys?);
        if let (true, Some(code)) = (self.is_shown.get(), asked) {
            // Only the pass is missing.
            document(&pass_address(api, code))?.ok();
        }
        let token = match token {
            Ok(token) => token,
            Err(error) => {
                let stale = asked.filter(|_| error.is_passing());
                let stale = stale.and_then(|code| memory::card(api, code));
                if !stale.is_some_and(|stale| self.show_stale(api, options, &keys, &stale)) {
                    self.fail(&error, options);
                }
                return Some(());
            }
        };
        let wanted = match asked {
            Some(_) => Wanted::Card,
            None => Wanted::Any,
        };
        let verdict = judge(api, &token, (asked, wanted), &keys)?;
        // A key that was added or retired after the key set was asked for.
        if verdict.asks_for_later_keys() && forget_key_set(api) {
            return self.step_on(options);
        }
        let was_shown = self.is_shown.get();
        let pass = match options.about {
            About::Subject(code) if self.kind == Kind::Card => {
                self.pass(api, &code, &keys, &verdict)
            }
            _ => Some(None),
        };
        self.show(&verdict, options, pass.as_ref().and_then(Option::as_deref));
        // Afterwards: it writes to the disk.
        if let (Trust::Verified, false, Some(code)) = (verdict.trust, was_shown, asked) {
            memory::keep(api, code, &token);
        }
        pass.map(|_| ())
    }

    /// The pass that belongs beside a card, if it is a good one: what a visitor
    /// scans must be as sure as what a visitor reads. `None` while it is asked
    /// for.
    fn pass(
        &self,
        api: &str,
        code: &SubjectCode,
        keys: &Keys,
        verdict: &Verdict,
    ) -> Option<Option<Rc<str>>> {
        if verdict.trust != Trust::Verified {
            return Some(None);
        }
        let Ok(token) = document(&pass_address(api, code))? else {
            return Some(None);
        };
        let verdict = judge(api, &token, (Some(code), Wanted::Pass), keys)?;
        Some(Some(token).filter(|_| verdict.trust == Trust::Verified))
    }

    /// Shows the card of before, because the server is out of reach; `false`
    /// where there is nothing to show of it.
    fn show_stale(&self, api: &str, options: &Options, keys: &Keys, card: &Remembered) -> bool {
        let About::Subject(code) = &options.about else {
            return false;
        };
        let examined = examine(&Question {
            token: &card.token,
            asked: Some(code),
            wanted: Wanted::Card,
            keys: (**keys).as_ref(),
            now: now(),
        });
        // A list that is still in force counts; there may be none, and it is
        // not waited for.
        let list = evidence::list(api, keys, &examined);
        let list = list.unwrap_or_else(|| Rc::new(Err("network")));
        let verdict = examined.conclude((*list).as_ref().map_err(|code| *code));
        if verdict.document.is_none() {
            return false;
        }
        let lang = options.common.lang;
        let document = verdict.document.as_ref();
        let mut view = View::new(verdict.trust, document, &verdict.checks, now(), lang);
        view.stale = Some(stale(card.verified, lang));
        paint::view(self.host, self.kind, &view, None, &options.common);
        self.host.set_trust(Some(verdict.trust));
        self.host.set_state(State::Stale);
        self.host.ready();
        true
    }

    fn show(&self, verdict: &Verdict, options: &Options, pass: Option<&str>) {
        let trust = verdict.trust;
        let lang = options.common.lang;
        let view = View::new(
            trust,
            verdict.document.as_ref(),
            &verdict.checks,
            now(),
            lang,
        );
        paint::view(self.host, self.kind, &view, pass, &options.common);
        if self.is_shown.replace(true) {
            return;
        }
        self.host.set_trust(Some(trust));
        self.host.set_state(State::Ready);
        if trust == Trust::Invalid {
            self.host.error("invalid", view.sentence);
        } else {
            self.host.ready();
        }
    }

    fn fail(&self, error: &FetchError, options: &Options) {
        let message = error_text(error.code(), options.common.lang);
        paint::error(self.host, self.kind, message, &options.common);
        self.host.set_trust(None);
        self.host.fail(error.code(), message);
    }

    fn refuse(&self, error: &AttributeError) {
        let message = error.bilingual();
        paint::refusal(self.host, self.kind, &message);
        self.host.set_trust(None);
        self.host.fail("attribute", &message);
    }
}

fn pass_address(api: &str, code: &SubjectCode) -> String {
    [api, &path::pass(code)].concat()
}
