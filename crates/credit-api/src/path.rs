//! Paths: as the server routes them and as a client asks for them.

use std::fmt::Write as _;

use credit_core::identifier::SubjectCode;

/// Search by name or code.
pub const SEARCH: &str = "/v1/search";
/// Public record of a subject.
pub const SUBJECT: &str = "/v1/subjects/{code}";
/// Records of a subject.
pub const RECORDS: &str = "/v1/subjects/{code}/records";
/// Signed card.
pub const CARD: &str = "/v1/cards/{code}";
/// Signed cards of the codes in the query.
pub const CARDS: &str = "/v1/cards";
/// Signed cards of the codes in the body.
pub const CARDS_BATCH: &str = "/v1/cards/batch";
/// Static badge; the last segment is the code with `.svg` behind it.
pub const BADGE: &str = "/v1/badges/{file}";
/// Human page of a subject.
pub const PAGE: &str = "/s/{code}";
/// Public keys for JOSE libraries.
pub const JWKS: &str = "/.well-known/jwks.json";
/// Keys signed by the root.
pub const KEY_SET: &str = "/.well-known/keyset.jwt";
/// Status list.
pub const STATUS: &str = "/v1/status/{list}";
/// JSON-LD context of our credentials.
pub const CONTEXT: &str = "/ns/credit/v1";
/// Liveness.
pub const HEALTH: &str = "/healthz";
/// Readiness.
pub const READY: &str = "/readyz";
/// Mutable address of the loader's folder.
pub const EMBED: &str = "/embed/v1/{file}";
/// Immutable files, by version and hash.
pub const EMBED_RELEASE: &str = "/embed/{release}/{file}";

/// Path of a search page.
#[must_use]
pub fn search(query: &str, cursor: Option<&str>) -> String {
    let mut path = format!("{SEARCH}?q={}", encoded(query));
    if let Some(cursor) = cursor {
        let _ = write!(path, "&cursor={}", encoded(cursor));
    }
    path
}

/// Path of a subject's record.
#[must_use]
pub fn subject(code: &SubjectCode) -> String {
    SUBJECT.replace("{code}", code.as_str())
}

/// Path of a card.
#[must_use]
pub fn card(code: &SubjectCode) -> String {
    CARD.replace("{code}", code.as_str())
}

/// Path of the cards of `codes`, in that order. Who asks sorts them, so that
/// caches see one address for the same cards.
#[must_use]
pub fn cards(codes: &[SubjectCode]) -> String {
    let codes: Vec<&str> = codes.iter().map(SubjectCode::as_str).collect();
    format!("{CARDS}?codes={}", codes.join(","))
}

/// Path of a subject's human page.
#[must_use]
pub fn page(code: &SubjectCode) -> String {
    PAGE.replace("{code}", code.as_str())
}

/// Path of a static badge.
#[must_use]
pub fn badge(code: &SubjectCode) -> String {
    BADGE.replace("{file}", &format!("{code}.svg"))
}

/// Path of status list number `list`.
#[must_use]
pub fn status(list: u64) -> String {
    STATUS.replace("{list}", &list.to_string())
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
