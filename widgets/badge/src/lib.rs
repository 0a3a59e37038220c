#![doc = include_str!("../README.md")]

mod memory;
mod mount;
mod options;
mod paint;

pub use mount::tell;
pub use options::{About, Kind, Options};

/// Small rather than fast: the standard one is a thirtieth of the bundle.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
