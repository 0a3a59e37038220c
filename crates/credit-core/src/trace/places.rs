//! Where a code is checked officially, by `data/traces.txt`.

use super::TraceKind;
use crate::lang::Text;
use crate::text::pieces;

const TABLE: &str = include_str!("../../data/traces.txt");

/// Where the code goes in an address.
const CODE: &str = "{code}";

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
        (self.address != "-").then(|| match self.address.split_once(CODE) {
            Some((before, after)) => [before, code, after].concat(),
            None => self.address.to_owned(),
        })
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
    pieces(TABLE, b"\n")
        .into_iter()
        .filter_map(Place::read)
        .filter(|(word, _)| *word == kind.code())
        .map(|(_, place)| place)
        .collect()
}
