//! What cards are checked with: key sets and status lists, each opened once a
//! page and not once a card.

use std::cell::RefCell;
use std::rc::Rc;

use credit_client::{FetchError, document, key_set, now};
use credit_core::trust::Outcome;
use credit_element::host::Host;
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeySet, Pins};
use credit_sign::status::StatusList;
use credit_sign::verdict::{self, Examined};

/// A key set, or what the check of the issuer came to.
pub(crate) type Keys = Rc<Result<KeySet, Outcome>>;

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
    list: Rc<Result<StatusList, &'static str>>,
}

thread_local! {
    /// By token and roots: a page has one, seldom two.
    static KEYS: RefCell<Vec<OpenedKeys>> = const { RefCell::new(Vec::new()) };
    static LISTS: RefCell<Vec<OpenedList>> = const { RefCell::new(Vec::new()) };
}

/// Key sets and lists that are kept opened; those of another day fall out.
const KEPT: usize = 8;

/// The key set of the server at `api`, if one of `roots` signed it and this
/// device has seen none that came after it.
pub(crate) async fn keys(api: &str, roots: &[Thumbprint], host: &Host) -> Keys {
    let token = match key_set(api).await {
        Ok(token) => token,
        Err(error) => return Rc::new(Err(Outcome::NotChecked(error.reason()))),
    };
    let known = KEYS.with_borrow(|all| {
        let mut all = all.iter();
        let known = all.find(|opened| Rc::ptr_eq(&opened.token, &token) && opened.roots == roots);
        known.map(|opened| Rc::clone(&opened.keys))
    });
    if let Some(keys) = known {
        return keys;
    }
    let memory = format!("keys {api}");
    let seen = host.recall(&memory).and_then(|seen| seen.parse().ok());
    let pins = Pins {
        roots,
        seen: seen.unwrap_or_default(),
    };
    let keys = Rc::new(verdict::keys(Ok(&token), &pins, now()));
    if let Ok(keys) = &*keys
        && keys.version > pins.seen
    {
        host.remember(&memory, &keys.version.to_string());
    }
    KEYS.with_borrow_mut(|all| {
        let opened = OpenedKeys {
            token,
            roots: roots.to_vec(),
            keys: Rc::clone(&keys),
        };
        keep(all, opened);
    });
    keys
}

/// The status list that `examined` needs.
pub(crate) async fn list(
    api: &str,
    keys: &Keys,
    examined: &Examined<'_>,
) -> Rc<Result<StatusList, &'static str>> {
    let (Ok(key_set), Some(path), Some(address)) =
        (&**keys, examined.status_path(), examined.status_address())
    else {
        return Rc::new(Err("status-address"));
    };
    let token = match document(&format!("{api}{path}")).await {
        Ok(token) => token,
        Err(error) => return Rc::new(Err(FetchError::reason(&error))),
    };
    let known = LISTS.with_borrow(|all| {
        let mut all = all.iter();
        let known =
            all.find(|opened| Rc::ptr_eq(&opened.token, &token) && Rc::ptr_eq(&opened.keys, keys));
        known.map(|opened| Rc::clone(&opened.list))
    });
    if let Some(list) = known {
        return list;
    }
    let list = StatusList::open(&token, key_set, address, now()).map_err(|error| error.code());
    let list = Rc::new(list);
    LISTS.with_borrow_mut(|all| {
        let opened = OpenedList {
            token,
            keys: Rc::clone(keys),
            list: Rc::clone(&list),
        };
        keep(all, opened);
    });
    list
}

fn keep<T>(all: &mut Vec<T>, opened: T) {
    if all.len() == KEPT {
        all.remove(0);
    }
    all.push(opened);
}
