//! What forms are made of.

use credit_core::lang::{Lang, Text, text};
use credit_core::typed;
use credit_parts::amount::amount_field;
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::choice::{Item, Kind, choice};
use credit_parts::date::date_field;
use credit_parts::error_summary::{Problem, error_summary};
use credit_parts::field::{Field, Need, Purpose, text_field};
use credit_parts::html;
use credit_parts::notice::{Tone, notice};
use yew::prelude::*;

use super::{LONG, States};
use crate::gallery::{Gallery, Message};

/// A component that shows nothing.
#[component]
fn Nothing() -> Html {
    Html::default()
}

pub(super) fn fields(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let name = field(
        "name",
        text("联系人姓名", "Name of the contact"),
        NOTHING,
        lang,
    );
    let phone = field(
        "phone",
        text("联系电话", "Telephone"),
        text(
            "固定电话请加区号，例如 022-24120000",
            "With area code, such as 022-24120000",
        ),
        lang,
    );
    let reason = field(
        "reason",
        text("异议理由", "Grounds of the objection"),
        text(
            "写明哪一条记录有误、正确的是什么。最多 500 字。",
            "Say which record is wrong and what is right. 500 characters at most.",
        ),
        lang,
    );
    let code_error = text(
        "统一社会信用代码应为 18 位，现有 17 位",
        "A unified social credit code has 18 characters, this has 17",
    )
    .in_lang(lang);
    let code = Field {
        error: code_error,
        ..field(
            "code",
            text("统一社会信用代码", "Unified social credit code"),
            NOTHING,
            lang,
        )
    };
    let note = Field {
        need: Need::Optional,
        ..field("note", text("备注", "Remarks"), NOTHING, lang)
    };
    let come = Field {
        error: if gallery.is_more { code_error } else { "" },
        hint: if gallery.is_more {
            text("多出来的说明", "A hint that came").in_lang(lang)
        } else {
            ""
        },
        ..field(
            "come",
            text("输入时提示来去", "Things come and go while you type"),
            NOTHING,
            lang,
        )
    };
    vec![
        (
            text("空", "Empty"),
            text_field(
                &name,
                &gallery.text("name", ""),
                Purpose::Line,
                50,
                typed_by(context, "name"),
            ),
        ),
        (
            text("有提示", "With a hint"),
            text_field(
                &phone,
                &gallery.text("phone", ""),
                Purpose::Telephone,
                20,
                typed_by(context, "phone"),
            ),
        ),
        (
            text("多行，长文本", "Lines, long text"),
            text_field(
                &reason,
                &gallery.text("reason", &LONG.repeat(3)),
                Purpose::Lines(4),
                500,
                typed_by(context, "reason"),
            ),
        ),
        (
            text("有误", "Wrong"),
            text_field(
                &code,
                &gallery.text("code", "91120102MATEXT01X"),
                Purpose::Line,
                24,
                typed_by(context, "code"),
            ),
        ),
        (
            text("选填", "Optional"),
            text_field(
                &note,
                &gallery.text("note", ""),
                Purpose::Line,
                100,
                typed_by(context, "note"),
            ),
        ),
        (
            text("周围内容变化", "What is around it changes"),
            html! {
                <>
                    <div key="before">if gallery.is_more { { notice(Tone::Doubt, text("出现在前面", "This came before it").in_lang(lang), lang) } }</div>
                    <div key="field">{ text_field(&come, &gallery.text("come", ""), Purpose::Line, 100, typed_by(context, "come")) }</div>
                    <div key="after">if gallery.is_more { { notice(Tone::Plain, text("出现在后面", "This came after it").in_lang(lang), lang) } }</div>
                    <div key="opposite">
                            // What Yew 0.23 panics at without a stable element around each (#4092).
                            <div key="if">if gallery.is_more { <p>{ text("有", "there").in_lang(lang) }</p> }</div>
                            <Nothing key="nothing" />
                            <div key="if-not">if !gallery.is_more { <p>{ text("无", "not there").in_lang(lang) }</p> }</div>
                        </div>
                        <div key="button">{ button(text("变化", "Change").in_lang(lang), Rank::Second, Readiness::Ready, context.link().callback(|()| Message::More)) }</div>
                </>
            },
        ),
    ]
}

pub(super) fn dates(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let hint = text("例如 2026-11-27 或 2026年11月27日", "Such as 2026-11-27");
    let state = |id: &'static str, begins: &str| {
        let value = gallery.text(id, begins);
        let error = match typed::date(&value) {
            Err(error) if !value.is_empty() => error.sentence(lang),
            _ => "",
        };
        let field = Field {
            error,
            ..field(id, text("决定日期", "Day of the decision"), hint, lang)
        };
        date_field(&field, &value, typed_by(context, id))
    };
    vec![
        (text("空", "Empty"), state("empty", "")),
        (text("已理解", "Understood"), state("full", "2026年1月5日")),
        (
            text("没有这一天", "No such day"),
            state("none", "2026-02-30"),
        ),
        (text("不是日期", "Not a day"), state("form", "去年春天")),
    ]
}

