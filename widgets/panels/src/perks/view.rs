//! What is seen. Every block that comes and goes has a stable element around
//! it: Yew 0.23 matches siblings without keys from the end (yew #3262).

use credit_api::body::SearchItem;
use credit_api::district::{PerkItem, PerksBody};
use credit_badge::labels;
use credit_core::lang::{Lang, Text, text};
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::card::{Card, card};
use credit_parts::html;
use yew::prelude::*;

use super::{Message, Perks, Stage};
use crate::asking::{Line, line, menu};
use crate::panel::{Asked, MORE, NOT_FOUND, failed, waiting};
use crate::piece::Context;
use crate::record::{facts, grade, origin, outward, value, word};

const LINE: Line = Line {
    label: text(
        "企业名称或统一社会信用代码",
        "Name or unified social credit code of a subject",
    ),
    hint: text(
        "查询该主体可以享受的守信激励（信易批、信易贷等）。",
        "Shows which benefits for the trustworthy the subject can use.",
    ),
    button: text("查询", "Search"),
};
const TITLE: Text = text("守信激励（信易+）", "Benefits for the trustworthy");
const CHOOSE: Text = text("请选择一个主体：", "Please choose a subject:");
const CHOOSE_OR_NARROW: Text = text(
    "结果较多，先显示前几条；请选择，或多输入几个字后重新查询。",
    "Many results, the first are shown. Choose one, or type more of the name.",
);
const NONE: Text = text(
    "目前没有公示的守信激励事项。",
    "No benefits are published at present.",
);
const SCENE: Text = text("应用场景", "Scene");
const DECIDES: Text = text(
    "以上由公示的等级与各项激励的条件比对得出。能否享受，由提供单位审核决定。",
    "This compares published grades with the conditions of the benefits. Only the unit that grants a benefit decides.",
);
const TO_PAGE: Text = text("办理网址", "Where to apply");
const MET_BY: Text = text("符合条件", "Met by");
const TO_DO: Text = text("如何确认", "How to find out");
const MISSING: Text = text("还缺什么", "What is missing");
const NO_GRADE: Text = text(
    "该主体在这一评价方案中没有公示的等级。",
    "the subject has no published grade in this scheme.",
);

/// What a benefit is to a subject: the server's word, the heading of the group, and
/// what stands there where it is empty.
static GROUPS: [(&str, Text, Text); 3] = [
    (
        "met",
        text("现在可以享受", "Can be used now"),
        text(
            "按公示的等级，暂时没有可以直接享受的激励。",
            "There is none that the published grades are enough for.",
        ),
    ),
    (
        "ask",
        text("需向提供单位咨询", "To be asked for"),
        text("没有这类激励。", "There are none."),
    ),
    (
        "unmet",
        text("暂不符合条件", "Not yet"),
        text("没有这类激励。", "There are none."),
    ),
];

/// All of the element.
pub(super) fn window(perks: &Perks, context: &Context<Perks>) -> Html {
    let panel = context.props();
    let lang = panel.lang();
    let link = context.link();
    let again = link.callback(|()| Message::Again);
    let (key, stage) = match &perks.stage {
        Stage::Empty => ("empty", Html::default()),
        Stage::Search(Asked::Loading) | Stage::Subject(_, Asked::Loading) => {
            ("loading", waiting(lang))
        }
        Stage::Search(Asked::Failed(error)) | Stage::Subject(_, Asked::Failed(error)) => {
            ("failed", failed(error, lang, again))
        }
        Stage::Search(Asked::There(found)) => (
            "search",
            choices(&found.items, found.next.is_some(), context, lang),
        ),
        Stage::Subject(_, Asked::There(body)) => ("subject", benefits(perks, body, context, lang)),
    };
    let whose = match &perks.stage {
        Stage::Subject(code, _) => match &perks.name {
            Some(name) => [name, " ", code.as_str()].concat(),
            None => code.to_string(),
        },
        _ => String::new(),
    };
    let content = html! {
        <>
            <div key="form" hidden={panel.options.code.is_some()}>
                { line(&LINE, &perks.input, link.callback(|()| Message::Ask), lang) }
            </div>
            <div key="title" hidden={whose.is_empty()}>
                <h2 ref={perks.title.clone()} class="title" part="title" tabindex="-1">{ TITLE.in_lang(lang) }</h2>
                <p class="words">{ whose }</p>
            </div>
            <div key="stage"><div {key}>{ stage }</div></div>
        </>
    };
    panel.window("perks", content)
}

fn choices(found: &[SearchItem], is_cut: bool, context: &Context<Perks>, lang: Lang) -> Html {
    let said = match (found.is_empty(), is_cut) {
        (true, _) => NOT_FOUND,
        (_, true) => CHOOSE_OR_NARROW,
        _ => CHOOSE,
    };
    let one = |item: &SearchItem| {
        let code = item.code;
        let onclick = context
            .link()
            .callback(move |_: MouseEvent| Message::Choose(code));
        let about = [
            labels::kind(item.kind).in_lang(lang),
            " · ",
            labels::status(item.status).in_lang(lang),
        ];
        html! {
            <li key={code.to_string()}>
                <button type="button" class="result" part="result" {onclick}>
                    <span class="name">{ item.name.as_str() }</span>
                    <span class="code">{ code.as_str() }</span>
                    <span class="about">{ about.concat() }</span>
                </button>
            </li>
        }
    };
    html! {
        <>
            <p key="status" class="status" role="status">{ said.in_lang(lang) }</p>
            <ul key="list" class="results" part="results" hidden={found.is_empty()}>
                { for found.iter().map(one) }
            </ul>
        </>
    }
}

