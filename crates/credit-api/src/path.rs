//! Paths: as the server routes them and as a client asks for them.

use std::fmt::Write as _;

use credit_core::identifier::SubjectCode;
use credit_core::text::{decimal, pieces};

/// Search by name or code.
pub const SEARCH: &str = "/v1/search";
/// Public record of a subject.
pub const SUBJECT: &str = "/v1/subjects/{code}";
/// Records of a subject.
pub const RECORDS: &str = "/v1/subjects/{code}/records";
/// 信用报告: signed report about a subject.
pub const REPORT: &str = "/v1/subjects/{code}/report";
/// Pass of a report, by its number.
pub const REPORT_PASS: &str = "/v1/reports/{number}";
/// Shares of reports.
pub const SHARES: &str = "/v1/shares";
/// A report that was shared.
pub const SHARE: &str = "/v1/shares/{share}";
/// Human page of a report.
pub const REPORT_PAGE: &str = "/s/{code}/report";
/// Human page of a report that was shared.
pub const SHARE_PAGE: &str = "/r/{share}";
/// Signed card.
pub const CARD: &str = "/v1/cards/{code}";
/// Signed cards of the codes in the query.
pub const CARDS: &str = "/v1/cards";
/// Signed cards of the codes in the body.
pub const CARDS_BATCH: &str = "/v1/cards/batch";
/// 信用区域: parks, business districts, buildings, streets, scenic areas.
pub const AREAS: &str = "/v1/areas";
/// An area with its members.
pub const AREA: &str = "/v1/areas/{id}";
/// Human page of an area.
pub const AREA_PAGE: &str = "/a/{area}";
/// 名单: the lists that there are.
pub const LISTS: &str = "/v1/lists";
/// Who is on a list.
pub const LIST: &str = "/v1/lists/{id}";
/// 信易+: the benefits that a subject can use.
pub const PERKS: &str = "/v1/perks/{code}";
/// 分级分类监管: inspection ratios by grade.
pub const INSPECTIONS: &str = "/v1/inspections";
/// 产品追溯: what is known of a product's tracing code.
pub const TRACE: &str = "/v1/traces/{code}";
/// 信用信息目录, with what there is of it.
pub const CATALOGUE: &str = "/v1/catalogue";
/// 信用服务机构
pub const AGENCIES: &str = "/v1/agencies";
/// Static badge; the last segment is the code with `.svg` behind it.
pub const BADGE: &str = "/v1/badges/{file}";
/// 信用码: QR pass of a subject.
pub const QR: &str = "/v1/cards/{code}/qr.svg";
/// 信用码: signed pass of a subject.
pub const PASS: &str = "/v1/cards/{code}/pass";
/// 印制品: card or door sticker of a subject.
pub const PRINT: &str = "/v1/cards/{code}/print.svg";
/// Human page of what can be printed.
pub const PRINT_PAGE: &str = "/s/{code}/print";
/// The page that verifies; what is to be verified stands behind `#`.
pub const VERIFY: &str = "/verify";
/// 本人查询: how things stand (GET) and a query (POST).
pub const SELF_QUERIES: &str = "/v1/self-queries";
/// Human page of 本人查询.
pub const SELF_PAGE: &str = "/self";
/// Sends people to where they sign in.
pub const SELF_LOGIN: &str = "/self/login";
/// Where they come back from there.
pub const SELF_CALLBACK: &str = "/self/callback";
/// Ends the session.
pub const SELF_LOGOUT: &str = "/self/logout";
/// Human page of a subject.
pub const PAGE: &str = "/s/{code}";
/// Public keys for JOSE libraries.
pub const JWKS: &str = "/.well-known/jwks.json";
/// Keys signed by the root.
pub const KEY_SET: &str = "/.well-known/keyset.jwt";
/// Status list.
pub const STATUS: &str = "/v1/status/{list}";
/// Status list of the dummy codes.
pub const STATUS_OF_DUMMIES: &str = "/v1/status/test";
/// JSON-LD context of our credentials.
pub const CONTEXT: &str = "/ns/credit/v1";
/// Liveness.
pub const HEALTH: &str = "/healthz";
/// Readiness.
pub const READY: &str = "/readyz";
/// Metrics for Prometheus, on the desk address only.
pub const METRICS: &str = "/metrics";
/// OpenAPI document.
pub const OPENAPI: &str = "/v1/openapi.json";
/// The same for people.
pub const DOCS: &str = "/docs";
/// Page with one element for iframes.
pub const FRAME: &str = "/embed/v1/frame/{element}";
/// Mutable address of the loader's folder.
pub const EMBED: &str = "/embed/v1/{file}";
/// Immutable files, by version and hash.
pub const EMBED_RELEASE: &str = "/embed/{release}/{file}";

