//! Rules as data: what outsiders may see and how long (`data/publication.txt`),
//! how long it is kept at all (`data/retention.txt`),
//! which days are worked (`data/calendar.txt`) and how many of them a record may take
//! (`data/timeliness.txt`), what lists there are and on what they rest
//! (`data/lists.txt`), what the catalogue of credit information has
//! (`data/catalogue.txt`),
//! what a card and a report say of records (`data/card.txt`, `data/report.txt`).

mod calendar;
mod catalogue;
mod chapters;
mod highlights;
mod lists;
mod perks;
mod publication;
mod retention;
mod timeliness;

pub use calendar::{Calendar, calendar};
pub use catalogue::{Catalogue, CatalogueClass, CatalogueDataset, catalogue};
pub use chapters::{chapters, notes, purposes};
pub use highlights::highlights;
pub use lists::{List, lists};
pub use perks::{Perk, perk, same_scheme};
pub use publication::{Hidden, Rule, Show, Visibility, earliest_repair, rules, visible};
pub use retention::{Retention, retention};
pub use timeliness::{Term, term, terms};
