//! What stands between strangers and the handlers: who asks, how often, over
//! how many connections, and for how long.

mod client;
mod edge;
mod listen;
mod rate;

pub(super) use client::Client;
pub(super) use edge::{Door, Peer, edge, language};
pub use listen::{Connections, serve};
pub(super) use rate::Limiter;
pub use rate::{RateError, RateLimit};
