#![doc = include_str!("../README.md")]

mod evidence;
mod judge;
mod roots;

pub use evidence::{Keys, List, ask_for_first_list, keys, list};
pub use judge::judge;
pub use roots::roots;
