//! Countries and regions of ISO 3166-1, as `data/countries.txt` has them.

use crate::lang::{Text, text};
use crate::table::table;

const TABLE: &str = table!("../../../data/countries.txt");

/// A country or region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Three digits.
    pub numeric: &'static str,
    /// Three letters.
    pub alpha_3: &'static str,
    /// Its name.
    pub name: Text,
}

/// The country of a numeric or three-letter code.
#[must_use]
pub fn country(code: &str) -> Option<Country> {
    countries().find(|country| country.numeric == code || country.alpha_3 == code)
}

fn countries() -> impl Iterator<Item = Country> {
    TABLE.lines().filter_map(|line| {
        let mut columns = line.split('\t');
        let (numeric, alpha_3) = (columns.next()?, columns.next()?);
        let (zh, en) = (columns.next()?, columns.next()?);
        Some(Country {
            numeric,
            alpha_3,
            name: text(zh, en),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(countries().count(), lines);
        assert!(lines > 240);
        assert_eq!(country("682").unwrap().alpha_3, "SAU");
        assert_eq!(country("CHN").unwrap().name.zh, "中国");
        assert_eq!(country("000"), None);
        assert_eq!(country(""), None);
    }
}
