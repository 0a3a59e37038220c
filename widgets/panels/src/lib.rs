#![doc = include_str!("../README.md")]

mod asking;
mod inspect;
mod list;
mod mount;
mod options;
mod own;
mod panel;
mod perks;
mod piece;
mod query;
mod reading;
mod record;
mod stage;
mod trace;
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
