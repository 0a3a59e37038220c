//! What is seen of the lists.

use credit_api::district::ListItem;
use credit_core::lang::{Lang, Text, text};
use credit_element::state::error_text;
use credit_parts::button::{Rank, Readiness, button, readiness};
use credit_parts::html;
use yew::prelude::*;

use super::{CATALOGUE, Content, Further, List, Message, Opened, catalogue};
use crate::panel::{Asked, MORE, failed, waiting};
use crate::piece::Context;
use crate::record::{self, entry, subject};

const BACK: Text = text("返回全部名单", "Back to all lists");
const TITLE: Text = text("名单与目录", "Lists and catalogue");
const ABOUT_CATALOGUE: Text = text("公共信用信息目录", "Catalogue of public credit information");
const BASIS: Text = text("依据", "Basis");
const ENTRY: Text = text("列入条件", "How one comes onto it");
const EXIT: Text = text("移出条件", "How one leaves it");
const NOBODY: Text = text(
    "查询期内无相关信息。",
    "There is nothing of this kind today.",
);
const UNKNOWN: Text = text(
    "没有这个名单，请从全部名单中选择。",
    "There is no such list. Choose one of all lists.",
);

/// What the lists are sorted by; the first of a group says it by its dataset.
const GROUPS: [(&str, Text); 5] = [
    ("honours", text("守信激励", "Trustworthy subjects")),
    (
        "lists",
        text(
            "严重失信主体名单和异常名录",
            "Serious dishonesty and abnormal operation",
        ),
    ),
    ("judgments", text("失信被执行人", "Judgment defaulters")),
    ("agencies", text("信用服务机构", "Credit service agencies")),
    (
        "measures",
        text("守信激励和失信惩戒措施", "Incentives and penalties"),
    ),
];

/// All of the element.
pub(super) fn window(list: &List, context: &Context<List>) -> Html {
    let panel = context.props();
    let lang = panel.lang();
    let is_chosen = panel.options.list.is_some();
    panel.window(
        "list",
        html! {
            <>
                <div key="all" hidden={list.opened.is_some()}>
                    if list.opened.is_none() { { all(list, context, lang) } }
                </div>
                <div key="one">
                    if let Some(opened) = &list.opened { { one(list, opened, is_chosen, context, lang) } }
                </div>
            </>
        },
    )
}

fn all(list: &List, context: &Context<List>, lang: Lang) -> Html {
    let link = context.link();
    let content = match &list.lists {
        Asked::Loading => waiting(lang),
        Asked::Failed(error) => failed(error, lang, link.callback(|()| Message::Again)),
        Asked::There(lists) => html! {
            <>
                { for GROUPS.iter().map(|(kind, title)| group(kind, title.in_lang(lang), lists, context, lang)) }
                <section key={CATALOGUE} class="record">
                    <h3 class="record-title">{ ABOUT_CATALOGUE.in_lang(lang) }</h3>
                    <ul class="results">{ choice(CATALOGUE, ABOUT_CATALOGUE.in_lang(lang), None, context, lang) }</ul>
                </section>
            </>
        },
    };
    html! {
        <section aria-label={TITLE.in_lang(lang)}>
            <h2 key="title" ref={list.heading.clone()} class="title" part="title" tabindex="-1">{ TITLE.in_lang(lang) }</h2>
            <div key="content">{ content }</div>
        </section>
    }
}

fn group(
    kind: &str,
    title: &'static str,
    lists: &[ListItem],
    context: &Context<List>,
    lang: Lang,
) -> Html {
    let lists: Vec<&ListItem> = lists.iter().filter(|list| list.kind == kind).collect();
    html! {
        <section key={kind.to_owned()} class="record" hidden={lists.is_empty()}>
            <h3 class="record-title">{ title }</h3>
            <ul class="results">
                { for lists.iter().map(|list| choice(&list.id, &list.title, Some(list.count), context, lang)) }
            </ul>
        </section>
    }
}

