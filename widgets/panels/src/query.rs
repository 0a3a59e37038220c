//! 查询窗口: type, choose, read.

mod view;

use credit_api::body::{Page, SearchItem, SubjectBody};
use credit_api::path;
use credit_client::FetchError;
use credit_core::identifier::SubjectCode;
use credit_core::limits::QUERY_MAX_CHARS;
use credit_core::text::{compared, truncated};
use credit_element::state::State;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent};
use yew::prelude::*;

use crate::options::QueryOptions;
use crate::piece::{Context, Piece};
use crate::reading::body;

/// Pause in typing after which is asked, in milliseconds.
const PAUSE_MS: u32 = 200;

/// The query window.
pub(crate) struct Query {
    text: String,
    results: Results,
    opened: Option<Opened>,
    /// Counts up with every question; answers to older ones are dropped.
    round: u32,
    /// The first page of an answer is on its way.
    asking: bool,
    pause: Option<Timeout>,
    list: NodeRef,
    input: NodeRef,
    page: NodeRef,
    /// The input has to be given the text, because an attribute changed it.
    fill: bool,
    /// Hears the end of an input method's composition, for which Yew has no event.
    composition: Option<EventListener>,
    /// Where the keyboard should go after the next paint.
    focus: Option<Focus>,
}

/// What stands below the input.
enum Results {
    /// Nothing was asked.
    None,
    /// Asked, first page.
    Loading,
    /// Found, perhaps nothing.
    Found {
        items: Vec<SearchItem>,
        next: Option<String>,
        more: More,
    },
    /// Not found out.
    Failed(FetchError),
}

/// The pages after the first.
#[derive(Clone, PartialEq)]
enum More {
    Waiting,
    Loading,
    Failed(FetchError),
}

/// A subject that is open.
struct Opened {
    code: SubjectCode,
    record: Option<Result<Box<SubjectBody>, FetchError>>,
}

enum Focus {
    Page,
    Input,
    Result(usize),
}

/// What can happen.
pub(crate) enum Message {
    /// The text changed, outside of an IME's composition.
    Typed(String),
    /// The pause is over, or Enter was pressed.
    Ask,
    /// An answer to question `round`; `true` for pages after the first.
    Answered(u32, bool, Result<Page<SearchItem>, FetchError>),
    /// The next page is wanted.
    More,
    /// A subject is wanted.
    Open(SubjectCode),
    /// Its record is there.
    Record(SubjectCode, Result<Box<SubjectBody>, FetchError>),
    /// Back to the results.
    Back,
    /// The keyboard moves to a result, or to the input.
    Move(Option<usize>),
}

impl Piece for Query {
    type Message = Message;
    type Options = QueryOptions;

    fn create(context: &Context<Self>) -> Self {
        let options = &context.props().options;
        let mut query = Self {
            text: options.q.clone(),
            results: Results::None,
            opened: None,
            round: 0,
            asking: false,
            pause: None,
            list: NodeRef::default(),
            input: NodeRef::default(),
            page: NodeRef::default(),
            fill: true,
            composition: None,
            focus: None,
        };
        query.begin(context);
        query
    }

