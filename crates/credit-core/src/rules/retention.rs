//! 保存期限: how long records are kept at all.

use std::sync::OnceLock;

use crate::date::Date;
use crate::lang::Text;
use crate::table::table;

const TABLE: &str = table!("../../data/retention.txt");

/// A line of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Retention {
    /// The dataset.
    pub dataset: &'static str,
    /// The field with the day that the term runs from; without that day a
    /// record is kept.
    pub field: &'static str,
    /// Months from that day.
    pub months: u16,
    /// Where the term comes from.
    pub basis: Text,
}

/// The terms of keeping, by dataset; what is not in it is kept.
#[must_use]
pub fn retention() -> &'static [Retention] {
    static ROWS: OnceLock<Vec<Retention>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Retention::read).collect()
    })
}

impl Retention {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        Some(Self {
            dataset: columns.next()?,
            field: columns.next()?,
            months: columns.next()?.parse().ok()?,
            basis: Text {
                zh: columns.next()?,
                en: columns.next()?,
            },
        })
    }

    /// The first day whose records are still kept on `today`.
    #[must_use]
    pub fn keeps_from(&self, today: Date) -> Option<Date> {
        today.minus_months(self.months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Dataset;

    #[test]
    fn every_line_is_of_a_field_that_there_is() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), retention().len());
        for row in retention() {
            let dataset = Dataset::named(row.dataset).unwrap();
            assert!(dataset.place(row.field).is_some(), "{}", row.dataset);
        }
        let five_years = &retention()[0];
        let today = "2026-02-28".parse().unwrap();
        let day = five_years.keeps_from(today).unwrap();
        assert_eq!(day.to_string(), "2021-02-28");
    }
}
