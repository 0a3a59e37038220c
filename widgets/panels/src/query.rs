//! 查询窗口: type, choose, read, compare.

mod address;
mod compare;
mod facts;
mod filters;
mod history;
mod results;
mod search;
mod share;
mod subject;
mod view;

use std::rc::Rc;

use credit_api::body::{Page, SearchItem, SubjectBody};
use credit_client::FetchError;
use credit_core::identifier::SubjectCode;
use credit_core::limits::QUERY_MAX_CHARS;
use credit_core::text::truncated;
use credit_element::state::State;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent};
use yew::prelude::*;

use self::address::Place;
use self::compare::Comparison;
use self::filters::Filters;
use self::search::Results;
use self::subject::Opened;
use crate::options::{QueryLink, QueryOptions};
use crate::piece::{Context, Piece};

/// Pause in typing after which is asked, in milliseconds.
const PAUSE_MS: u32 = 200;

/// The query window.
pub(crate) struct Query {
    text: String,
    filters: Filters,
    results: Results,
    opened: Option<Opened>,
    /// 加入对比: the subject that was kept.
    kept: Option<Rc<SubjectBody>>,
    comparison: Option<Comparison>,
    /// Counts up with every question; answers to older ones are dropped.
    round: u32,
    /// The first page of an answer is on its way.
    asking: bool,
    /// More was wanted by a visitor, whose keyboard goes there.
    pressed: bool,
    empty_pages: u32,
    pause: Option<Timeout>,
    list: NodeRef,
    input: NodeRef,
    /// Heading of what is open.
    page: NodeRef,
    /// Where the link stands that is handed on.
    link: NodeRef,
    /// The input has to be given the text, because an attribute changed it.
    fill: bool,
    /// Hears the end of an input method's composition, for which Yew has no event.
    composition: Option<EventListener>,
    /// Hears that the page's address has changed.
    address: Option<EventListener>,
    /// Where the keyboard should go after the next paint.
    focus: Option<Focus>,
}

enum Focus {
    Page,
    Input,
    Link,
    Result(usize),
    /// An entry of a dataset, both by their places.
    Entry(usize, usize),
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
    /// The filters.
    Filter(filters::Step),
    /// 查询历史
    History(history::Step),
    /// A subject is wanted.
    Open(SubjectCode),
    /// Its page.
    Subject(SubjectCode, subject::Step),
    /// 对比
    Compare(compare::Step),
    /// Back to the results.
    Back,
    /// The page's address has changed.
    Address,
    /// The keyboard moves to a result, or to the input.
    Move(Option<usize>),
}

impl Piece for Query {
    type Message = Message;
    type Options = QueryOptions;

    fn create(context: &Context<Self>) -> Self {
        let changed = context
            .link()
            .callback(|()| Message::History(history::Step::Look));
        history::watch(context.props().host.number(), changed);
        let mut query = Self {
            text: String::new(),
            filters: Filters::default(),
            results: Results::None,
            opened: None,
            kept: None,
            comparison: None,
            round: 0,
            asking: false,
            pressed: false,
            empty_pages: 0,
            pause: None,
            list: NodeRef::default(),
            input: NodeRef::default(),
            page: NodeRef::default(),
            link: NodeRef::default(),
            fill: true,
            composition: None,
            address: None,
            focus: None,
        };
        query.listen(context);
        let place = query.place(context);
        query.begin(context, place);
        query
    }