    fn changed(&mut self, context: &Context<Self>, old: &QueryOptions) -> bool {
        let new = &context.props().options;
        if (&new.q, new.code, &new.common.api) != (&old.q, old.code, &old.common.api) {
            self.drop_questions();
            self.text.clone_from(&new.q);
            self.fill = true;
            self.opened = None;
            self.results = Results::None;
            self.begin(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Typed(text) => {
                if text == self.text {
                    return false;
                }
                self.text = text;
                let link = context.link().clone();
                self.pause = Some(Timeout::new(PAUSE_MS, move || {
                    link.send_message(Message::Ask)
                }));
            }
            Message::Ask => self.ask(context),
            Message::Answered(round, _, _) if round != self.round => return false,
            Message::Answered(_, further, answer) => self.answered(context, further, answer),
            Message::More => {
                // Not while another question is on its way or being typed.
                if self.asking || self.pause.is_some() {
                    return false;
                }
                let Results::Found {
                    next: Some(next),
                    more,
                    ..
                } = &mut self.results
                else {
                    return false;
                };
                *more = More::Loading;
                let path = path::search(truncated(&self.text, QUERY_MAX_CHARS), Some(next));
                self.send(context, &path, true);
            }
            Message::Open(code) => self.open(context, code),
            Message::Record(code, record) => {
                let Some(opened) = self.opened.as_mut().filter(|opened| opened.code == code) else {
                    return false;
                };
                let host = context.props().host;
                match &record {
                    Ok(_) => {
                        host.set_state(State::Ready);
                        host.ready();
                    }
                    Err(error) => {
                        self::view::fail(host, error, context.props().options.common.lang)
                    }
                }
                opened.record = Some(record);
            }
            Message::Back => {
                self.opened = None;
                self.focus = Some(Focus::Input);
                context.props().host.set_state(State::Ready);
            }
            Message::Move(to) => {
                self.focus = Some(to.map_or(Focus::Input, Focus::Result));
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        self::view::window(self, context)
    }

    fn rendered(&mut self, context: &Context<Self>) {
        if let Some(input) = self.input.cast::<HtmlInputElement>() {
            // Never while somebody types: the text in the input is theirs.
            if std::mem::take(&mut self.fill) {
                input.set_value(&self.text);
            }
            if self.composition.is_none() {
                let link = context.link().clone();
                let typed = input.clone();
                self.composition = Some(EventListener::new(&input, "compositionend", move |_| {
                    link.send_message(Message::Typed(typed.value()));
                }));
            }
        }
        let target = match self.focus.take() {
            None => return,
            Some(Focus::Page) => self.page.cast::<HtmlElement>(),
            Some(Focus::Input) => self.input.cast::<HtmlElement>(),
            Some(Focus::Result(index)) => self
                .list
                .cast::<web_sys::Element>()
                .and_then(|list| list.query_selector_all(".result").ok())
                .and_then(|results| results.get(u32::try_from(index).ok()?))
                .and_then(|node| node.dyn_into().ok()),
        };
        if let Some(target) = target {
            let _ = target.focus();
        }
    }
}

impl Query {
    /// Does what the attributes ask for.
    fn begin(&mut self, context: &Context<Self>) {
        if let Some(code) = context.props().options.code {
            self.open(context, code);
            self.focus = None; // a page that opens a subject keeps its focus
        } else if self.text.is_empty() {
            let host = context.props().host;
            host.set_state(State::Ready);
            host.ready();
        } else {
            self.ask(context);
        }
    }

    /// What is being typed or was asked for has no more say.
    fn drop_questions(&mut self) {
        self.pause = None;
        self.asking = false;
        self.round = self.round.wrapping_add(1);
    }

    fn ask(&mut self, context: &Context<Self>) {
        self.drop_questions();
        self.opened = None;
        if compared(&self.text).next().is_none() {
            self.results = Results::None;
            context.props().host.set_state(State::Ready);
            return;
        }
        // Results stay while the next ones are on their way: nothing jumps.
        if !matches!(self.results, Results::Found { .. }) {
            self.results = Results::Loading;
        }
        context.props().host.set_state(State::Loading);
        self.asking = true;
        let path = path::search(truncated(&self.text, QUERY_MAX_CHARS), None);
        self.send(context, &path, false);
    }

    fn send(&mut self, context: &Context<Self>, path: &str, further: bool) {
        self.round = self.round.wrapping_add(1);
        let (round, link) = (self.round, context.link().clone());
        context.props().ask(path, move |answer| {
            link.send_message(Message::Answered(round, further, body(answer)));
        });
    }

    fn answered(
        &mut self,
        context: &Context<Self>,
        further: bool,
        answer: Result<Page<SearchItem>, FetchError>,
    ) {
        self.asking = false;
        let host = context.props().host;
        match (further, answer, &mut self.results) {
            (true, Ok(page), Results::Found { items, next, more }) => {
                self.focus = Some(Focus::Result(items.len()));
                items.extend(page.items);
                *next = page.next;
                *more = More::Waiting;
            }
            (true, Err(error), Results::Found { more, .. }) => *more = More::Failed(error),
            (_, Ok(page), results) => {
                *results = Results::Found {
                    items: page.items,
                    next: page.next,
                    more: More::Waiting,
                };
                host.set_state(State::Ready);
                host.ready();
            }
            (_, Err(error), results) => {
                self::view::fail(host, &error, context.props().options.common.lang);
                *results = Results::Failed(error);
            }
        }
    }

    fn open(&mut self, context: &Context<Self>, code: SubjectCode) {
        self.drop_questions();
        let host = context.props().host;
        host.set_state(State::Loading);
        host.select(code.as_str());
        self.opened = Some(Opened { code, record: None });
        self.focus = Some(Focus::Page);
        let link = context.link().clone();
        context.props().ask(&path::subject(&code), move |answer| {
            link.send_message(Message::Record(code, body(answer).map(Box::new)));
        });
    }
}

/// Typed text, unless an input method is still composing it.
fn typed(event: &InputEvent) -> Option<Message> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    (!event.is_composing()).then(|| Message::Typed(input.value()))
}

/// Arrow keys from the input into the results and through them.
fn moved(event: &KeyboardEvent, at: Option<usize>, results: usize) -> Option<Message> {
    let to = match (event.key().as_str(), at) {
        ("ArrowDown", None) if results > 0 => Some(0),
        ("ArrowDown", Some(index)) if index + 1 < results => Some(index + 1),
        ("ArrowUp", Some(index)) => index.checked_sub(1),
        ("Home", Some(_)) => Some(0),
        ("End", Some(_)) => results.checked_sub(1),
        ("Escape", Some(_)) => None,
        _ => return None,
    };
    event.prevent_default();
    Some(Message::Move(to))
}
