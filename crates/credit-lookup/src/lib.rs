#![doc = include_str!("../README.md")]

pub mod cli;
pub mod commands;

pub mod dummies;
pub mod feed;
pub mod http;
pub mod identity;
pub mod issuer;
pub mod keys;
pub mod names;
pub mod numbers;
pub mod search;
pub mod settings;
pub mod store;

pub mod background;
pub mod clock;
mod input;
pub mod terminal;
