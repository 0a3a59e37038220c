#![doc = include_str!("../README.md")]

// What `html!` writes names this crate, here too.
extern crate self as credit_parts;

pub use credit_markup::html;

pub mod amount;
pub mod button;
pub mod card;
pub mod chart;
pub mod choice;
pub mod date;
pub mod dialog;
pub mod error_summary;
pub mod field;
pub mod markup;
pub mod notice;
pub mod pager;
pub mod progress;
pub mod table;
pub mod tabs;

mod focus;
