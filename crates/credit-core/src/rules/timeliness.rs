//! 报送期限: within how many working days of a decision its record has to be sent.

use std::sync::OnceLock;

use super::calendar::calendar;
use crate::date::Date;
use crate::lang::Text;

const TABLE: &str = include_str!("../../data/timeliness.txt");

/// A line of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    /// The dataset.
    pub dataset: &'static str,
    /// The field with the day that the term runs from.
    pub field: &'static str,
    /// Working days after that day.
    pub working_days: u32,
    /// Where the term comes from.
    pub basis: Text,
}

/// The terms, by dataset.
#[must_use]
pub fn terms() -> &'static [Term] {
    static ROWS: OnceLock<Vec<Term>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Term::read).collect()
    })
}

/// The term of `dataset`, if it has one.
#[must_use]
pub fn term(dataset: &str) -> Option<&'static Term> {
    terms().iter().find(|term| term.dataset == dataset)
}

impl Term {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        Some(Self {
            dataset: columns.next()?,
            field: columns.next()?,
            working_days: columns.next()?.parse().ok()?,
            basis: Text {
                zh: columns.next()?,
                en: columns.next()?,
            },
        })
    }

    /// Whether what was decided on one day and arrived on another came within the
    /// term.
    #[must_use]
    pub fn is_kept(&self, decided: Date, arrived: Date) -> bool {
        calendar().working_days(decided, arrived) <= self.working_days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Dataset;

    #[test]
    fn every_line_is_of_a_field_that_there_is() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), terms().len());
        for term in terms() {
            let dataset = Dataset::named(term.dataset).unwrap();
            assert!(dataset.place(term.field).is_some(), "{}", term.dataset);
        }
        assert!(term("penalties").is_some() && term("grades").is_none());
    }

    #[test]
    fn a_term_ends_with_its_last_working_day() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let term = term("licences").unwrap();
        // Over the National Day holiday.
        assert!(term.is_kept(date("2026-09-25"), date("2026-10-12")));
        assert!(!term.is_kept(date("2026-09-25"), date("2026-10-13")));
        assert!(term.is_kept(date("2026-09-25"), date("2026-09-25")));
    }
}
