#![doc = include_str!("../README.md")]

use credit_badge::qr::Qr;
use wasm_bindgen::prelude::*;

/// The QR code of `text`: modules of a side, a space, and the dark ones as path
/// data; nothing where no code has room for it.
#[wasm_bindgen]
#[must_use]
pub fn draw(text: &str) -> Option<String> {
    let qr = Qr::of(text).ok()?;
    Some([&qr.side.to_string(), " ", &qr.path].concat())
}
