//! What cards are checked with: key sets and status lists, each opened once a
//! page and not once a card.

use std::cell::RefCell;
use std::rc::Rc;

use credit_api::path;
use credit_client::{FetchError, document, key_set, now};
use credit_core::dummy::Dummy;
use credit_core::identifier::SubjectCode;
use credit_core::text::{decimal, whole};
use credit_core::trust::Outcome;
use credit_element::host::{recall, remember};
use credit_sign::dummy;
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeySet, Pins};
use credit_sign::status::{StatusError, StatusList};
use credit_sign::verdict::{self, Examined};

/// A key set, or what the check of the issuer came to.
pub type Keys = Rc<Result<KeySet, Outcome>>;

/// A key set as it was opened.
struct OpenedKeys {
    token: Rc<str>,
    roots: Vec<Thumbprint>,
    keys: Keys,
}

/// A status list as it was opened, with the key set that it was opened by.
struct OpenedList {
    token: Rc<str>,
    keys: Keys,
    list: List,
}

thread_local! {
    /// By token and roots: a page has one, seldom two.
    static KEYS: RefCell<Vec<OpenedKeys>> = const { RefCell::new(Vec::new()) };
    static LISTS: RefCell<Vec<OpenedList>> = const { RefCell::new(Vec::new()) };
    /// Address of the list that is on its way.
    static ASKED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Key sets and lists that are kept opened; those of another day fall out.
const KEPT: usize = 8;

/// Where a device remembers the key set of a server.
fn place(api: &str) -> String {
    ["key-set ", api].concat()
}

/// The key set of a server as it was last seen.
fn remembered(api: &str) -> Option<String> {
    recall(&place(api))
}

/// The key set of the server at `api`, if one of `roots` signed it and this
/// device has seen none that came after it; `None` while it is asked for.
#[must_use]
pub fn keys(api: &str, roots: &[Thumbprint]) -> Option<Keys> {
    let token = match document(&key_set(api))? {
        Ok(token) => token,
        Err(error) => {
            // One from before is as good, as long as it is not over: cards of the
            // device are checked with it, and new ones cannot be had.
            let token = remembered(api).ok_or(Outcome::NotChecked(error.reason()));
            let keys = token.and_then(|token| opened(api, roots, &token));
            return Some(Rc::new(keys));
        }
    };
    let known = KEYS.with_borrow(|all| {
        let mut all = all.iter();
        let known = all.find(|opened| Rc::ptr_eq(&opened.token, &token) && opened.roots == roots);
        known.map(|opened| Rc::clone(&opened.keys))
    });
    if let Some(keys) = known {
        return Some(keys);
    }
    let keys = Rc::new(opened(api, roots, &token));
    if keys.is_ok() {
        remember(&place(api), Some(&token));
    }
    KEYS.with_borrow_mut(|all| {
        let opened = OpenedKeys {
            token,
            roots: roots.to_vec(),
            keys: Rc::clone(&keys),
        };
        keep(all, opened);
    });
    Some(keys)
}

/// The keys for a document about `code`, where it is a dummy code: they are
/// published, and take the place of the issuer's own.
pub(crate) fn test_keys(keys: &Keys, code: Option<&SubjectCode>) -> Option<Keys> {
    Dummy::of(code?)?;
    let test = dummy::keys((**keys).as_ref().ok()?)?;
    Some(Rc::new(Ok(test)))
}

/// Opens a key set, and remembers the latest version that there was.
fn opened(api: &str, roots: &[Thumbprint], token: &str) -> Result<KeySet, Outcome> {
    let memory = ["keys ", api].concat();
    let seen = recall(&memory).and_then(|seen| whole(&seen));
    let pins = Pins {
        roots,
        seen: seen.unwrap_or_default(),
    };
    let keys = verdict::keys(Ok(token), &pins, now());
    if let Ok(keys) = &keys
        && keys.version > pins.seen
    {
        remember(&memory, Some(&decimal(keys.version)));
    }
    keys
}

/// The status list that a document needs.
pub type List = Rc<Result<StatusList, &'static str>>;

/// The status list of the server at `api` that `examined` needs; `None` while
/// it is asked for.
#[must_use]
pub fn list(api: &str, keys: &Keys, examined: &Examined<'_>) -> Option<List> {
    let (Ok(key_set), Some(path), Some(address)) =
        (&**keys, examined.status_path(), examined.status_address())
    else {
        return Some(Rc::new(Err("status-address")));
    };
    let url = [api, path].concat();
    let answer = document(&url);
    ASKED.set(if answer.is_none() { url } else { String::new() });
    let token = match answer? {
        Ok(token) => token,
        Err(error) => return Some(Rc::new(Err(FetchError::reason(&error)))),
    };
    let known = LISTS.with_borrow(|all| {
        let mut all = all.iter();
        let known =
            all.find(|opened| Rc::ptr_eq(&opened.token, &token) && Rc::ptr_eq(&opened.keys, keys));
        known.map(|opened| Rc::clone(&opened.list))
    });
    if known.is_some() {
        return known;
    }
    let list = StatusList::open(&token, key_set, address, now());
    // Whoever writes an address into a document says nothing of the list itself.
    let is_another = matches!(list, Err(StatusError::Address));
    let list = Rc::new(list.map_err(|error| error.code()));
    if is_another {
        return Some(list);
    }
    LISTS.with_borrow_mut(|all| {
        let opened = OpenedList {
            token,
            keys: Rc::clone(keys),
            list: Rc::clone(&list),
        };
        keep(all, opened);
    });
    Some(list)
}

/// Asks for the list that most likely will be needed, beside the card that names
/// it: a second is most of the wait for a first badge.
pub fn ask_for_first_list(api: &str) {
    if LISTS.with_borrow(Vec::is_empty) {
        let _ = document(&[api, &path::status(1)].concat());
    }
}

/// Whether the list that the last document needed is on its way: most likely
/// the next one needs the same, and there is no use in examining it before.
pub(crate) fn is_list_on_its_way() -> bool {
    ASKED.with_borrow(|url| !url.is_empty() && document(url).is_none())
}

fn keep<T>(all: &mut Vec<T>, opened: T) {
    if all.len() == KEPT {
        all.remove(0);
    }
    all.push(opened);
}
