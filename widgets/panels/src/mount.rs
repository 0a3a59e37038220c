//! The elements: what is exported to the shim.

use std::cell::RefCell;
use std::rc::Rc;

use credit_element::attributes::Common;
use credit_element::host::{Host, Registry, attributes};
use credit_element::paint::Picture;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, BaseComponent};

use crate::options::{Options, SELF};
use crate::own::{self, Own};
use crate::query::{self, Query};

const STYLE: &str = include_str!("style.css");

/// An element at work.
struct Mount {
    host: Host,
    root: Element,
    api: String,
    /// Whether it is `<credit-self>` and not `<credit-query>`.
    is_self: bool,
    app: RefCell<Option<App>>,
}

/// What runs in the element.
enum App {
    Query(AppHandle<Query>),
    Own(AppHandle<Own>),
}

thread_local! {
    static ELEMENTS: Registry<Mount> = const { Registry::new() };
}

/// Brings the element that the shim calls `number` to life in `root`.
#[wasm_bindgen]
pub fn start(number: u32, tag: &str, api: String, _roots: &str, flat: &str, root: Element) {
    let mount = Rc::new(Mount {
        host: Host::of(number),
        root,
        api,
        is_self: tag == SELF.tag,
        app: RefCell::new(None),
    });
    mount.host.style(STYLE);
    ELEMENTS.with(|elements| elements.add(number, Rc::clone(&mount)));
    mount.take(flat);
}

/// Takes changed attributes.
#[wasm_bindgen]
pub fn update(number: u32, flat: &str) {
    if let Some(mount) = ELEMENTS.with(|elements| elements.get(number)) {
        mount.take(flat);
    }
}

/// Ends all work for the element.
#[wasm_bindgen]
pub fn destroy(number: u32) {
    if let Some(mount) = ELEMENTS.with(|elements| elements.remove(number)) {
        mount.end();
    }
}

impl Mount {
    /// Mounted once, updated from then on: Yew keeps about 2 KiB of every mount
    /// for ever.
    fn take(&self, flat: &str) {
        let attributes = attributes(flat);
        let done = if self.is_self {
            Common::parse(&attributes).map(|common| self.show_own(common))
        } else {
            Options::parse(&attributes).map(|options| self.show_query(options))
        };
        if let Err(error) = done {
            self.end();
            let message = error.bilingual();
            let mut picture = Picture::new();
            picture.open("p error");
            picture.set("role", "status");
            picture.text(&message);
            self.host.paint(&picture);
            self.host.fail("attribute", &message);
        }
    }

    fn show_query(&self, options: Options) {
        let properties = query::Properties {
            options,
            api: self.api.clone(),
            host: self.host,
        };
        let mut app = self.app.borrow_mut();
        match &mut *app {
            Some(App::Query(app)) => app.update(properties),
            _ => *app = Some(App::Query(render(&self.root, properties))),
        }
    }

    fn show_own(&self, common: Common) {
        let properties = own::Properties {
            api: self.api.clone(),
            common,
            host: self.host,
        };
        let mut app = self.app.borrow_mut();
        match &mut *app {
            Some(App::Own(app)) => app.update(properties),
            _ => *app = Some(App::Own(render(&self.root, properties))),
        }
    }

    fn end(&self) {
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
