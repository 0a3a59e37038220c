//! Every limit of the project, once, with its reason.

/// Longest subject name kept, in characters. The national templates allow
/// C200 for names of subjects and authorities.
pub const NAME_MAX_CHARS: usize = 200;

/// Longest free text of a registry row (business scope, address), in
/// characters. The longest of 67 497 real rows has 632.
pub const FREE_TEXT_MAX_CHARS: usize = 4_000;

/// Longest capital text, in characters; the longest of 67 497 real ones has 21.
pub const CAPITAL_TEXT_MAX_CHARS: usize = 64;

/// Longest search query, in characters: the longest name that can be stored.
pub const QUERY_MAX_CHARS: usize = NAME_MAX_CHARS;

/// Longest name of a list, an area or a scheme that an attribute may hold, in
/// characters: ids of feeds have at most 64.
pub const TOPIC_MAX_CHARS: usize = 64;

/// Longest tracing code that is kept, in characters: C128, as document numbers.
pub const TRACE_CODE_MAX_CHARS: usize = 128;

/// Most results of one search page.
pub const SEARCH_PAGE_MAX: usize = 50;

/// Most results of one search, over all its pages: who looks further has to ask
/// for more of the name.
pub const SEARCH_RESULTS_MAX: usize = 1_000;

/// Results of a search page when the caller does not say.
pub const SEARCH_PAGE_DEFAULT: usize = 10;

/// Members of one area after whom no more are read for a search, which looks at
/// all of them: three times as many as a sub-district has where a dozen share
/// 67 497 subjects.
pub const AREA_MEMBERS_MAX: usize = 20_000;

/// Most codes of `GET /v1/cards?codes=`: 250 × 19 bytes stay below the 8 KB
/// that proxies accept as a request line.
pub const CARDS_GET_MAX: usize = 250;

/// Most codes of `POST /v1/cards/batch`.
pub const CARDS_POST_MAX: usize = 1_000;

/// Largest request body the server reads, in bytes: [`CARDS_POST_MAX`] codes of
/// 18 characters with quotes, comma and slack are 24 KB.
pub const BODY_MAX_BYTES: usize = 32 * 1024;

/// Largest signed token that is looked at, in bytes. A card has about 2 KB, a
/// status list of 131 072 random bits 22 KB as base64url twice over.
pub const TOKEN_MAX_BYTES: usize = 64 * 1024;

/// Largest signed document that is looked at where it may be a report, in bytes:
/// [`REPORT_TEXT_MAX_BYTES`] of text, its JSON and base64url around it.
pub const DOCUMENT_MAX_BYTES: usize = 1024 * 1024;

/// Most records of one chapter of a report: as many as the national report lists.
pub const REPORT_ENTRIES_MAX: usize = 100;

/// Most text of the records of a report, in bytes; what is beyond is counted and
/// not listed. A record has 1 KB, and 600 of them are more than anybody prints.
pub const REPORT_TEXT_MAX_BYTES: usize = 384 * 1024;

/// Longest time that a report is shared for, in days.
pub const SHARE_DAYS_MAX: u16 = 30;

/// Largest answer a widget reads, in bytes: [`CARDS_GET_MAX`] cards of 4 KB.
pub const ANSWER_MAX_BYTES: usize = 1024 * 1024;

/// Deepest nesting of signed JSON; a card has 4 levels.
pub const JSON_MAX_DEPTH: usize = 16;

/// Most members of one object of signed JSON: a batch has one for each of
/// [`CARDS_POST_MAX`] cards. Duplicates are looked for one by one, so a limit
/// keeps an answer made to be slow from being so.
pub const JSON_MAX_MEMBERS: usize = 1_024;

/// Clock difference between server and device that is forgiven, in seconds.
pub const CLOCK_SKEW_SECONDS: i64 = 5 * 60;

/// Validity window of a card, in seconds.
pub const CARD_WINDOW_SECONDS: i64 = 24 * 60 * 60;

/// How long a card stays valid after its window, in seconds.
pub const CARD_GRACE_SECONDS: i64 = 24 * 60 * 60;

/// Validity of a QR pass from the first of the month that it is issued in, in
/// months: what is printed once a year is good until the next is up.
pub const PASS_MONTHS: u16 = 13;

/// Lifetime of a status list in caches, in seconds: within it a revocation
/// may not have been noticed yet.
pub const STATUS_TTL_SECONDS: i64 = 5 * 60;

/// Bits of one status list. W3C Bitstring Status List 1.0 asks for at least
/// this many, so that an index does not tell who is looked up.
pub const STATUS_LIST_BITS: u64 = 131_072;

/// Longest document number, in characters: C128 in the national templates.
pub const DOCUMENT_NUMBER_MAX_CHARS: usize = 128;

/// Longest text that is read as an identifier, in bytes: 128 characters of a
/// document number in UTF-8 are 512, and as much again of separators. A longer
/// text has the wrong length for every kind.
pub const IDENTIFIER_MAX_BYTES: usize = 1_024;

/// Longest document number of a natural person, in characters: C64 in the
/// national templates.
pub const PERSON_NUMBER_MAX_CHARS: usize = 64;

/// Most former names of one subject that are kept.
pub const FORMER_NAMES_MAX: usize = 10;
