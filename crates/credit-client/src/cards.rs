//! Cards: what many elements ask for in the same moment goes in one request.

use std::cell::RefCell;
use std::rc::Rc;

use credit_api::cards::CardBatch;
use credit_api::path;
use credit_core::dummy::Dummy;
use credit_core::identifier::SubjectCode;
use credit_core::json;
use credit_core::limits::CARDS_GET_MAX;

use crate::public::get;
use crate::request::{FetchError, Way, now, soon};
use crate::shared::{Answer, Kept};

/// A card that somebody wants.
enum Card {
    /// Goes out with the next request.
    Gathered,
    /// Asked for.
    Asked,
    /// At hand.
    Kept(Kept),
}

/// A server's cards in order of their codes, so that caches see one address for
/// the same cards.
type Cards = Vec<(SubjectCode, Card)>;

thread_local! {
    /// By server: a page has one, seldom two.
    static SERVERS: RefCell<Vec<(String, Cards)>> = const { RefCell::new(Vec::new()) };
}

fn with_cards<T>(api: &str, act: impl FnOnce(&mut Cards) -> T) -> T {
    SERVERS.with_borrow_mut(|servers| {
        let known = servers.iter().position(|(server, _)| server == api);
        let known = known.unwrap_or_else(|| {
            servers.push((api.to_owned(), Vec::new()));
            servers.len() - 1
        });
        act(&mut servers[known].1)
    })
}

/// The signed card of `code` from the server at `api`; `None` while it is asked
/// for. What [`on_arrival`](crate::on_arrival) names is called when it is there.
#[must_use]
pub fn card(api: &str, code: SubjectCode) -> Option<Answer> {
    let now = now();
    with_cards(api, |cards| {
        match cards.binary_search_by(|(other, _)| other.cmp(&code)) {
            Ok(place) => match &cards[place].1 {
                Card::Kept(kept) if !kept.is_old(now) => return Some(kept.answer.clone()),
                Card::Kept(_) => cards[place].1 = Card::Gathered,
                _ => return None,
            },
            Err(_) => {
                // Who scrolls through thousands keeps none that is old.
                cards.retain(|(_, card)| !matches!(card, Card::Kept(kept) if kept.is_old(now)));
                let place = cards.partition_point(|(other, _)| *other < code);
                cards.insert(place, (code, Card::Gathered));
            }
        }
        soon();
        None
    })
}

/// Sends what was gathered.
pub(crate) fn send_gathered() {
    let mut requests: Vec<(String, Vec<SubjectCode>)> = Vec::new();
    SERVERS.with_borrow_mut(|servers| {
        for (api, cards) in servers {
            let mut codes = Vec::new();
            for (code, card) in cards {
                if matches!(card, Card::Gathered) {
                    *card = Card::Asked;
                    // A dummy code may fail or be late, and takes no other along.
                    if Dummy::of(code).is_some() {
                        requests.push((api.clone(), vec![*code]));
                    } else {
                        codes.push(*code);
                    }
                }
            }
            for codes in codes.chunks(CARDS_GET_MAX) {
                requests.push((api.clone(), codes.to_vec()));
            }
        }
    });
    for (api, codes) in requests {
        request(api, codes);
    }
}

fn request(api: String, codes: Vec<SubjectCode>) {
    // Alone, the answer says why there is no card.
    let path = match codes.as_slice() {
        [code] => path::card(code),
        codes => path::cards(codes),
    };
    get(&[api.as_str(), &path].concat(), Way::Public, move |text| {
        let answers = if codes.len() == 1 {
            vec![text.map(Rc::from)]
        } else {
            let batch = text.and_then(|text| {
                let body = json::parse(&text).map_err(|_| FetchError::Answer)?;
                CardBatch::from_json(&body).ok_or(FetchError::Answer)
            });
            codes.iter().map(|code| of_batch(&batch, code)).collect()
        };
        with_cards(&api, |cards| {
            for (code, answer) in codes.iter().zip(answers) {
                if let Ok(place) = cards.binary_search_by(|(other, _)| other.cmp(code)) {
                    cards[place].1 = Card::Kept(Kept::new(answer));
                }
            }
        });
        soon();
    });
}

fn of_batch(batch: &Result<CardBatch, FetchError>, code: &SubjectCode) -> Answer {
    let batch = batch.as_ref().map_err(Clone::clone)?;
    let token = batch.token(code.as_str());
    token.map(Rc::from).ok_or_else(|| {
        let missing = code.problem().map_or("not-found", |problem| problem.code());
        FetchError::Refused(missing.to_owned())
    })
}
