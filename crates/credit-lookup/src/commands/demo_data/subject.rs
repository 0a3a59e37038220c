//! Who the records are about. Everything of a subject follows from the seed and
//! its number, so that each file finds the same subjects without keeping them.

use credit_core::date::Date;

use super::codes::{Code, SUBJECTS_MAX};
use super::days::{day, days_after, first_decision, last_decision};
use super::fixed::{EARLY, FIXED};
use super::random::{Random, Stream};
use super::words::{Trade, vocabulary};
use super::{CommandError, names};

/// Registrar and category, the first two places of a code.
pub(super) type Kind = [u8; 2];

/// A division of the city.
pub(super) struct Division {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
}

/// Where the fixed subjects are.
const EXAMPLE: Division = Division {
    code: "120102",
    name: "示例区",
};

/// The district of the demonstration first, which most subjects are in.
const DIVISIONS: [Division; 16] = [
    division("120102", "河东区"),
    division("120101", "和平区"),
    division("120103", "河西区"),
    division("120104", "南开区"),
    division("120105", "河北区"),
    division("120106", "红桥区"),
    division("120110", "东丽区"),
    division("120111", "西青区"),
    division("120112", "津南区"),
    division("120113", "北辰区"),
    division("120114", "武清区"),
    division("120115", "宝坻区"),
    division("120116", "滨海新区"),
    division("120117", "宁河区"),
    division("120118", "静海区"),
    division("120119", "蓟州区"),
];

const fn division(code: &'static str, name: &'static str) -> Division {
    Division { code, name }
}

/// How many of 10 000 subjects are of each kind.
const KINDS: [(Kind, u32); 17] = [
    (*b"91", 6_180),
    (*b"92", 3_180),
    (*b"93", 120),
    (*b"11", 30),
    (*b"12", 90),
    (*b"13", 10),
    (*b"31", 40),
    (*b"32", 5),
    (*b"33", 10),
    (*b"34", 5),
    (*b"35", 1),
    (*b"51", 90),
    (*b"52", 150),
    (*b"53", 9),
    (*b"N1", 20),
    (*b"N2", 50),
    (*b"N3", 10),
];

/// 登记状态 and how many of 100 subjects have it.
const STATUSES: [(&str, u32); 5] = [
    ("存续", 76),
    ("在业", 6),
    ("N/A", 6),
    ("注销", 9),
    ("吊销", 3),
];

/// What the files are made of.
#[derive(Clone, Copy)]
pub(super) struct World {
    pub(super) seed: u64,
    pub(super) entities: u32,
}

/// 信用主体
pub(super) struct Subject {
    pub(super) number: u32,
    pub(super) code: Code,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) entity_type: &'static str,
    pub(super) division: &'static Division,
    pub(super) sector: &'static str,
    /// What it does; the fixed ones say it in words of their own.
    pub(super) trade: Option<&'static Trade>,
    pub(super) established: Date,
    pub(super) status: &'static str,
}

impl World {
    pub(super) fn new(seed: u64, entities: u32) -> Result<Self, CommandError> {
        if entities > SUBJECTS_MAX {
            let message = format!("{entities} subjects, at most {SUBJECTS_MAX} are allowed");
            return Err(message.into());
        }
        Ok(Self { seed, entities })
    }

    /// The stream of a subject, or of a person.
    pub(super) fn random(&self, stream: Stream, number: u32) -> Random {
        Random::new(self.seed, stream, number)
    }

    /// Subject `number`.
    pub(super) fn subject(&self, number: u32) -> Subject {
        let mut subject = Subject::empty();
        self.fill(number, &mut subject);
        subject
    }

