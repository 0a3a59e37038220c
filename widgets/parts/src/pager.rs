//! 分页

use credit_core::lang::{Lang, Text, text};
use yew::prelude::*;

use crate::html;

const LABEL: Text = text("分页", "Pages");
const BEFORE: Text = text("上一页", "Previous");
const AFTER: Text = text("下一页", "Next");

/// The page `at` of `pages`, both from 1. Nothing where there is only one.
pub fn pager(at: usize, pages: usize, onpage: Callback<usize>, lang: Lang) -> Html {
    let pages = pages.max(1);
    let at = at.clamp(1, pages);
    let step = |label: Text, to: Option<usize>| {
        let onpage = onpage.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(to) = to {
                onpage.emit(to);
            }
        });
        html! {
            <button type="button" class="button second" part="button" {onclick}
                aria-disabled={to.is_none().then_some("true")}>{ label.in_lang(lang) }</button>
        }
    };
    let place = match lang {
        Lang::ZhCn => format!("第 {at} 页，共 {pages} 页"),
        Lang::En => format!("Page {at} of {pages}"),
    };
    html! {
        <nav class="pager" part="pager" aria-label={LABEL.in_lang(lang)} hidden={pages == 1}>
            <div key="before">{ step(BEFORE, (at > 1).then(|| at - 1)) }</div>
            <div key="pages" class="pages">
                { for around(at, pages).into_iter().enumerate().map(|(place, page)| number(place, page, at, &onpage, lang)) }
            </div>
            // Told when it changes; on a phone it stands in for the numbers.
            <p key="place" class="place" role="status">{ place }</p>
            <div key="after">{ step(AFTER, (at < pages).then(|| at + 1)) }</div>
        </nav>
    }
}

fn number(
    place: usize,
    page: Option<usize>,
    at: usize,
    onpage: &Callback<usize>,
    lang: Lang,
) -> Html {
    let Some(page) = page else {
        return html! { <span key={format!("gap-{place}")} class="gap" aria-hidden="true">{ "…" }</span> };
    };
    let onpage = onpage.clone();
    let onclick = Callback::from(move |_: MouseEvent| onpage.emit(page));
    let label = match lang {
        Lang::ZhCn => format!("第 {page} 页"),
        Lang::En => format!("Page {page}"),
    };
    html! {
        <button key={page.to_string()} type="button" class="page-number" part="page-number" {onclick} aria-label={label}
            aria-current={(page == at).then_some("page")}>{ page }</button>
    }
}

/// The pages that get a number: the ends and those about `at`; `None` is a gap.
fn around(at: usize, pages: usize) -> Vec<Option<usize>> {
    let mut shown: Vec<Option<usize>> = Vec::new();
    let mut last = 0;
    for page in 1..=pages {
        let is_near = page.abs_diff(at) <= 1;
        if !is_near && page != 1 && page != pages {
            continue;
        }
        match page - last {
            1 => {}
            // A gap of one page is that page.
            2 => shown.push(Some(page - 1)),
            _ => shown.push(None),
        }
        shown.push(Some(page));
        last = page;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shows(at: usize, pages: usize, expected: &str) {
        let shown: Vec<String> = around(at, pages)
            .into_iter()
            .map(|page| page.map_or("…".to_owned(), |page| page.to_string()))
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn ends_and_neighbours_have_a_number() {
        shows(1, 1, "1");
        shows(1, 3, "1 2 3");
        shows(1, 40, "1 2 … 40");
        shows(3, 40, "1 2 3 4 … 40");
        shows(4, 40, "1 2 3 4 5 … 40");
        shows(20, 40, "1 … 19 20 21 … 40");
        shows(40, 40, "1 … 39 40");
    }
}
