//! 及时率: how many working days lie between a decision and its arrival here.

use std::collections::BTreeMap;
use std::fmt;

use credit_core::date::Date;
use credit_core::record::Record;
use credit_core::rules::calendar;

/// Working days within which a licence or a penalty has to be sent (双公示:
/// seven working days from the decision).
const TERM_WORKING_DAYS: u32 = 7;

/// The datasets that have that term.
const DATASETS: [&str; 2] = ["licences", "penalties"];

/// Counts of rows by working days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeliness {
    /// Rows by day of the decision and day of arrival.
    days: BTreeMap<(Date, Date), u64>,
}

impl Timeliness {
    /// Counts a record, when its dataset has a term.
    pub(crate) fn count(&mut self, record: &Record) {
        if let (true, Some(decided)) = (
            DATASETS.contains(&record.dataset.name),
            record.date("decided"),
        ) {
            *self.days.entry((decided, record.source.as_of)).or_default() += 1;
        }
    }
}

impl fmt::Display for Timeliness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.days.is_empty() {
            return Ok(());
        }
        let (mut within, mut late, mut unknown) = (0, 0, 0);
        let mut worst = None;
        for ((decided, arrived), count) in &self.days {
            let taken = calendar().working_days(*decided, *arrived);
            let is_known = calendar()
                .known
                .is_some_and(|(from, to)| *decided >= from && *arrived <= to);
            unknown += if is_known { 0 } else { *count };
            if taken <= TERM_WORKING_DAYS {
                within += count;
            } else {
                late += count;
                worst = worst.max(Some((taken, *decided)));
            }
        }
        write!(
            f,
            "\nwithin {TERM_WORKING_DAYS} working days of the decision {within}, later {late}"
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
