//! 行政处罚. What is objected to and what is repaired follows from them.

use credit_core::date::Date;

use super::days::{day, days_after, last_decision, sent, term_end, year};
use super::licences::representative;
use super::offices::Office;
use super::persons::Person;
use super::random::{Random, Stream};
use super::sheet::Sheet;
use super::subject::{Subject, World};
use super::words::{Offence, vocabulary};
use super::{CommandError, DIVISION, PERSON_SHARE, cases};

/// How many subjects of 1 000 have 0, 1, 2, 3 penalties.
const COUNTS: [u32; 4] = [880, 92, 20, 8];

/// 文书号 of one subject begin at its number times this.
const NUMBERS: u32 = 4;

/// Order 36 of the NDRC: until then three years were stated as the end.
const ORDER_36: &str = "2026-04-01";

/// What persons are penalised for: office, kind, conduct, facts, basis, content,
/// fine in 万元.
const OF_PERSONS: [[&str; 7]; 4] = [
    [
        "police",
        "罚款",
        "违反治安管理",
        "当事人在公共场所制造噪声干扰他人正常生活",
        "《中华人民共和国治安管理处罚法》第五十八条",
        "罚款300元",
        "0.030000",
    ],
    [
        "transport",
        "警告;罚款",
        "道路运输违法",
        "当事人未随车携带从业资格证从事道路货物运输",
        "《道路运输从业人员管理规定》第四十七条",
        "警告，罚款50元",
        "0.005000",
    ],
    [
        "urban",
        "罚款",
        "擅自搭建",
        "当事人在居住区内擅自搭建构筑物，面积4平方米",
        "《中华人民共和国城乡规划法》第六十四条",
        "责令拆除，罚款1000元",
        "0.100000",
    ],
    [
        "health",
        "其他-责令限期改正",
        "无证行医未遂",
        "当事人张贴招牌准备开展未经备案的诊疗活动",
        "《中华人民共和国医师法》第五十九条",
        "责令限期改正",
        "",
    ],
];

/// A penalty of a subject.
pub(super) struct Penalty {
    pub(super) number: String,
    pub(super) decided: Date,
    offence: &'static Offence,
    office: Office,
    /// In 元.
    fine: Option<u32>,
    public_until: Option<Date>,
    state: &'static str,
    /// What became of it.
    pub(super) fate: Fate,
    /// The day on which a repair is applied for, if it is.
    pub(super) applied: Date,
}

/// What became of a penalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Nothing,
    ObjectionPending,
    ObjectionDecided,
    RepairAccepted,
    Repaired,
    RepairRefused,
}

/// Of 100 penalties.
const FATES: [(Fate, u32); 6] = [
    (Fate::Nothing, 70),
    (Fate::ObjectionPending, 3),
    (Fate::ObjectionDecided, 4),
    (Fate::RepairAccepted, 5),
    (Fate::Repaired, 14),
    (Fate::RepairRefused, 4),
];

/// The penalties of `subject`, those of the cases not among them.
pub(super) fn penalties(
    subject: &Subject,
    random: &mut Random,
) -> Result<Vec<Penalty>, CommandError> {
    if cases::is_fixed(subject.number) || subject.is_public_body() {
        return Ok(Vec::new());
    }
    let count = random.weighted(COUNTS.iter().copied());
    let penalties = (0..count).map(|place| penalty(subject, place, random));
    penalties.collect()
}

