//! What is seen. Every stage is an element of its own, and what comes and goes
//! has a stable element around it: Yew 0.23 matches siblings without keys from
//! the end (yew #3262).

use credit_api::path;
use credit_api::self_query::ConsentBody;
use credit_core::lang::{Lang, Text, text};
use credit_parts::button::{Rank, Readiness, button, readiness};
use credit_parts::html;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::records::records;
use super::reply::OFF;
use super::{Message, Notice, Own, Stage, api};
use crate::piece::Context;

/// What is said on a page of somebody else.
pub(super) const FOREIGN: Text = text(
    "本人信用信息查询须在官方网站进行。",
    "Queries about oneself have to be made on the official website.",
);
const TITLE: Text = text("本人信用信息查询", "My credit information");
const GO: Text = text("前往官方网站查询", "Go to the official website");
const LOGIN_REASON: Text = text(
    "为保护个人信息，查询本人记录前须登录并核验身份。查询内容不会保存在这台设备上。",
    "To protect personal information, you have to sign in and prove who you are. Nothing of the query is kept on this device.",
);
const LOGIN: Text = text("登录后查询", "Sign in to query");
const CONSENT: Text = text("查询授权内容", "What you agree to");
const VERSION: Text = text("版本", "Version");
const AGREE: Text = text("我已阅读并同意", "I have read and agree");
const ASK: Text = text("查询本人记录", "Query my records");
const LEAVE: Text = text("退出", "Sign out");
const AGREE_FIRST: Text = text(
    "阅读以上内容并勾选后，才能查询。",
    "Please read the text and tick the box before the query.",
);
const NOT_AGREED: Text = text(
    "还没有勾选“我已阅读并同意”，请先勾选再查询。",
    "The box is not ticked yet. Please tick “I have read and agree” first.",
);
const LOADING: Text = text("正在查询…", "Please wait…");
const RETRY: Text = text("重试", "Try again");
const ENDED: Text = text(
    "登录已失效，请重新登录。",
    "Your session has ended. Please sign in again.",
);
const LEFT: Text = text("已退出登录。", "You are signed out.");
const OTHER_CONSENT: Text = text(
    "授权内容已更新，请重新阅读并勾选。",
    "The text has changed. Please read it again and tick the box.",
);

/// All of the element.
pub(super) fn window(own: &Own, context: &Context<Own>) -> Html {
    let common = &context.props().options;
    let lang = common.lang;
    let class = ["panel ", &common.looks()].concat();
    let trouble = match &own.notice {
        Notice::Failed(trouble) if trouble.code != OFF => Some(trouble),
        _ => None,
    };
    let failed = own.notice == Notice::NotAgreed || trouble.is_some();
    // A limit is not lifted by pressing again; but something has to be there to press.
    let unknown = matches!(own.stage, Stage::Unknown);
    let again = trouble.is_some_and(|trouble| unknown || trouble.status != 429);
    html! {
        <div key={context.props().host.number()} {class} part="self" lang={lang.tag()}>
            <h2 key="title" ref={own.heading.clone()} class="title" part="title" tabindex="-1">
                { title(&own.stage, lang) }
            </h2>
            <div key="stage">{ stage(own, context, lang) }</div>
            <p key="status" id="status" class={if failed { "status failed" } else { "status" }}
                part="status" role="status" aria-live="polite">{ status(own, lang) }</p>
            <div key="bar" class="bar" hidden={own.notice != Notice::Waiting}>
                <progress aria-label={LOADING.in_lang(lang)}></progress>
            </div>
            <div key="again">
                if again {
                    { button(RETRY.in_lang(lang), Rank::First, Readiness::Ready, context.link().callback(|()| Message::Again)) }
                }
            </div>
        </div>
    }
}

fn title(stage: &Stage, lang: Lang) -> String {
    match (stage, lang) {
        (Stage::Answered(answer), Lang::ZhCn) => {
            format!("查询结果（{}条）", answer.records.len())
        }
        (Stage::Answered(answer), Lang::En) => format!("Records found: {}", answer.records.len()),
        _ => TITLE.in_lang(lang).to_owned(),
    }
}

