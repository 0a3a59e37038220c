//! 查询历史: the subjects that were opened last, on this device only. All query
//! windows of a page have one.

use std::cell::RefCell;

use credit_core::identifier::SubjectCode;
use credit_core::lang::{Lang, Text, text};
use credit_core::name::SubjectName;
use credit_core::text::pieces;
use credit_element::host::{recall, remember};
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::html;
use yew::prelude::*;

use crate::piece::Context;

use super::{Message, Query};

const TITLE: Text = text(
    "查询历史（仅保存在本设备）",
    "Opened before (kept on this device only)",
);
const CLEAR: Text = text("清除历史", "Clear");
const STOP: Text = text("不再记录", "Keep no history");
const STOPPED: Text = text(
    "查询历史已关闭，本设备不保存打开过的主体。",
    "No history is kept on this device.",
);
const START: Text = text("开启查询历史", "Keep a history");

/// What it is kept under.
const KEPT: &str = "query-history";

/// What is kept where a visitor wants none.
const OFF: &str = "off";

/// Most subjects in it: a list that is read at a glance.
const LIMIT: usize = 10;

/// What a visitor does with it.
pub(crate) enum Step {
    /// It has changed.
    Look,
    /// It is to be empty.
    Clear,
    /// It is to be kept, or not.
    Keep(bool),
}

/// A subject that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Past {
    code: SubjectCode,
    name: SubjectName,
}

/// The latest first; nothing where none is kept.
type History = Option<Vec<Past>>;

thread_local! {
    /// The query windows, by their elements' numbers.
    static WINDOWS: RefCell<Vec<(u32, Callback<()>)>> = const { RefCell::new(Vec::new()) };
}

/// `changed` is called whenever it has changed.
pub(super) fn watch(number: u32, changed: Callback<()>) {
    WINDOWS.with_borrow_mut(|windows| windows.push((number, changed)));
}

/// The element `number` is gone.
pub(super) fn leave(number: u32) {
    WINDOWS.with_borrow_mut(|windows| windows.retain(|(other, _)| *other != number));
}

fn keep(kept: Option<&str>) {
    remember(KEPT, kept);
    for (_, changed) in WINDOWS.with_borrow(Clone::clone) {
        changed.emit(());
    }
}

/// A subject was opened.
pub(super) fn add(code: SubjectCode, name: &SubjectName) {
    if let Some(past) = read(recall(KEPT).as_deref()) {
        keep(Some(&written(past, code, name)));
    }
}

/// Forgets what was opened, and whether more is to be kept.
pub(super) fn take(step: &Step) {
    match step {
        Step::Look => {}
        Step::Clear | Step::Keep(true) => keep(None),
        Step::Keep(false) => keep(Some(OFF)),
    }
}

/// What scripts of the page may have written themselves.
fn read(kept: Option<&str>) -> History {
    let kept = kept.unwrap_or_default();
    if kept == OFF {
        return None;
    }
    let past = pieces(kept, b"\n").into_iter().filter_map(|line| {
        let [code, name] = *pieces(line, b"\t") else {
            return None;
        };
        Some(Past {
            code: SubjectCode::as_published(code).ok()?,
            name: name.parse().ok()?,
        })
    });
    Some(past.take(LIMIT).collect())
}

fn written(past: Vec<Past>, code: SubjectCode, name: &SubjectName) -> String {
    let mut written = [code.as_str(), "\t", name.as_str()].concat();
    let others = past.iter().filter(|one| one.code != code);
    for one in others.take(LIMIT - 1) {
        written.push('\n');
        written.push_str(one.code.as_str());
        written.push('\t');
        written.push_str(one.name.as_str());
    }
    written
}

/// Shows it.
pub(super) fn view(context: &Context<Query>, lang: Lang) -> Html {
    let history = read(recall(KEPT).as_deref());
    let step = |label: Text, is_kept: Option<bool>| {
        let done = context
            .link()
            .callback(move |()| Message::History(is_kept.map_or(Step::Clear, Step::Keep)));
        button(label.in_lang(lang), Rank::Second, Readiness::Ready, done)
    };
    let Some(past) = history else {
        return html! {
            <p class="line"><span class="hint">{ STOPPED.in_lang(lang) }</span>{ step(START, Some(true)) }</p>
        };
    };
    html! {
        <section class="history" part="history" aria-labelledby="history" hidden={past.is_empty()}>
            <h2 key="title" id="history" class="record-title">{ TITLE.in_lang(lang) }</h2>
            <ul key="list" class="results">{ for past.into_iter().map(|one| item(context, one)) }</ul>
            <p key="ways" class="line">{ step(CLEAR, None) }{ step(STOP, Some(false)) }</p>
        </section>
    }
}

fn item(context: &Context<Query>, past: Past) -> Html {
    let code = past.code;
    let onclick = context
        .link()
        .callback(move |_: MouseEvent| Message::Open(code));
    html! {
        <li key={code.as_str().to_owned()}>
            <button type="button" class="past" {onclick}>
                <span class="name">{ past.name.into_string() }</span>
                <span class="code">{ code.as_str() }</span>
            </button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(number: usize) -> (SubjectCode, SubjectName) {
        let code = format!("91120102MATEXT{number:02}X4");
        let name = format!("第{number}公司");
        (
            SubjectCode::as_published(&code).unwrap(),
            name.parse().unwrap(),
        )
    }

    #[test]
    fn the_latest_ten_are_kept_each_once() {
        let mut kept = String::new();
        for number in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 5] {
            let (code, name) = subject(number);
            kept = written(read(Some(&kept)).unwrap(), code, &name);
        }
        let codes: Vec<_> = read(Some(&kept))
            .unwrap()
            .iter()
            .map(|one| one.code)
            .collect();
        let expected = [5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map(|number| subject(number).0);
        assert_eq!(codes, expected);
    }

    #[test]
    fn what_a_page_wrote_there_is_read_with_care() {
        assert_eq!(read(None), Some(Vec::new()));
        assert_eq!(read(Some("off")), None);
        for kept in [
            "[]",
            "\t",
            "x\ty",
            "91120102MATEXT01X4",
            "91120102MATEXT01X4\t",
            "91120102MATEXT01X4\ta\u{202e}b",
        ] {
            assert_eq!(read(Some(kept)), Some(Vec::new()), "{kept}");
        }
        let many = ["91120102MATEXT01X4\t名称\n"; 99].concat();
        assert_eq!(read(Some(&many)).map(|past| past.len()), Some(LIMIT));
    }
}
