//! 登记注册基本信息.

use std::fmt::Write as _;

use super::fixed::FIXED;
use super::random::{Random, Stream};
use super::sheet::Sheet;
use super::subject::{Subject, World};
use super::words::vocabulary;
use super::{CommandError, SOURCE, SOURCE_DATE, names};

/// The columns, which are their own names of fields.
pub(super) const HEADER: [&str; 13] = [
    "企业名称",
    "曾用名",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "注册资金",
    "经营范围",
    "所在省份",
    "地区",
    "注册地址",
    "登记状态",
    "数据来源单位",
    "数据日期",
];

/// Spellings of 注册资金 that registries use.
const CAPITALS: [&str; 6] = [
    "(万元人民币)",
    "(万元)",
    "万人民币",
    "万元人民币",
    "万人民币元",
    "(万美元)",
];

/// Most items of 经营范围 that have nothing to do with the trade: so many make
/// some 600 characters.
const GENERAL_ITEMS_MAX: usize = 60;

const LICENSED: &str = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）";
const UNLICENSED: &str = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）";

pub(super) fn rows(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let row = FIXED.get(subject.number as usize);
    let (province, district) = match row {
        Some(_) => ("示例市", "示例区"),
        None => ("天津市", subject.division.name),
    };
    sheet
        .set("企业名称", &subject.name)
        .set("统一社会信用代码", subject.code)
        .set("注册日期", subject.established)
        .set("所在省份", province)
        .set("地区", district)
        .set("登记状态", subject.status)
        .set("数据来源单位", SOURCE)
        .set("数据日期", SOURCE_DATE);
    if let Some(row) = row {
        sheet
            .set("企业类型", row.entity_type)
            .set("注册资金", row.capital)
            .set("经营范围", row.scope)
            .set("注册地址", row.address);
        return sheet.end();
    }
    let mut random = world.random(Stream::Registry, subject.number);
    let is_type_stated = random.chance(700);
    sheet
        .set(
            "企业类型",
            if is_type_stated {
                subject.entity_type
            } else {
                "N/A"
            },
        )
        .fill("曾用名", |text| former_names(world, subject, text))
        .fill("注册资金", |text| capital(subject, &mut random, text))
        .fill("经营范围", |text| scope(subject, &mut random, text))
        .fill("注册地址", |text| address(subject, &mut random, text))
        .end()
}

/// Three of 100 had another name, some of them several.
fn former_names(world: &World, subject: &Subject, text: &mut String) {
    let mut random = world.random(Stream::FormerNames, subject.number);
    if !random.chance(30) {
        return;
    }
    names::push(subject, &mut random, text);
    if random.chance(100) {
        text.push('；');
        names::push(subject, &mut random, text);
    }
}

fn capital(subject: &Subject, random: &mut Random, text: &mut String) {
    let has_none = match subject.kind {
        [b'1' | b'3', _] => 1_000,
        _ if subject.is_enterprise() => 120,
        _ => 900,
    };
    if random.chance(has_none) {
        text.push_str("N/A");
        return;
    }
    // Writing to a text never fails.
    let _ = match random.below(8) {
        0 => write!(
            text,
            "1,{:03}.{}(万元人民币)",
            random.below(1_000),
            random.below(90) + 10
        ),
        1 => write!(
            text,
            "{}.{}(万元人民币)",
            random.below(900) + 100,
            random.below(9_000) + 1_000
        ),
        _ => {
            let amount = random.pick(&[3, 5, 10, 20, 30, 50, 100, 200, 500, 1_000, 3_000, 10_000]);
            // Dollars are rarer than the other spellings.
            let last = if random.chance(60) { 6 } else { 5 };
            write!(text, "{amount}{}", CAPITALS[random.below(last) as usize])
        }
    };
}

/// Items of the trade, then others, as the rules of registration since 2019 ask
/// for it or as it was before.
fn scope(subject: &Subject, random: &mut Random, text: &mut String) {
    if random.chance(15) {
        text.push_str("N/A");
        return;
    }
    let begin = text.len();
    let items = subject
        .trade
        .map_or(&[][..], |trade| trade.scope.as_slice());
    let is_modern = subject.is_enterprise() && random.chance(350);
    if is_modern {
        text.push_str("一般项目：");
    }
    let count = 1 + random.place(items.len().max(1));
    push_items(items, count, random, text);
    let others = if subject.is_enterprise() || subject.is_sole_trader() {
        match random.below(1_000) {
            0..320 => 0,
            320..740 => 1 + random.place(3),
            740..945 => 4 + random.place(6),
            945..992 => 10 + random.place(12),
            _ => 22 + random.place(GENERAL_ITEMS_MAX - 21),
        }
    } else {
        0
    };
    if others > 0 {
        text.push('；');
        push_items(&vocabulary().general, others, random, text);
    }
    if is_modern {
        text.push_str(UNLICENSED);
    } else if text.len() - begin > 60 && random.chance(450) {
        text.push_str(LICENSED);
    }
    text.push('。');
}

/// `count` items one behind the other, from a random one on.
fn push_items(items: &[&str], count: usize, random: &mut Random, text: &mut String) {
    let first = random.place(items.len().max(1));
    let chosen = items.iter().cycle().skip(first).take(count);
    for (place, item) in chosen.enumerate() {
        if place > 0 {
            text.push('；');
        }
        text.push_str(item);
    }
}

fn address(subject: &Subject, random: &mut Random, text: &mut String) {
    let words = vocabulary();
    if random.chance(15) {
        text.push_str("N/A");
        return;
    }
    if random.chance(600) {
        text.push_str("天津市");
    }
    text.push_str(subject.division.name);
    text.push_str(random.pick(&words.roads));
    let number = random.below(398) + 1;
    let (floor, room) = (random.below(28) + 1, random.below(20) + 1);
    let building = random.pick(&words.buildings);
    // Writing to a text never fails.
    let _ = match random.below(10) {
        0 | 1 => write!(text, "{number}号"),
        2 => write!(text, "{number}号底商"),
        3 => write!(text, "{number}号增{room}号"),
        4 | 5 => write!(text, "{number}号{building}{floor}层{floor}{room:02}室"),
        6 | 7 => write!(
            text,
            "与{}交口{building}{floor}-{room}",
            random.pick(&words.roads)
        ),
        8 => write!(text, "{building}{room}号楼{floor}门{}", 100 + number),
        _ => write!(
            text,
            "{number}号{building}A座{floor}{room:02}（集群注册第{number}号）"
        ),
    };
}
