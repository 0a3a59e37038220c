//! 信用墙: the members of an area, to browse through or on a screen at its door.

mod filters;
mod view;

use credit_api::district::{AreaBody, MemberItem};
use credit_api::path;
use credit_client::FetchError;
use credit_element::state::State;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use self::filters::{Filter, Filters};
use crate::options::{WallMode, WallOptions};
use crate::panel::Asked;
use crate::piece::{Context, Piece};
use crate::reading::body;

/// Members of a page: three or four columns of cards.
const PAGE: usize = 24;

/// Members that a screen shows at a time, readable from some metres away: two or
/// three rows.
const SCREEN: usize = 8;

/// How long a screen shows them, in milliseconds: a name and two facts for each
/// take a passer-by most of a second.
const TURN_MS: u32 = 10_000;

/// Pause in typing after which is asked, in milliseconds.
const PAUSE_MS: u32 = 300;

/// The wall.
pub(crate) struct Wall {
    area: Asked<Box<AreaBody>>,
    filters: Filters,
    /// The page that is shown or on its way, from 0.
    page: usize,
    /// Whether its members are on their way, while those before are shown.
    is_turning: bool,
    /// Why the latest page is not there.
    trouble: Option<FetchError>,
    /// What the chart is of: a scheme, or the trades where there is none.
    chart: Option<String>,
    /// The member whose card is open.
    opened: Option<MemberItem>,
    /// Whether a screen stands still.
    is_paused: bool,
    /// Counts up with every question; answers to older ones are dropped.
    round: u32,
    pause: Option<Timeout>,
    turn: Option<Timeout>,
    window: NodeRef,
    heading: NodeRef,
    to_heading: bool,
}

/// What can happen.
pub(crate) enum Message {
    /// A page is there.
    Answered(u32, Result<Box<AreaBody>, FetchError>),
    /// Page so many is wanted, from 1.
    Page(usize),
    /// A filter was changed.
    Filter(Filter, String),
    /// No filter any more.
    Clear,
    /// The pause in typing is over, or what failed is wanted again.
    Ask,
    /// The chart is to be of something else.
    Chart(String),
    /// A member's card is wanted.
    Open(usize),
    /// It is closed.
    Close,
    /// A screen goes on to the next members.
    Turn,
    /// It stops, or goes on.
    Pause,
    /// It is to fill the screen.
    Fill,
}

impl Piece for Wall {
    type Message = Message;
    type Options = WallOptions;

    fn create(context: &Context<Self>) -> Self {
        let mut wall = Self {
            area: Asked::Loading,
            filters: Filters::default(),
            page: 0,
            is_turning: false,
            trouble: None,
            chart: None,
            opened: None,
            is_paused: false,
            round: 0,
            pause: None,
            turn: None,
            window: NodeRef::default(),
            heading: NodeRef::default(),
            to_heading: false,
        };
        wall.ask(context);
        wall
    }

