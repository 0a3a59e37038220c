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

use crate::options::Options;
use crate::own;
use crate::query;
use crate::stage::{Piece, Stage};

/// An element at work.
struct Mount {
    host: Host,
    root: Element,
    api: String,
    /// Whether it is `<credit-self>` and not `<credit-query>`.
    is_self: bool,
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
        stage: RefCell::new(None),
    });
    ELEMENTS.with(|elements| elements.add(number, Rc::clone(&mount)));
    mount.take(start.attributes);
}

impl Mount {
    fn take(&self, flat: &str) {
        let attributes = attributes(flat);
        let piece = if self.is_self {
            Common::parse(&attributes).map(|common| self.own(common))
        } else {
            Options::parse(&attributes).map(|options| self.query(options))
        };
        match piece {
            Ok(piece) => self.show(piece),
            Err(error) => {
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
    }

    fn query(&self, options: Options) -> Piece {
        Piece::Query(query::Properties {
            options,
            api: self.api.clone(),
            host: self.host,
        })
    }

    fn own(&self, common: Common) -> Piece {
        Piece::Own(own::Properties {
            api: self.api.clone(),
            common,
            host: self.host,
        })
    }

    /// Updates what is there: what a visitor did stays.
    fn show(&self, piece: Piece) {
        let mut stage = self.stage.borrow_mut();
        if stage.is_none() {
            *stage = Stage::in_place(&self.root);
        }
        if let Some(stage) = &mut *stage {
            stage.show(self.host.number(), piece);
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
