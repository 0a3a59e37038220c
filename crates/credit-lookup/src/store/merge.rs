//! What an import does to each row, the same for both kinds of database: the
//! newer source date wins, an older file never overwrites.

use std::collections::HashMap;
use std::hash::Hash;

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::limits::FORMER_NAMES_MAX;
use credit_core::record::Record;
use credit_core::subject::{Source, Subject};

use super::{Head, ImportCounts, StoreError, StoredRecord, StoredSubject};

/// Part of a source's rows that may end by a snapshot without being forced.
const ENDING_MAX: u64 = 10;

/// An import under way.
pub(super) struct Merge {
    /// Counts of the store, which go on.
    pub(super) head: Head,
    pub(super) counts: ImportCounts,
    /// The day that the file speaks of.
    day: Date,
    /// Numbers of the rows that the file spoke of, as bits.
    seen: Vec<u64>,
}

/// A row that an import brings.
pub(super) trait Incoming: Sized {
    /// How the store keeps it.
    type Stored;
    /// What tells one from another.
    type Key: Eq + Hash;

    fn key(&self) -> Self::Key;
    fn source(&self) -> &Source;
    fn known(stored: &Self::Stored) -> (u64, &Self);
    fn ended(stored: &Self::Stored) -> Option<Date>;
    fn is_same(&self, stored: &Self::Stored) -> bool;
    fn store(self, known: Option<&Self::Stored>, head: &mut Head) -> Self::Stored;
}

impl Merge {
    pub(super) fn new(head: Head, day: Date) -> Self {
        Self {
            head,
            day,
            counts: ImportCounts::default(),
            seen: Vec::new(),
        }
    }

    /// The rows to write, given what is `known` of them. Of rows with one key
    /// the last is written.
    pub(super) fn take<T: Incoming>(
        &mut self,
        known: &HashMap<T::Key, T::Stored>,
        rows: Vec<T>,
    ) -> Vec<T::Stored> {
        let mut written: Vec<T::Stored> = Vec::with_capacity(rows.len());
        let mut places: HashMap<T::Key, usize> = HashMap::new();
        for row in rows {
            let key = row.key();
            let place = places.get(&key).copied();
            let found = match place {
                Some(place) => written.get(place),
                None => known.get(&key),
            };
            if let Some(stored) = found {
                let (number, old) = T::known(stored);
                let is_repeated = self.mark(number);
                self.counts.repeated += u64::from(is_repeated);
                // What a later snapshot ended is not brought back by an older file.
                let is_ended = T::ended(stored).is_some_and(|ended| ended > self.day);
                if is_ended || old.source().as_of > row.source().as_of {
                    self.counts.older += 1;
                    continue;
                }
                if row.is_same(stored) {
                    self.counts.same += 1;
                    continue;
                }
                self.counts.changed += 1;
            } else {
                self.counts.added += 1;
            }
            let stored = row.store(found, &mut self.head);
            self.mark(T::known(&stored).0);
            match place {
                Some(place) => written[place] = stored,
                None => {
                    places.insert(key, written.len());
                    written.push(stored);
                }
            }
        }
        written
    }

    /// Notes that the file spoke of row `number`; whether it had before.
    fn mark(&mut self, number: u64) -> bool {
        let (place, bit) = (
            usize::try_from(number / 64).unwrap_or_default(),
            number % 64,
        );
        if self.seen.len() <= place {
            self.seen.resize(place + 1, 0);
        }
        let was = self.seen[place] >> bit & 1 == 1;
        self.seen[place] |= 1 << bit;
        was
    }

    /// Those of `live`, the numbers of a source's rows that have not ended,
    /// that the file did not speak of.
    ///
    /// # Errors
    /// [`StoreError::SnapshotTooSmall`]
    pub(super) fn absent(
        &mut self,
        live: &[u64],
        source_unit: &str,
        is_forced: bool,
    ) -> Result<Vec<u64>, StoreError> {
        let is_seen = |number: &u64| {
            let place = usize::try_from(number / 64).unwrap_or_default();
            self.seen
                .get(place)
                .is_some_and(|bits| bits >> (number % 64) & 1 == 1)
        };
        let absent: Vec<u64> = live.iter().copied().filter(|n| !is_seen(n)).collect();
        let (missing, all) = (absent.len() as u64, live.len() as u64);
        if missing * ENDING_MAX > all && !is_forced {
            return Err(StoreError::SnapshotTooSmall {
                source_unit: source_unit.to_owned(),
                absent: missing,
                live: all,
            });
        }
        self.counts.ended = missing;
        Ok(absent)
    }
}

impl Incoming for Subject {
    type Stored = StoredSubject;
    type Key = SubjectCode;

    fn key(&self) -> SubjectCode {
        self.code
    }

    fn source(&self) -> &Source {
        &self.source
    }

    fn known(stored: &StoredSubject) -> (u64, &Self) {
        (stored.number, &stored.subject)
    }

    fn ended(stored: &StoredSubject) -> Option<Date> {
        stored.ended
    }

    fn is_same(&self, stored: &StoredSubject) -> bool {
        stored.ended.is_none()
            && with_former_names(self.clone(), Some(&stored.subject)) == stored.subject
    }

    fn store(self, known: Option<&StoredSubject>, head: &mut Head) -> StoredSubject {
        head.change += 1;
        let number = known.map(|known| known.number).unwrap_or_else(|| {
            head.subject += 1;
            head.subject
        });
        StoredSubject {
            number,
            changed: head.change,
            ended: None,
            subject: with_former_names(self, known.map(|known| &known.subject)),
        }
    }
}

/// A name that a subject had here before is one of its former names, and a feed
/// without that column does not take them away.
fn with_former_names(mut new: Subject, old: Option<&Subject>) -> Subject {
    let Some(old) = old else {
        return new;
    };
    let previous = Some(&old.name).into_iter().chain(&old.former_names);
    for name in previous {
        if *name != new.name && !new.former_names.contains(name) {
            new.former_names.push(name.clone());
        }
    }
    new.former_names.truncate(FORMER_NAMES_MAX);
    new
}

impl Incoming for Record {
    type Stored = StoredRecord;
    type Key = String;

    fn key(&self) -> String {
        Record::key(self)
    }

    fn source(&self) -> &Source {
        &self.source
    }

    fn known(stored: &StoredRecord) -> (u64, &Self) {
        (stored.number, &stored.record)
    }

    fn ended(stored: &StoredRecord) -> Option<Date> {
        stored.ended
    }

    fn is_same(&self, stored: &StoredRecord) -> bool {
        stored.ended.is_none() && *self == stored.record
    }

    fn store(self, known: Option<&StoredRecord>, head: &mut Head) -> StoredRecord {
        let number = known.map(|known| known.number).unwrap_or_else(|| {
            head.record += 1;
            head.record
        });
        let day = self.source.as_of;
        StoredRecord {
            number,
            ended: None,
            arrived: known.map_or(day, |known| known.arrived.min(day)),
            record: self,
        }
    }
}
