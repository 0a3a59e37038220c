//! 行政许可.

use super::days::{day, last_decision, sent, term_end, year};
use super::fixed::{MANY_LICENCES, MANY_LICENCES_SUBJECT};
use super::offices::Office;
use super::persons::Person;
use super::random::{Random, Stream};
use super::sheet::Sheet;
use super::subject::{Subject, World};
use super::words::{LicenceKind, vocabulary};
use super::{CommandError, DIVISION, PERSON_SHARE, cases};

/// How many subjects of 1 000 have 0, 1, 2, … licences.
const COUNTS: [u32; 7] = [330, 345, 190, 80, 35, 15, 5];

/// 文书号 of one subject begin at its number times this.
const NUMBERS: u32 = 8;

/// What persons are licensed for: office, kind, title, certificate, content.
const OF_PERSONS: [[&str; 5]; 4] = [
    [
        "education",
        "认可",
        "教师资格认定决定书",
        "教师资格证书",
        "小学教师资格",
    ],
    [
        "health",
        "认可",
        "护士执业注册决定书",
        "护士执业证书",
        "护士首次注册",
    ],
    [
        "transport",
        "认可",
        "道路运输从业资格决定书",
        "道路运输从业资格证",
        "道路旅客运输驾驶员",
    ],
    [
        "culture",
        "其他-延续",
        "导游证延续决定书",
        "导游证",
        "中文导游",
    ],
];

pub(super) fn of_subject(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Licences, subject.number);
    let is_many = subject.number == MANY_LICENCES_SUBJECT.min(world.entities.saturating_sub(1));
    let count = if is_many {
        MANY_LICENCES - cases::count("licences", subject.number)
    } else if cases::is_fixed(subject.number) || subject.is_public_body() {
        0
    } else {
        random.weighted(COUNTS.iter().copied())
    };
    let mut post = world.random(Stream::Sent, subject.number);
    for place in 0..count {
        let kind = kind(subject.sector, &mut random);
        let decided = subject.decision_day(&mut random);
        let office = Office::named(kind.office)?;
        let mark = office.mark;
        let (year, number) = (year(decided), subject.number);
        sheet
            .holder(subject)
            .office(&office)
            .set("source-date", sent(decided, &mut post));
        if is_many {
            sheet.set(
                "number",
                format_args!("{mark}许〔{year}〕{number}-{}号", place + 1),
            );
        } else {
            let number = u64::from(number) * u64::from(NUMBERS) + place as u64 + 1;
            sheet.set("number", format_args!("{mark}许〔{year}〕{number}号"));
        }
        let until = kind.years.map(|years| term_end(decided, years * 12));
        let is_over = until.is_some_and(|until| until <= last_decision());
        let state = match () {
            () if subject.is_closed() => "注销",
            () if is_over => "无效",
            () => "有效",
        };
        sheet
            .set("title", kind.title)
            .set("kind", kind.kind)
            .set("certificate", kind.certificate)
            .set(
                "certificate-number",
                format_args!("{}{year}{:07}", kind.mark, number),
            )
            .set("content", kind.content)
            .set("decided", decided)
            .set("from", decided)
            .set("until", until.unwrap_or_else(|| day("2099-12-31")))
            .set("licence-state", state)
            .set("division", DIVISION)
            .set("org", subject.code.organisation());
        representative(world, subject, &mut random, sheet);
        // What the source shares with other offices only.
        if random.chance(15) {
            sheet.set("scope", "仅政府共享");
        }
        sheet.end()?;
    }
    Ok(())
}

/// One of those that the sector has, or one that anybody may have.
fn kind(sector: &str, random: &mut Random) -> &'static LicenceKind {
    let kinds = &vocabulary().licences;
    let is_special = random.chance(650);
    let fits = |kind: &&LicenceKind| {
        if is_special {
            kind.is_for(sector)
        } else {
            kind.is_common()
        }
    };
    let count = kinds.iter().filter(fits).count();
    let place = random.place(count.max(1));
    // Some sectors have none of their own.
    kinds.iter().filter(fits).nth(place).unwrap_or(&kinds[0])
}

/// 法定代表人, sometimes with the number, which no reader keeps.
pub(super) fn representative(
    world: &World,
    subject: &Subject,
    random: &mut Random,
    sheet: &mut Sheet<'_>,
) {
    let person = Person::resident(world.seed, subject.number.wrapping_add(1_000_000));
    sheet.set("representative", &person.name);
    if random.chance(400) {
        sheet
            .set("representative-kind", person.document)
            .set("representative-number", &person.number);
    }
}

/// One of fifty has a person beside it who was licensed.
pub(super) fn of_persons(world: &World, sheet: &mut Sheet<'_>) -> Result<(), CommandError> {
    for number in (0..world.entities).step_by(PERSON_SHARE) {
        let mut random = world.random(Stream::Licences, u32::MAX - number);
        let [office, kind, title, certificate, content] = random.pick(&OF_PERSONS);
        let office = Office::named(office)?;
        let decided = random.late_day(day("2023-01-01"), last_decision());
        let (year, mark) = (year(decided), office.mark);
        sheet
            .person(&Person::resident(world.seed, 100 + number))
            .office(&office)
            .set(
                "number",
                format_args!("{mark}许个〔{year}〕{}号", number + 1),
            )
            .set("title", title)
            .set("kind", kind)
            .set("certificate", certificate)
            .set("certificate-number", format_args!("{year}1201{number:08}"))
            .set("content", content)
            .set("decided", decided)
            .set("from", decided)
            .set("until", "2099-12-31")
            .set("licence-state", "有效")
            .set("division", DIVISION)
            .end()?;
    }
    Ok(())
}
