//! What is seen. Every block that comes and goes has a stable element around
//! it: Yew 0.23 matches siblings without keys from the end (yew #3262).

use credit_api::body::{Page, RecordItem};
use credit_core::lang::{Lang, Text, text};
use credit_core::trace::{Place, TraceCode, TraceKind, TracePart, places};
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::card;
use credit_parts::html;
use credit_parts::notice::{Tone, notice};
use yew::prelude::*;

use super::batch::{batch, is_of, over, producer, recalled};
use super::{Message, Stage, Trace};
use crate::asking::{Line, line};
use crate::panel::{Asked, MORE, failed, waiting};
use crate::piece::Context;
use crate::record::outward;

const LINE: Line = Line {
    label: text("追溯码", "Tracing code"),
    hint: text(
        "输入产品或者包装上的编码，或者粘贴扫码得到的内容。",
        "Type the code on a product or its package, or paste what a scanner read.",
    ),
    button: text("查询", "Look up"),
};
const TITLE: Text = text("产品追溯查询", "Product tracing");
const CAN_BE: Text = text("可以查询的编码", "What can be looked up");
const RESULT: Text = text("查询结果", "What is known");
const CODE: Text = text("查询的编码", "Code");
const UNKNOWN: Text = text(
    "本平台没有公布这个编码的产品信息。这不表示产品有问题，可以到下列官方渠道查询。",
    "Nothing is published here about a product with this code. That does not mean that anything is wrong with it; these official places may know.",
);
const ELSEWHERE: Text = text("官方查询渠道", "Where it is checked officially");
const CAUTION: Text = text(
    "网址以主管部门公布的为准。",
    "The address that counts is the one that the authority publishes.",
);
const GO: Text = text("前往查询", "Look it up there");
const OTHER_BATCH: Text = text(
    "没有公布所查批号的信息，以下是同一产品其他批次的信息。",
    "Nothing is published about this batch. Below are other batches of the product.",
);
const CUT: Text = text(
    "批次较多，这里只列出最近的批次。",
    "There are more batches than are listed here; these are the latest.",
);

/// What may be typed, with an example of each kind.
static EXAMPLES: [(TraceKind, Text); 6] = [
    (
        TraceKind::Gtin,
        text(
            "8、12、13或者14位数字，如 6901234567892；也可以是 (01)…(10)… 或者 GS1 网址",
            "8, 12, 13 or 14 digits, such as 6901234567892; also (01)…(10)… or a GS1 link",
        ),
    ),
    (
        TraceKind::Organic,
        text(
            "17位数字，在有机产品认证标志旁",
            "17 digits, beside the organic mark",
        ),
    ),
    (
        TraceKind::DrugTrace,
        text("20位数字，在药品包装上", "20 digits, on the package"),
    ),
    (
        TraceKind::Udi,
        text(
            "(01)…(17)…(10)… 或者 MA 码",
            "(01)…(17)…(10)… or an MA code",
        ),
    ),
    (
        TraceKind::Conformity,
        text("合格证上的编号", "the number of the certificate"),
    ),
    (
        TraceKind::Other,
        text("按包装上的写法输入", "as it stands on the package"),
    ),
];

/// All of the element.
pub(super) fn window(trace: &Trace, context: &Context<Trace>) -> Html {
    let panel = context.props();
    let lang = panel.lang();
    let link = context.link();
    let (key, stage) = match &trace.stage {
        Stage::Empty => ("empty", examples(lang)),
        Stage::Wrong(error) => (
            "wrong",
            html! {
                <>
                    { notice(Tone::Bad, &error.sentence(lang), lang) }
                    { examples(lang) }
                </>
            },
        ),
        Stage::Code(code, known) => {
            let known = match known {
                Asked::Loading => html! { <div key="loading">{ waiting(lang) }</div> },
                Asked::Failed(error) => html! {
                    <div key="failed">{ failed(error, lang, link.callback(|()| Message::Again)) }</div>
                },
                Asked::There(None) => html! { <div key="unknown">{ unknown(code, lang) }</div> },
                Asked::There(Some(page)) => html! {
                    <div key="known">{ product(trace, code, page, context, lang) }</div>
                },
            };
            ("code", coded(trace, code, known, lang))
        }
    };
    let content = html! {
        <>
            <h2 key="name" class="title" part="title">{ TITLE.in_lang(lang) }</h2>
            <div key="form">{ line(&LINE, &trace.input, link.callback(|()| Message::Ask), lang) }</div>
            <div key="stage"><div {key}>{ stage }</div></div>
        </>
    };
    panel.window("trace", content)
}

