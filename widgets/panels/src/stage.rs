//! Where an element's app runs. Yew 0.23 never takes back the listeners of a root
//! (`HostHandlers::add_listener` forgets them), so that every root which was ever
//! mounted stays in memory with its nodes. A stage that an element has left is
//! cleared and given to the next one: there are never more than elements on the page
//! at one time.

use std::cell::{Cell, RefCell};

use credit_element::attributes::{AttributeError, Attributes, PLAIN_LOOKS};
#[cfg(feature = "district")]
use credit_element::definition::{INSPECT, LIST, TRACE, WALL};
#[cfg(feature = "subject")]
use credit_element::definition::{PERKS, QUERY, SELF};
use credit_element::host::Host;
use credit_parts::html;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::html::Scope;
use yew::prelude::*;

use crate::piece::{Letter, Play, begin};

#[wasm_bindgen(raw_module = "./hosts.js")]
extern "C" {
    fn shield(place: &Element);
}

type Begin = fn(&Attributes, Host, &str, Scope<Boards>) -> Result<Box<dyn Play>, AttributeError>;

/// The pieces, by the elements that they are on in.
const PIECES: &[(&str, Begin)] = &[
    #[cfg(feature = "subject")]
    (QUERY.tag, begin::<crate::query::Query>),
    #[cfg(feature = "subject")]
    (SELF.tag, begin::<crate::own::Own>),
    #[cfg(feature = "district")]
    (WALL.tag, begin::<crate::wall::Wall>),
    #[cfg(feature = "district")]
    (LIST.tag, begin::<crate::list::List>),
    #[cfg(feature = "subject")]
    (PERKS.tag, begin::<crate::perks::Perks>),
    #[cfg(feature = "district")]
    (INSPECT.tag, begin::<crate::inspect::Inspect>),
    #[cfg(feature = "district")]
    (TRACE.tag, begin::<crate::trace::Trace>),
];

/// What a stage is told of an element.
#[derive(Clone, PartialEq)]
pub(crate) struct Told {
    /// Its name.
    pub tag: String,
    /// The shim's end.
    pub host: Host,
    /// The server that the loader came from.
    pub api: String,
    /// What the page asks of it.
    pub attributes: Attributes,
}

/// A root that Yew works in.
pub(crate) struct Stage {
    root: Element,
    app: AppHandle<Boards>,
}

thread_local! {
    /// Stages that nobody is on.
    static FREE: RefCell<Vec<Stage>> = const { RefCell::new(Vec::new()) };
}

impl Stage {
    /// A stage in `place`, in place of whatever is there.
    pub(crate) fn in_place(place: &Element) -> Option<Self> {
        place.set_text_content(None);
        let free = FREE.with_borrow_mut(Vec::pop);
        let stage = match free {
            Some(stage) => stage,
            None => {
                let root = place.owner_document()?.create_element("div").ok()?;
                let renderer = yew::Renderer::<Boards>::with_root(root.clone());
                Self {
                    app: renderer.render(),
                    root,
                }
            }
        };
        place.append_child(&stage.root).ok()?;
        shield(place);
        Some(stage)
    }

    /// Shows an element; another one than before begins anew.
    pub(crate) fn show(&mut self, told: Told) {
        self.app.update(Properties { told: Some(told) });
    }

    /// Clears it for somebody else.
    pub(crate) fn leave(mut self) {
        self.app.update(Properties { told: None });
        if let Some(place) = self.root.parent_node() {
            let _ = place.remove_child(&self.root);
        }
        FREE.with_borrow_mut(|free| free.push(self));
    }
}

#[derive(Clone, Default, PartialEq, Properties)]
pub(crate) struct Properties {
    told: Option<Told>,
}

/// Carries the piece that is on, by the number of its element, or says why none is.
pub(crate) struct Boards {
    number: u32,
    shown: Option<Result<Box<dyn Play>, String>>,
    /// Whether the piece was drawn: Yew may say that a picture is seen when the
    /// piece has begun since, and its own is still to be made.
    is_drawn: Cell<bool>,
}

impl Component for Boards {
    type Message = Letter;
    type Properties = Properties;

    fn create(context: &Context<Self>) -> Self {
        let mut boards = Self {
            number: 0,
            shown: None,
            is_drawn: Cell::new(false),
        };
        boards.come(context);
        boards
    }

    fn changed(&mut self, context: &Context<Self>, _: &Properties) -> bool {
        self.come(context)
    }

    fn update(&mut self, _: &Context<Self>, (number, message): Letter) -> bool {
        match &mut self.shown {
            Some(Ok(play)) if number == self.number => play.tell(message),
            _ => false,
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        match &self.shown {
            None => Html::default(),
            Some(Ok(play)) => {
                self.is_drawn.set(true);
                play.view()
            }
            Some(Err(message)) => html! {
                <p class={["error ", PLAIN_LOOKS].concat()} part="error" role="status">{ message }</p>
            },
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(Ok(play)) = &mut self.shown
            && self.is_drawn.get()
        {
            play.rendered();
        }
    }
}

impl Boards {
    /// Does what it was told. Whether there is something new to see.
    fn come(&mut self, context: &Context<Self>) -> bool {
        let Some(told) = &context.props().told else {
            self.shown = None;
            return true;
        };
        let host = told.host;
        let outcome = match &mut self.shown {
            Some(Ok(play)) if self.number == host.number() => play.take(&told.attributes),
            _ => {
                // The shim's table is the one of the definitions (tests/tests/tidy.rs).
                let Some((_, begin)) = PIECES.iter().find(|(tag, _)| *tag == told.tag) else {
                    return false;
                };
                let scope = context.link().clone();
                begin(&told.attributes, host, &told.api, scope).map(|play| {
                    self.shown = Some(Ok(play));
                    self.is_drawn.set(false);
                    true
                })
            }
        };
        self.number = host.number();
        outcome.unwrap_or_else(|error| {
            let message = error.bilingual();
            host.fail("attribute", &message);
            self.shown = Some(Err(message));
            true
        })
    }
}
