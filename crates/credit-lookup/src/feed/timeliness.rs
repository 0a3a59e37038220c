//! 及时率: how many working days lie between a decision and its arrival here.

use std::collections::BTreeMap;
use std::fmt;

use credit_core::date::Date;
use credit_core::record::Record;
use credit_core::rules::{Term, calendar, term};

/// Counts of rows by working days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeliness {
    /// Rows by day of the decision and day of arrival.
    days: BTreeMap<(Date, Date), u64>,
    /// The term of their dataset.
    term: Option<&'static Term>,
}

impl Timeliness {
    /// Counts a record, when its dataset has a term.
    pub(crate) fn count(&mut self, record: &Record) {
        let Some(term) = term(record.dataset.name) else {
            return;
        };
        self.term = Some(term);
        if let Some(decided) = record.date(term.field) {
            *self.days.entry((decided, record.source.as_of)).or_default() += 1;
        }
    }
}

impl fmt::Display for Timeliness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(term) = self.term.filter(|_| !self.days.is_empty()) else {
            return Ok(());
        };
        let (mut within, mut late, mut unknown) = (0, 0, 0);
        let mut worst = None;
        for ((decided, arrived), count) in &self.days {
            let taken = calendar().working_days(*decided, *arrived);
            let is_known = calendar()
                .known
                .is_some_and(|(from, to)| *decided >= from && *arrived <= to);
            unknown += if is_known { 0 } else { *count };
            if taken <= term.working_days {
                within += count;
            } else {
                late += count;
                worst = worst.max(Some((taken, *decided)));
            }
        }
        write!(
            f,
            "\nwithin {} working days of the decision {within}, later {late}",
            term.working_days
        )?;
        if let Some((taken, decided)) = worst {
            write!(f, "; latest {taken} working days, decided {decided}")?;
        }
        if unknown > 0 {
            write!(
                f,
                "\n{unknown} of them lie outside the calendar of holidays and count weekends only"
            )?;
        }
        Ok(())
    }
}