fn examples(lang: Lang) -> Html {
    let rows = EXAMPLES
        .iter()
        .map(|(kind, how)| (kind.label().in_lang(lang), how.in_lang(lang).to_owned()));
    html! {
        <div class="record">
            <h3 class="record-title">{ CAN_BE.in_lang(lang) }</h3>
            { card::facts(&rows.collect::<Vec<_>>()) }
        </div>
    }
}

/// What the code is, with what is known of it.
fn coded(trace: &Trace, code: &TraceCode, known: Html, lang: Lang) -> Html {
    let written = code.keys().first().map_or("", String::as_str);
    let mut rows = vec![(CODE.in_lang(lang), written.to_owned())];
    for (part, value) in code.parts() {
        rows.push((part.label().in_lang(lang), value.clone()));
    }
    // What the label itself says, whatever is published.
    let mut past = String::new();
    for part in [TracePart::BestBefore, TracePart::Expires] {
        let said = code.part(part).and_then(|last| over(last, lang));
        past.push_str(&said.unwrap_or_default());
    }
    html! {
        <>
            <h3 key="title" ref={trace.title.clone()} class="title" part="title" tabindex="-1">{ RESULT.in_lang(lang) }</h3>
            <p key="sentence" class="words" role="status">{ code.sentence(lang) }</p>
            <div key="parts">{ card::facts(&rows) }</div>
            <p key="over" class="words failed" hidden={past.is_empty()}>{ past }</p>
            <div key="known">{ known }</div>
        </>
    }
}

fn product(
    trace: &Trace,
    code: &TraceCode,
    page: &Page<RecordItem>,
    context: &Context<Trace>,
    lang: Lang,
) -> Html {
    let scanned = code.part(TracePart::Batch);
    // The one that was scanned first, the others as they come: the latest first.
    let is_scanned = |item: &RecordItem| scanned.is_some_and(|scanned| is_of(item, scanned));
    let mut batches: Vec<&RecordItem> = Vec::new();
    for is_wanted in [true, false] {
        for item in &page.items {
            if is_scanned(item) == is_wanted {
                batches.push(item);
            }
        }
    }
    let is_missing = scanned.is_some() && batches.first().is_some_and(|item| !is_scanned(item));
    let mut recalls = Vec::new();
    let mut tiles = Vec::new();
    for (index, item) in batches.iter().enumerate() {
        if let Some(said) = recalled(item, lang) {
            recalls.push(html! { <div key={index}>{ notice(Tone::Bad, &said, lang) }</div> });
        }
        if index < trace.shown {
            tiles.push(html! { <section key={index}>{ batch(item, lang) }</section> });
        }
    }
    let is_more = tiles.len() < batches.len();
    let link = context.link();
    html! {
        <>
            <div key="recalls">{ for recalls }</div>
            <p key="missing" class="words" role="status" hidden={!is_missing}>{ OTHER_BATCH.in_lang(lang) }</p>
            <div key="batches" class="tiles">{ for tiles }</div>
            <div key="more" class="action">
                if is_more {
                    { button(MORE.in_lang(lang), Rank::Second, Readiness::Ready, link.callback(|()| Message::More)) }
                }
            </div>
            <p key="cut" class="words" hidden={page.next.is_none() || is_more}>{ CUT.in_lang(lang) }</p>
            <div key="producer">{ producer(trace, &page.items, context, lang) }</div>
        </>
    }
}

fn unknown(code: &TraceCode, lang: Lang) -> Html {
    let mut all = Vec::new();
    for kind in code.kinds() {
        for place in places(*kind) {
            all.push(elsewhere(*kind, &place, code, lang));
        }
    }
    html! {
        <>
            <p key="unknown" class="words" role="status">{ UNKNOWN.in_lang(lang) }</p>
            <h3 key="title" class="record-title">{ ELSEWHERE.in_lang(lang) }</h3>
            <ul key="places" class="known">{ for all }</ul>
        </>
    }
}

fn elsewhere(kind: TraceKind, place: &Place, code: &TraceCode, lang: Lang) -> Html {
    let written = code.keys().first().map_or("", String::as_str);
    let address = place.address(written);
    let is_doubtful = address.is_some() && !place.is_confirmed;
    let title = [
        kind.label().in_lang(lang),
        text("：", ": ").in_lang(lang),
        place.title.in_lang(lang),
    ];
    html! {
        <li key={place.title.en}>
            <p>{ title.concat() }</p>
            <p class="action">{ outward(&address.unwrap_or_default(), GO.in_lang(lang)) }</p>
            <p class="source">{ place.basis.in_lang(lang) }{ " " }<span hidden={!is_doubtful}>{ CAUTION.in_lang(lang) }</span></p>
        </li>
    }
}
