#![doc = include_str!("../README.md")]

use std::cell::Cell;

mod cards;
mod own;
mod public;
mod request;
mod shared;

pub use cards::card;
pub use own::{own_get, own_post};
pub use public::{ask, post};
pub use request::{FetchError, Reply, answered, begin, clock, later, now, soon};
pub use shared::{Answer, document, forget_key_set, key_set};

thread_local! {
    static ARRIVAL: Cell<fn()> = const { Cell::new(|| {}) };
}

/// Names what is called whenever cards or documents have arrived, and after
/// [`soon`] or [`later`].
pub fn on_arrival(work: fn()) {
    ARRIVAL.set(work);
}

/// The moment of [`soon`] or [`later`] has come.
pub fn tick() {
    request::now_is_later();
    cards::send_gathered();
    ARRIVAL.get()();
}
