#![doc = include_str!("../README.md")]

mod mount;
mod options;
mod paint;

pub use mount::tell;
pub use options::Options;

/// Small rather than fast, as in the badge.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
