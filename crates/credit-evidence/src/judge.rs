//! A document and what it is checked with, together.

use credit_client::now;
use credit_core::identifier::SubjectCode;
use credit_sign::verdict::{Question, Verdict, Wanted, examine};

use crate::evidence::{self, Keys};

/// What can be said of a document about `asked`, or about anybody, if it is what
/// is wanted; `None` while
/// the list that it needs is asked for.
#[must_use]
pub fn judge(
    api: &str,
    token: &str,
    (asked, wanted): (Option<&SubjectCode>, Wanted),
    keys: &Keys,
) -> Option<Verdict> {
    if evidence::is_list_on_its_way() {
        return None;
    }
    let look = |keys| {
        examine(&Question {
            token,
            asked,
            wanted,
            keys,
            now: now(),
        })
    };
    let own = look((**keys).as_ref());
    // No office signs reports of dummy codes.
    let dummy = own.about().filter(|_| !own.is_report());
    let test = evidence::test_keys(keys, dummy);
    let (keys, examined) = match &test {
        Some(test) => (test, look((**test).as_ref())),
        None => (keys, own),
    };
    let list = evidence::list(api, keys, &examined)?;
    Some(examined.conclude((*list).as_ref().map_err(|code| *code)))
}
