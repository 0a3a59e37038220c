//! 分级分类监管: which ratio and frequency of inspections goes with which grade at
//! which department. It explains what is published; nothing is sampled here.

mod view;

use credit_api::body::{Page, RecordItem};
use credit_api::path;
use credit_client::FetchError;
use credit_element::state::State;
use yew::prelude::*;

use crate::options::InspectOptions;
use crate::panel::Asked;
use crate::piece::{Context, Piece};
use crate::reading::body;

/// Most pages of the table that are read, of [`PAGE`] rows each: ten times what a
/// district with forty departments has.
const PAGES_MAX: usize = 20;

/// As many as the server gives at once.
const PAGE: &str = "50";

/// The table of a district.
pub(crate) struct Inspect {
    rows: Asked<Rows>,
    /// Pages that are there while others are on their way.
    read: Vec<Vec<RecordItem>>,
    /// What grades the subject has, where one is named.
    grades: Option<Result<Vec<RecordItem>, FetchError>>,
    /// 监管部门 that is looked at; empty is all of them.
    unit: String,
    /// 评价方案 that is looked at; empty is all of them.
    scheme: String,
    /// Counts up with every question; answers to older ones are dropped.
    round: u32,
}

/// What there is of the table.
pub(crate) struct Rows {
    items: Vec<RecordItem>,
    /// There is more than is read.
    is_cut: bool,
}

/// What can happen.
pub(crate) enum Message {
    /// A page of the table, for question `round`.
    Told(u32, Result<Page<RecordItem>, FetchError>),
    /// The grades of the subject that an attribute names, the latest first.
    Grades(u32, Result<Page<RecordItem>, FetchError>),
    /// What failed is wanted again.
    Again,
    /// Another department is looked at.
    Unit(String),
    /// Another scheme is looked at.
    Scheme(String),
}

impl Piece for Inspect {
    type Message = Message;
    type Options = InspectOptions;

    fn create(context: &Context<Self>) -> Self {
        let mut inspect = Self {
            rows: Asked::Loading,
            read: Vec::new(),
            grades: None,
            unit: String::new(),
            scheme: String::new(),
            round: 0,
        };
        inspect.ask(context);
        inspect
    }

    fn changed(&mut self, context: &Context<Self>, old: &InspectOptions) -> bool {
        let (new, old) = (&context.props().options, old);
        if (&new.unit, &new.scheme) != (&old.unit, &old.scheme) {
            self.unit = String::new();
            self.scheme = String::new();
        }
        let asked = |options: &InspectOptions| {
            let common = &options.common;
            (options.code, common.api.clone(), common.lang)
        };
        if asked(new) != asked(old) {
            self.ask(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Told(round, _) | Message::Grades(round, _) if round != self.round => {
                return false;
            }
            Message::Told(_, page) => return self.told(context, page),
            Message::Grades(_, page) => self.grades = Some(page.map(|page| page.items)),
            Message::Again => self.ask(context),
            Message::Unit(unit) => self.unit = unit,
            Message::Scheme(scheme) => self.scheme = scheme,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        self::view::window(self, context)
    }
}

impl Inspect {
    fn ask(&mut self, context: &Context<Self>) {
        self.round = self.round.wrapping_add(1);
        self.rows = Asked::Loading;
        self.grades = None;
        self.read = Vec::new();
        let panel = context.props();
        panel.host.set_state(State::Loading);
        self.page(context, "");
        if let Some(code) = panel.options.code {
            let (round, link) = (self.round, context.link().clone());
            let parameters = [("kind", "grades"), ("limit", PAGE)];
            panel.ask_in_lang(&path::records(&code), &parameters, move |answer| {
                link.send_message(Message::Grades(round, body(answer)));
            });
        }
    }

    /// Asks for the page behind `cursor`.
    fn page(&self, context: &Context<Self>, cursor: &str) {
        let (round, link) = (self.round, context.link().clone());
        let parameters = [("limit", PAGE), ("cursor", cursor)];
        let panel = context.props();
        panel.ask_in_lang(path::INSPECTIONS, &parameters, move |answer| {
            link.send_message(Message::Told(round, body(answer)));
        });
    }

    /// Takes a page in, and asks for the next, up to [`PAGES_MAX`]. Whether there is
    /// something new to see.
    fn told(
        &mut self,
        context: &Context<Self>,
        page: Result<Page<RecordItem>, FetchError>,
    ) -> bool {
        let (items, next) = match page {
            Ok(page) => (page.items, page.next),
            Err(error) => {
                context.props().fail(&error);
                self.rows = Asked::Failed(error);
                return true;
            }
        };
        self.read.push(items);
        match next {
            Some(next) if self.read.len() < PAGES_MAX => {
                self.page(context, &next);
                false
            }
            next => {
                let items = std::mem::take(&mut self.read).concat();
                let is_cut = next.is_some();
                context.props().ready();
                self.rows = Asked::There(Rows { items, is_cut });
                true
            }
        }
    }
}
