//! Where a code is checked officially, by `data/traces.txt`.

use super::TraceKind;
use crate::lang::Text;
use crate::text::pieces;

const TABLE: &str = include_str!("../../data/traces.txt");

/// A place where codes of a kind are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is called; what to do, where it has no address.
    pub title: Text,
    /// Why it is the place to ask.
    pub basis: Text,
    /// Whether the office itself has said so.
    pub is_confirmed: bool,
    address: &'static str,
}

impl Place {
    /// Its address for this code; `None` where there is no public one.
    #[must_use]
    pub fn address(&self, code: &str) -> Option<String> {
        let is_plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        // Only what needs no percent signs goes into an address of others.
        let code = if is_plain { code } else { "" };
        let address = match *pieces(self.address, b"{}") {
            [before, _, after] => [before, code, after].concat(),
            _ => self.address.to_owned(),
        };
        (self.address != "-").then_some(address)
    }

    fn read(line: &'static str) -> Option<(&'static str, Self)> {
        let columns = pieces(line, b"\t");
        let [kind, zh, en, address, basis_zh, basis_en, standing] = *columns.as_slice() else {
            return None;
        };
        let place = Self {
            title: Text { zh, en },
            basis: Text {
                zh: basis_zh,
                en: basis_en,
            },
            is_confirmed: standing == "confirmed",
            address,
        };
        Some((kind, place))
    }
}

/// The places for codes of `kind`.
#[must_use]
pub fn places(kind: TraceKind) -> Vec<Place> {
    let mut places = Vec::new();
    for line in pieces(TABLE, b"\n") {
        match Place::read(line) {
            Some((word, place)) if word == kind.code() => places.push(place),
            _ => {}
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::text;

    #[test]
    fn only_a_plain_code_goes_into_an_address_of_others() {
        let place = |address| Place {
            title: text("", ""),
            basis: text("", ""),
            is_confirmed: true,
            address,
        };
        let template = place("https://a.example.cn/?c={code}&l=zh");
        let filled = template.address("12A").unwrap();
        assert_eq!(filled, "https://a.example.cn/?c=12A&l=zh");
        let empty = template.address("1&x=/").unwrap();
        assert_eq!(empty, "https://a.example.cn/?c=&l=zh");
        assert_eq!(place("-").address("1"), None);
    }
}
