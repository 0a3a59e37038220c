//! Where an element's app runs. Yew 0.23 never takes back the listeners of a root
//! (`HostHandlers::add_listener` forgets them), so that every root which was ever
//! mounted stays in memory with its nodes. A stage that an element has left is
//! cleared and given to the next one: there are never more than elements on the page
//! at one time.

use std::cell::RefCell;

use credit_element::attributes::Common;
use credit_parts::html;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::prelude::*;

use crate::inspect::Inspect;
use crate::list::List;
use crate::options::{
    InspectOptions, ListOptions, PerksOptions, QueryOptions, TraceOptions, WallOptions,
};
use crate::own::Own;
use crate::panel::Panel;
use crate::perks::Perks;
use crate::query::Query;
use crate::trace::Trace;
use crate::wall::Wall;

#[wasm_bindgen(raw_module = "./hosts.js")]
extern "C" {
    fn shield(place: &Element);
}

/// What runs on a stage.
#[derive(Clone, PartialEq)]
pub(crate) enum Piece {
    /// `<credit-query>`
    Query(Panel<QueryOptions>),
    /// `<credit-wall>`
    Wall(Panel<WallOptions>),
    /// `<credit-list>`
    List(Panel<ListOptions>),
    /// `<credit-perks>`
    Perks(Panel<PerksOptions>),
    /// `<credit-inspect>`
    Inspect(Panel<InspectOptions>),
    /// `<credit-trace>`
    Trace(Panel<TraceOptions>),
    /// `<credit-self>`
    Own(Panel<Common>),
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

    /// Shows `piece` for the element `number`; another element's is another.
    pub(crate) fn show(&mut self, number: u32, piece: Piece) {
        self.app.update(Properties {
            shown: Some((number, piece)),
        });
    }

    /// Clears it for somebody else.
    pub(crate) fn leave(mut self) {
        self.app.update(Properties { shown: None });
        if let Some(place) = self.root.parent_node() {
            let _ = place.remove_child(&self.root);
        }
        FREE.with_borrow_mut(|free| free.push(self));
    }
}

#[derive(Clone, Default, PartialEq, Properties)]
struct Properties {
    shown: Option<(u32, Piece)>,
}

/// Carries what is shown.
struct Boards;

impl Component for Boards {
    type Message = ();
    type Properties = Properties;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Some((number, piece)) = &context.props().shown else {
            return Html::default();
        };
        let key = *number;
        match piece.clone() {
            Piece::Query(panel) => html! { <Query {key} ..panel /> },
            Piece::Wall(panel) => html! { <Wall {key} ..panel /> },
            Piece::List(panel) => html! { <List {key} ..panel /> },
            Piece::Perks(panel) => html! { <Perks {key} ..panel /> },
            Piece::Inspect(panel) => html! { <Inspect {key} ..panel /> },
            Piece::Trace(panel) => html! { <Trace {key} ..panel /> },
            Piece::Own(panel) => html! { <Own {key} ..panel /> },
        }
    }
}
