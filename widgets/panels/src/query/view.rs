//! What is seen. Every block that comes and goes has a stable element around
//! it: Yew 0.23 matches siblings without keys from the end (yew #3262) and can
//! lose what a visitor has typed.

use credit_api::body::{SearchItem, SubjectBody};
use credit_badge::labels;
use credit_client::FetchError;
use credit_core::lang::{Lang, Text, text};
use credit_core::name::SubjectName;
use credit_element::host::Host;
use credit_element::state::error_text;
use credit_parts::button::{Rank, Readiness, button, readiness};
use credit_parts::card;
use credit_parts::notice::{Tone, notice_with};
use credit_parts::progress::{Progress, progress};
use yew::prelude::*;

use crate::panel::card_of;

use super::{Message, More, Opened, Query, Results, moved, typed};

const LABEL: Text = text(
    "企业名称或统一社会信用代码",
    "Name or unified social credit code of a subject",
);
const FORMER_NAME: Text = text("曾用名：", "formerly ");
const SEARCH: Text = text("查询", "Search");
const LOADING: Text = text("正在查询…", "Searching…");
const RETRY: Text = text("重试", "Try again");
const MORE: Text = text("显示更多", "Show more");
const BACK: Text = text("返回查询结果", "Back to the results");

/// Shows a failure on the element itself.
pub(super) fn fail(host: Host, error: &FetchError, lang: Lang) {
    host.fail(error.code(), error_text(error.code(), lang));
}

/// All of the element.
pub(super) fn window(query: &Query, context: &Context<Query>) -> Html {
    let common = &context.props().options.common;
    let class = classes!("query", common.looks());
    html! {
        <div {class} part="query" lang={common.lang.tag()}>
            <div key="form" hidden={query.opened.is_some()}>{ form(query, context, common.lang) }</div>
            <div key="results" hidden={query.opened.is_some()}>{ results(query, context, common.lang) }</div>
            <div key="page">
                if let Some(opened) = &query.opened { { page(query, opened, context) } }
            </div>
        </div>
    }
}

fn form(query: &Query, context: &Context<Query>, lang: Lang) -> Html {
    let link = context.link();
    let found = match &query.results {
        Results::Found { items, .. } => items.len(),
        _ => 0,
    };
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Message::Ask
    });
    html! {
        <form role="search" {onsubmit} class="form" part="form">
            <label for="q" class="label" part="label">{ LABEL.in_lang(lang) }</label>
            <div class="line">
                <input ref={query.input.clone()} id="q" class="input" part="input" type="search"
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
                    oninput={link.batch_callback(|event: InputEvent| typed(&event))}
                    onkeydown={link.batch_callback(move |event: KeyboardEvent| moved(&event, None, found))} />
                <button type="submit" class="button" part="button">{ SEARCH.in_lang(lang) }</button>
            </div>
        </form>
    }
}

fn results(query: &Query, context: &Context<Query>, lang: Lang) -> Html {
    let link = context.link();
    let status = match &query.results {
        Results::None => String::new(),
        Results::Loading => LOADING.in_lang(lang).to_owned(),
        Results::Failed(error) => error_text(error.code(), lang).to_owned(),
        Results::Found { items, next, .. } => count(items.len(), next.is_some(), lang),
    };
    let failed = matches!(query.results, Results::Failed(_));
    let empty = Vec::new();
    let (items, next, more) = match &query.results {
        Results::Found { items, next, more } => (items, next.is_some(), Some(more)),
        _ => (&empty, false, None),
    };
    let loading = matches!(query.results, Results::Loading) || more == Some(&More::Loading);
    let more_failed = match more {
        Some(More::Failed(error)) => error_text(error.code(), lang),
        _ => "",
    };
    html! {
        <>
            <p key="status" class={classes!("status", failed.then_some("failed"))} part="status"
                role="status">{ status }</p>
            <div key="bar" class="bar" hidden={!loading}><progress aria-label={LOADING.in_lang(lang)}></progress></div>
            <div key="retry">
                if failed {
                    { button(RETRY.in_lang(lang), Rank::First, Readiness::Ready, link.callback(|()| Message::Ask)) }
                }
            </div>
            <ul key="list" ref={query.list.clone()} class="results" part="results" hidden={items.is_empty()}>
                { for items.iter().enumerate().map(|(index, one)| item(context, lang, index, one, items.len())) }
            </ul>
            <div key="more">
                if next {
                    <p class="failed" role="status">{ more_failed }</p>
                    { button(MORE.in_lang(lang), Rank::Second, readiness(more != Some(&More::Loading)), link.callback(|()| Message::More)) }
                }
            </div>
        </>
    }
}