fn choice(id: &str, title: &str, count: Option<u64>, context: &Context<List>, lang: Lang) -> Html {
    let wanted = id.to_owned();
    let open = context
        .link()
        .callback(move |_: MouseEvent| Message::Open(wanted.clone()));
    html! {
        <li key={id.to_owned()}>
            <button type="button" class="result pick" part="button" onclick={open}>
                <span class="name">{ title }</span>
                <span class="about">{ count.map(|count| entries(count, lang)).unwrap_or_default() }</span>
            </button>
        </li>
    }
}

/// How many entries there are.
fn entries(count: u64, lang: Lang) -> String {
    let number = count.to_string();
    match (lang, count) {
        (Lang::ZhCn, _) => [&number, "条"].concat(),
        (Lang::En, 1) => "1 entry".to_owned(),
        (Lang::En, _) => [&number, " entries"].concat(),
    }
}

fn one(list: &List, opened: &Opened, is_chosen: bool, context: &Context<List>, lang: Lang) -> Html {
    let link = context.link();
    let known = list.lists.there();
    let about = known.and_then(|lists| lists.iter().find(|list| list.id == opened.id));
    let title = match about {
        Some(about) => about.title.as_str(),
        None if opened.id == CATALOGUE => ABOUT_CATALOGUE.in_lang(lang),
        None => &opened.id,
    };
    let content = match &opened.content {
        Asked::Loading => waiting(lang),
        Asked::Failed(error) if error.code() == "no-such-item" => html! {
            <p class="words" role="status">{ UNKNOWN.in_lang(lang) }</p>
        },
        Asked::Failed(error) => failed(error, lang, link.callback(|()| Message::Again)),
        Asked::There(Content::Catalogue(body)) => catalogue::view(body, lang),
        Asked::There(Content::Entries {
            items,
            next,
            further,
        }) => {
            let trouble = match further {
                Further::Failed(error) => error_text(error.code(), lang),
                _ => "",
            };
            html! {
                <>
                    <p key="none" class="words" role="status" hidden={!items.is_empty()}>{ NOBODY.in_lang(lang) }</p>
                    <div key="items">{ for items.iter().enumerate().map(|(index, item)| html! {
                        <div key={index}>
                            { subject(item, context.props().url(""), link.callback(Message::Select)) }
                            { entry(0, item, record::listed(item), lang) }
                        </div>
                    }) }</div>
                    <div key="more">
                        if next.is_some() {
                            <p class="failed" role="status">{ trouble }</p>
                            { button(MORE.in_lang(lang), Rank::Second, readiness(*further != Further::Loading), link.callback(|()| Message::More)) }
                        }
                    </div>
                </>
            }
        }
    };
    html! {
        <section aria-label={title.to_owned()}>
            <div key="back" hidden={is_chosen && about.is_some()}>
                { button(&["← ", BACK.in_lang(lang)].concat(), Rank::Second, Readiness::Ready, link.callback(|()| Message::Back)) }
            </div>
            <h2 key="title" ref={list.heading.clone()} class="title" part="title" tabindex="-1">{ title }</h2>
            <div key="about">{ terms_of(list, about, context, lang) }</div>
            <div key="content">{ content }</div>
        </section>
    }
}

/// The terms of a list, or why they are not there.
fn terms_of(list: &List, about: Option<&ListItem>, context: &Context<List>, lang: Lang) -> Html {
    match (about, &list.lists) {
        (Some(about), _) => terms(about, lang),
        (None, Asked::Failed(error)) => {
            failed(error, lang, context.link().callback(|()| Message::Again))
        }
        _ => Html::default(),
    }
}

/// What a list is about, and how one comes onto it and off it again.
fn terms(list: &ListItem, lang: Lang) -> Html {
    let facts = [
        (ENTRY, &list.entry),
        (EXIT, &list.exit),
        (BASIS, &list.basis),
    ];
    let facts = facts.iter().filter(|(_, said)| !said.is_empty());
    html! {
        <>
            <p key="said" class="words">{ &list.about }</p>
            <dl key="terms" class="facts" part="facts">
                { for facts.map(|(label, said)| record::row(label.en, label.in_lang(lang), said)) }
            </dl>
            <p key="count" class="status" part="status" role="status">{ entries(list.count, lang) }</p>
        </>
    }
}
