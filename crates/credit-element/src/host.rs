//! The shim's end of an element. The names are those of the methods of
//! `Host` in `widgets/shim/element.js`.

use wasm_bindgen::prelude::*;

use crate::attributes::Attributes;
use crate::state::State;
use credit_core::trust::Trust;

#[wasm_bindgen]
extern "C" {
    /// What an element's Rust side may do to the element.
    #[derive(Clone, Debug, PartialEq)]
    pub type Host;

    /// Base address of the server that the loader came from.
    #[wasm_bindgen(method, getter)]
    pub fn api(this: &Host) -> String;

    /// Roots that the loader pins, separated by spaces.
    #[wasm_bindgen(method, getter)]
    pub fn roots(this: &Host) -> String;

    #[wasm_bindgen(method, js_name = setState)]
    fn set_state_word(this: &Host, state: &str);

    #[wasm_bindgen(method, js_name = setTrust)]
    fn set_trust_word(this: &Host, trust: Option<&str>);

    /// Gives the shadow root a style sheet; every text is parsed once a page.
    #[wasm_bindgen(method)]
    pub fn style(this: &Host, css: &str);

    /// What this device remembers under `name`; nothing where the page or the
    /// visitor lets it remember nothing.
    #[wasm_bindgen(method)]
    pub fn recall(this: &Host, name: &str) -> Option<String>;

    /// Lets this device remember `value`, where it may.
    #[wasm_bindgen(method)]
    pub fn remember(this: &Host, name: &str, value: &str);

    #[wasm_bindgen(method)]
    fn emit(this: &Host, event: &str, names: Vec<String>, values: Vec<String>);
}

impl Host {
    /// Reflects `state` and shows or hides the fallback with it.
    pub fn set_state(&self, state: State) {
        self.set_state_word(state.code());
    }

    /// Reflects `trust`; `None` takes the attribute away.
    pub fn set_trust(&self, trust: Option<Trust>) {
        self.set_trust_word(trust.map(Trust::code));
    }

    /// Sends `credit-ready`.
    pub fn ready(&self) {
        self.emit("credit-ready", Vec::new(), Vec::new());
    }

    /// Sends `credit-error {code, message}`.
    pub fn error(&self, code: &str, message: &str) {
        self.emit(
            "credit-error",
            vec!["code".to_owned(), "message".to_owned()],
            vec![code.to_owned(), message.to_owned()],
        );
    }

    /// Reflects `state="error"` and sends `credit-error {code, message}`.
    pub fn fail(&self, code: &str, message: &str) {
        self.set_state(State::Error);
        self.error(code, message);
    }

    /// Sends `credit-select {code}`.
    pub fn select(&self, code: &str) {
        self.emit(
            "credit-select",
            vec!["code".to_owned()],
            vec![code.to_owned()],
        );
    }
}

/// Attributes as the shim hands them over: names and values in turn.
#[must_use]
pub fn attributes(flat: Vec<String>) -> Attributes {
    let mut pairs = Vec::with_capacity(flat.len() / 2);
    let mut flat = flat.into_iter();
    while let (Some(name), Some(value)) = (flat.next(), flat.next()) {
        pairs.push((name, value));
    }
    Attributes::new(pairs)
}
