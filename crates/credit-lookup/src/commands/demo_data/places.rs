//! 区域成员, 产品追溯 and 信用服务机构.

use credit_core::date::Date;

use super::codes::gtin_check;
use super::days::{days_after, last_decision, term_end, year};
use super::offices::Office;
use super::persons::push_name;
use super::random::{Random, Stream};
use super::sheet::Sheet;
use super::subject::{Subject, World};
use super::{CREDIT_OFFICE, CommandError, cases};

/// Subjects among whom an area has many members, so that a small file has an area
/// of several pages. A larger one has no more of them there.
const PARK_AMONG: u32 = 1_000;

/// The area with many members.
const PARK: &str = "YQ-01";

/// How many of 1 000 of those subjects are there.
const PARK_SHARE: u32 = 250;

/// Of so many members one has sent no industry.
const NO_INDUSTRY: u32 = 16;

pub(super) fn members(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let can_be = subject.is_enterprise() || subject.is_sole_trader();
    if cases::is_fixed(subject.number) || !can_be {
        return Ok(());
    }
    let mut random = world.random(Stream::Members, subject.number);
    let mut area = "";
    if random.chance(300) {
        let areas = cases::areas();
        let from = random.day(subject.established, last_decision());
        let ended = days_after(from, 200 + i64::from(random.below(2_000)));
        let (floor, room) = (random.below(20) + 1, random.below(30) + 1);
        area = random.pick(&areas);
        let is_gone = subject.is_closed() || random.chance(80);
        member(subject, sheet, area, from)?
            .set("place", format_args!("{floor}层{floor}{room:02}室"))
            .set_some(
                "ended",
                (is_gone && ended <= last_decision()).then_some(ended),
            )
            .end()?;
    }
    let mut random = world.random(Stream::Park, subject.number);
    let is_there = subject.number < PARK_AMONG && random.chance(PARK_SHARE);
    if is_there && area != PARK && !subject.is_closed() {
        let from = random.day(subject.established, last_decision());
        let (house, room) = (random.below(12) + 1, 100 + random.below(40));
        member(subject, sheet, PARK, from)?
            .set("place", format_args!("{house}号楼{room}室"))
            .end()?;
    }
    Ok(())
}

/// A row of `subject` in `area`, without its place.
fn member<'s, 'a>(
    subject: &Subject,
    sheet: &'s mut Sheet<'a>,
    area: &str,
    from: Date,
) -> Result<&'s mut Sheet<'a>, CommandError> {
    let industry = industry(subject).filter(|_| !subject.number.is_multiple_of(NO_INDUSTRY));
    Ok(sheet
        .holder(subject)
        .office(&Office::named("park")?)
        .set("area", area)
        .set_some("industry", industry)
        .set("from", from)
        .set("until", term_end(from, 120)))
}

/// 行业门类 of what a subject does.
fn industry(subject: &Subject) -> Option<&'static str> {
    let cooks = subject
        .trade
        .is_some_and(|trade| trade.firm.contains("餐饮"));
    Some(match subject.sector {
        "food" if cooks || subject.is_sole_trader() => "住宿和餐饮业",
        "food" | "industry" => "制造业",
        "farm" => "农、林、牧、渔业",
        "construction" => "建筑业",
        "commerce" => "批发和零售业",
        "transport" => "交通运输、仓储和邮政业",
        "technology" => "信息传输、软件和信息技术服务业",
        "property" => "房地产业",
        "credit" => "租赁和商务服务业",
        "service" => "居民服务、修理和其他服务业",
        "education" => "教育",
        "medical" => "卫生和社会工作",
        "culture" => "文化、体育和娱乐业",
        _ => return None,
    })
}

/// Products of food firms: what it is, how much, days that it keeps.
const PRODUCTS: [(&str, &str, i64); 10] = [
    ("桂花糕", "400克/盒", 120),
    ("什锦麻花", "500克/袋", 90),
    ("酱牛肉", "200克/袋", 45),
    ("香菇酱", "220克/瓶", 365),
    ("小站大米", "5千克/袋", 540),
    ("山楂片", "150克/袋", 270),
    ("茉莉花茶", "100克/罐", 720),
    ("鲜牛奶", "950毫升/盒", 15),
    ("冷冻虾仁", "300克/袋", 540),
    ("全麦面包", "350克/袋", 7),
];

