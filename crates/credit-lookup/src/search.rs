//! 查询: by code or by any part of the name.

mod members;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use credit_api::body::{Page, SearchItem};
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;
use credit_core::limits::{QUERY_MAX_CHARS, SEARCH_RESULTS_MAX};
use credit_core::search_key::SearchKey;
use credit_core::subject::SubjectKind;

use crate::names::{Hit, IndexError, NameIndex, NameQuery, Names, Phase, Rank};
use crate::store::{Store, StoredSubject};

pub use members::Members;

/// Fewest characters of a code that are searched as one: fewer are rather the
/// start of a name such as `3M` or `SMC`.
const CODE_PREFIX_MIN: usize = 4;

/// Most subjects that one request looks at. A request that finds too little in
/// them ends its page early, and the next one goes on there.
const LOOKED_AT_MAX: usize = 2_000;

/// Most subjects that are read at once.
const BATCH: usize = 200;

/// A query that can be answered.
#[derive(Clone, Debug)]
pub struct Query {
    names: Arc<NameQuery>,
    /// The query as part of a code, when it could be one.
    code: Option<String>,
    /// Only subjects of this kind.
    kind: Option<SubjectKind>,
}

/// Why a query cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// No letter, digit or Chinese character in it.
    Empty,
    /// More than [`QUERY_MAX_CHARS`] characters.
    Length {
        /// Characters found.
        found: usize,
    },
}

/// Where a search goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    place: Place,
    /// Results before it.
    count: usize,
}

/// Where a result stands, best first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Among the codes.
    Code(String),
    /// Among the names; without a rank before all of the phase.
    Name(Phase, Option<Rank>),
}

/// A text that is no cursor of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorError;

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let found = text.chars().count();
        if found > QUERY_MAX_CHARS {
            return Err(QueryError::Length { found });
        }
        let key = SearchKey::new(text);
        if key.is_empty() {
            return Err(QueryError::Empty);
        }
        let letters = key.characters();
        let like_code = (CODE_PREFIX_MIN..=18).contains(&letters.len())
            && letters.iter().all(char::is_ascii_alphanumeric);
        let code = like_code.then(|| letters.iter().collect::<String>().to_ascii_uppercase());
        Ok(Self {
            names: Arc::new(NameQuery::new(key)),
            code,
            kind: None,
        })
    }
}

/// What a page is made of.
#[derive(Default)]
struct Found {
    items: Vec<(StoredSubject, Option<Hit>)>,
    /// Where the last item stands, or the search gave up.
    place: Option<Place>,
    is_more: bool,
}

impl Query {
    /// The same for subjects of `kind` only, if one is given.
    #[must_use]
    pub fn of_kind(self, kind: Option<SubjectKind>) -> Self {
        Self { kind, ..self }
    }

    /// Answers with up to `limit` subjects after `cursor`, best first: codes
    /// that begin so, then names in the order of [`Phase`]. At most
    /// [`SEARCH_RESULTS_MAX`] pages' items are given in all.
    ///
    /// # Errors
    /// [`IndexError`] of store or index.
    pub async fn answer(
        &self,
        store: &dyn Store,
        index: &NameIndex,
        limit: usize,
        cursor: Option<Cursor>,
    ) -> Result<Page<SearchItem>, IndexError> {
        let (before, limit) = counted(cursor.as_ref(), limit);
        let mut found = Found::default();
        let mut start = (Phase::Exact, None);
        match cursor.map(|cursor| cursor.place) {
            Some(Place::Name(phase, rank)) => start = (phase, rank),
            Some(Place::Code(code)) => self.codes(store, limit, Some(&code), &mut found).await?,
            None => self.codes(store, limit, None, &mut found).await?,
        }
        if !found.is_more {
            self.names(store, index, limit, start, &mut found).await?;
        }
        Ok(self.page(before, found))
    }