fn status(own: &Own, lang: Lang) -> String {
    let sentence = match &own.notice {
        Notice::Failed(trouble) => return trouble.text(lang),
        Notice::None if !own.agreed && matches!(own.stage, Stage::Consent(_)) => AGREE_FIRST,
        Notice::None => return String::new(),
        Notice::Waiting => LOADING,
        Notice::NotAgreed => NOT_AGREED,
        Notice::Ended => ENDED,
        Notice::Left => LEFT,
        Notice::OtherConsent => OTHER_CONSENT,
    };
    sentence.in_lang(lang).to_owned()
}

fn stage(own: &Own, context: &Context<Own>, lang: Lang) -> Html {
    match &own.stage {
        Stage::Unknown => html! { <div key="unknown"></div> },
        Stage::Foreign => {
            let page = format!("{}{}", api(context), path::SELF_PAGE);
            html! { <div key="foreign">{ leads(FOREIGN, GO, page, lang) }</div> }
        }
        Stage::SignedOut(login) => {
            let login = login.as_deref().filter(|login| login.starts_with('/'));
            let login = login.unwrap_or(path::SELF_LOGIN);
            let login = format!("{}{login}", api(context));
            html! { <div key="signed-out">{ leads(LOGIN_REASON, LOGIN, login, lang) }</div> }
        }
        Stage::Consent(consent) => {
            html! { <div key="consent">{ agreement(own, consent, context, lang) }</div> }
        }
        Stage::Answered(answer) => html! {
            <div key="answered">
                <div key="records">{ records(answer, lang) }</div>
                <p key="leave" class="line">{ leave(own, context, lang) }</p>
            </div>
        },
    }
}

/// A reason, and the way that leads on.
fn leads(reason: Text, label: Text, to: String, lang: Lang) -> Html {
    html! {
        <>
            <p key="reason" class="words">{ reason.in_lang(lang) }</p>
            <p key="to"><a class="button" part="button" href={to} rel="noreferrer">{ label.in_lang(lang) }</a></p>
        </>
    }
}

fn agreement(own: &Own, consent: &ConsentBody, context: &Context<Own>, lang: Lang) -> Html {
    let link = context.link();
    let words = match lang {
        Lang::ZhCn => &consent.zh,
        Lang::En => &consent.en,
    };
    let agree = link.batch_callback(|event: Event| {
        let input: HtmlInputElement = event.target_dyn_into()?;
        Some(Message::Agree(input.checked()))
    });
    // Not `disabled`: the keyboard has to find it and hear why it does nothing.
    let idle = !own.agreed || own.notice == Notice::Waiting;
    html! {
        <>
            <div key="words" class="consent" part="consent" role="region" tabindex="0"
                aria-label={CONSENT.in_lang(lang)}>{ words.as_str() }</div>
            <p key="version" class="source">{ VERSION.in_lang(lang) }{ " " }{ consent.version.as_str() }</p>
            <label key="agree" class="agree" part="label">
                <input type="checkbox" checked={own.agreed} onchange={agree} />
                { AGREE.in_lang(lang) }
            </label>
            <div key="buttons" class="line">
                <button key="ask" type="button" class="button" part="button" aria-describedby="status"
                    aria-disabled={idle.then_some("true")}
                    onclick={link.callback(|_: MouseEvent| Message::Ask)}>{ ASK.in_lang(lang) }</button>
                { leave(own, context, lang) }
            </div>
        </>
    }
}

fn leave(own: &Own, context: &Context<Own>, lang: Lang) -> Html {
    let is_ready = own.notice != Notice::Waiting;
    button(
        LEAVE.in_lang(lang),
        Rank::Second,
        readiness(is_ready),
        context.link().callback(|()| Message::Leave),
    )
}
