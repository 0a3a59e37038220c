//! Rules as data: what outsiders may see and how long (`data/publication.txt`),
//! how long it is kept at all (`data/retention.txt`),
//! which days are worked (`data/calendar.txt`),
//! what a card and a report say of records (`data/card.txt`, `data/report.txt`).

mod calendar;
mod chapters;
mod highlights;
mod perks;
mod publication;
mod retention;

pub use calendar::{Calendar, calendar};
pub use chapters::{chapters, notes, purposes};
pub use highlights::highlights;
pub use perks::{Perk, perk, same_scheme};
pub use publication::{Hidden, Rule, Show, Visibility, earliest_repair, rules, visible};
pub use retention::{Retention, retention};