    /// The same among `members` only, in the same order.
    ///
    /// # Errors
    /// [`IndexError`] of the store.
    pub async fn answer_among(
        &self,
        members: &Arc<Members>,
        store: &dyn Store,
        limit: usize,
        cursor: Option<Cursor>,
    ) -> Result<Page<SearchItem>, IndexError> {
        let (before, limit) = counted(cursor.as_ref(), limit);
        let (query, members) = (self.clone(), Arc::clone(members));
        let after = cursor.map(|cursor| cursor.place);
        // Thousands of names may take longer than other requests should wait.
        let task = tokio::task::spawn_blocking(move || {
            // One more than asked for tells whether there is a next page.
            members.places(&query, after.as_ref(), limit + 1)
        });
        let mut places = task.await.map_err(|_| IndexError::Closed)?;
        let mut found = Found {
            is_more: places.len() > limit,
            ..Found::default()
        };
        places.truncate(limit);
        let numbers: Vec<u64> = places.iter().map(|(_, number)| *number).collect();
        let subjects = by_number(store, &numbers).await?;
        for (place, number) in places {
            // Who is called otherwise since a moment ago stands elsewhere.
            let item = subjects.get(&number).and_then(|stored| {
                let (now, hit) = self.place(&stored.subject.code, &Names::from(stored))?;
                (now == place).then(|| (stored.clone(), hit))
            });
            found.items.extend(item);
            found.place = Some(place);
        }
        Ok(self.page(before, found))
    }

    fn page(&self, before: usize, found: Found) -> Page<SearchItem> {
        let count = before + found.items.len();
        let next = found
            .place
            .filter(|_| found.is_more && count < SEARCH_RESULTS_MAX);
        let items = found.items.into_iter();
        Page {
            next: next.map(|place| Cursor { place, count }.to_string()),
            items: items.map(|(stored, hit)| self.item(stored, hit)).collect(),
        }
    }

    async fn codes(
        &self,
        store: &dyn Store,
        limit: usize,
        after: Option<&str>,
        found: &mut Found,
    ) -> Result<(), IndexError> {
        let Some(code) = &self.code else {
            return Ok(());
        };
        // One more than asked for tells whether there is a next page.
        let subjects = store
            .subjects_by_code_prefix(code, after, limit + 1)
            .await?;
        // The first two places tell the kind, and all have these in common.
        let first = subjects.first().map(|stored| &stored.subject.code);
        if first.is_some_and(|code| !self.is_of_kind(code)) {
            return Ok(());
        }
        found.is_more = subjects.len() > limit;
        for stored in subjects.into_iter().take(limit) {
            found.place = Some(Place::Code(stored.subject.code.to_string()));
            found.items.push((stored, None));
        }
        Ok(())
    }

    async fn names(
        &self,
        store: &dyn Store,
        index: &NameIndex,
        limit: usize,
        start: (Phase, Option<Rank>),
        found: &mut Found,
    ) -> Result<(), IndexError> {
        let (first, mut after) = start;
        let mut looked_at = 0;
        for phase in Phase::ALL.into_iter().filter(|phase| *phase >= first) {
            let mut width = 0;
            loop {
                let wanted = (limit + 1 - found.items.len()).max(width);
                // Where few fit, more and more are read at once.
                width = (2 * wanted).min(BATCH);
                let ranks = index.candidates(&self.names, phase, after, wanted).await?;
                let is_last = ranks.len() < wanted;
                looked_at += ranks.len();
                let numbers: Vec<u64> = ranks.iter().map(|rank| rank.number()).collect();
                // By number, not one for each rank: a stale rank of a subject may
                // stand beside its present one.
                let subjects = by_number(store, &numbers).await?;
                for rank in ranks {
                    let stored = subjects.get(&rank.number());
                    let hit = stored.and_then(|stored| self.hit(stored, phase, rank));
                    if let (Some(stored), Some(hit)) = (stored, hit) {
                        if found.items.len() == limit {
                            found.is_more = true;
                            return Ok(());
                        }
                        found.items.push((stored.clone(), Some(hit)));
                    }
                    after = Some(rank);
                    found.place = Some(Place::Name(phase, after));
                }
                if is_last {
                    break;
                }
                if looked_at > LOOKED_AT_MAX {
                    found.is_more = true;
                    return Ok(());
                }
            }
            after = None;
        }
        Ok(())
    }

    /// The hit of a candidate, if it is one of `phase` and at that rank: an
    /// index also has names of yesterday, and names that only look alike.
    fn hit(&self, stored: &StoredSubject, phase: Phase, rank: Rank) -> Option<Hit> {
        let (place, hit) = self.place(&stored.subject.code, &Names::from(stored))?;
        hit.filter(|_| place == Place::Name(phase, Some(rank)))
    }

