//! One element: what is exported to the shim.

use credit_element::dom::Builder;
use credit_element::host::{Host, attributes};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

use crate::options::Options;
use crate::query::{Properties, Query};

const STYLE: &str = include_str!("style.css");

/// The Rust side of one element, as the shim holds it.
#[wasm_bindgen]
pub struct Mount {
    root: Element,
    host: Host,
    app: Option<AppHandle<Query>>,
}

#[wasm_bindgen]
impl Mount {
    /// Brings the element to life in `root`. `tag` is always `credit-query`
    /// until this bundle has another element.
    #[wasm_bindgen(constructor)]
    #[allow(
        clippy::needless_pass_by_value,
        reason = "wasm-bindgen hands values over"
    )]
    pub fn new(_tag: &str, root: Element, host: Host, flat_attributes: Vec<String>) -> Self {
        host.style(STYLE);
        let mut mount = Self {
            root,
            host,
            app: None,
        };
        mount.update(flat_attributes);
        mount
    }

    /// Takes changed attributes. Mounted once, updated from then on: Yew keeps
    /// about 2 KiB of every mount for ever.
    pub fn update(&mut self, flat_attributes: Vec<String>) {
        match Options::parse(&attributes(flat_attributes)) {
            Ok(options) => {
                let properties = Properties {
                    options,
                    host: self.host.clone(),
                };
                match &mut self.app {
                    Some(app) => app.update(properties),
                    None => {
                        self.root.set_text_content(None);
                        let renderer = yew::Renderer::<Query>::with_root_and_props(
                            self.root.clone(),
                            properties,
                        );
                        self.app = Some(renderer.render());
                    }
                }
            }
            Err(error) => {
                self.end();
                let message = error.bilingual();
                if let Some(build) = Builder::of(&self.root) {
                    let note = build.text(&self.root, "p", "error", &message);
                    note.and_then(|note| note.set_attribute("role", "status").ok());
                }
                self.host.fail("attribute", &message);
            }
        }
    }

    /// Ends all work for the element.
    pub fn destroy(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.set_text_content(None);
    }
}
