//! Issuing: native only.

mod documents;
mod signer;
mod window;

pub use documents::{StatusBits, key_set, status_list};
pub use signer::Signer;
pub use window::window;
