//! What the program says.

use credit_core::lang::{Lang, Text, text};
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::dialog::Dialog;
use credit_parts::html;
use credit_parts::notice::{Tone, notice, notice_with};
use credit_parts::progress::{Progress, progress};
use yew::prelude::*;

use super::{LONG, States};
use crate::gallery::{Gallery, Message};

pub(super) fn notices(context: &Context<Gallery>, lang: Lang) -> States {
    let say = |words: Text| words.in_lang(lang);
    let again = button(
        say(text("重试", "Try again")),
        Rank::Second,
        Readiness::Ready,
        context.link().callback(|()| Message::More),
    );
    vec![
        (
            text("提示", "Note"),
            notice(
                Tone::Plain,
                say(text("数据截至 2026-11-01。", "Data as of 2026-11-01.")),
                lang,
            ),
        ),
        (
            text("完成", "Done"),
            notice(
                Tone::Good,
                say(text(
                    "承诺书已提交，回执编号 CN2026-000123。",
                    "The commitment was submitted, receipt CN2026-000123.",
                )),
                lang,
            ),
        ),
        (
            text("注意", "Attention"),
            notice(
                Tone::Doubt,
                say(text(
                    "签名有效，未核对是否撤销。",
                    "The signature is good; whether it was revoked is not known.",
                )),
                lang,
            ),
        ),
        (
            text("错误，可重试", "Error, with a way out"),
            notice_with(
                Tone::Bad,
                say(text(
                    "无法连接信用信息服务，请稍后重试。",
                    "The credit service is out of reach. Please try again later.",
                )),
                lang,
                again,
            ),
        ),
        (
            text("文字很长", "Long words"),
            notice(Tone::Plain, &LONG.repeat(4), lang),
        ),
    ]
}

pub(super) fn bars(lang: Lang) -> States {
    let said = text("正在核对每一行…", "Checking every row…").in_lang(lang);
    vec![
        (
            text("总量未知", "Nobody knows how much"),
            progress(
                text("正在查询…", "Searching…").in_lang(lang),
                Progress::Unknown,
                lang,
            ),
        ),
        (
            text("刚开始", "Just begun"),
            progress(said, Progress::Of(0, 100_000), lang),
        ),
        (
            text("进行中", "On the way"),
            progress(said, Progress::Of(43_210, 100_000), lang),
        ),
        (
            text("完成", "Done"),
            progress(
                text("核对完成", "All rows are checked").in_lang(lang),
                Progress::Of(100_000, 100_000),
                lang,
            ),
        ),
    ]
}

pub(super) fn dialogs(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let say = |words: Text| words.in_lang(lang);
    let open = button(
        say(text("撤回承诺", "Withdraw the commitment")),
        Rank::First,
        Readiness::Ready,
        context.link().callback(|()| Message::Open(true)),
    );
    let agree = button(
        say(text("确认撤回", "Withdraw")),
        Rank::First,
        Readiness::Ready,
        context.link().callback(|()| Message::Open(false)),
    );
    vec![(
        text("打开前和打开后", "Before and after it is opened"),
        html! {
            <div>
                { open }
                <Dialog id="withdraw" is_open={gallery.is_open} title={say(text("要撤回这份承诺书吗？", "Withdraw this commitment?"))} actions={agree}
                    onclose={context.link().callback(|()| Message::Open(false))} {lang}>
                    <p>{ say(text("撤回后不再公示，已经采用承诺方式办理的事项需要补交材料。", "It is published no longer, and what was granted on its ground needs its papers.")) }</p>
                </Dialog>
            </div>
        },
    )]
}
