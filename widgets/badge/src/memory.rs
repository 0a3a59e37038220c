//! What this device remembers for the day without a server: the last cards that
//! were verified here. The key set is remembered by `credit-evidence`. It lies in
//! the storage of the page, where scripts of the page can change it, so that
//! everything is checked again before it is shown.

use std::cell::Cell;

use credit_client::now;
use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_core::text::{decimal, pieces, whole};
use credit_element::host::{recall, remember};

/// Most cards that are remembered: two kilobytes each, in a storage of five
/// megabytes that is the page's and not ours.
const CARDS_MAX: usize = 24;

/// Name of the list of cards that are remembered.
const LIST: &str = "cards";

thread_local! {
    /// Cards that were kept since the page was opened.
    static KEPT: Cell<usize> = const { Cell::new(0) };
}

/// A card from before.
pub(crate) struct Remembered {
    /// When it was verified here.
    pub verified: Timestamp,
    /// The card.
    pub token: String,
}

fn name(api: &str, code: &SubjectCode) -> String {
    ["card ", api, " ", code.as_str()].concat()
}

/// Remembers a card that has just been verified, in place of the one that was
/// longest not looked at. Of a page with a thousand badges it remembers the
/// first: each writes to the disk.
pub(crate) fn keep(api: &str, code: &SubjectCode, token: &str) {
    let kept = KEPT.get();
    if kept >= CARDS_MAX {
        return;
    }
    KEPT.set(kept + 1);
    let name = name(api, code);
    let list = recall(LIST).unwrap_or_default();
    let mut names = name.clone();
    let mut count = 1;
    for other in pieces(&list, b"\n") {
        if count == CARDS_MAX {
            remember(other, None);
        } else if other != name && !other.is_empty() {
            names.push('\n');
            names.push_str(other);
            count += 1;
        }
    }
    remember(LIST, Some(&names));
    let value = [&decimal(now().unix()), " ", token].concat();
    remember(&name, Some(&value));
}

/// The card of `code` as it was last verified here.
pub(crate) fn card(api: &str, code: &SubjectCode) -> Option<Remembered> {
    let value = recall(&name(api, code))?;
    let [verified, token] = pieces(&value, b" ")[..] else {
        return None;
    };
    Some(Remembered {
        verified: Timestamp::from_unix(whole(verified)?),
        token: token.to_owned(),
    })
}
