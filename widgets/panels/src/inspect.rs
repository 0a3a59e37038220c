//! 分级分类监管: which ratio and frequency of inspections goes with which grade at
//! which department. It explains what is published; nothing is sampled here.

mod view;

use credit_api::body::{Page, RecordItem};
use credit_api::path;
use credit_client::FetchError;
use credit_element::state::State;
use yew::prelude::*;

use crate::options::InspectOptions;
use crate::panel::{Asked, Panel};
use crate::reading::read;

/// Most pages of the table that are read, of [`PAGE`] rows each: ten times what a
/// district with forty departments has.
const PAGES_MAX: usize = 20;

/// As many as the server gives at once.
const PAGE: &str = "50";

/// The table of a district.
pub(crate) struct Inspect {
    rows: Asked<Rows>,
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
    /// The answers to question `round`.
    Told(
        u32,
        Result<Rows, FetchError>,
        Option<Result<Vec<RecordItem>, FetchError>>,
    ),
    /// What failed is wanted again.
    Again,
    /// Another department is looked at.
    Unit(String),
    /// Another scheme is looked at.
    Scheme(String),
}

impl Component for Inspect {
    type Message = Message;
    type Properties = Panel<InspectOptions>;

    fn create(context: &Context<Self>) -> Self {
        let mut inspect = Self {
            rows: Asked::Loading,
            grades: None,
            unit: String::new(),
            scheme: String::new(),
            round: 0,
        };
        inspect.ask(context);
        inspect
    }

    fn changed(&mut self, context: &Context<Self>, old: &Panel<InspectOptions>) -> bool {
        let (new, old) = (&context.props().options, &old.options);
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
            Message::Told(round, _, _) if round != self.round => return false,
            Message::Told(_, rows, grades) => {
                context.props().report(rows.as_ref().err());
                self.rows = rows.into();
                self.grades = grades;
            }
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
        let (round, panel) = (self.round, context.props().clone());
        panel.host.set_state(State::Loading);
        context.link().send_future(async move {
            let rows = rows(&panel).await;
            let grades = grades(&panel).await;
            Message::Told(round, rows, grades)
        });
    }
}

/// All pages of the table, up to [`PAGES_MAX`].
async fn rows(panel: &Panel<InspectOptions>) -> Result<Rows, FetchError> {
    let mut items = Vec::new();
    let mut next = String::new();
    for _ in 0..PAGES_MAX {
        let page = page(panel, path::INSPECTIONS, "", &next).await?;
        items.extend(page.items);
        match page.next {
            Some(further) => next = further,
            None => {
                let is_cut = false;
                return Ok(Rows { items, is_cut });
            }
        }
    }
    let is_cut = true;
    Ok(Rows { items, is_cut })
}

/// The grades of the subject that an attribute names, the latest first.
async fn grades(panel: &Panel<InspectOptions>) -> Option<Result<Vec<RecordItem>, FetchError>> {
    let path = path::records(&panel.options.code?);
    let page = page(panel, &path, "grades", "").await;
    Some(page.map(|page| page.items))
}

async fn page(
    panel: &Panel<InspectOptions>,
    of: &str,
    kind: &str,
    cursor: &str,
) -> Result<Page<RecordItem>, FetchError> {
    let parameters = [
        ("kind", kind),
        ("limit", PAGE),
        ("lang", panel.lang().tag()),
        ("cursor", cursor),
    ];
    read(&panel.url(&path::asked(of, &parameters))).await
}