/// A path with `value` in its one open place.
fn filled(path: &str, value: &str) -> String {
    match *pieces(path, b"{}") {
        [before, _, after] => [before, value, after].concat(),
        _ => path.to_owned(),
    }
}

/// `path` with those of `parameters` that have a value.
#[must_use]
pub fn asked(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut asked = path.to_owned();
    let mut sign = '?';
    for (name, value) in parameters {
        if !value.is_empty() {
            asked.push(sign);
            asked.push_str(name);
            asked.push('=');
            asked.push_str(&encoded(value));
            sign = '&';
        }
    }
    asked
}

/// Path of a search page.
#[must_use]
pub fn search(query: &str, cursor: Option<&str>) -> String {
    asked(
        SEARCH,
        &[("q", query), ("cursor", cursor.unwrap_or_default())],
    )
}

/// Path of the records of a subject.
#[must_use]
pub fn records(code: &SubjectCode) -> String {
    filled(RECORDS, code.as_str())
}

/// Path of an area.
#[must_use]
pub fn area(id: &str) -> String {
    filled(AREA, &encoded(id))
}

/// Path of a list.
#[must_use]
pub fn list(id: &str) -> String {
    filled(LIST, &encoded(id))
}

/// Path of the benefits of a subject.
#[must_use]
pub fn perks(code: &SubjectCode) -> String {
    filled(PERKS, code.as_str())
}

/// Path of what is known of a tracing code.
#[must_use]
pub fn trace(code: &str) -> String {
    filled(TRACE, &encoded(code))
}

/// Path of a subject's record.
#[must_use]
pub fn subject(code: &SubjectCode) -> String {
    filled(SUBJECT, code.as_str())
}

/// Path of a report.
#[must_use]
pub fn report(code: &SubjectCode) -> String {
    filled(REPORT, code.as_str())
}

/// Path of the pass of a report.
#[must_use]
pub fn report_pass(number: &str) -> String {
    filled(REPORT_PASS, number)
}

/// Path of a report that was shared.
#[must_use]
pub fn share(share: &str) -> String {
    filled(SHARE, &encoded(share))
}

/// Path of the human page of a report.
#[must_use]
pub fn report_page(code: &SubjectCode) -> String {
    filled(REPORT_PAGE, code.as_str())
}

/// Path of the human page of a report that was shared.
#[must_use]
pub fn share_page(share: &str) -> String {
    filled(SHARE_PAGE, share)
}

/// Path of a card.
#[must_use]
pub fn card(code: &SubjectCode) -> String {
    filled(CARD, code.as_str())
}

/// Path of the cards of `codes`, in that order. Who asks sorts them, so that
/// caches see one address for the same cards.
#[must_use]
pub fn cards(codes: &[SubjectCode]) -> String {
    let codes: Vec<&str> = codes.iter().map(SubjectCode::as_str).collect();
    [CARDS, "?codes=", &codes.join(",")].concat()
}

/// Path of a subject's human page.
#[must_use]
pub fn page(code: &SubjectCode) -> String {
    filled(PAGE, code.as_str())
}

/// Path of an area's human page.
#[must_use]
pub fn area_page(area: &str) -> String {
    filled(AREA_PAGE, &encoded(area))
}

/// Path of a static badge.
#[must_use]
pub fn badge(code: &SubjectCode) -> String {
    filled(BADGE, &[code.as_str(), ".svg"].concat())
}

/// Path of a pass.
#[must_use]
pub fn pass(code: &SubjectCode) -> String {
    filled(PASS, code.as_str())
}

/// Path of a QR pass.
#[must_use]
pub fn qr(code: &SubjectCode) -> String {
    filled(QR, code.as_str())
}

/// Path of what is printed.
#[must_use]
pub fn print(code: &SubjectCode) -> String {
    filled(PRINT, code.as_str())
}

/// Path of the human page of what can be printed.
#[must_use]
pub fn print_page(code: &SubjectCode) -> String {
    filled(PRINT_PAGE, code.as_str())
}

/// Path of status list number `list`.
#[must_use]
pub fn status(list: u64) -> String {
    filled(STATUS, &decimal(list.cast_signed()))
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
