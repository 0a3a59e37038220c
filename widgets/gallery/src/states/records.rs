//! What records are shown with.

use credit_core::lang::{Lang, Text, text};
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::card::{Card, card};
use credit_parts::chart::{Bar, Chart, chart};
use credit_parts::html;
use credit_parts::pager::pager;
use credit_parts::table::{Column, Table, table};
use credit_parts::tabs::{Tab, tabs};
use yew::prelude::*;

use super::{LONG, States};
use crate::gallery::{Gallery, Message};

pub(super) fn cards(context: &Context<Gallery>, lang: Lang) -> States {
    let say = |words: Text| words.in_lang(lang);
    let facts = [
        (
            say(text("统一社会信用代码", "Code")),
            "91120102MATEXT01X4".to_owned(),
        ),
        (
            say(text("经营状态", "Status")),
            say(text("存续", "in business")).to_owned(),
        ),
    ];
    let many: Vec<(&str, String)> = facts
        .iter()
        .cloned()
        .chain([(say(text("经营范围", "Scope")), LONG.repeat(5))])
        .collect();
    let source = say(text(
        "来源：示例区市场监管局 · 数据截至 2026-11-01",
        "Source: market office of the example district · as of 2026-11-01",
    ));
    let open = button(
        say(text("查看信用名片", "See the credit card")),
        Rank::Second,
        Readiness::Ready,
        context.link().callback(|()| Message::More),
    );
    vec![
        (
            text("完整", "Complete"),
            card(&Card {
                title: say(text(
                    "示例市海河津味食品有限公司",
                    "Example Haihe Foods Ltd",
                )),
                flag: say(text("A级纳税人", "taxpayer of grade A")),
                facts: &facts,
                source,
                action: open,
            }),
        ),
        (
            text("只有名称", "A name and nothing else"),
            card(&Card {
                title: say(text("示例区绿叶蔬菜专业合作社", "Green Leaf Cooperative")),
                flag: "",
                facts: &[],
                source: "",
                action: Html::default(),
            }),
        ),
        (
            text("都很长", "Everything long"),
            card(&Card {
                title: LONG,
                flag: say(text("守信激励对象", "honoured for keeping faith")),
                facts: &many,
                source,
                action: Html::default(),
            }),
        ),
    ]
}

pub(super) fn tables(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let say = |words: Text| words.in_lang(lang);
    let columns = [
        Column {
            label: say(text("部门", "Department")),
            is_number: false,
        },
        Column {
            label: say(text("事项", "Item")),
            is_number: false,
        },
        Column {
            label: say(text("抽查比例（%）", "Ratio (%)")),
            is_number: true,
        },
    ];
    let mut rows: Vec<(&str, &str, u32)> = vec![
        (
            say(text("市场监管局", "Market office")),
            say(text("食品经营检查", "Food businesses")),
            5,
        ),
        (
            say(text("住房和建设委员会", "Housing")),
            say(text("建筑工地检查", "Building sites")),
            20,
        ),
        (say(text("城市管理委员会", "City management")), LONG, 3),
    ];
    let sorting = gallery.sorting;
    match sorting.column {
        0 => rows.sort_by_key(|row| row.0),
        1 => rows.sort_by_key(|row| row.1),
        _ => rows.sort_by_key(|row| row.2),
    }
    if sorting.is_descending {
        rows.reverse();
    }
    let cells = |rows: &[(&str, &str, u32)]| -> Vec<(String, Vec<Html>)> {
        rows.iter()
            .map(|(unit, item, ratio)| {
                (
                    (*unit).to_owned(),
                    vec![
                        html! { { *unit } },
                        html! { { *item } },
                        html! { { *ratio } },
                    ],
                )
            })
            .collect()
    };
    let caption = say(text("分级监管抽查比例", "Inspection ratios by grade"));
    let sorted = Some((sorting, context.link().callback(Message::Sorted)));
    let (all, one) = (cells(&rows), cells(&rows[..1]));
    let many: Vec<(String, Vec<Html>)> = (1..=60)
        .map(|row| {
            (
                row.to_string(),
                vec![
                    html! { { format!("{} {row}", say(text("部门", "Department"))) } },
                    html! { { say(text("检查", "Inspection")) } },
                    html! { { row } },
                ],
            )
        })
        .collect();
    let show = |rows: &[(String, Vec<Html>)], sorting| {
        table(&Table {
            caption,
            columns: &columns,
            rows,
            sorting,
            lang,
        })
    };
    vec![
        (text("可排序", "Can be sorted"), show(&all, sorted)),
        (text("没有", "None"), show(&[], None)),
        (text("一行", "One"), show(&one, None)),
        (text("很多", "Many"), show(&many, None)),
    ]
}

pub(super) fn tab_rows(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let labels = [
        (text("基本信息", "Registration"), None),
        (text("行政许可", "Licences"), Some(12)),
        (text("行政处罚", "Penalties"), Some(0)),
        (text("信用承诺", "Commitments"), Some(1_024)),
    ];
    let row: Vec<Tab<'_>> = labels
        .iter()
        .map(|(label, count)| Tab {
            label: label.in_lang(lang),
            count: *count,
        })
        .collect();
    let content = html! { <p>{ format!("{} {}", text("内容", "Content").in_lang(lang), gallery.tab + 1) }</p> };
    vec![(
        text("四个选项卡", "Four tabs"),
        tabs(
            "records",
            text("记录", "Records").in_lang(lang),
            &row,
            gallery.tab,
            context.link().callback(Message::Tab),
            content,
        ),
    )]
}

pub(super) fn pagers(gallery: &Gallery, context: &Context<Gallery>, lang: Lang) -> States {
    let turned = || context.link().callback(Message::Turned);
    vec![
        (
            text("很多页", "Many pages"),
            pager(gallery.page, 40, turned(), lang),
        ),
        (text("第一页", "The first"), pager(1, 40, turned(), lang)),
        (
            text("三页", "Three pages"),
            pager(gallery.page.min(3), 3, turned(), lang),
        ),
        (
            text("只有一页，不显示", "One page, which shows nothing"),
            pager(1, 1, turned(), lang),
        ),
    ]
}

pub(super) fn charts(lang: Lang) -> States {
    let say = |words: Text| words.in_lang(lang);
    let bars = |values: &[(Text, u64)]| -> Vec<Bar> {
        values
            .iter()
            .map(|(label, value)| Bar {
                label: say(*label).to_owned(),
                value: *value,
            })
            .collect()
    };
    let grades = bars(&[
        (text("A 级", "Grade A"), 412),
        (text("B 级", "Grade B"), 1_530),
        (text("C 级", "Grade C"), 38),
        (text("D 级", "Grade D"), 1),
        (text("未评价", "Not graded"), 0),
    ]);
    let many: Vec<Bar> = (1..=30)
        .map(|at| Bar {
            label: format!(
                "{} {at}",
                say(text("租赁和商务服务业", "Leasing and business services"))
            ),
            value: 31 - at,
        })
        .collect();
    let show = |bars: &[Bar]| {
        chart(&Chart {
            title: say(text("纳税信用等级分布", "Taxpayers by grade")),
            of: say(text("等级", "Grade")),
            unit: say(text("户数", "Number")),
            bars,
            lang,
        })
    };
    vec![
        (text("分布", "Distribution"), show(&grades)),
        (text("没有数据", "No data"), show(&[])),
        (text("很多", "Many"), show(&many)),
    ]
}
