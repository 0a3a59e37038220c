//! 深链接: what is shown, behind the `#` of the page's address, where a page asks
//! for it. What else stands there is the page's and stays.

use credit_api::path::encoded;
use credit_core::identifier::SubjectCode;
use credit_core::limits::QUERY_MAX_CHARS;
use credit_core::text::pieces;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./hosts.js")]
extern "C" {
    fn hash() -> String;
    fn turn(hash: &str, is_new: bool);
}

const TEXT: &str = "credit-q=";
const CODE: &str = "credit=";

/// What of the window an address can say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// What is searched for.
    pub text: String,
    /// The subject that is open.
    pub code: Option<SubjectCode>,
}

/// What the address says, if it says anything of us that can be read.
pub(super) fn here() -> Option<Place> {
    Place::read(&hash())
}

/// Has the address say it; with `is_new` the back button leads to what it said before.
pub(super) fn go(place: &Place, is_new: bool) {
    let now = hash();
    if let Some(next) = place.written(&now).filter(|next| *next != now) {
        turn(&next, is_new);
    }
}

/// Applications have their own address there, of which a piece more would be another.
fn is_routed(hash: &str) -> bool {
    hash.starts_with(['/', '!'])
}

impl Place {
    fn read(hash: &str) -> Option<Self> {
        let mut place = Self::default();
        if is_routed(hash) {
            return None;
        }
        for piece in pieces(hash, b"&") {
            if let Some(code) = piece.strip_prefix(CODE) {
                place.code = SubjectCode::as_published(code).ok();
            } else if let Some(text) = piece.strip_prefix(TEXT) {
                let text = decoded(text).filter(|text| text.chars().count() <= QUERY_MAX_CHARS);
                place.text = text.unwrap_or_default();
            }
        }
        (place != Self::default()).then_some(place)
    }

    fn written(&self, hash: &str) -> Option<String> {
        if is_routed(hash) {
            return None;
        }
        let of_page = |piece: &&str| {
            !piece.is_empty() && !piece.starts_with(CODE) && !piece.starts_with(TEXT)
        };
        let mut written: Vec<&str> = pieces(hash, b"&").into_iter().filter(of_page).collect();
        let text = [TEXT, &encoded(&self.text)].concat();
        if !self.text.is_empty() {
            written.push(&text);
        }
        let code = self.code.map(|code| [CODE, code.as_str()].concat());
        written.extend(code.as_deref());
        Some(written.join("&"))
    }
}

/// What was percent-encoded; nothing where it is no text.
fn decoded(text: &str) -> Option<String> {
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16)?).ok();
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? * 16 + digit(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, code: &str) -> Place {
        Place {
            text: text.to_owned(),
            code: SubjectCode::as_published(code).ok(),
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_the_rest_stays() {
        for (before, text, code, after) in [
            ("", "", "", ""),
            ("", "海 河&", "", "credit-q=%E6%B5%B7%20%E6%B2%B3%26"),
            (
                "tab=2&credit-q=a&credit=x&part",
                "b",
                "91120102MATEXT01X4",
                "tab=2&part&credit-q=b&credit=91120102MATEXT01X4",
            ),
            ("credit=91120102MATEXT01X4", "", "", ""),
            ("credits=1", "", "", "credits=1"),
        ] {
            let place = place(text, code);
            assert_eq!(place.written(before).as_deref(), Some(after));
            assert_eq!(Place::read(after).unwrap_or_default(), place);
        }
    }

    #[test]
    fn the_address_of_an_application_is_left_alone() {
        for hash in ["/a&credit=91120102MATEXT01X4", "!/a&credit-q=b"] {
            assert_eq!(Place::read(hash), None);
            assert_eq!(place("a", "").written(hash), None);
        }
    }

    #[test]
    fn what_is_no_value_of_ours_is_none() {
        let long = ["credit-q=", &"a".repeat(QUERY_MAX_CHARS + 1)].concat();
        for hash in [
            "credit=x",
            "credit-q=%",
            "credit-q=%E6",
            "credit-q=%GG",
            &long,
            "a",
            "&&",
        ] {
            assert_eq!(Place::read(hash), None, "{hash}");
        }
    }
}
