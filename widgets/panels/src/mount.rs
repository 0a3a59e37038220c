//! The elements: what is exported to the shim.

use std::cell::RefCell;
use std::rc::Rc;

use credit_element::attributes::{Common, PLAIN_LOOKS};
use credit_element::call::{self, Start};
use credit_element::definition::SELF;
use credit_element::host::{Host, Registry, attributes};
use credit_element::paint::Picture;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, BaseComponent};

use crate::options::Options;
use crate::own::{self, Own};
use crate::query::{self, Query};

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

#[wasm_bindgen(raw_module = "./element.js")]
extern "C" {
    #[wasm_bindgen(js_name = mountOf)]
    fn mount_of(element: u32) -> Element;
}

/// What the shim has to say.
#[wasm_bindgen]
pub fn tell(what: u32, number: u32, text: String, status: i32, more: u32) {
    match what {
        call::BEGIN => credit_client::begin(number),
        call::START => start(number, &Start::read(&text)),
        call::UPDATE => {
            if let Some(mount) = ELEMENTS.with(|elements| elements.get(number)) {
                mount.take(&text);
            }
        }
        call::DESTROY => {
            if let Some(mount) = ELEMENTS.with(|elements| elements.remove(number)) {
                mount.end();
            }
        }
        call::ANSWERED => credit_client::answered(number, status, text, more),
        call::TICK => credit_client::tick(),
        _ => {}
    }
}

/// Brings the element that the shim calls `number` to life.
fn start(number: u32, start: &Start<'_>) {
    let mount = Rc::new(Mount {
        host: Host::of(number),
        root: mount_of(number),
        api: start.api.to_owned(),
        is_self: start.tag == SELF.tag,
        app: RefCell::new(None),
    });
    ELEMENTS.with(|elements| elements.add(number, Rc::clone(&mount)));
    mount.take(start.attributes);
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
            picture.open(&["p error ", PLAIN_LOOKS].concat());
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
