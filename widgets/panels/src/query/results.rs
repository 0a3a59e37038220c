//! What was found, and what is said where nothing was.

use credit_api::body::SearchItem;
use credit_badge::labels;
use credit_core::lang::{Lang, Text, text};
use credit_core::limits::SEARCH_RESULTS_MAX;
use credit_core::name::SubjectName;
use credit_core::text::decimal;
use credit_element::state::error_text;
use credit_parts::button::{Rank, Readiness, button, readiness};
use credit_parts::html;
use yew::prelude::*;

use crate::piece::Context;

use super::search::{Found, Results};
use super::{Message, Query, filters, moved};
use crate::panel::{Asked, LOADING, MORE, NOT_FOUND, RETRY};

const FORMER_NAME: Text = text("曾用名：", "formerly ");
const HINT: Text = text(
    "可输入名称的任意部分、拼音或首字母、曾用名，或统一社会信用代码。",
    "Any part of a name, its pinyin or initials, a former name, or a code.",
);
const GO_ON: Text = text("继续查找", "Look further");
const NOT_YET: Text = text(
    "已查找一部分名称，尚未找到符合条件的主体，可以继续查找。",
    "Nothing among the names so far. You can look further.",
);
const NONE_OF_THESE: Text = text(
    "按当前筛选条件没有查到。可以取消筛选，或换用名称中的其他字。",
    "Nothing found with these filters. Drop them, or try another part of the name.",
);
const ALL: Text = text("取消筛选", "Drop the filters");

/// Shows it.
pub(super) fn view(query: &Query, context: &Context<Query>, lang: Lang) -> Html {
    let link = context.link();
    let is_filtered = query.filters.is_active();
    let found = match &query.results {
        Results::Found(found) => Some(found),
        _ => None,
    };
    let status = match &query.results {
        Results::None => HINT.in_lang(lang).to_owned(),
        Results::Loading => LOADING.in_lang(lang).to_owned(),
        Results::Failed(error) => error_text(error.code(), lang).to_owned(),
        Results::Found(found) => count(found, is_filtered, lang),
    };
    let is_failed = matches!(query.results, Results::Failed(_));
    let items = found.map_or(&[][..], |found| &found.items);
    let more = found.filter(|found| found.next.is_some());
    let is_more_loading = more.is_some_and(|found| found.more == Asked::Loading);
    let is_loading = matches!(query.results, Results::Loading) || is_more_loading;
    let more_failed = match more.map(|found| &found.more) {
        Some(Asked::Failed(error)) => error_text(error.code(), lang),
        _ => "",
    };
    let is_none = found.is_some() && items.is_empty() && more.is_none();
    let more_label = if items.is_empty() { GO_ON } else { MORE };
    html! {
        <>
            <p key="status" class={if is_failed { "status failed" } else { "status" }} part="status"
                role="status">{ status }</p>
            <div key="bar" class="bar" hidden={!is_loading}><progress aria-label={LOADING.in_lang(lang)}></progress></div>
            <div key="retry">
                if is_failed {
                    { button(RETRY.in_lang(lang), Rank::First, Readiness::Ready, link.callback(|()| Message::Ask)) }
                }
            </div>
            <div key="drop">
                if is_none && is_filtered {
                    { button(ALL.in_lang(lang), Rank::First, Readiness::Ready, link.callback(|()| Message::Filter(filters::Step::Drop))) }
                }
            </div>
            <ul key="list" ref={query.list.clone()} class="results" part="results" hidden={items.is_empty()}>
                { for items.iter().enumerate().map(|(index, one)| item(context, lang, index, one, items.len())) }
            </ul>
            <div key="more">
                if more.is_some() {
                    <p class="failed" role="status">{ more_failed }</p>
                    { button(more_label.in_lang(lang), Rank::Second, readiness(!is_more_loading), link.callback(|()| Message::More)) }
                }
            </div>
        </>
    }
}

fn count(found: &Found, is_filtered: bool, lang: Lang) -> String {
    let number = found.items.len();
    let (is_more, is_loading) = (found.next.is_some(), found.more == Asked::Loading);
    let said = match (number, is_more) {
        (0, true) if is_loading => LOADING,
        (0, true) => NOT_YET,
        (0, false) if is_filtered => NONE_OF_THESE,
        (0, false) => NOT_FOUND,
        _ => {
            let is_cut = number >= SEARCH_RESULTS_MAX;
            let (before, after) = match (is_cut, is_more, lang) {
                (true, _, Lang::ZhCn) => ("结果过多，只能显示前", "条；请多输入几个字或使用筛选。"),
                (true, _, Lang::En) => (
                    "Too many results; only the first ",
                    " can be shown. Type more, or use the filters.",
                ),
                (_, true, Lang::ZhCn) => ("结果较多，先显示", "条；多输入几个字可缩小范围。"),
                (_, true, Lang::En) => (
                    "Many results, the first ",
                    " are shown. Type more to narrow them down.",
                ),
                (_, false, Lang::ZhCn) => ("共", "条结果"),
                (_, false, Lang::En) => ("", " found"),
            };
            let number = decimal(i64::try_from(number).unwrap_or(i64::MAX));
            return [before, &number, after].concat();
        }
    };
    said.in_lang(lang).to_owned()
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
    let former = item.former_name.as_ref();
    let place = item.region.as_deref();
    // 注销 and 吊销 are framed and crossed out: a colour alone says nothing to many.
    let status = if item.status.is_closed() {
        "closed"
    } else {
        "open"
    };
    html! {
        <li key={code.as_str().to_owned()}>
            <button type="button" class="result" part="result" onclick={open} onkeydown={keys}>
                <span class="name">{ highlighted(&item.name, item.highlight.filter(|_| former.is_none())) }</span>
                <span class="former" hidden={former.is_none()}>
                    { for former.map(|name| html! { <>
                        { FORMER_NAME.in_lang(lang) }{ highlighted(name, item.highlight) }
                    </> }) }
                </span>
                <span class="code">{ code.as_str() }</span>
                <span class="about">
                    { labels::kind(item.kind).in_lang(lang) }{ " · " }
                    <span class={status}>{ labels::status(item.status).in_lang(lang) }</span>
                    { place.map_or("", |_| " · ") }{ place.unwrap_or_default() }
                </span>
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
