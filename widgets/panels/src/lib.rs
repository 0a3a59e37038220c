#![doc = include_str!("../README.md")]
// A bundle with one half does not use all that the halves share.
#![cfg_attr(not(all(feature = "query", feature = "district")), allow(dead_code))]

#[cfg(feature = "district")]
mod asking;
#[cfg(feature = "district")]
mod inspect;
#[cfg(feature = "district")]
mod list;
mod mount;
mod options;
#[cfg(feature = "query")]
mod own;
mod panel;
#[cfg(feature = "district")]
mod perks;
mod piece;
#[cfg(feature = "query")]
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
