#![doc = include_str!("../README.md")]

mod outcome;
mod paint;
mod rows;
mod work;

pub use work::{begin, close, finish, push, take, told, turn, view};

#[cfg(test)]
mod tests;

/// Small rather than fast, as in the badge.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
