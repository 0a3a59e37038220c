//! 主体页: the card, what is registered, and all that is public of a subject.

use std::rc::Rc;

use credit_api::body::{Page, RecordItem, SubjectBody};
use credit_api::path::{self, encoded};
use credit_client::FetchError;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, Text, text};
use credit_core::links::links;
use credit_parts::button::{Rank, Readiness, button, readiness};
use credit_parts::html;
use credit_parts::tabs::{Tab, tabs};
use yew::prelude::*;

use crate::piece::Context;

use super::share::{self, Shared};
use super::{Focus, Message, Query, compare, facts};
use crate::panel::{Asked, MORE, failed, waiting};
use crate::reading::{body, records};
use crate::record::{STANDING, entry, title};

const BACK: Text = text("返回查询结果", "Back to the results");
const RECORDS: Text = text("公示信息", "What is public");
const NONE: Text = text(
    "查询期内无相关信息",
    "Nothing within the period of the query",
);
const PRINT: Text = text(
    "打印信用报告（新窗口）",
    "Print the credit report (new window)",
);
const ELSEWHERE: Text = text("（另一网站，新窗口）", " (another website, new window)");

/// The datasets of the tabs, in the order in which the server lists them.
pub(super) static SHOWN: [&str; 8] = [
    "licences",
    "penalties",
    "lists",
    "judgments",
    "commitments",
    "fulfilments",
    "grades",
    "honours",
];

/// The tabs: what they are called, and the first and the end of what is in them.
static TABS: [(Text, usize, usize); 6] = [
    (text("行政许可", "Licences"), 0, 1),
    (text("行政处罚", "Penalties"), 1, 2),
    (text("名单", "Lists"), 2, 4),
    (text("信用承诺", "Commitments"), 4, 6),
    (text("信用评价", "Grades"), 6, 7),
    (text("守信荣誉", "Honours"), 7, 8),
];

/// Entries that come at once.
const PAGE: &str = "20";

/// A subject that is open.
pub(super) struct Opened {
    /// Whose page it is.
    pub code: SubjectCode,
    /// What is registered.
    pub record: Asked<Rc<SubjectBody>>,
    tab: usize,
    listings: [Listing; SHOWN.len()],
    shared: Shared,
}

/// The entries of a dataset, as far as they are here.
#[derive(Default)]
struct Listing {
    items: Vec<RecordItem>,
    next: Option<String>,
    /// The page that was asked for last.
    asked: Option<Asked<()>>,
}

/// What happens on the page.
pub(crate) enum Step {
    /// What is registered is there.
    Record(Result<Rc<SubjectBody>, FetchError>),
    /// Another tab.
    Tab(usize),
    /// More of a dataset, by its place.
    More(usize),
    /// It is there.
    Records(usize, Result<Page<RecordItem>, FetchError>),
    /// The link is to be handed on.
    Share,
    /// What came of it.
    Shared(Shared),
}

impl Opened {
    /// The page of `code`, which asks for what is in sight.
    pub(super) fn new(context: &Context<Query>, code: SubjectCode) -> Self {
        let link = context.link().clone();
        context.props().ask(&path::subject(&code), move |answer| {
            let record = Step::Record(body(answer).map(Rc::new));
            link.send_message(Message::Subject(code, record));
        });
        let mut opened = Self {
            code,
            record: Asked::Loading,
            tab: 0,
            listings: Default::default(),
            shared: Shared::Not,
        };
        opened.show(context, 0);
        opened
    }

    /// Takes a step; says where the keyboard should go.
    pub(super) fn take(&mut self, context: &Context<Query>, step: Step) -> Option<Focus> {
        match step {
            Step::Record(record) => self.record = record.into(),
            Step::Tab(tab) => self.show(context, tab),
            Step::More(place) => self.ask(context, place),
            Step::Records(place, page) => {
                let listing = self.listings.get_mut(place)?;
                let known = listing.items.len();
                listing.asked = Some(
                    page.map(|page| {
                        listing.items.extend(page.items);
                        listing.next = page.next;
                    })
                    .into(),
                );
                // Not where a tab was opened: the keyboard is on it.
                return (known > 0 && listing.items.len() > known)
                    .then_some(Focus::Entry(place, known));
            }
            Step::Share => {
                let title = self.record.there().map(|record| record.name.as_str());
                let url = page_url(context, self.code);
                let (code, link) = (self.code, context.link().clone());
                share::hand_on(title.unwrap_or_default(), &url, move |shared| {
                    link.send_message(Message::Subject(code, Step::Shared(shared)));
                });
            }
            Step::Shared(shared) => {
                self.shared = shared;
                return (shared == Shared::Field).then_some(Focus::Link);
            }
        }
        None
    }

