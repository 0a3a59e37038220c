#![doc = include_str!("../README.md")]

pub mod path;

pub mod body;
pub mod cards;
pub mod district;
pub mod read;
pub mod self_query;

pub mod problem;