    fn changed(&mut self, context: &Context<Self>, old: &WallOptions) -> bool {
        let (new, old) = (&context.props().options, old);
        let is_other = new.area != old.area || new.common.api != old.common.api;
        if is_other {
            self.area = Asked::Loading;
            self.filters = Filters::default();
            self.opened = None;
        }
        if is_other || new.mode != old.mode || new.common.lang != old.common.lang {
            self.page = 0;
            self.ask(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Answered(round, _) if round != self.round => return false,
            Message::Answered(_, answer) => self.answered(context, answer),
            Message::Page(page) => {
                self.page = page.saturating_sub(1);
                self.to_heading = true;
                self.ask(context);
            }
            Message::Filter(filter, value) => {
                self.filters.set(filter, value);
                self.page = 0;
                let link = context.link().clone();
                // What is chosen is meant, what is typed goes on.
                let pause = if filter == Filter::Name { PAUSE_MS } else { 0 };
                self.pause = Some(Timeout::new(pause, move || link.send_message(Message::Ask)));
            }
            Message::Clear => {
                self.filters = Filters::default();
                self.page = 0;
                self.ask(context);
            }
            Message::Ask => self.ask(context),
            Message::Chart(scheme) => self.chart = (!scheme.is_empty()).then_some(scheme),
            Message::Open(place) => {
                let area = self.area.there();
                let member = area.and_then(|area| area.members.items.get(place));
                self.opened = member.cloned();
                if let Some(member) = member {
                    context.props().host.select(member.code.as_str());
                }
            }
            Message::Close => self.opened = None,
            Message::Turn => self.turn(context),
            Message::Pause => {
                self.is_paused = !self.is_paused;
                self.turn = None;
                if !self.is_paused {
                    self.turn(context);
                }
            }
            Message::Fill => {
                // A browser that refuses shows it as it is.
                let window = self.window.cast::<web_sys::Element>();
                if let Some(window) = window {
                    let _ = window.request_fullscreen();
                }
                return false;
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        self::view::window(self, context)
    }

    fn rendered(&mut self, _: &Context<Self>) {
        if std::mem::take(&mut self.to_heading)
            && let Some(heading) = self.heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
    }
}

impl Wall {
    /// Members of a page here.
    fn size(context: &Context<Self>) -> usize {
        match context.props().options.mode {
            WallMode::Browse => PAGE,
            WallMode::Screen => SCREEN,
        }
    }

    fn ask(&mut self, context: &Context<Self>) {
        let panel = context.props();
        self.pause = None;
        self.round = self.round.wrapping_add(1);
        self.is_turning = true;
        self.trouble = None;
        if self.area.there().is_none() {
            self.area = Asked::Loading;
        }
        panel.host.set_state(State::Loading);
        let size = Self::size(context);
        let limit = size.to_string();
        // Where a page begins by its place, and behind nobody.
        let skipped = [&(self.page * size).to_string(), "-0"].concat();
        let mut parameters = vec![
            ("limit", limit.as_str()),
            ("cursor", if self.page == 0 { "" } else { &skipped }),
        ];
        parameters.extend(self.filters.parameters());
        let (round, link) = (self.round, context.link().clone());
        let path = path::area(&panel.options.area);
        panel.ask_in_lang(&path, &parameters, move |answer| {
            link.send_message(Message::Answered(round, body(answer).map(Box::new)));
        });
    }

    fn answered(&mut self, context: &Context<Self>, answer: Result<Box<AreaBody>, FetchError>) {
        let panel = context.props();
        self.is_turning = false;
        match answer {
            Ok(area) => {
                self.area = Asked::There(area);
                panel.ready();
            }
            // What is shown stays, and says of which day it is.
            Err(error) if self.area.there().is_some() && error.is_passing() => {
                panel.host.set_state(State::Stale);
                self.trouble = Some(error);
            }
            Err(error) => {
                panel.fail(&error);
                self.area = Asked::Failed(error);
            }
        }
        if panel.options.mode == WallMode::Screen && !self.is_paused {
            let link = context.link().clone();
            self.turn = Some(Timeout::new(TURN_MS, move || {
                link.send_message(Message::Turn)
            }));
        }
    }

    /// The next members; after the last the first, as they are by then. Nobody is
    /// there to press a button after a failure, so that it goes on by itself.
    fn turn(&mut self, context: &Context<Self>) {
        self.turn = None;
        if context.props().options.mode != WallMode::Screen {
            return;
        }
        if self.trouble.is_none() {
            let found = self.area.there().map_or(0, |area| area.summary.found);
            let found = usize::try_from(found).unwrap_or(usize::MAX);
            self.page = match (self.page + 1).saturating_mul(SCREEN) < found {
                true => self.page + 1,
                false => 0,
            };
        }
        self.ask(context);
    }
}

/// What stands in a field now, unless an input method is still composing it.
fn typed(event: &InputEvent) -> Option<String> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    (!event.is_composing()).then(|| input.value())
}