    fn show(&mut self, context: &Context<Query>, tab: usize) {
        self.tab = tab;
        let Some((_, from, end)) = TABS.get(tab) else {
            return;
        };
        for place in *from..*end {
            let listing = self.listings.get(place);
            if listing.is_some_and(|listing| listing.asked.is_none()) {
                self.ask(context, place);
            }
        }
    }

    fn ask(&mut self, context: &Context<Query>, place: usize) {
        let (Some(listing), Some(kind)) = (self.listings.get_mut(place), SHOWN.get(place)) else {
            return;
        };
        if listing.asked == Some(Asked::Loading) {
            return;
        }
        listing.asked = Some(Asked::Loading);
        let path = path::asked(
            &path::records(&self.code),
            &[
                ("kind", kind),
                ("limit", PAGE),
                ("lang", context.props().lang().tag()),
                ("cursor", listing.next.as_deref().unwrap_or_default()),
            ],
        );
        let code = self.code;
        let told = move |page| Message::Subject(code, Step::Records(place, page));
        records(&context.props().url(&path), context.link().callback(told));
    }

    /// How many there are in a tab, where that is known.
    fn count(&self, from: usize, end: usize) -> Option<usize> {
        let listings = self.listings.get(from..end)?;
        let is_all = listings.iter().all(Listing::is_all);
        is_all.then(|| listings.iter().map(|listing| listing.items.len()).sum())
    }
}

impl Listing {
    fn is_all(&self) -> bool {
        self.next.is_none() && matches!(self.asked, Some(Asked::There(())))
    }
}

/// The server's own page of a subject, in the visitor's language.
fn page_url(context: &Context<Query>, code: SubjectCode) -> String {
    of_server(context, &path::page(&code))
}

fn of_server(context: &Context<Query>, path: &str) -> String {
    let lang = match context.props().lang() {
        Lang::ZhCn => "",
        Lang::En => "en",
    };
    context.props().url(&path::asked(path, &[("lang", lang)]))
}

/// Shows the page.
pub(super) fn page(query: &Query, opened: &Opened, context: &Context<Query>) -> Html {
    let lang = context.props().lang();
    let code = opened.code;
    let name = match &opened.record {
        Asked::There(record) => record.name.as_str(),
        _ => code.as_str(),
    };
    let body = match &opened.record {
        Asked::Loading => waiting(lang),
        Asked::Failed(error) => {
            let again = context.link().callback(move |()| Message::Open(code));
            failed(error, lang, again)
        }
        Asked::There(record) => whole(query, opened, record, context),
    };
    let back = context.link().callback(|()| Message::Back);
    let label = ["← ", BACK.in_lang(lang)].concat();
    html! {
        <section class="page" part="page" aria-label={name.to_owned()}>
            { button(&label, Rank::Second, Readiness::Ready, back) }
            <h2 ref={query.page.clone()} class="title" part="title" tabindex="-1">{ name }</h2>
            <div key={code.as_str().to_owned()}>{ body }</div>
        </section>
    }
}

fn whole(query: &Query, opened: &Opened, record: &SubjectBody, context: &Context<Query>) -> Html {
    let options = &context.props().options;
    let lang = options.common.lang;
    html! {
        <>
            <div key="card">
                <credit-card code={opened.code.as_str().to_owned()} api={options.common.api.clone()}
                    lang={lang.tag()} issuer={options.issuer.clone()}
                    theme={options.common.theme.class().trim_start_matches("theme-")}
                    size={options.common.size.class().trim_start_matches("size-")}></credit-card>
            </div>
            <div key="ways">{ ways(query, opened, record, context) }</div>
            <div key="facts">{ facts::registered(record, lang) }</div>
            <div key="records" class="record">
                <h3 class="record-title">{ RECORDS.in_lang(lang) }</h3>
                { tabbed(opened, context, lang) }
            </div>
        </>
    }
}

