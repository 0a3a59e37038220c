#![doc = include_str!("../README.md")]

pub mod path;

pub mod body;
pub mod cards;

pub mod problem;
