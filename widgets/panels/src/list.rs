//! 名单与目录: what lists there are, who is on one, how one comes onto it and off it
//! again, and what the catalogue of credit information has.

mod catalogue;
mod view;

use credit_api::body::{Page, RecordItem};
use credit_api::district::{CatalogueBody, ListItem, ListsBody};
use credit_api::path;
use credit_client::FetchError;
use credit_element::state::State;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::options::ListOptions;
use crate::panel::Asked;
use crate::piece::{Context, Piece};
use crate::reading::body;

/// What the catalogue is called among the lists.
const CATALOGUE: &str = "catalogue";

/// The lists.
pub(crate) struct List {
    lists: Asked<Vec<ListItem>>,
    opened: Option<Opened>,
    /// Counts up with every question; answers to older ones are dropped.
    round: u32,
    heading: NodeRef,
    /// The keyboard should go to the heading after the next paint.
    to_heading: bool,
}

/// What is looked at.
struct Opened {
    id: String,
    content: Asked<Content>,
}

/// What a list has.
pub(crate) enum Content {
    /// Entries.
    Entries {
        items: Vec<RecordItem>,
        next: Option<String>,
        further: Further,
    },
    /// The catalogue.
    Catalogue(Box<CatalogueBody>),
}

/// The pages after the first.
#[derive(Clone, PartialEq)]
pub(crate) enum Further {
    Waiting,
    Loading,
    Failed(FetchError),
}

/// What can happen.
pub(crate) enum Message {
    /// What lists there are.
    Lists(u32, Result<ListsBody, FetchError>),
    /// A list is wanted.
    Open(String),
    /// The first page of it, or the catalogue.
    Opened(u32, Result<Content, FetchError>),
    /// The next page is wanted.
    More,
    /// It is there.
    Further(u32, Result<Page<RecordItem>, FetchError>),
    /// Back to all lists.
    Back,
    /// What failed is wanted again.
    Again,
    /// Somebody was chosen.
    Select(String),
}

impl Piece for List {
    type Message = Message;
    type Options = ListOptions;

    fn create(context: &Context<Self>) -> Self {
        let mut list = Self {
            lists: Asked::Loading,
            opened: None,
            round: 0,
            heading: NodeRef::default(),
            to_heading: false,
        };
        list.begin(context);
        list
    }

    fn changed(&mut self, context: &Context<Self>, old: &ListOptions) -> bool {
        let (new, old) = (&context.props().options, old);
        let is_other = new.common.api != old.common.api || new.common.lang != old.common.lang;
        if is_other || new.list != old.list {
            // A language changes the words, not what is looked at.
            if new.list != old.list {
                self.opened = None;
            }
            self.begin(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Lists(round, _) | Message::Opened(round, _) | Message::Further(round, _)
                if round != self.round =>
            {
                return false;
            }
            Message::Lists(_, answer) => {
                // What is looked at decides how the element is.
                if self.opened.is_none() {
                    context.props().report(answer.as_ref().err());
                }
                self.lists = answer.map(|body| body.items).into();
            }
            Message::Open(id) => {
                self.to_heading = true;
                self.open(context, id);
            }
            Message::Opened(_, answer) => {
                context.props().report(answer.as_ref().err());
                if let Some(opened) = &mut self.opened {
                    opened.content = answer.into();
                }
            }
            Message::More => return self.more(context),
            Message::Further(_, answer) => self.further(answer),
            Message::Back => {
                self.opened = None;
                self.to_heading = true;
                if self.lists.there().is_none() {
                    self.ask_lists(context);
                } else {
                    self.round = self.round.wrapping_add(1);
                    context.props().host.set_state(State::Ready);
                }
            }
            Message::Again => match self.opened.take() {
                Some(opened) if self.lists.there().is_some() => self.open(context, opened.id),
                opened => {
                    self.opened = opened;
                    self.begin(context);
                }
            },
            Message::Select(code) => {
                context.props().host.select(&code);
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

impl List {
    /// Does what the attributes ask for. The lists are asked for in any case: they
    /// say what the one that is looked at is about.
    fn begin(&mut self, context: &Context<Self>) {
        let wanted = context.props().options.list.clone();
        let wanted = wanted.or_else(|| self.opened.take().map(|opened| opened.id));
        self.ask_lists(context);
        if let Some(id) = wanted {
            self.content(context, id);
        }
    }

    fn ask_lists(&mut self, context: &Context<Self>) {
        self.lists = Asked::Loading;
        self.round = self.round.wrapping_add(1);
        let round = self.round;
        let link = context.link().clone();
        context.props().host.set_state(State::Loading);
        context
            .props()
            .ask_in_lang(path::LISTS, &[], move |answer| {
                link.send_message(Message::Lists(round, body(answer)));
            });
    }

    fn open(&mut self, context: &Context<Self>, id: String) {
        self.round = self.round.wrapping_add(1);
        context.props().host.set_state(State::Loading);
        self.content(context, id);
    }

    /// Asks for what a list has.
    fn content(&mut self, context: &Context<Self>, id: String) {
        let (round, link) = (self.round, context.link().clone());
        if id == CATALOGUE {
            context
                .props()
                .ask_in_lang(path::CATALOGUE, &[], move |answer| {
                    let content = body(answer).map(|body| Content::Catalogue(Box::new(body)));
                    link.send_message(Message::Opened(round, content));
                });
        } else {
            context
                .props()
                .ask_in_lang(&path::list(&id), &[], move |answer| {
                    let page: Result<Page<RecordItem>, FetchError> = body(answer);
                    let content = page.map(|page| Content::Entries {
                        items: page.items,
                        next: page.next,
                        further: Further::Waiting,
                    });
                    link.send_message(Message::Opened(round, content));
                });
        }
        self.opened = Some(Opened {
            id,
            content: Asked::Loading,
        });
    }

    fn more(&mut self, context: &Context<Self>) -> bool {
        let Some(Opened {
            id,
            content: Asked::There(Content::Entries { next, further, .. }),
        }) = &mut self.opened
        else {
            return false;
        };
        let Some(next) = next.as_ref().filter(|_| *further != Further::Loading) else {
            return false;
        };
        let (round, link) = (self.round, context.link().clone());
        context
            .props()
            .ask_in_lang(&path::list(id), &[("cursor", next)], move |answer| {
                link.send_message(Message::Further(round, body(answer)));
            });
        *further = Further::Loading;
        true
    }

    fn further(&mut self, answer: Result<Page<RecordItem>, FetchError>) {
        let Some(Opened {
            content:
                Asked::There(Content::Entries {
                    items,
                    next,
                    further,
                }),
            ..
        }) = &mut self.opened
        else {
            return;
        };
        match answer {
            Ok(page) => {
                items.extend(page.items);
                *next = page.next;
                *further = Further::Waiting;
            }
            Err(error) => *further = Further::Failed(error),
        }
    }
}
