//! The front page: the search element, and in it a form and its results for
//! readers without script. The element hides them as soon as it is ready.

use credit_api::body::{Page, SearchItem};
use credit_api::path;
use credit_badge::labels;
use credit_core::lang::{Lang, Text, text};
use credit_core::limits::QUERY_MAX_CHARS;
use maud::{Markup, html};

use super::Presentation;

const TITLE: Text = text("信用查询", "Credit search");
const LEAD: Text = text(
    "输入企业名称的任意部分、拼音、首字母，或者统一社会信用代码。",
    "Type any part of a company's name, its pinyin or initials, or a unified social credit code.",
);
const LABEL: Text = text(
    "名称或统一社会信用代码",
    "Name or unified social credit code",
);
const SUBMIT: Text = text("查询", "Search");
const FORMER_NAME: Text = text("曾用名", "Former name");
const NEXT: Text = text("下一页", "Next page");
const PAGES: Text = text("翻页", "Pages");
const NOTHING: Text = text("没有查到", "Nothing was found");
const ADVICE: [Text; 3] = [
    text(
        "请核对有没有错字，或者只输入名称中最特别的几个字。",
        "Check the spelling, or type only the most particular part of the name.",
    ),
    text(
        "也可以输入拼音或首字母，例如“tjkj”。",
        "Pinyin or initials work too, for example “tjkj”.",
    ),
    text(
        "知道统一社会信用代码的，请输入全部 18 位。",
        "If you know the unified social credit code, type all 18 characters.",
    ),
];

/// The front page, with what was asked for and what came of it: [`results`] or
/// [`failure`].
pub(crate) fn front(query: &str, outcome: Option<&Markup>, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    let asked = Some(query).filter(|query| !query.is_empty());
    html! {
        h1 { (TITLE.in_lang(lang)) }
        p { (LEAD.in_lang(lang)) }
        credit-query q=[asked] lang=(lang.tag()) size=[presentation.size()] {
            form.search role="search" method="get" action="/" {
                label for="q" { (LABEL.in_lang(lang)) }
                div.field {
                    input id="q" type="search" name="q" value=[asked] required
                        maxlength=(QUERY_MAX_CHARS) autocomplete="off" spellcheck="false";
                    @for (name, value) in presentation.parameters() {
                        input type="hidden" name=(name) value=(value);
                    }
                    button type="submit" { (SUBMIT.in_lang(lang)) }
                }
            }
            @if let Some(outcome) = outcome { (outcome) }
        }
    }
}

/// What was found.
pub(crate) fn results(query: &str, page: &Page<SearchItem>, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    html! {
        section.results {
            @if page.items.is_empty() {
                h2 { (NOTHING.in_lang(lang)) (presentation.colon()) (query) }
                ul { @for advice in ADVICE { li { (advice.in_lang(lang)) } } }
            } @else {
                h2 { (heading(query, lang)) }
                ol { @for item in &page.items { (result(item, presentation)) } }
            }
            @if let Some(cursor) = &page.next {
                nav.pager aria-label=(PAGES.in_lang(lang)) {
                    a rel="next" href=(presentation.address(&later(query, cursor))) {
                        (NEXT.in_lang(lang))
                    }
                }
            }
        }
    }
}

/// Why there are no results, in a sentence.
pub(crate) fn failure(sentence: &str) -> Markup {
    html! { p.alert role="alert" { (sentence) } }
}

fn heading(query: &str, lang: Lang) -> String {
    match lang {
        Lang::ZhCn => format!("“{query}”的查询结果"),
        Lang::En => format!("Results for “{query}”"),
    }
}

fn later(query: &str, cursor: &str) -> String {
    format!(
        "/?q={}&cursor={}",
        path::encoded(query),
        path::encoded(cursor)
    )
}

fn result(item: &SearchItem, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    // The range is one of the former name where that is what was found.
    let in_name = item.highlight.filter(|_| item.former_name.is_none());
    html! {
        li {
            a href=(presentation.address(&path::page(&item.code))) {
                (marked(item.name.as_str(), in_name))
            }
            @if let Some(former) = &item.former_name {
                p {
                    (FORMER_NAME.in_lang(lang)) (presentation.colon())
                    (marked(former.as_str(), item.highlight))
                }
            }
            p.note {
                code { (item.code) }
                @if item.code.problem().is_some() {
                    " " strong.flag { (labels::CODE_FLAG.in_lang(lang)) }
                }
                " · " (labels::kind(item.kind).in_lang(lang))
                " · " (labels::status(item.status).in_lang(lang))
                @if let Some(region) = &item.region { " · " (region) }
            }
        }
    }
}

/// `name` with the characters of the half-open `range` marked.
fn marked(name: &str, range: Option<(usize, usize)>) -> Markup {
    let (from, to) = range.unwrap_or_default();
    let part = |skipped: usize, taken: usize| -> String {
        name.chars().skip(skipped).take(taken).collect()
    };
    let found = part(from, to.saturating_sub(from));
    html! {
        @if found.is_empty() { (name) }
        @else { (part(0, from)) mark { (found) } (part(to, usize::MAX)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_counts_characters() {
        let marked = |range| marked("天津<科技>公司", range).into_string();
        assert_eq!(marked(Some((2, 6))), "天津<mark>&lt;科技&gt;</mark>公司");
        for nothing in [None, Some((3, 3)), Some((5, 2)), Some((90, 99))] {
            assert_eq!(marked(nothing), "天津&lt;科技&gt;公司");
        }
    }

    #[test]
    fn a_next_page_keeps_the_query() {
        assert_eq!(later("a&b", "1+2"), "/?q=a%26b&cursor=1%2B2");
    }
}
