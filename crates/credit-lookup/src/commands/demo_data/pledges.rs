//! 信用承诺 and 履约践诺.

use credit_core::date::Date;

use super::days::{day, days_after, last_decision, term_end};
use super::offices::Office;
use super::random::Stream;
use super::sheet::Sheet;
use super::subject::{Subject, World};
use super::{CommandError, DIVISION, cases};

/// What is promised: office, type, occasion, content, liability.
const PLEDGES: [[&str; 5]; 8] = [
    [
        "market",
        "主动型",
        "诚信经营主动公示",
        "依法经营，明码标价，不销售假冒伪劣商品",
        "违反承诺的，自愿接受失信惩戒",
    ],
    [
        "approval",
        "审批替代型",
        "办理食品经营许可延续",
        "经营条件未发生变化，继续符合许可条件",
        "承诺不实的，依法撤销许可并记入信用记录",
    ],
    [
        "approval",
        "容缺受理型",
        "办理公共场所卫生许可",
        "十五日内补交检测报告原件",
        "逾期未补交的，终止办理",
    ],
    [
        "labour",
        "证明事项型",
        "申请稳岗补贴",
        "未裁员或者裁员率不高于规定标准，不再提交证明",
        "承诺不实的，退回补贴",
    ],
    [
        "commerce",
        "行业自律型",
        "商圈诚信公约",
        "先行赔付，不诱导消费，七日无理由退货",
        "违反承诺的，取消示范商户称号",
    ],
    [
        "credit",
        "信用修复型",
        "申请信用修复",
        "已纠正失信行为，今后依法诚信经营",
        "再次失信的，撤销修复",
    ],
    [
        "emergency",
        "审批替代型",
        "公众聚集场所告知承诺",
        "场所符合消防安全条件，人员经过培训",
        "承诺不实的，依法处罚",
    ],
    [
        "ecology",
        "其他-环评告知承诺",
        "环境影响评价告知承诺制审批",
        "落实污染防治措施，达标排放",
        "承诺不实的，撤销审批决定",
    ],
];

/// A commitment of a subject.
struct Commitment {
    terms: [&'static str; 5],
    /// 承诺编码, which old ones have none of.
    code: Option<String>,
    decided: Date,
    publication: &'static str,
    /// Whether and when it was found to be kept.
    outcome: Option<(&'static str, Date)>,
}

/// The day from which on commitments have codes.
const CODES_FROM: &str = "2024-01-01";

fn commitment(world: &World, subject: &Subject) -> Option<Commitment> {
    let mut random = world.random(Stream::Commitments, subject.number);
    if cases::is_fixed(subject.number) || subject.is_public_body() || !random.chance(310) {
        return None;
    }
    let decided = subject.decision_day(&mut random);
    let mut code = format!("{DIVISION}{decided}{:06}", subject.number % 1_000_000);
    code.retain(|character| character != '-');
    let found = days_after(decided, 30 + i64::from(random.below(300)));
    let outcome = match random.below(100) {
        0..82 => "全部履行",
        82..88 => "部分履行",
        88..92 => "全部未履行",
        _ => "",
    };
    let is_found = !outcome.is_empty() && found <= last_decision();
    Some(Commitment {
        terms: random.pick(&PLEDGES),
        code: (decided >= day(CODES_FROM)).then_some(code),
        decided,
        publication: match random.below(20) {
            0 => "不可公开",
            1 => "特定范围内公开",
            _ => "可向社会公开",
        },
        outcome: is_found.then_some((outcome, found)),
    })
}

pub(super) fn commitments(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let Some(commitment) = commitment(world, subject) else {
        return Ok(());
    };
    let [office, kind, reason, content, liability] = commitment.terms;
    sheet
        .holder(subject)
        .office(&Office::named(office)?)
        .set_some("pledge", commitment.code)
        .set("type", kind)
        .set("reason", reason)
        .set("content", content)
        .set("liability", liability)
        .set("decided", commitment.decided)
        .set("until", term_end(commitment.decided, 12))
        .set("publication", commitment.publication)
        .end()
}

pub(super) fn fulfilments(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let Some(commitment) = commitment(world, subject) else {
        return Ok(());
    };
    let (Some(code), Some((outcome, found))) = (commitment.code, commitment.outcome) else {
        return Ok(());
    };
    let [office, ..] = commitment.terms;
    sheet
        .holder(subject)
        .office(&Office::named(office)?)
        .set("pledge", code)
        .set("fulfilment", outcome)
        .set("decided", found)
        .set("publication", commitment.publication);
    if outcome != "全部履行" {
        sheet
            .set("unperformed", "部分事项未在承诺期限内完成")
            .set("liability", "约谈负责人，责令限期改正");
    }
    sheet.end()
}