/// 有机产品认证 has a code of its own in so many of 1 000 products.
const ORGANIC_SHARE: u32 = 200;

pub(super) fn traces(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Traces, subject.number);
    let makes = subject.sector == "food" && subject.is_enterprise() && !subject.is_closed();
    if cases::is_fixed(subject.number) || !makes || !random.chance(500) {
        return Ok(());
    }
    let first = random.below(10);
    for place in 0..1 + random.below(3) {
        let (product, specification, days) = PRODUCTS[(first + place) as usize % PRODUCTS.len()];
        let is_organic = random.chance(ORGANIC_SHARE);
        let code = if is_organic {
            organic_code(subject.number, place)
        } else {
            gtin(subject.number, place)
        };
        let produced = random.late_day(days_after(last_decision(), -400), last_decision());
        let mut batch = format!("{produced}{}", random.pick(&["A", "B", "C"]));
        batch.retain(|character| character != '-');
        sheet
            .holder(subject)
            .office(&Office::named("market")?)
            .set("trace-code", code)
            .set(
                "trace-code-kind",
                if is_organic {
                    "有机码"
                } else {
                    "商品条码"
                },
            )
            .set("product", product)
            .set("specification", specification)
            .set("batch", batch)
            .set("origin", format_args!("天津市{}", subject.division.name))
            .set("produced", produced)
            .set("expires", days_after(produced, days))
            .set("inspection", "出厂检验合格")
            .set("chain", "生产→配送中心→门店")
            .set("from", produced)
            .set("until", "2099-12-31");
        if random.chance(20) {
            sheet.set("recall", "因标签瑕疵主动召回本批次");
        }
        sheet.end()?;
    }
    Ok(())
}

/// 20 to 29 in front are numbers for a shop's own use, which no product of the
/// world has.
fn gtin(number: u32, place: u32) -> String {
    let digits = format!("21{:09}{place}", number % 1_000_000_000);
    format!("{digits}{}", gtin_check(&digits))
}

/// Certifier, year, twelve digits.
fn organic_code(number: u32, place: u32) -> String {
    format!("12326{:011}{place}", number)
}

pub(super) fn agencies(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Agencies, subject.number);
    let Some((kind, business, office)) = agency(subject, &mut random) else {
        return Ok(());
    };
    let office = Office::named(office)?;
    let decided = subject.decision_day(&mut random);
    let (mark, number) = (office.mark, subject.number);
    sheet
        .holder(subject)
        .office(&office)
        .set("agency-kind", kind)
        .fill("representative", |text| push_name(&mut random, text))
        .set("business", business)
        .set("address", format_args!("天津市{}", subject.division.name))
        // 0000 is no exchange.
        .set("phone", format_args!("022-0000{:04}", number % 10_000))
        .set("basis", "示例区信用服务机构名录管理办法")
        .set(
            "number",
            format_args!("{mark}备〔{}〕{number}号", year(decided)),
        )
        .set("decided", decided)
        .set("from", decided)
        .set("until", "2099-12-31");
    if subject.is_closed() {
        sheet.set("ended", days_after(decided, 1));
    }
    sheet.end()
}

/// Kind of agency, business and office, where the subject is one.
fn agency(
    subject: &Subject,
    random: &mut Random,
) -> Option<(&'static str, &'static str, &'static str)> {
    const CREDIT: [(&str, &str); 4] = [
        ("信用服务机构", "信用报告、信用咨询、信用管理"),
        ("征信机构", "企业征信"),
        ("信用评级机构", "信用评级"),
        ("信用修复培训机构", "信用修复培训"),
    ];
    if subject.sector == "credit" && subject.is_enterprise() {
        let (kind, business) = random.pick(&CREDIT);
        return Some((kind, business, CREDIT_OFFICE));
    }
    let (kind, business) = match &subject.kind {
        b"31" => ("律师事务所", "信用修复法律服务；异议申诉代理"),
        b"32" => ("公证机构", "承诺书公证；证据保全"),
        b"33" => ("基层法律服务所", "法律咨询"),
        b"34" => ("司法鉴定机构", "文书鉴定"),
        b"35" => ("仲裁委员会", "合同纠纷仲裁"),
        _ => return None,
    };
    Some((kind, business, "justice"))
}
