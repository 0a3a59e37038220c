//! The elements: what is exported to the shim.

use std::cell::RefCell;
use std::rc::Rc;

use credit_element::attributes::{AttributeError, Attributes, Common, PLAIN_LOOKS};
use credit_element::call::{self, Start};
use credit_element::definition::{INSPECT, LIST, PERKS, SELF, TRACE, WALL};
use credit_element::host::{Host, Registry, attributes};
use credit_element::paint::Picture;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::options::{
    InspectOptions, ListOptions, Options, PerksOptions, QueryOptions, TraceOptions, WallOptions,
};
use crate::panel::Panel;
use crate::stage::{Piece, Stage};

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
    fn take(&self, flat: &str) {
        let attributes = attributes(flat);
        match self.piece(&attributes) {
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

    fn piece(&self, attributes: &Attributes) -> Result<Piece, AttributeError> {
        let tag = self.tag.as_str();
        Ok(if tag == SELF.tag {
            Piece::Own(self.panel(Common::parse(attributes)?))
        } else if tag == WALL.tag {
            Piece::Wall(self.panel(WallOptions::parse(attributes)?))
        } else if tag == LIST.tag {
            Piece::List(self.panel(ListOptions::parse(attributes)?))
        } else if tag == PERKS.tag {
            Piece::Perks(self.panel(PerksOptions::parse(attributes)?))
        } else if tag == INSPECT.tag {
            Piece::Inspect(self.panel(InspectOptions::parse(attributes)?))
        } else if tag == TRACE.tag {
            Piece::Trace(self.panel(TraceOptions::parse(attributes)?))
        } else {
            Piece::Query(self.panel(QueryOptions::parse(attributes)?))
        })
    }

    fn panel<O: Options>(&self, options: O) -> Panel<O> {
        Panel {
            options,
            host: self.host,
            api: self.api.clone(),
        }
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
