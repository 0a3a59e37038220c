//! 信易+: what a subject can use now, what only the unit that grants it can say, and
//! what is missing for the rest.

mod view;

use credit_api::body::{Page, SearchItem};
use credit_api::district::PerksBody;
use credit_api::path;
use credit_client::FetchError;
use credit_core::identifier::SubjectCode;
use credit_core::limits::QUERY_MAX_CHARS;
use credit_core::text::{is_searchable, truncated};
use credit_element::state::State;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::asking::{fill, typed};
use crate::options::PerksOptions;
use crate::panel::Asked;
use crate::piece::{Context, Piece};
use crate::reading::body;

/// Benefits of a group that are shown at first, and with every "more".
const STEP: usize = 12;

/// The benefits of a subject.
pub(crate) struct Perks {
    stage: Stage,
    /// What the registry calls the subject.
    name: Option<String>,
    /// 应用场景 that is looked at; empty is all of them.
    scene: String,
    /// How many of each group are shown.
    shown: usize,
    /// Counts up with every question; answers to older ones are dropped.
    round: u32,
    input: NodeRef,
    title: NodeRef,
    /// The keyboard should go to the title after the next paint.
    to_title: bool,
}

/// What stands below the input.
enum Stage {
    /// Nothing was asked.
    Empty,
    /// Subjects with such a name.
    Search(Asked<Page<SearchItem>>),
    /// The benefits of this one.
    Subject(SubjectCode, Asked<Box<PerksBody>>),
}

/// What can happen.
pub(crate) enum Message {
    /// Code or name was sent.
    Ask,
    /// Subjects with such a name, for question `round`.
    Found(u32, Result<Page<SearchItem>, FetchError>),
    /// One of them is wanted.
    Choose(SubjectCode),
    /// Its benefits.
    Told(u32, Result<Box<PerksBody>, FetchError>),
    /// Its name.
    Named(u32, Option<String>),
    /// What failed is wanted again.
    Again,
    /// Another scene is looked at.
    Scene(String),
    /// More of each group.
    More,
}

impl Piece for Perks {
    type Message = Message;
    type Options = PerksOptions;

    fn create(context: &Context<Self>) -> Self {
        let mut perks = Self {
            stage: Stage::Empty,
            name: None,
            scene: String::new(),
            shown: STEP,
            round: 0,
            input: NodeRef::default(),
            title: NodeRef::default(),
            to_title: false,
        };
        perks.begin(context);
        perks
    }

    fn changed(&mut self, context: &Context<Self>, old: &PerksOptions) -> bool {
        let (new, old) = (&context.props().options, old);
        if new.code != old.code {
            self.stage = Stage::Empty;
            fill(&self.input, "");
            self.begin(context);
        } else if (&new.common.api, new.common.lang) != (&old.common.api, old.common.lang) {
            // Labels come from the server.
            self.again(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Ask => self.ask(context),
            Message::Choose(code) => {
                context.props().host.select(code.as_str());
                self.to_title = true;
                self.open(context, code);
            }
            Message::Found(round, _) | Message::Told(round, _) | Message::Named(round, _)
                if round != self.round =>
            {
                return false;
            }
            Message::Found(_, found) => {
                context.props().report(found.as_ref().err());
                self.stage = Stage::Search(found.into());
            }
            Message::Told(_, told) => {
                context.props().report(told.as_ref().err());
                if let Stage::Subject(_, perks) = &mut self.stage {
                    *perks = told.into();
                }
            }
            Message::Named(_, name) => self.name = name,
            Message::Again => self.again(context),
            Message::Scene(scene) => {
                self.scene = scene;
                self.shown = STEP;
            }
            Message::More => self.shown += STEP,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        self::view::window(self, context)
    }

    fn rendered(&mut self, _: &Context<Self>) {
        if std::mem::take(&mut self.to_title)
            && let Some(title) = self.title.cast::<HtmlElement>()
        {
            let _ = title.focus();
        }
    }
}

impl Perks {
    /// Does what the attributes ask for.
    fn begin(&mut self, context: &Context<Self>) {
        match context.props().options.code {
            Some(code) => self.open(context, code),
            None => {
                self.next();
                context.props().ready();
            }
        }
    }

    fn again(&mut self, context: &Context<Self>) {
        match self.stage {
            Stage::Empty => {}
            Stage::Search(_) => self.ask(context),
            Stage::Subject(code, _) => self.open(context, code),
        }
    }

    /// The number of a new question.
    fn next(&mut self) -> u32 {
        self.round = self.round.wrapping_add(1);
        self.round
    }

    fn ask(&mut self, context: &Context<Self>) {
        let text = typed(&self.input);
        if let Ok(code) = SubjectCode::as_published(&text) {
            return context.link().send_message(Message::Choose(code));
        }
        let round = self.next();
        if !is_searchable(&text) {
            self.stage = Stage::Empty;
            return context.props().host.set_state(State::Ready);
        }
        self.stage = Stage::Search(Asked::Loading);
        context.props().host.set_state(State::Loading);
        let path = path::search(truncated(&text, QUERY_MAX_CHARS), None);
        let link = context.link().clone();
        context.props().ask(&path, move |answer| {
            link.send_message(Message::Found(round, body(answer)));
        });
    }

    fn open(&mut self, context: &Context<Self>, code: SubjectCode) {
        let round = self.next();
        if !matches!(self.stage, Stage::Subject(same, _) if same == code) {
            self.name = None;
            self.scene = String::new();
            self.shown = STEP;
        }
        self.stage = Stage::Subject(code, Asked::Loading);
        let panel = context.props();
        panel.host.set_state(State::Loading);
        let (link, names) = (context.link().clone(), context.link().clone());
        panel.ask_in_lang(&path::perks(&code), &[], move |answer| {
            link.send_message(Message::Told(round, body(answer).map(Box::new)));
        });
        panel.ask(&path::subject(&code), move |answer| {
            let name = answer.ok();
            let name = name.and_then(|body| body.str_of("name").map(str::to_owned));
            names.send_message(Message::Named(round, name));
        });
    }
}