    fn changed(&mut self, context: &Context<Self>, old: &QueryOptions) -> bool {
        let new = &context.props().options;
        if new.link != old.link {
            self.listen(context);
        }
        if (&new.q, new.code, &new.common.api) != (&old.q, old.code, &old.common.api) {
            self.drop_questions();
            self.fill = true;
            self.results = Results::None;
            self.filters = Filters::default();
            self.kept = None;
            self.begin(context, of_attributes(new));
        } else if new.common.lang != old.common.lang {
            // What the server says is in the other language.
            self.comparison = None;
            if let Some(opened) = &self.opened {
                self.opened = Some(Opened::new(context, opened.code));
            }
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
            Message::Ask => {
                self.ask(context);
                self.tell_address(false);
            }
            Message::Answered(round, _, _) if round != self.round => return false,
            Message::Answered(_, further, answer) => self.answered(context, further, answer),
            Message::More => {
                // Not while another question is on its way or being typed.
                if self.asking || self.pause.is_some() {
                    return false;
                }
                self.pressed = true;
                self.empty_pages = 0;
                self.more(context);
            }
            Message::Filter(step) => {
                if matches!(step, filters::Step::Drop) {
                    // What was pressed is gone.
                    self.focus = Some(Focus::Input);
                }
                if self.filters.take(context, step) {
                    self.ask(context);
                }
            }
            Message::History(step) => {
                if !matches!(step, history::Step::Look) {
                    // What was pressed is gone.
                    self.focus = Some(Focus::Input);
                }
                history::take(&step);
            }
            Message::Open(code) => {
                self.open(context, code);
                self.tell_address(true);
            }
            Message::Subject(code, step) => {
                let opened = self.opened.as_mut();
                let Some(opened) = opened.filter(|opened| opened.code == code) else {
                    return false;
                };
                let panel = context.props();
                match &step {
                    subject::Step::Record(Ok(record)) => {
                        panel.ready();
                        history::add(code, &record.name);
                    }
                    subject::Step::Record(Err(error)) => panel.fail(error),
                    _ => {}
                }
                if let Some(focus) = opened.take(context, step) {
                    self.focus = Some(focus);
                }
            }
            Message::Compare(step) => self.compare(context, step),
            Message::Back => {
                self.close(context);
                self.tell_address(true);
            }
            Message::Address => self.follow(context),
            Message::Move(to) => {
                self.focus = Some(to.map_or(Focus::Input, Focus::Result));
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        view::window(self, context)
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
        if let Some(focus) = self.focus.take() {
            self.move_to(&focus);
        }
    }

    fn destroy(&mut self, context: &Context<Self>) {
        history::leave(context.props().host.number());
    }
}

fn of_attributes(options: &QueryOptions) -> Place {
    Place {
        text: options.q.clone(),
        code: options.code,
    }
}

impl Query {
    /// Hears of the page's address, where the page wants it to count.
    fn listen(&mut self, context: &Context<Self>) {
        let is_wanted = context.props().options.link == QueryLink::Hash;
        let window = web_sys::window().filter(|_| is_wanted);
        self.address = window.map(|window| {
            let link = context.link().clone();
            EventListener::new(&window, "hashchange", move |_| {
                link.send_message(Message::Address);
            })
        });
    }

    /// What is to be shown: what the address says, or else the attributes.
    fn place(&self, context: &Context<Self>) -> Place {
        let said = self.address.as_ref().and_then(|_| address::here());
        said.unwrap_or_else(|| of_attributes(&context.props().options))
    }

    /// Has the address say what is shown.
    fn tell_address(&self, is_new: bool) {
        if self.address.is_some() {
            let code = self.opened.as_ref().map(|opened| opened.code);
            let text = truncated(self.text.trim(), QUERY_MAX_CHARS).to_owned();
            address::go(&Place { text, code }, is_new);
        }
    }

    /// Shows what the address says now.
    fn follow(&mut self, context: &Context<Self>) {
        let place = self.place(context);
        let opened = self.opened.as_ref().map(|opened| opened.code);
        if place.text != self.text.trim() {
            self.drop_questions();
            self.fill = true;
            self.begin(context, place);
        } else if place.code != opened {
            match place.code {
                Some(code) => self.open(context, code),
                None => self.close(context),
            }
        }
    }

    /// Shows `place`; a page that opens a subject keeps its focus.
    fn begin(&mut self, context: &Context<Self>, place: Place) {
        self.text = place.text;
        self.opened = None;
        self.comparison = None;
        if let Some(code) = place.code {
            self.open(context, code);
            self.focus = None;
        } else if self.text.is_empty() {
            self.results = Results::None;
            context.props().ready();
        } else {
            self.ask(context);
        }
    }

    /// What is being typed or was asked for has no more say.
    fn drop_questions(&mut self) {
        self.pause = None;
        self.asking = false;
        self.pressed = false;
        self.empty_pages = 0;
        self.round = self.round.wrapping_add(1);
    }

    fn open(&mut self, context: &Context<Self>, code: SubjectCode) {
        self.drop_questions();
        let host = context.props().host;
        host.set_state(State::Loading);
        host.select(code.as_str());
        self.comparison = None;
        self.opened = Some(Opened::new(context, code));
        self.focus = Some(Focus::Page);
    }

    fn close(&mut self, context: &Context<Self>) {
        self.opened = None;
        self.comparison = None;
        self.focus = Some(Focus::Input);
        context.props().host.set_state(State::Ready);
    }

    fn compare(&mut self, context: &Context<Self>, step: compare::Step) {
        use compare::Step;
        let record = self
            .opened
            .as_ref()
            .and_then(|opened| opened.record.there());
        match step {
            Step::Keep => self.kept = record.cloned(),
            Step::Drop => {
                self.kept = None;
                self.comparison = None;
                self.focus = Some(Focus::Page);
            }
            Step::Begin => {
                if let (Some(kept), Some(record)) = (&self.kept, record) {
                    let both = [Rc::clone(kept), Rc::clone(record)];
                    self.comparison = Some(Comparison::new(context, both));
                    self.focus = Some(Focus::Page);
                }
            }
            Step::End => {
                self.comparison = None;
                self.focus = Some(Focus::Page);
            }
            Step::Again(place) => {
                if let Some(comparison) = &mut self.comparison {
                    comparison.ask(context, place);
                }
            }
            Step::Counted(place, code, page) => {
                if let Some(comparison) = &mut self.comparison {
                    comparison.count(context, place, code, page);
                }
            }
        }
    }

    fn move_to(&self, focus: &Focus) {
        let among = |root: Option<Element>, selector: &str, index: usize| {
            let all = root?.query_selector_all(selector).ok()?;
            all.get(u32::try_from(index).ok()?)?.dyn_into().ok()
        };
        let target: Option<HtmlElement> = match *focus {
            Focus::Page => self.page.cast(),
            Focus::Input => self.input.cast(),
            Focus::Link => self.link.cast(),
            Focus::Result(index) => among(self.list.cast(), ".result", index),
            Focus::Entry(place, index) => {
                let page = self.page.cast::<Element>();
                let page = page.and_then(|heading| heading.parent_element());
                subject::selector(place).and_then(|selector| among(page, &selector, index))
            }
        };
        let Some(target) = target else {
            return;
        };
        match focus {
            // Nobody stops there otherwise.
            Focus::Entry(..) => drop(target.set_attribute("tabindex", "-1")),
            Focus::Link => {
                if let Some(field) = target.dyn_ref::<HtmlInputElement>() {
                    field.select();
                }
            }
            _ => {}
        }
        let _ = target.focus();
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
