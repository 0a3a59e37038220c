//! What is kept of an area and its members.

use std::collections::BTreeMap;
use std::sync::Arc;

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::name::SubjectName;
use credit_core::record::{Code, CodeSet, Record, Word, code_sets};
use credit_core::subject::SubjectStatus;

use crate::search::Members;

/// An area with its members, in the order of their places.
pub(crate) struct AreaMembers {
    /// What is published of the area.
    pub(crate) area: Record,
    /// Their names, for searches among them.
    pub(crate) names: Arc<Members>,
    /// Themselves.
    pub(crate) members: Vec<Member>,
    /// All of them, counted.
    pub(crate) tally: Tally,
}

/// 区域成员
pub(crate) struct Member {
    /// The subject's number in the store.
    pub(crate) number: u64,
    /// 统一社会信用代码
    pub(crate) code: SubjectCode,
    /// 主体名称
    pub(crate) name: SubjectName,
    /// 登记状态
    pub(crate) status: SubjectStatus,
    /// 区域内位置
    pub(crate) place: Option<Box<str>>,
    /// 行业
    pub(crate) industry: Option<&'static Code>,
    /// 信用评价, the latest of each scheme and issuer.
    pub(crate) grades: Box<[Grade]>,
    /// How many commitments it has made that are public.
    pub(crate) pledges: u32,
    /// How many honours it holds.
    pub(crate) honours: u32,
    /// Where the membership is known from.
    pub(crate) unit: Arc<str>,
    /// The day that it speaks of.
    pub(crate) as_of: Date,
}

/// 信用评价 of a member. Members share the texts.
pub(crate) struct Grade {
    /// 评价方案
    pub(crate) scheme: Arc<Word>,
    /// The level, as published.
    pub(crate) level: Arc<str>,
    /// Who gave it.
    pub(crate) unit: Arc<str>,
    /// When.
    pub(crate) decided: Option<Date>,
    /// 异议中
    pub(crate) is_contested: bool,
}

/// Members, counted.
#[derive(Default)]
pub(crate) struct Tally {
    /// Who has made a commitment that is public.
    pub(crate) pledged: u64,
    /// By industry, the largest first.
    pub(crate) industries: Vec<(&'static Code, u64)>,
    /// By scheme.
    pub(crate) schemes: Vec<Levels>,
}

/// Members of one scheme, counted.
pub(crate) struct Levels {
    /// 评价方案
    pub(crate) scheme: Arc<Word>,
    /// By level. Somebody whom two issuers give the same level counts once there.
    pub(crate) counts: BTreeMap<Arc<str>, u64>,
}

impl AreaMembers {
    /// About how much memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        let of_member = |member: &Member| {
            size_of::<Member>()
                + member.name.as_str().len()
                + member.place.as_deref().map_or(0, str::len)
                + size_of_val(&*member.grades)
        };
        self.names.bytes() + self.members.iter().map(of_member).sum::<usize>()
    }
}

impl Tally {
    /// Counts `members`.
    pub(super) fn of(members: &[Member]) -> Self {
        let mut industries: BTreeMap<usize, (&'static Code, u64)> = BTreeMap::new();
        let mut schemes: BTreeMap<(usize, String), Levels> = BTreeMap::new();
        for member in members {
            if let Some(code) = member.industry {
                let of = place("industry", code.code);
                industries.entry(of).or_insert((code, 0)).1 += 1;
            }
            for (at, grade) in member.grades.iter().enumerate() {
                let is_repeated = member.grades[..at]
                    .iter()
                    .any(|before| before.scheme == grade.scheme && before.level == grade.level);
                if is_repeated {
                    continue;
                }
                let stored = grade.scheme.to_stored();
                let of = (place("grade-scheme", &stored), stored);
                let levels = schemes.entry(of).or_insert_with(|| Levels {
                    scheme: Arc::clone(&grade.scheme),
                    counts: BTreeMap::new(),
                });
                *levels.counts.entry(Arc::clone(&grade.level)).or_default() += 1;
            }
        }
        let mut industries: Vec<(&'static Code, u64)> = industries.into_values().collect();
        // Stable: equally large ones stay in the order of the table.
        industries.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self {
            pledged: members.iter().filter(|member| member.pledges > 0).count() as u64,
            industries,
            schemes: schemes.into_values().collect(),
        }
    }
}

/// The place of a word in its set; words of a source stand behind all of them.
fn place(set: &str, word: &str) -> usize {
    let set: Option<&CodeSet> = code_sets().iter().find(|other| other.name == set);
    let place = set.and_then(|set| set.codes.iter().position(|code| code.code == word));
    place.unwrap_or(usize::MAX)
}
