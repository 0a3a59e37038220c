#![doc = include_str!("../README.md")]

pub mod amount;
pub mod button;
pub mod card;
pub mod chart;
pub mod choice;
pub mod date;
pub mod dialog;
pub mod error_summary;
pub mod field;
pub mod notice;
pub mod pager;
pub mod progress;
pub mod table;
pub mod tabs;

mod focus;
