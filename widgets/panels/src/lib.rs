#![doc = include_str!("../README.md")]

mod inspect;
mod list;
mod mount;
mod options;
mod own;
mod panel;
mod perks;
mod query;
mod reading;
mod record;
mod stage;
mod trace;
mod wall;

pub use mount::tell;
pub use options::{
    InspectOptions, ListOptions, Options, PerksOptions, QueryLink, QueryOptions, TraceOptions,
    WallMode, WallOptions,
};