/// What can be done with it.
fn ways(query: &Query, opened: &Opened, record: &SubjectBody, context: &Context<Query>) -> Html {
    let lang = context.props().lang();
    let code = opened.code;
    let share = context
        .link()
        .callback(move |()| Message::Subject(code, Step::Share));
    let name = encoded(record.name.as_str());
    let elsewhere = links().into_iter().map(|link| {
        let label = [link.title.in_lang(lang), ELSEWHERE.in_lang(lang)].concat();
        html! {
            <a key={link.id} class="away" part="link" href={link.address(&name, code.as_str())}
                target="_blank" rel="noopener noreferrer">{ label }</a>
        }
    });
    html! {
        <>
            <div key="ways" class="line ways">
                { compare::ways(query, code, context) }
                { button(share::SHARE.in_lang(lang), Rank::Second, Readiness::Ready, share) }
                // Of the page around us nobody wants a copy on paper; the report is
                // signed, and made to be printed.
                <a key="print" class="button second" part="button" target="_blank" rel="noopener"
                    href={of_server(context, &path::report_page(&code))}>{ PRINT.in_lang(lang) }</a>
                <span key="away">{ for elsewhere }</span>
            </div>
            <div key="shared">{ share::view(opened.shared, &page_url(context, code), &query.link, lang) }</div>
        </>
    }
}

fn tabbed(opened: &Opened, context: &Context<Query>, lang: Lang) -> Html {
    let heads: Vec<Tab<'_>> = TABS
        .iter()
        .map(|(label, from, end)| Tab {
            label: label.in_lang(lang),
            count: opened.count(*from, *end),
        })
        .collect();
    let code = opened.code;
    let chosen = context
        .link()
        .callback(move |tab| Message::Subject(code, Step::Tab(tab)));
    let (_, from, end) = TABS.get(opened.tab).copied().unwrap_or(TABS[0]);
    let content = html! {
        { for (from..end).map(|place| listing(opened, place, end - from > 1, context)) }
    };
    tabs(
        "kinds",
        RECORDS.in_lang(lang),
        &heads,
        opened.tab,
        chosen,
        content,
    )
}

/// The entries of a dataset; its heading is seen where the tab does not say it.
fn listing(opened: &Opened, place: usize, has_others: bool, context: &Context<Query>) -> Html {
    let (Some(listing), Some(kind)) = (opened.listings.get(place), SHOWN.get(place)) else {
        return Html::default();
    };
    let lang = context.props().lang();
    let code = opened.code;
    let more = context
        .link()
        .callback(move |()| Message::Subject(code, Step::More(place)));
    let state = match &listing.asked {
        Some(Asked::Failed(error)) => failed(error, lang, more),
        Some(Asked::Loading) if listing.items.is_empty() => waiting(lang),
        Some(asked) if listing.next.is_some() => {
            let is_ready = readiness(*asked != Asked::Loading);
            button(MORE.in_lang(lang), Rank::Second, is_ready, more)
        }
        _ => Html::default(),
    };
    let is_none = listing.is_all() && listing.items.is_empty();
    let heading = if has_others {
        "record-title"
    } else {
        "record-title paper"
    };
    html! {
        <section key={*kind} class="record" part="record" id={["of-", kind].concat()}>
            <h4 key="title" class={heading}>{ title(kind, lang) }</h4>
            <p key="none" class="words" hidden={!is_none}>{ NONE.in_lang(lang) }</p>
            <div key="items">
                { for listing.items.iter().enumerate().map(|(index, item)| entry(index, item, &STANDING, lang)) }
            </div>
            <div key="state" class="line">{ state }</div>
        </section>
    }
}

/// Where the entry `index` of a dataset is found in the page.
pub(super) fn selector(place: usize) -> Option<String> {
    SHOWN
        .get(place)
        .map(|kind| ["#of-", kind, " .entry"].concat())
}