fn penalty(subject: &Subject, place: usize, random: &mut Random) -> Result<Penalty, CommandError> {
    let offence = offence(subject.sector, random);
    let office = Office::named(offence.office)?;
    let decided = subject.decision_day(random);
    let number = u64::from(subject.number) * u64::from(NUMBERS) + place as u64 + 1;
    let number = format!("{}罚〔{}〕{number}号", office.mark, year(decided));
    let fine = offence
        .fine
        .map(|(least, most)| least + random.below((most - least) / 100 + 1) * 100);
    let months = match offence.class {
        _ if decided < day(ORDER_36) => 36,
        "minor" => 3,
        "serious" => 36,
        _ => 12,
    };
    let is_stated = offence.class != "minor" || random.chance(500);
    let mut fate = FATES[random.weighted(FATES.iter().map(|(_, share)| *share))].0;
    let latest = days_after(last_decision(), -8);
    let least = if offence.class == "serious" { 12 } else { 3 };
    let earliest = days_after(term_end(decided, least), 1);
    if earliest > latest && matches!(fate, Fate::RepairAccepted | Fate::Repaired) {
        fate = Fate::RepairRefused;
    }
    let applied = match fate {
        Fate::RepairAccepted => latest,
        _ => earliest.min(latest).max(decided),
    };
    Ok(Penalty {
        number,
        decided,
        offence,
        office,
        fine,
        public_until: is_stated.then(|| term_end(decided, months)),
        state: if random.chance(12) {
            "撤销"
        } else {
            "正常"
        },
        fate,
        applied,
    })
}

/// One of those that the sector is prone to, or one that anybody is.
fn offence(sector: &str, random: &mut Random) -> &'static Offence {
    let offences = &vocabulary().offences;
    let fits = |offence: &&Offence| offence.is_for(sector);
    let count = offences.iter().filter(fits).count();
    let place = random.place(count.max(1));
    offences
        .iter()
        .filter(fits)
        .nth(place)
        .unwrap_or(&offences[0])
}

pub(super) fn of_subject(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Penalties, subject.number);
    let mut post = world.random(Stream::Sent, subject.number);
    for penalty in penalties(subject, &mut random)? {
        let offence = penalty.offence;
        let fine = penalty.fine.map(|fine| fine.to_string());
        let content = offence
            .content
            .replace("{fine}", fine.as_deref().unwrap_or_default());
        let wan = |yuan: u32| format!("{}.{:04}00", yuan / 10_000, yuan % 10_000);
        let is_confiscated = offence.kinds.contains("没收违法所得");
        let class = match offence.class {
            "minor" => "轻微",
            "general" => "一般",
            "serious" => "严重",
            _ => "",
        };
        sheet
            .holder(subject)
            .office(&penalty.office)
            .set("source-date", sent(penalty.decided, &mut post))
            .set("number", &penalty.number)
            .set("title", format_args!("{}案", offence.conduct))
            .set("conduct", offence.conduct)
            .set("facts", offence.facts)
            .set("basis", offence.basis)
            .set("kind", offence.kinds)
            .set("content", content)
            .set_some("fine", penalty.fine.map(wan))
            .set_some(
                "confiscated",
                is_confiscated.then(|| wan(random.below(30_000))),
            )
            .set("decided", penalty.decided)
            .set_some("public-until", penalty.public_until)
            .set("class", class)
            .set("regime", "信用中国")
            .set("state", penalty.state)
            .set("division", DIVISION)
            .set("org", subject.code.organisation());
        if offence.kinds.contains("吊销") {
            sheet
                .set("certificate", "许可证")
                .set("until", "2099-12-31");
        }
        representative(world, subject, &mut random, sheet);
        sheet.end()?;
    }
    Ok(())
}

/// One of fifty has a person beside it who was penalised.
pub(super) fn of_persons(world: &World, sheet: &mut Sheet<'_>) -> Result<(), CommandError> {
    for number in (0..world.entities).step_by(PERSON_SHARE) {
        let mut random = world.random(Stream::Penalties, u32::MAX - number);
        let [office, kind, conduct, facts, basis, content, fine] = random.pick(&OF_PERSONS);
        let office = Office::named(office)?;
        let decided = random.late_day(day("2023-01-01"), last_decision());
        let (year, mark) = (year(decided), office.mark);
        sheet
            .person(&Person::resident(world.seed, 500_000 + number))
            .office(&office)
            .set(
                "number",
                format_args!("{mark}罚个〔{year}〕{}号", number + 1),
            )
            .set("title", format_args!("{conduct}案"))
            .set("conduct", conduct)
            .set("facts", facts)
            .set("basis", basis)
            .set("kind", kind)
            .set("content", content)
            .set("fine", fine)
            .set("decided", decided)
            .set("public-until", term_end(decided, 12))
            .set("division", DIVISION)
            .end()?;
    }
    Ok(())
}
