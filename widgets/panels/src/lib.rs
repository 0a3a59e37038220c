#![doc = include_str!("../README.md")]
// A bundle with one half does not use all that the halves share.
#![cfg_attr(not(all(feature = "subject", feature = "district")), allow(dead_code))]

mod asking;
#[cfg(feature = "district")]
mod inspect;
#[cfg(feature = "district")]
mod list;
mod mount;
mod options;
#[cfg(feature = "subject")]
mod own;
mod panel;
#[cfg(feature = "subject")]
mod perks;
mod piece;
#[cfg(feature = "subject")]
mod query;
mod reading;
mod record;
mod stage;
#[cfg(feature = "district")]
mod trace;
#[cfg(feature = "district")]
mod wall;

/// Small rather than fast, as in the badge.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

pub use mount::tell;
pub use options::{
    InspectOptions, ListOptions, Options, PerksOptions, QueryLink, QueryOptions, TraceOptions,
    WallMode, WallOptions,
};
