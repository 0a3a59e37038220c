//! The elements: what is exported to the shim.

use std::cell::RefCell;
use std::rc::Rc;

use credit_element::call::{self, Start};
use credit_element::host::{Host, Registry, attributes};
use credit_element::paint::Picture;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::stage::{Stage, Told};

/// An element at work.
struct Mount {
    host: Host,
    root: Element,
    api: String,
    /// Its name.
    tag: String,
    stage: RefCell<Option<Stage>>,
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
        _ => {}
    }
}

/// Brings the element that the shim calls `number` to life.
fn start(number: u32, start: &Start<'_>) {
    let mount = Rc::new(Mount {
        host: Host::of(number),
        root: mount_of(number),
        api: start.api.to_owned(),
        tag: start.tag.to_owned(),
        stage: RefCell::new(None),
    });
    ELEMENTS.with(|elements| elements.add(number, Rc::clone(&mount)));
    mount.take(start.attributes);
}

impl Mount {
    /// Updates what is there: what a visitor did stays.
    fn take(&self, flat: &str) {
        let mut stage = self.stage.borrow_mut();
        if stage.is_none() {
            *stage = Stage::in_place(&self.root);
        }
        if let Some(stage) = &mut *stage {
            stage.show(Told {
                tag: self.tag.clone(),
                host: self.host,
                api: self.api.clone(),
                attributes: attributes(flat),
            });
        }
    }

    fn end(&self) {
        if let Some(stage) = self.stage.take() {
            stage.leave();
        }
        // By the shim, which knows what it has painted.
        self.host.paint(&Picture::new());
    }
}