fn benefits(perks: &Perks, body: &PerksBody, context: &Context<Perks>, lang: Lang) -> Html {
    let scenes = scenes(&body.items);
    let link = context.link();
    let is_looked_at = |item: &&PerkItem| {
        perks.scene.is_empty() || word(&item.benefit, "scene") == Some(&perks.scene)
    };
    let looked_at: Vec<&PerkItem> = body.items.iter().filter(is_looked_at).collect();
    let groups = GROUPS.iter().map(|(state, title, none)| {
        let items: Vec<&PerkItem> = looked_at
            .iter()
            .copied()
            .filter(|item| item.state == *state)
            .collect();
        let title = [title.in_lang(lang), " ", &items.len().to_string()].concat();
        let first = &items[..items.len().min(perks.shown)];
        html! {
            <section key={*state} class="record">
                <h3 key="title" class="record-title">{ title }</h3>
                <p key="none" class="none" hidden={!items.is_empty()}>{ none.in_lang(lang) }</p>
                <div key="tiles" class="tiles">
                    { for first.iter().enumerate().map(|(index, item)| html! {
                        <div key={index}>{ benefit(item, lang) }</div>
                    }) }
                </div>
                <div key="more" class="action">
                    if first.len() < items.len() {
                        { button(MORE.in_lang(lang), Rank::Second, Readiness::Ready, link.callback(|()| Message::More)) }
                    }
                </div>
            </section>
        }
    });
    html! {
        <>
            <p key="none" class="words" role="status" hidden={!body.items.is_empty()}>{ NONE.in_lang(lang) }</p>
            <div key="content" hidden={body.items.is_empty()}>
                <div key="scene" hidden={scenes.len() < 2}>
                    { menu("scene", SCENE, &scenes, &perks.scene, lang, link.callback(|(scene, _)| Message::Scene(scene))) }
                </div>
                <div key="groups">{ for groups }</div>
                <p key="decides" class="words hint">{ DECIDES.in_lang(lang) }</p>
            </div>
        </>
    }
}

/// The scenes that there are, with how many benefits each has.
fn scenes(items: &[PerkItem]) -> Vec<(String, String)> {
    let mut scenes: Vec<(&str, &str, usize)> = Vec::new();
    for item in items {
        let Some(code) = word(&item.benefit, "scene") else {
            continue;
        };
        match scenes.iter_mut().find(|(other, _, _)| *other == code) {
            Some((_, _, count)) => *count += 1,
            None => scenes.push((code, value(&item.benefit, "scene").unwrap_or(code), 1)),
        }
    }
    let shown = |(code, label, count): (&str, &str, usize)| {
        let label = [label, " ", &count.to_string()].concat();
        (code.to_owned(), label)
    };
    scenes.into_iter().map(shown).collect()
}

fn benefit(item: &PerkItem, lang: Lang) -> Html {
    let benefit = &item.benefit;
    let (label, said) = reason(item, lang);
    let mut rows = facts(benefit, &["content", "rule"]);
    rows.push((label.in_lang(lang), said));
    rows.extend(facts(benefit, &["unit", "basis", "until"]));
    card(&Card {
        title: value(benefit, "title").unwrap_or_default(),
        flag: value(benefit, "scene").unwrap_or_default(),
        facts: &rows,
        source: &origin(benefit, lang),
        action: outward(
            value(benefit, "url").unwrap_or_default(),
            TO_PAGE.in_lang(lang),
        ),
    })
}

/// Why it can be used, where to ask, or what is missing.
fn reason(item: &PerkItem, lang: Lang) -> (Text, String) {
    let said = |name| value(&item.benefit, name).unwrap_or_default();
    if let Some(met) = &item.grade {
        return (MET_BY, grade(met, lang));
    }
    if item.state == "ask" {
        let sentence = match lang {
            Lang::ZhCn => [
                "条件不只看公示的信用等级，请向",
                said("unit"),
                "咨询是否符合。",
            ],
            Lang::En => [
                "The condition is not a published grade alone. Please ask ",
                said("unit"),
                " whether it is met.",
            ],
        };
        return (TO_DO, sentence.concat());
    }
    let has: Vec<String> = item.has.iter().map(|has| grade(has, lang)).collect();
    let mut sentence = match lang {
        Lang::ZhCn => ["需要“", said("scheme"), "”等级为 ", said("level"), "；"],
        Lang::En => [
            "It takes grade ",
            said("level"),
            " in “",
            said("scheme"),
            "”; ",
        ],
    }
    .concat();
    if has.is_empty() {
        sentence.push_str(NO_GRADE.in_lang(lang));
    } else {
        sentence.push_str(text("该主体目前为：", "the subject has ").in_lang(lang));
        sentence.push_str(&has.join(text("；", "; ").in_lang(lang)));
        sentence.push_str(text("。", ".").in_lang(lang));
    }
    (MISSING, sentence)
}
