//! What comes first: the one definition of the order of search results.

use credit_core::search_key::SearchKey;

use super::pinyin::PinyinQuery;

const FORMER: u64 = 1 << 63;
const CLOSED: u64 = 1 << 62;
const LENGTH_SHIFT: u32 = 52;
const LENGTH_MAX: usize = (1 << 10) - 1;

/// Rank of one name within a [`Phase`]: current names before former ones, live
/// subjects before closed ones, shorter names first, then by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(u64);

/// The groups of results, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The whole name.
    Exact,
    /// Names that begin with the query.
    Prefix,
    /// Names with the query further in.
    Inside,
    /// 曾用名: former names with the query anywhere.
    Former,
    /// Names whose pinyin or initials begin with the query.
    PinyinPrefix,
    /// Names whose pinyin or initials have the query further in.
    PinyinInside,
}

impl Phase {
    /// All of them, best first.
    pub const ALL: [Self; 6] = [
        Self::Exact,
        Self::Prefix,
        Self::Inside,
        Self::Former,
        Self::PinyinPrefix,
        Self::PinyinInside,
    ];
}

/// The names of a subject, as they are searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The subject's number.
    pub number: u64,
    /// 注销 or 吊销.
    pub is_closed: bool,
    /// The name.
    pub current: SearchKey,
    /// 曾用名
    pub former: Vec<SearchKey>,
}

/// How a subject answers a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The best group that it belongs to.
    pub phase: Phase,
    /// Its rank there.
    pub rank: Rank,
    /// Part of the name that was found, as half-open range of characters.
    pub highlight: (usize, usize),
    /// Which former name was found.
    pub former: Option<usize>,
}

/// A query for names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameQuery {
    pub(super) key: SearchKey,
    pub(super) pinyin: Option<PinyinQuery>,
}

impl Rank {
    /// The lowest.
    pub const FIRST: Self = Self(0);

    /// Rank of a current name of `length` characters.
    #[must_use]
    pub fn current(number: u64, is_closed: bool, length: usize) -> Self {
        Self(closed(is_closed) | placed(number, length))
    }

    /// Rank of a former name of `length` characters.
    #[must_use]
    pub fn former(number: u64, is_closed: bool, length: usize) -> Self {
        Self(FORMER | closed(is_closed) | placed(number, length))
    }

    /// Number of the subject.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0 & ((1 << LENGTH_SHIFT) - 1)
    }

    /// The rank behind this one; the last one has none behind it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// As a number, which keeps the order.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// From [`Self::to_bits`].
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

fn closed(is_closed: bool) -> u64 {
    if is_closed { CLOSED } else { 0 }
}

fn placed(number: u64, length: usize) -> u64 {
    ((length.min(LENGTH_MAX) as u64) << LENGTH_SHIFT) | (number & ((1 << LENGTH_SHIFT) - 1))
}

impl Names {
    /// Rank of the current name.
    #[must_use]
    pub fn rank(&self) -> Rank {
        Rank::current(self.number, self.is_closed, self.current.characters().len())
    }

    /// Rank of a former name.
    #[must_use]
    pub fn former_rank(&self, former: &SearchKey) -> Rank {
        Rank::former(self.number, self.is_closed, former.characters().len())
    }
}

impl NameQuery {
    /// A query for `key`, which is not empty.
    #[must_use]
    pub fn new(key: SearchKey) -> Self {
        Self {
            pinyin: PinyinQuery::new(key.characters()),
            key,
        }
    }

    /// What the query looks like in a name.
    #[must_use]
    pub fn key(&self) -> &SearchKey {
        &self.key
    }

    /// How `names` answer, if they do: a subject stands in the best group that
    /// it belongs to, once.
    #[must_use]
    pub fn hit(&self, names: &Names) -> Option<Hit> {
        let current = &names.current;
        let rank = names.rank();
        if let Some(range) = current.find(&self.key) {
            let phase = match current.characters() {
                whole if whole == self.key.characters() => Phase::Exact,
                whole if whole.starts_with(self.key.characters()) => Phase::Prefix,
                _ => Phase::Inside,
            };
            return Some(Hit {
                phase,
                rank,
                highlight: range,
                former: None,
            });
        }
        let formers = names.former.iter().enumerate();
        let former = formers
            .filter_map(|(index, former)| {
                let range = former.find(&self.key)?;
                Some((names.former_rank(former), index, range))
            })
            .min();
        if let Some((rank, index, highlight)) = former {
            return Some(Hit {
                phase: Phase::Former,
                rank,
                highlight,
                former: Some(index),
            });
        }
        let range = self.pinyin.as_ref()?.find(current.characters())?;
        Some(Hit {
            phase: if range.start == 0 {
                Phase::PinyinPrefix
            } else {
                Phase::PinyinInside
            },
            rank,
            highlight: current.origin(range)?,
            former: None,
        })
    }
}
