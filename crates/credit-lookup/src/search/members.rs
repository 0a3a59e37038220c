//! Subjects that are few enough to be looked at one by one: the members of an
//! area.

use std::collections::HashSet;

use credit_core::identifier::SubjectCode;

use super::{Place, Query};
use crate::names::Names;
use crate::store::StoredSubject;

/// Memory that a character of a name takes: itself and its place, in lists that
/// grow by doubling.
const CHARACTER_BYTES: usize = 2 * (size_of::<char>() + size_of::<usize>());

/// Subjects among whom is searched.
#[derive(Debug, Default)]
pub struct Members(Vec<Member>);

#[derive(Debug)]
struct Member {
    code: SubjectCode,
    names: Names,
}

impl Members {
    /// Adds `subjects`, none of whom is in it.
    pub fn add(&mut self, subjects: &[StoredSubject]) {
        self.0.extend(subjects.iter().map(|stored| Member {
            code: stored.subject.code,
            names: Names::from(stored),
        }));
    }

    /// About how much memory they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let of_member = |member: &Member| {
            let names = std::iter::once(&member.names.current).chain(&member.names.former);
            let characters: usize = names.map(|name| name.characters().len()).sum();
            size_of::<Member>() + characters * CHARACTER_BYTES
        };
        self.0.iter().map(of_member).sum()
    }

    /// The numbers of those that answer `query`.
    #[must_use]
    pub fn hits(&self, query: &Query) -> HashSet<u64> {
        let members = self.0.iter();
        let hits = members.filter(|member| query.place(&member.code, &member.names).is_some());
        hits.map(|member| member.names.number).collect()
    }

    /// Where the first `limit` behind `after` stand in the answer to `query`, and
    /// their numbers.
    pub(super) fn places(
        &self,
        query: &Query,
        after: Option<&Place>,
        limit: usize,
    ) -> Vec<(Place, u64)> {
        let place = |member: &Member| {
            let (place, _) = query.place(&member.code, &member.names)?;
            let is_behind = after.is_none_or(|after| place > *after);
            is_behind.then_some((place, member.names.number))
        };
        let mut places: Vec<(Place, u64)> = self.0.iter().filter_map(place).collect();
        places.sort_unstable();
        places.truncate(limit);
        places
    }
}
