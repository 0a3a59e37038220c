//! 严重失信主体名单和异常名录, 失信被执行人.

use super::CommandError;
use super::cases;
use super::days::{days_after, last_decision, term_end, year};
use super::offices::Office;
use super::persons;
use super::random::Stream;
use super::sheet::Sheet;
use super::subject::{Subject, World};

/// A list on which subjects are put.
struct List {
    name: &'static str,
    office: &'static str,
    reason: &'static str,
    basis: &'static str,
    /// Months that it lasts, if it has a term.
    months: Option<u16>,
    class: &'static str,
    regime: &'static str,
    share: u32,
}

const LISTS: [List; 5] = [
    List {
        name: "经营异常名录",
        office: "market",
        reason: "未依照规定的期限公示年度报告",
        basis: "《企业信息公示暂行条例》第十八条",
        months: None,
        class: "",
        regime: "国家企业信用信息公示系统",
        share: 60,
    },
    List {
        name: "经营异常名录",
        office: "market",
        reason: "通过登记的住所或者经营场所无法联系",
        basis: "《企业经营异常名录管理暂行办法》第九条",
        months: None,
        class: "",
        regime: "国家企业信用信息公示系统",
        share: 25,
    },
    List {
        name: "市场监管严重违法失信名单",
        office: "market",
        reason: "经责令停止违法行为后仍继续实施侵害消费者权益的违法行为",
        basis: "《市场监督管理严重违法失信名单管理办法》第九条",
        months: Some(36),
        class: "严重",
        regime: "国家企业信用信息公示系统",
        share: 6,
    },
    List {
        name: "重大税收违法失信主体",
        office: "tax",
        reason: "欠缴应纳税款，采取转移财产的手段妨碍追缴欠缴的税款",
        basis: "《重大税收违法失信主体信息公布管理办法》第六条",
        months: Some(36),
        class: "严重",
        regime: "信用中国",
        share: 5,
    },
    List {
        name: "其他-价格失信名单",
        office: "market",
        reason: "串通操纵市场价格",
        basis: "示例区价格信用管理办法",
        months: Some(12),
        class: "一般",
        regime: "信用中国",
        share: 4,
    },
];

pub(super) fn entries(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Lists, subject.number);
    let is_listed = random.chance(if subject.is_closed() { 60 } else { 16 });
    let can_be = subject.is_enterprise() || subject.is_sole_trader();
    if cases::is_fixed(subject.number) || !is_listed || !can_be {
        return Ok(());
    }
    let list = &LISTS[random.weighted(LISTS.iter().map(|list| list.share))];
    let office = Office::named(list.office)?;
    let decided = subject.decision_day(&mut random);
    let (mark, number) = (office.mark, subject.number);
    sheet
        .holder(subject)
        .office(&office)
        .set("list", list.name)
        .set(
            "number",
            format_args!("{mark}列〔{}〕{number}号", year(decided)),
        )
        .set("reason", list.reason)
        .set("basis", list.basis)
        .set("decided", decided)
        .set("from", decided)
        .set("class", list.class)
        .set("regime", list.regime);
    if let Some(months) = list.months {
        let until = term_end(decided, months);
        sheet.set("until", until).set("public-until", until);
    }
    sheet.fill("representative", |text| {
        persons::push_name(&mut random, text);
    });
    let ended = days_after(decided, 30 + i64::from(random.below(200)));
    if random.chance(400) && ended <= last_decision() {
        sheet
            .set("ended", ended)
            .set("exit-reason", "已履行法定义务")
            .set(
                "exit-number",
                format_args!("{mark}移〔{}〕{number}号", year(ended)),
            )
            .set("exit-unit", office.name);
    }
    sheet.end()
}

/// What is owed, and what of it was performed.
const JUDGMENTS: [[&str; 5]; 3] = [
    [
        "支付货款及逾期利息",
        "全部未履行",
        "",
        "全部",
        "有履行能力而拒不履行生效法律文书确定义务",
    ],
    [
        "支付劳动报酬",
        "部分未履行",
        "已支付三个月工资",
        "其余工资",
        "违反财产报告制度",
    ],
    [
        "腾退承租房屋并支付租金",
        "全部未履行",
        "",
        "全部",
        "以虚假诉讼、隐匿转移财产等方法规避执行",
    ],
];

pub(super) fn judgments(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Judgments, subject.number);
    let is_debtor = random.chance(if subject.is_closed() { 40 } else { 8 });
    if cases::is_fixed(subject.number) || !is_debtor || subject.is_public_body() {
        return Ok(());
    }
    let [duty, performance, performed, unperformed, circumstances] = random.pick(&JUDGMENTS);
    let decided = subject.decision_day(&mut random);
    let filed = days_after(decided, -60);
    let number = subject.number;
    sheet
        .holder(subject)
        .office(&Office::named("court")?)
        .set(
            "number",
            format_args!("（{}）示0102执{number}号", year(filed)),
        )
        .set("province", "天津")
        .set(
            "basis-number",
            format_args!("（{}）示0102民初{number}号", year(filed) - 1),
        )
        .set("basis-unit", "示例区人民法院")
        .set("filed", filed)
        .set("decided", decided)
        .set("duty", duty)
        .set("performance", performance)
        .set("performed", performed)
        .set("unperformed", unperformed)
        .set("circumstances", circumstances)
        .set("until", term_end(decided, 24));
    let ended = days_after(decided, 45 + i64::from(random.below(300)));
    if random.chance(300) && ended <= last_decision() {
        sheet.set("ended", ended);
    }
    sheet.end()
}