    /// Makes `subject` subject `number`; its text is used again.
    pub(super) fn fill(&self, number: u32, subject: &mut Subject) {
        subject.number = number;
        subject.name.clear();
        if let Some(row) = FIXED.get(number as usize) {
            subject.code = Code::fixed(row.code);
            subject.kind = row.kind;
            subject.name.push_str(row.name);
            subject.entity_type = row.entity_type;
            subject.division = &EXAMPLE;
            subject.sector = row.sector;
            subject.trade = None;
            subject.established = day(row.established);
            subject.status = row.status;
            return;
        }
        let mut random = self.random(Stream::Subject, number);
        let drawn = KINDS[random.weighted(KINDS.iter().map(|(_, share)| *share))].0;
        let early = EARLY.get(number as usize - FIXED.len());
        let (kind, wanted) = early.copied().unwrap_or((drawn, ""));
        let trade = trade(kind, wanted, &mut random);
        let is_elsewhere = early.is_none() && random.chance(300);
        subject.division = if is_elsewhere {
            &DIVISIONS[random.place(DIVISIONS.len())]
        } else {
            &DIVISIONS[0]
        };
        subject.kind = kind;
        subject.code = Code::of_subject(self.seed, number, kind, subject.division.code);
        subject.sector = trade.sector;
        subject.trade = Some(trade);
        subject.established = established(kind, &mut random);
        subject.status = if early.is_some() {
            "存续"
        } else {
            STATUSES[random.weighted(STATUSES.iter().map(|(_, share)| *share))].0
        };
        subject.entity_type = names::compose(subject, &mut random);
    }
}

impl Subject {
    /// A place for subjects.
    pub(super) fn empty() -> Self {
        Self {
            number: 0,
            code: Code::fixed(""),
            kind: *b"91",
            name: String::new(),
            entity_type: "",
            division: &EXAMPLE,
            sector: "",
            trade: None,
            established: Date::EPOCH,
            status: "",
        }
    }

    pub(super) fn is_sole_trader(&self) -> bool {
        self.kind == *b"92"
    }

    pub(super) fn is_enterprise(&self) -> bool {
        self.kind == *b"91"
    }

    /// 机关 and other bodies that nobody licenses or grades.
    pub(super) fn is_public_body(&self) -> bool {
        self.kind[0] == b'1'
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(self.status, "注销" | "吊销")
    }

    /// 主体类别, as feeds have it.
    pub(super) fn holder_kind(&self) -> &'static str {
        if self.is_sole_trader() {
            "个体工商户"
        } else {
            "法人及非法人组织"
        }
    }

    /// A day on which something was decided about it, rather a late one.
    pub(super) fn decision_day(&self, random: &mut Random) -> Date {
        let first = first_decision().max(days_after(self.established, 10));
        random.late_day(first, last_decision())
    }
}

fn trade(kind: Kind, wanted: &str, random: &mut Random) -> &'static Trade {
    let words = vocabulary();
    let calling = match &kind {
        b"91" => {
            let drawn = &words.trades[random.place(words.trades.len())];
            let wanted = words.trades.iter().find(|trade| trade.firm == wanted);
            return wanted.unwrap_or(drawn);
        }
        b"92" => {
            let drawn = &words.shops[random.place(words.shops.len())];
            let wanted = words.shops.iter().find(|trade| trade.firm == wanted);
            return wanted.unwrap_or(drawn);
        }
        b"93" => "coop",
        [b'N', _] => "collective",
        [b'1', _] => "public",
        [b'3', _] => "law",
        _ => "social",
    };
    words.calling(calling).unwrap_or(&words.trades[0])
}

/// 注册日期, the last of which is before any decision.
fn established(kind: Kind, random: &mut Random) -> Date {
    let last = day("2026-09-30");
    match &kind {
        b"91" | b"92" if random.chance(800) => random.late_day(day("2004-01-01"), last),
        b"91" | b"92" => random.day(day("1980-01-01"), last),
        b"93" => random.day(day("2007-07-01"), last),
        [b'N', _] => random.day(day("2018-01-01"), last),
        [b'1', _] => random.day(day("1950-01-01"), day("2015-12-31")),
        _ => random.day(day("1990-01-01"), last),
    }
}