    /// Where a subject stands in the answer, if it does, and how its names answer
    /// where the code does not.
    fn place(&self, code: &SubjectCode, names: &Names) -> Option<(Place, Option<Hit>)> {
        if !self.is_of_kind(code) {
            return None;
        }
        let is_code = |begin: &String| code.as_str().starts_with(begin.as_str());
        if self.code.as_ref().is_some_and(is_code) {
            return Some((Place::Code(code.to_string()), None));
        }
        let hit = self.names.hit(names)?;
        Some((Place::Name(hit.phase, Some(hit.rank)), Some(hit)))
    }

    fn is_of_kind(&self, code: &SubjectCode) -> bool {
        self.kind.is_none_or(|kind| SubjectKind::of(code) == kind)
    }

    fn item(&self, stored: StoredSubject, hit: Option<Hit>) -> SearchItem {
        let subject = stored.subject;
        let former = hit.as_ref().and_then(|hit| hit.former);
        SearchItem {
            code: subject.code,
            kind: SubjectKind::of(&subject.code),
            former_name: former.and_then(|index| subject.former_names.get(index).cloned()),
            name: subject.name,
            status: subject.status,
            region: subject.region,
            highlight: hit.map(|hit| hit.highlight),
        }
    }
}

/// Results before `cursor`, and how many of `limit` may still be given.
fn counted(cursor: Option<&Cursor>, limit: usize) -> (usize, usize) {
    let before = cursor.map_or(0, |cursor| cursor.count);
    (before, limit.min(SEARCH_RESULTS_MAX.saturating_sub(before)))
}

async fn by_number(
    store: &dyn Store,
    numbers: &[u64],
) -> Result<HashMap<u64, StoredSubject>, IndexError> {
    let subjects = match numbers {
        [] => Vec::new(),
        numbers => store.subjects_by_number(numbers).await?,
    };
    let subjects = subjects.into_iter();
    Ok(subjects.map(|stored| (stored.number, stored)).collect())
}

impl fmt::Display for Cursor {
    /// Results before it, and where it stands: a code, or place in
    /// [`Phase::ALL`] and rank.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Code(code) => write!(f, "{}c{code}", self.count),
            Place::Name(phase, rank) => {
                let place = Phase::ALL.iter().position(|other| other == phase);
                write!(f, "{}n{}", self.count, place.unwrap_or_default())?;
                match rank {
                    Some(rank) => write!(f, "r{:x}", rank.to_bits()),
                    None => Ok(()),
                }
            }
        }
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let read = || {
            let end = text.find(|c: char| !c.is_ascii_digit())?;
            let count = text[..end].parse().ok()?;
            let rest = &text[end..];
            if let Some(code) = rest.strip_prefix('c') {
                let code = SubjectCode::as_published(code).ok()?;
                let place = Place::Code(code.to_string());
                return Some(Self { place, count });
            }
            let rest = rest.strip_prefix('n')?;
            let (phase, rank) = match rest.split_once('r') {
                Some((phase, rank)) => {
                    let bits = u64::from_str_radix(rank, 16).ok()?;
                    (phase, Some(Rank::from_bits(bits)))
                }
                None => (rest, None),
            };
            let phase = *Phase::ALL.get(phase.parse::<usize>().ok()?)?;
            let place = Place::Name(phase, rank);
            Some(Self { place, count })
        };
        read().ok_or(CursorError)
    }
}

impl QueryError {
    /// The sentence in `lang`.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, error) => error.to_string(),
            (Lang::ZhCn, Self::Empty) => "查询内容中没有汉字、字母或数字".to_owned(),
            (Lang::ZhCn, Self::Length { found }) => {
                format!("查询内容有{found}个字符，最多{QUERY_MAX_CHARS}个")
            }
        }
    }
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cursor is not one of this server")
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("query 'q' has no letter, digit or Chinese character"),
            Self::Length { found } => {
                write!(
                    f,
                    "query 'q' has {found} characters, at most {QUERY_MAX_CHARS} are allowed"
                )
            }
        }
    }
}
