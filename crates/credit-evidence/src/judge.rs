//! A document and what it is checked with, together.

use credit_client::now;
use credit_core::identifier::SubjectCode;
use credit_sign::verdict::{Question, Verdict, examine};

use crate::evidence::{self, Keys};

/// What can be said of a document about `asked`, or about anybody; `None` while
/// the list that it needs is asked for.
#[must_use]
pub fn judge(api: &str, token: &str, asked: Option<&SubjectCode>, keys: &Keys) -> Option<Verdict> {
    if evidence::is_list_on_its_way() {
        return None;
    }
    let look = |keys| {
        examine(&Question {
            token,
            asked,
            keys,
            now: now(),
        })
    };
    let own = look((**keys).as_ref());
    let test = evidence::test_keys(keys, own.about());
    let (keys, examined) = match &test {
        Some(test) => (test, look((**test).as_ref())),
        None => (keys, own),
    };
    let list = evidence::list(api, keys, &examined)?;
    Some(examined.conclude((*list).as_ref().map_err(|code| *code)))
}
