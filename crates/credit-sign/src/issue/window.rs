//! When a card begins and ends.

use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_core::limits::{CARD_GRACE_SECONDS, CARD_WINDOW_SECONDS};
use sha2::{Digest, Sha256};

/// The window of the card of `code` that is issued at `now`: begin, and end of
/// validity. Windows begin at a different second for each code, so that the
/// cards of a district do not all have to be signed anew in the same one.
#[must_use]
pub fn window(code: &SubjectCode, now: Timestamp) -> (Timestamp, Timestamp) {
    let digest = Sha256::digest(code.as_str().as_bytes());
    let number = digest
        .iter()
        .take(4)
        .fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
    let offset = number % CARD_WINDOW_SECONDS;
    let into_window = (now.unix() - offset).rem_euclid(CARD_WINDOW_SECONDS);
    let from = now.plus(-into_window);
    (from, from.plus(CARD_WINDOW_SECONDS + CARD_GRACE_SECONDS))
}