fn count(found: usize, more: bool, lang: Lang) -> String {
    match (found, more, lang) {
        (0, _, Lang::ZhCn) => "没有查到。请换用名称中的其他字，或核对代码。".to_owned(),
        (0, _, Lang::En) => {
            "Nothing found. Try another part of the name, or check the code.".to_owned()
        }
        (_, true, Lang::ZhCn) => format!("结果较多，先显示{found}条；多输入几个字可缩小范围。"),
        (_, true, Lang::En) => {
            format!("Many results, the first {found} are shown. Type more to narrow them down.")
        }
        (_, false, Lang::ZhCn) => format!("共{found}条结果"),
        (_, false, Lang::En) => format!("{found} found"),
    }
}

fn item(
    context: &Context<Query>,
    lang: Lang,
    index: usize,
    item: &SearchItem,
    found: usize,
) -> Html {
    let code = item.code;
    let open = context
        .link()
        .callback(move |_: MouseEvent| Message::Open(code));
    let keys = context
        .link()
        .batch_callback(move |event: KeyboardEvent| moved(&event, Some(index), found));
    let facts = [
        Some(labels::kind(item.kind).in_lang(lang).to_owned()),
        Some(labels::status(item.status).in_lang(lang).to_owned()),
        item.region.clone(),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let former = item.former_name.as_ref();
    html! {
        <li key={code.to_string()}>
            <button type="button" class="result" part="result" onclick={open} onkeydown={keys}>
                <span class="name">{ highlighted(&item.name, item.highlight.filter(|_| former.is_none())) }</span>
                <span class="former" hidden={former.is_none()}>
                    { for former.map(|name| html! { <>
                        { FORMER_NAME.in_lang(lang) }{ highlighted(name, item.highlight) }
                    </> }) }
                </span>
                <span class="code">{ code.as_str() }</span>
                <span class="about">{ facts }</span>
            </button>
        </li>
    }
}

fn highlighted(name: &SubjectName, range: Option<(usize, usize)>) -> Html {
    let characters: Vec<char> = name.as_str().chars().collect();
    let (start, end) = range.unwrap_or_default();
    let part = |from: usize, to: usize| -> String {
        characters
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let count = characters.len();
    if start >= end || end > count {
        return html! { { name.as_str() } };
    }
    html! { <>{ part(0, start) }<mark>{ part(start, end) }</mark>{ part(end, count) }</> }
}

fn page(query: &Query, opened: &Opened, context: &Context<Query>) -> Html {
    let options = &context.props().options;
    let lang = options.common.lang;
    let code = opened.code;
    let body = match &opened.record {
        None => progress(LOADING.in_lang(lang), Progress::Unknown, lang),
        Some(Err(error)) => html! {
            <>
                { notice_with(Tone::Bad, error_text(error.code(), lang), lang,
                    button(RETRY.in_lang(lang), Rank::First, Readiness::Ready, context.link().callback(move |()| Message::Open(code)))) }
            </>
        },
        Some(Ok(record)) => html! {
            <>
                { card_of(&code, &options.common, options.issuer.as_ref()) }
                { facts(record, lang) }
            </>
        },
    };
    let name = match &opened.record {
        Some(Ok(record)) => record.name.to_string(),
        _ => code.to_string(),
    };
    html! {
        <section class="page" part="page" aria-label={name.clone()}>
            { button(&format!("← {}", BACK.in_lang(lang)), Rank::Second, Readiness::Ready, context.link().callback(|()| Message::Back)) }
            <p ref={query.page.clone()} class="title" part="title" tabindex="-1">{ name }</p>
            <div key={code.to_string()}>{ body }</div>
        </section>
    }
}

fn facts(record: &SubjectBody, lang: Lang) -> Html {
    let rows = [
        (labels::CODE, Some(record.code.to_string())),
        (
            labels::KIND,
            Some(labels::kind(record.kind).in_lang(lang).to_owned()),
        ),
        (
            labels::STATUS,
            Some(labels::status(record.status).in_lang(lang).to_owned()),
        ),
        (
            labels::ESTABLISHED,
            record.established.map(|date| date.to_string()),
        ),
        (labels::ENTITY_TYPE, record.entity_type.clone()),
        (
            labels::CAPITAL,
            record.capital.as_ref().map(|capital| capital.text.clone()),
        ),
        (labels::REGION, record.region.clone()),
        (labels::ADDRESS, record.address.clone()),
        (labels::SCOPE, record.scope.clone()),
    ];
    let rows: Vec<(&str, String)> = rows
        .into_iter()
        .filter_map(|(label, value)| Some((label.in_lang(lang), value?)))
        .collect();
    html! {
        <div class="record" part="record">
            <p class="record-title">{ text("登记信息", "Registration").in_lang(lang) }</p>
            { card::facts(&rows) }
            <p class="source">{ format!("{}{}{} · {} {}", labels::SOURCE.in_lang(lang), text("：", ": ").in_lang(lang), record.source.unit,
                labels::AS_OF.in_lang(lang), record.source.as_of) }</p>
        </div>
    }
}
