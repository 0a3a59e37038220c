#![doc = include_str!("../README.md")]

mod gallery;
mod states;

use credit_core::lang::Lang;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use gallery::{Gallery, Properties};

/// Shows the states of `part` in `root`.
#[wasm_bindgen]
pub fn show(part: &str, lang: &str, theme: &str, size: &str, root: Element) {
    let properties = Properties {
        part: part.to_owned(),
        lang: lang.parse().unwrap_or(Lang::ZhCn),
        look: format!("look theme-{theme} size-{size}"),
    };
    yew::Renderer::<Gallery>::with_root_and_props(root, properties).render();
}
