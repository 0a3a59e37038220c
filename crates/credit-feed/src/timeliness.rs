//! 及时率: how many working days lie between a decision and its arrival here.

use std::collections::BTreeMap;
use std::fmt;

use credit_core::date::Date;
use credit_core::feed::record::FeedRecord;
use credit_core::rules::{Term, calendar, term};

/// Counts of rows by working days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeliness {
    /// Rows by day of the decision and day of arrival.
    days: BTreeMap<(Date, Date), u64>,
    /// The term of their dataset.
    term: Option<&'static Term>,
}

/// What they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timely {
    /// Working days of the term.
    pub term: u32,
    /// Rows that came within the term.
    pub within: u64,
    /// Rows that came later.
    pub late: u64,
    /// Those of both that lie outside the calendar of holidays.
    pub unknown: u64,
    /// Most working days that one took, and when that was decided.
    pub latest: Option<(u32, Date)>,
}

impl Timeliness {
    /// Counts a record, when its dataset has a term.
    pub fn count(&mut self, record: &FeedRecord) {
        let Some(term) = term(record.dataset().name) else {
            return;
        };
        self.term = Some(term);
        if let Some(decided) = record.date(term.field) {
            let days = (decided, record.source().as_of);
            *self.days.entry(days).or_default() += 1;
        }
    }

    /// What the counts come to; none where no row had a term.
    #[must_use]
    pub fn sums(&self) -> Option<Timely> {
        let term = self.term?;
        let mut sums = Timely {
            term: term.working_days,
            ..Timely::default()
        };
        for ((decided, arrived), count) in &self.days {
            let taken = calendar().working_days(*decided, *arrived);
            let is_known = calendar()
                .known
                .is_some_and(|(from, to)| *decided >= from && *arrived <= to);
            sums.unknown += if is_known { 0 } else { *count };
            if taken <= term.working_days {
                sums.within += count;
            } else {
                sums.late += count;
                sums.latest = sums.latest.max(Some((taken, *decided)));
            }
        }
        (!self.days.is_empty()).then_some(sums)
    }
}

impl fmt::Display for Timeliness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(sums) = self.sums() else {
            return Ok(());
        };
        write!(
            f,
            "\nwithin {} working days of the decision {}, later {}",
            sums.term, sums.within, sums.late
        )?;
        if let Some((taken, decided)) = sums.latest {
            write!(f, "; latest {taken} working days, decided {decided}")?;
        }
        if sums.unknown > 0 {
            write!(
                f,
                "\n{} of them lie outside the calendar of holidays and count weekends only",
                sums.unknown
            )?;
        }
        Ok(())
    }
}
