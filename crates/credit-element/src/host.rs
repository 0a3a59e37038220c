//! The shim's end of an element. The names are those of the functions that
//! `widgets/shim/element.js` exports; elements go by number, so that nothing but
//! text and numbers passes between the two sides.

use std::cell::RefCell;
use std::rc::Rc;

use credit_core::text::pieces;
use credit_core::trust::Trust;
use wasm_bindgen::prelude::*;

use crate::attributes::Attributes;
use crate::paint::Picture;
use crate::state::State;

#[wasm_bindgen(raw_module = "./element.js")]
extern "C" {
    #[wasm_bindgen(js_name = reflect)]
    fn reflect_word(element: u32, name: &str, value: Option<&str>);

    #[wasm_bindgen(js_name = paint)]
    fn paint_list(element: u32, list: &str, into: &str);

    #[wasm_bindgen(js_name = recall)]
    fn recall_value(name: &str) -> Option<String>;

    #[wasm_bindgen(js_name = remember)]
    fn remember_value(name: &str, value: Option<&str>);

    fn emit(element: u32, event: &str, names: &str, code: &str, message: &str);
}

/// What an element's Rust side may do to the element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    number: u32,
}

impl Host {
    /// The element that the shim calls `number`.
    #[must_use]
    pub fn of(number: u32) -> Self {
        Self { number }
    }

    /// What the shim calls it.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }

    /// Reflects `state` and shows or hides the fallback with it.
    pub fn set_state(self, state: State) {
        reflect_word(self.number, "state", Some(state.code()));
    }

    /// Reflects `trust`; `None` takes the attribute away.
    pub fn set_trust(self, trust: Option<Trust>) {
        reflect_word(self.number, "trust", trust.map(Trust::code));
    }

    /// Shows `picture` in place of what is shown.
    pub fn paint(self, picture: &Picture) {
        paint_list(self.number, picture.list(), "");
    }

    /// The same in the part of what is shown that has the class `part`.
    pub fn paint_part(self, part: &str, picture: &Picture) {
        paint_list(self.number, picture.list(), part);
    }

    /// Shows in the part `part` what another bundle of ours has listed.
    pub fn paint_list(self, part: &str, list: &str) {
        paint_list(self.number, list, part);
    }

    /// Sends `credit-ready`.
    pub fn ready(self) {
        emit(self.number, "credit-ready", "", "", "");
    }

    /// Sends `credit-error {code, message}`.
    pub fn error(self, code: &str, message: &str) {
        emit(self.number, "credit-error", "code message", code, message);
    }

    /// Reflects `state="error"` and sends `credit-error {code, message}`.
    pub fn fail(self, code: &str, message: &str) {
        self.set_state(State::Error);
        self.error(code, message);
    }

    /// Sends `credit-select {code}`.
    pub fn select(self, code: &str) {
        emit(self.number, "credit-select", "code", code, "");
    }
}

/// What this device remembers under `name`; nothing where the page or the
/// visitor lets it remember nothing.
#[must_use]
pub fn recall(name: &str) -> Option<String> {
    recall_value(name)
}

/// Lets this device remember `value`, where it may; `None` forgets.
pub fn remember(name: &str, value: Option<&str>) {
    remember_value(name, value);
}

/// Attributes as the shim hands them over: names and values in turn, a NUL
/// behind each. No value has one: the shim sees to that.
#[must_use]
pub fn attributes(flat: &str) -> Attributes {
    let pieces = pieces(flat, &[0]);
    let pairs = pieces.chunks_exact(2);
    Attributes::new(
        pairs
            .map(|pair| (pair[0].to_owned(), pair[1].to_owned()))
            .collect(),
    )
}

/// The elements of a bundle, by the shim's numbers.
#[derive(Debug)]
pub struct Registry<T>(RefCell<Vec<(u32, Rc<T>)>>);

impl<T> Registry<T> {
    /// No elements.
    #[must_use]
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// Takes an element in.
    pub fn add(&self, number: u32, element: Rc<T>) {
        // Numbers count up.
        self.0.borrow_mut().push((number, element));
    }

    /// The element `number`.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<Rc<T>> {
        let all = self.0.borrow();
        let place = all
            .binary_search_by_key(&number, |(other, _)| *other)
            .ok()?;
        Some(Rc::clone(&all[place].1))
    }

    /// Takes the element `number` out.
    pub fn remove(&self, number: u32) -> Option<Rc<T>> {
        let mut all = self.0.borrow_mut();
        let place = all
            .binary_search_by_key(&number, |(other, _)| *other)
            .ok()?;
        Some(all.remove(place).1)
    }

    /// The numbers of all elements.
    #[must_use]
    pub fn numbers(&self) -> Vec<u32> {
        self.0.borrow().iter().map(|(number, _)| *number).collect()
    }
}

impl<T> Default for Registry<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_come_in_pairs() {
        let attributes = attributes("code\09112\0lang\0\0");
        assert_eq!(attributes.get("code"), Some("9112"));
        assert_eq!(attributes.get("lang"), Some(""));
        assert_eq!(attributes.get("api"), None);
    }

    #[test]
    fn elements_come_and_go() {
        let elements = Registry::new();
        for number in [1, 4, 9] {
            elements.add(number, Rc::new(number * 10));
        }
        assert_eq!(elements.get(4).as_deref(), Some(&40));
        assert_eq!(elements.remove(1).as_deref(), Some(&10));
        assert_eq!(elements.get(1), None);
        assert_eq!(elements.numbers(), [4, 9]);
    }
}
