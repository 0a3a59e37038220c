//! Issuing: native only.

mod documents;
mod signer;
mod window;

pub use documents::{StatusBits, StatusFacts, key_set, key_set_payload, status_list};
pub use signer::Signer;
pub use window::window;
