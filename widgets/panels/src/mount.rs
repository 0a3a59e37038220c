//! One element: what is exported to the shim.

use credit_element::attributes::Common;
use credit_element::dom::Builder;
use credit_element::host::{Host, attributes};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, BaseComponent};

use crate::options::{Options, SELF};
use crate::own::{self, Own};
use crate::query::{self, Query};

const STYLE: &str = include_str!("style.css");

/// The Rust side of one element, as the shim holds it.
#[wasm_bindgen]
pub struct Mount {
    root: Element,
    host: Host,
    /// Whether it is `<credit-self>` and not `<credit-query>`.
    is_self: bool,
    app: Option<App>,
}

/// What runs in the element.
enum App {
    Query(AppHandle<Query>),
    Own(AppHandle<Own>),
}

#[wasm_bindgen]
impl Mount {
    /// Brings the element `tag` to life in `root`.
    #[wasm_bindgen(constructor)]
    pub fn new(tag: &str, root: Element, host: Host, flat_attributes: Vec<String>) -> Self {
        host.style(STYLE);
        let mut mount = Self {
            root,
            host,
            is_self: tag == SELF.tag,
            app: None,
        };
        mount.update(flat_attributes);
        mount
    }

    /// Takes changed attributes. Mounted once, updated from then on: Yew keeps
    /// about 2 KiB of every mount for ever.
    pub fn update(&mut self, flat_attributes: Vec<String>) {
        let attributes = attributes(flat_attributes);
        let done = if self.is_self {
            Common::parse(&attributes).map(|common| self.show_own(common))
        } else {
            Options::parse(&attributes).map(|options| self.show_query(options))
        };
        if let Err(error) = done {
            self.end();
            let message = error.bilingual();
            if let Some(build) = Builder::of(&self.root) {
                let note = build.text(&self.root, "p", "error", &message);
                note.and_then(|note| note.set_attribute("role", "status").ok());
            }
            self.host.fail("attribute", &message);
        }
    }

    /// Ends all work for the element.
    pub fn destroy(mut self) {
        self.end();
    }
}

impl Mount {
    fn show_query(&mut self, options: Options) {
        let properties = query::Properties {
            options,
            host: self.host.clone(),
        };
        match &mut self.app {
            Some(App::Query(app)) => app.update(properties),
            _ => self.app = Some(App::Query(render(&self.root, properties))),
        }
    }

    fn show_own(&mut self, common: Common) {
        let properties = own::Properties {
            common,
            host: self.host.clone(),
        };
        match &mut self.app {
            Some(App::Own(app)) => app.update(properties),
            _ => self.app = Some(App::Own(render(&self.root, properties))),
        }
    }

    fn end(&mut self) {
        match self.app.take() {
            Some(App::Query(app)) => app.destroy(),
            Some(App::Own(app)) => app.destroy(),
            None => {}
        }
        self.root.set_text_content(None);
    }
}

fn render<C: BaseComponent>(root: &Element, properties: C::Properties) -> AppHandle<C> {
    root.set_text_content(None);
    yew::Renderer::<C>::with_root_and_props(root.clone(), properties).render()
}