pub(super) fn amounts(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let hint = text("人民币，例如 12000 或 1.2万", "In renminbi, such as 12000");
    let state = |id: &'static str, begins: &str| {
        let value = gallery.text(id, begins);
        let error = match typed::amount(&value) {
            Err(error) if !value.is_empty() => error.sentence(lang),
            _ => "",
        };
        let field = Field {
            error,
            ..field(id, text("罚款金额", "Amount of the fine"), hint, lang)
        };
        amount_field(&field, &value, typed_by(context, id))
    };
    vec![
        (text("空", "Empty"), state("empty", "")),
        (text("已理解", "Understood"), state("full", "12.5万")),
        (text("小于零", "Below zero"), state("below", "-300")),
        (text("不是金额", "Not an amount"), state("form", "三百多")),
    ]
}

pub(super) fn choices(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let items = [
        Item { value: "retail", label: text("批发和零售业", "Wholesale and retail").in_lang(lang), hint: "" },
        Item { value: "food", label: text("住宿和餐饮业", "Accommodation and food").in_lang(lang), hint: text("含食品摊贩", "Food stalls, too").in_lang(lang) },
        Item { value: "long", label: text("租赁和商务服务业，包括人力资源服务、安全保护服务和会议展览服务", "Leasing and business services, including human resources, security, conferences and exhibitions").in_lang(lang), hint: "" },
    ];
    let chosen: Vec<&str> = gallery.chosen.iter().map(String::as_str).collect();
    let last: Vec<&str> = chosen.last().copied().into_iter().collect();
    let onchosen = || {
        context
            .link()
            .callback(|(value, is)| Message::Chosen(value, is))
    };
    let wrong = Field {
        error: text("请选择一项", "Please choose one").in_lang(lang),
        ..field("wrong", text("行业", "Industry"), NOTHING, lang)
    };
    vec![
        (
            text("单选", "One of a few"),
            choice(
                &field("one", text("行业", "Industry"), NOTHING, lang),
                Kind::One,
                &items,
                &last,
                onchosen(),
            ),
        ),
        (
            text("多选", "Some of a few"),
            choice(
                &field(
                    "some",
                    text("行业", "Industries"),
                    text("可选多项", "Any number"),
                    lang,
                ),
                Kind::Some,
                &items,
                &chosen,
                onchosen(),
            ),
        ),
        (
            text("下拉", "Menu"),
            choice(
                &field("menu", text("行业", "Industry"), NOTHING, lang),
                Kind::Menu,
                &items,
                &last,
                onchosen(),
            ),
        ),
        (
            text("有误", "Wrong"),
            choice(&wrong, Kind::One, &items, &[], onchosen()),
        ),
    ]
}

pub(super) fn buttons(context: &Context<Gallery>, lang: Lang) -> States {
    let press = || context.link().callback(|()| Message::More);
    let say = |label: Text| label.in_lang(lang);
    vec![
        (
            text("主要和次要", "First and second"),
            html! {
                <div class="actions">
                    { button(say(text("提交", "Submit")), Rank::First, Readiness::Ready, press()) }
                    { button(say(text("保存草稿", "Save a draft")), Rank::Second, Readiness::Ready, press()) }
                </div>
            },
        ),
        (
            text("暂不可用", "Not now"),
            html! {
                <div class="actions">
                    { button(say(text("提交", "Submit")), Rank::First, Readiness::Idle, press()) }
                    { button(say(text("保存草稿", "Save a draft")), Rank::Second, Readiness::Idle, press()) }
                </div>
            },
        ),
        (
            text("文字很长", "Long words"),
            button(
                say(text(
                    "已阅读并知晓以上全部内容，确认提交信用承诺书并同意公示",
                    "I have read all of the above, submit the commitment and agree to its publication",
                )),
                Rank::First,
                Readiness::Ready,
                press(),
            ),
        ),
    ]
}

pub(super) fn summaries(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let say = |words: Text| words.in_lang(lang);
    let code = Field {
        error: say(text("应为 18 位", "has 18 characters")),
        ..field("sum-code", text("统一社会信用代码", "Code"), NOTHING, lang)
    };
    let day = Field {
        error: say(text("没有这一天", "no such day")),
        ..field(
            "sum-day",
            text("决定日期", "Day of the decision"),
            NOTHING,
            lang,
        )
    };
    let problems = [
        Problem {
            id: code.id,
            label: code.label,
            said: code.error,
        },
        Problem {
            id: day.id,
            label: day.label,
            said: day.error,
        },
    ];
    vec![
        (
            text("两处", "Two"),
            html! {
                <div>
                    { error_summary(&gallery.summary, &problems, lang) }
                    { text_field(&code, &gallery.text("sum-code", "9112"), Purpose::Line, 24, typed_by(context, "sum-code")) }
                    { date_field(&day, &gallery.text("sum-day", "2026-02-30"), typed_by(context, "sum-day")) }
                    { button(say(text("提交", "Submit")), Rank::First, Readiness::Ready, context.link().callback(|()| Message::Sent)) }
                </div>
            },
        ),
        (
            text("没有错误，不显示", "None, which shows nothing"),
            error_summary(&NodeRef::default(), &[], lang),
        ),
    ]
}

fn typed_by(context: &Context<Gallery>, id: &'static str) -> Callback<String> {
    context
        .link()
        .callback(move |text| Message::Typed(id, text))
}

fn field<'a>(id: &'a str, label: Text, hint: Text, lang: Lang) -> Field<'a> {
    Field {
        id,
        label: label.in_lang(lang),
        hint: hint.in_lang(lang),
        error: "",
        need: Need::Required,
        lang,
    }
}

const NOTHING: Text = text("", "");
