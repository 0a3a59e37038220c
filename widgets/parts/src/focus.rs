//! Where the keyboard is.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, Event, HtmlElement, ShadowRoot};

/// The element that a listener was put on.
pub(crate) fn at(event: &Event) -> Option<Element> {
    // Yew delegates: `current_target` is its root, so the way up from what was
    // touched is gone by the caller.
    event.target()?.dyn_into().ok()
}

/// Moves the keyboard to the element with that `id` beside `from`, which may be in
/// a shadow root: a link to `#id` finds nothing there, and changes the page's
/// address.
pub(crate) fn to_id(from: &Element, id: &str) {
    let root = from.get_root_node();
    let found = match root.dyn_ref::<ShadowRoot>() {
        Some(root) => root.get_element_by_id(id),
        None => root
            .dyn_ref::<Document>()
            .and_then(|document| document.get_element_by_id(id)),
    };
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
