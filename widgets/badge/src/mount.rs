//! One element: what is exported to the shim.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use credit_badge::view::View;
use credit_client::{FetchError, card, forget_key_set, now};
use credit_core::trust::Trust;
use credit_element::attributes::AttributeError;
use credit_element::host::{Host, attributes};
use credit_element::state::{State, error_text};
use credit_sign::verdict::{Question, Verdict, examine};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::options::{Kind, Options};
use crate::{evidence, paint};

const STYLE: &str = include_str!("style.css");

/// The Rust side of one element, as the shim holds it.
#[wasm_bindgen]
pub struct Mount {
    inner: Rc<Inner>,
}

struct Inner {
    kind: Kind,
    root: Element,
    host: Host,
    options: RefCell<Option<Options>>,
    /// Counts up with every change; work of an older round has no effect.
    round: Cell<u32>,
}

#[wasm_bindgen]
impl Mount {
    /// Brings the element `tag` to life in `root`.
    #[wasm_bindgen(constructor)]
    pub fn new(tag: &str, root: Element, host: Host, flat_attributes: Vec<String>) -> Self {
        host.style(STYLE);
        let inner = Inner {
            kind: Kind::of(tag),
            root,
            host,
            options: RefCell::new(None),
            round: Cell::new(0),
        };
        let mount = Self {
            inner: Rc::new(inner),
        };
        mount.update(flat_attributes);
        mount
    }

    /// Takes changed attributes.
    pub fn update(&self, flat_attributes: Vec<String>) {
        let inner = &self.inner;
        match Options::parse(&attributes(flat_attributes), &inner.host.roots()) {
            Ok(options) => {
                if inner.options.borrow().as_ref() == Some(&options) {
                    return;
                }
                let before = inner.options.replace(Some(options.clone()));
                if before.is_none_or(|before| before.asks_otherwise(&options)) {
                    // What is shown was proved of somebody else.
                    inner.root.set_text_content(None);
                    inner.host.set_trust(None);
                }
                let round = inner.next_round();
                let inner = Rc::clone(inner);
                wasm_bindgen_futures::spawn_local(async move { inner.show(options, round).await });
            }
            Err(error) => {
                inner.options.replace(None);
                inner.next_round();
                inner.refuse(&error);
            }
        }
    }

    /// Ends all work for the element.
    pub fn destroy(self) {
        self.inner.next_round();
        self.inner.host.set_trust(None);
        self.inner.root.set_text_content(None);
    }
}

impl Inner {
    /// Ends the effect of all work under way.
    fn next_round(&self) -> u32 {
        let round = self.round.get().wrapping_add(1);
        self.round.set(round);
        round
    }

    async fn show(&self, options: Options, round: u32) {
        // The element may be gone by the time that this runs first.
        if self.round.get() != round {
            return;
        }
        let lang = options.common.lang;
        self.host.set_state(State::Loading);
        let verdict = self.verdict(&options).await;
        if self.round.get() != round {
            return;
        }
        match verdict {
            Ok(verdict) => {
                let trust = verdict.trust;
                let view = View::new(trust, verdict.card(), &verdict.checks, now(), lang);
                paint::view(&self.root, self.kind, &view, &options.common);
                self.host.set_trust(Some(trust));
                self.host.set_state(State::Ready);
                if trust == Trust::Invalid {
                    self.host.error("invalid", view.sentence);
                } else {
                    self.host.ready();
                }
            }
            Err(error) => {
                let message = error_text(error.code(), lang);
                paint::error(&self.root, self.kind, message, &options.common);
                self.host.fail(error.code(), message);
            }
        }
    }

    async fn verdict(&self, options: &Options) -> Result<Verdict, FetchError> {
        let api = options
            .common
            .api
            .clone()
            .unwrap_or_else(|| self.host.api());
        let token = card(&api, options.code).await?;
        let verdict = self.judge(&api, &token, options).await;
        // A key that was added or retired after the key set was asked for.
        if verdict.asks_for_later_keys() && forget_key_set(&api) {
            return Ok(self.judge(&api, &token, options).await);
        }
        Ok(verdict)
    }

    async fn judge(&self, api: &str, token: &str, options: &Options) -> Verdict {
        let keys = evidence::keys(api, &options.roots, &self.host).await;
        let examined = examine(&Question {
            token,
            asked: Some(&options.code),
            keys: (*keys).as_ref(),
            now: now(),
        });
        let list = evidence::list(api, &keys, &examined).await;
        examined.conclude((*list).as_ref().map_err(|code| *code))
    }

    fn refuse(&self, error: &AttributeError) {
        let message = error.bilingual();
        paint::error(&self.root, self.kind, &message, &paint::plain());
        self.host.set_trust(None);
        self.host.fail("attribute", &message);
    }
}
