//! 官方链接: pages of other offices about a subject, as `data/links.txt` has them.

use crate::lang::Text;
use crate::text::pieces;

const TABLE: &str = include_str!("../data/links.txt");

/// A page of another office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name in the table.
    pub id: &'static str,
    /// The day since which this form of the address is known.
    pub since: &'static str,
    address: &'static str,
    /// Whose page it is.
    pub title: Text,
    /// What the form of the address rests on.
    pub basis: &'static str,
}

/// All of them, in the order in which they are shown.
#[must_use]
pub fn links() -> Vec<Link> {
    let mut links = Vec::new();
    for line in pieces(TABLE, b"\n") {
        if line.starts_with('#') {
            continue;
        }
        if let [id, since, address, zh, en, basis] = *pieces(line, b"\t") {
            let title = Text { zh, en };
            links.push(Link {
                id,
                since,
                address,
                title,
                basis,
            });
        }
    }
    links
}

impl Link {
    /// The page about a subject. Both are percent-encoded by who asks.
    #[must_use]
    pub fn address(&self, name: &str, code: &str) -> String {
        let mut address = String::new();
        for piece in pieces(self.address, b"{}") {
            address.push_str(match piece {
                "name" => name,
                "code" => code,
                fixed => fixed,
            });
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    #[test]
    fn every_line_is_a_secure_address_with_a_day_and_a_basis() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), links().len());
        for link in links() {
            assert!(link.since.parse::<Date>().is_ok(), "{}", link.id);
            assert!(!link.basis.is_empty(), "{}", link.id);
            let address = link.address("%E6%B5%B7", "91120102MATEXT01X4");
            assert!(address.starts_with("https://"), "{address}");
            assert!(address.is_ascii() && !address.contains(['{', '}', ' ']));
            assert!(address.contains("91120102MATEXT01X4"), "{address}");
        }
    }

    #[test]
    fn a_page_is_found_by_name_and_code() {
        assert_eq!(
            links()[0].address("%E6%B5%B7", "91120102MATEXT01X4"),
            "https://www.creditchina.gov.cn/xinyongxinxixiangqing/xyDetail.html?searchState=1\
             &entityType=1&keyword=%E6%B5%B7&uuid=&tyshxydm=91120102MATEXT01X4"
        );
    }
}
