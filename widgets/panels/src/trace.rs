//! 产品追溯: type or scan a code, and read what it is, what is known of the product,
//! and who made it.

mod batch;
mod view;

use credit_api::body::{Page, RecordItem};
use credit_api::path;
use credit_client::FetchError;
use credit_core::identifier::SubjectCode;
use credit_core::trace::{TraceCode, TraceError, recognise};
use credit_element::state::State;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::asking::{fill, typed};
use crate::options::TraceOptions;
use crate::panel::Asked;
use crate::piece::{Context, Piece};
use crate::reading::records;

/// What the server says where it knows nothing of a code.
const UNKNOWN: &str = "no-such-item";

/// Batches that are read: the latest.
const BATCHES: &str = "50";

/// Batches that are shown at first, and with every "more".
const STEP: usize = 5;

/// The window.
pub(crate) struct Trace {
    stage: Stage,
    /// The producer whose card is open.
    opened: Option<SubjectCode>,
    /// How many batches are shown.
    shown: usize,
    /// Counts up with every question; answers to older ones are dropped.
    round: u32,
    input: NodeRef,
    title: NodeRef,
    /// The input has to be given the text, because an attribute changed it.
    fill: bool,
    /// The keyboard should go to the title after the next paint.
    to_title: bool,
}

/// What stands below the input.
enum Stage {
    /// Nothing was asked.
    Empty,
    /// It is no code.
    Wrong(TraceError),
    /// It is one, and this is known of it; `None` is nothing.
    Code(TraceCode, Asked<Option<Page<RecordItem>>>),
}

/// What can happen.
pub(crate) enum Message {
    /// A code was sent.
    Ask,
    /// What is known of it, for question `round`.
    Told(u32, Result<Page<RecordItem>, FetchError>),
    /// What failed is wanted again.
    Again,
    /// The card of a producer is wanted, or no longer.
    Open(SubjectCode),
    /// More batches.
    More,
}

impl Piece for Trace {
    type Message = Message;
    type Options = TraceOptions;

    fn create(context: &Context<Self>) -> Self {
        let mut trace = Self {
            stage: Stage::Empty,
            opened: None,
            shown: STEP,
            round: 0,
            input: NodeRef::default(),
            title: NodeRef::default(),
            fill: true,
            to_title: false,
        };
        trace.ask(context, &context.props().options.trace);
        trace
    }

    fn changed(&mut self, context: &Context<Self>, old: &TraceOptions) -> bool {
        let new = &context.props().options;
        if new.trace != old.trace {
            self.fill = true;
            self.ask(context, &new.trace);
        } else if (&new.common.api, new.common.lang) != (&old.common.api, old.common.lang) {
            // Labels come from the server.
            self.load(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Ask => {
                self.to_title = true;
                self.ask(context, &typed(&self.input));
            }
            Message::Told(round, _) if round != self.round => return false,
            Message::Told(_, told) => {
                let told = match told {
                    Ok(page) => Ok(Some(page)),
                    Err(FetchError::Refused(code)) if code == UNKNOWN => Ok(None),
                    Err(error) => Err(error),
                };
                context.props().report(told.as_ref().err());
                if let Stage::Code(_, known) = &mut self.stage {
                    *known = told.into();
                }
            }
            Message::Again => self.load(context),
            Message::Open(code) => {
                let is_new = self.opened != Some(code);
                self.opened = is_new.then_some(code);
                if is_new {
                    context.props().host.select(code.as_str());
                }
            }
            Message::More => self.shown += STEP,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        self::view::window(self, context)
    }

    fn rendered(&mut self, context: &Context<Self>) {
        if std::mem::take(&mut self.fill) {
            fill(&self.input, &context.props().options.trace);
        }
        // Once there is something to be read there.
        if self.to_title
            && let Some(title) = self.title.cast::<HtmlElement>()
        {
            self.to_title = false;
            let _ = title.focus();
        }
    }
}

impl Trace {
    fn ask(&mut self, context: &Context<Self>, text: &str) {
        self.opened = None;
        self.shown = STEP;
        self.stage = match recognise(text) {
            Ok(code) => Stage::Code(code, Asked::Loading),
            Err(TraceError::Length(0)) => Stage::Empty,
            Err(error) => Stage::Wrong(error),
        };
        self.to_title &= matches!(self.stage, Stage::Code(_, _));
        self.load(context);
    }

    /// Asks what is known of the code, if it is one.
    fn load(&mut self, context: &Context<Self>) {
        self.round = self.round.wrapping_add(1);
        let panel = context.props();
        let Stage::Code(code, known) = &mut self.stage else {
            return panel.ready();
        };
        *known = Asked::Loading;
        panel.host.set_state(State::Loading);
        // As it is written: the server knows all of its forms.
        let written = code.keys().first().map_or("", String::as_str);
        let asked = [("limit", BATCHES), ("lang", panel.lang().tag())];
        let url = panel.url(&path::asked(&path::trace(written), &asked));
        let round = self.round;
        let link = context.link();
        records(&url, link.callback(move |told| Message::Told(round, told)));
    }
}
