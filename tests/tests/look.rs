//! The one visual language: what `widgets/look/tokens.css` says, held against WCAG.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use credit_element::definition::PROPERTIES;

type Tokens = BTreeMap<String, String>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn look() -> String {
    fs::read_to_string(root().join("widgets/look/tokens.css")).unwrap()
}

/// The custom properties of every block whose selector is `selector`, the last one
/// counting.
fn tokens(css: &str, selector: &str) -> Vec<Tokens> {
    let mut found = Vec::new();
    // What stands before the first of them is no block of it.
    for part in css.split(selector).skip(1) {
        let after = part.trim_start();
        if !after.starts_with('{') {
            continue;
        }
        let block = after[1..].split('}').next().unwrap();
        let mut tokens = Tokens::new();
        for line in block.split(';') {
            if let Some((name, value)) = line.split_once(':') {
                let name = name.trim().rsplit("*/").next().unwrap().trim();
                if let Some(name) = name.strip_prefix("--") {
                    tokens.insert(name.to_owned(), value.trim().to_owned());
                }
            }
        }
        found.push(tokens);
    }
    assert!(!found.is_empty(), "no block of {selector}");
    found
}

/// The colours of a theme by name, without what pages may set.
fn theme(blocks: &[&Tokens]) -> BTreeMap<String, [f64; 3]> {
    let mut colours = BTreeMap::new();
    for block in blocks {
        for (name, value) in *block {
            if let Some(hex) = value.strip_prefix('#') {
                let part = |from: usize| {
                    let byte = u8::from_str_radix(&hex[from..from + 2], 16).unwrap();
                    f64::from(byte) / 255.0
                };
                let name = name.trim_start_matches('_').to_owned();
                colours.insert(name, [part(0), part(2), part(4)]);
            }
        }
    }
    colours
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_can_be_read_in_every_theme() {
    let css = look();
    let light = tokens(&css, ".look ").remove(0);
    let dark = tokens(&css, ".look.theme-dark, .look.theme-contrast").remove(0);
    let contrasts = tokens(&css, "  .look.theme-contrast").remove(0);
    for (name, blocks, least) in [
        ("light", vec![&light], 4.5),
        ("dark", vec![&light, &dark], 4.5),
        // Who chooses it wants the enhanced one, SC 1.4.6.
        ("contrast", vec![&light, &dark, &contrasts], 7.0),
    ] {
        let colours = theme(&blocks);
        let mut pairs = vec![("on-accent", "accent")];
        for text in ["ink", "quiet", "accent", "good", "doubt", "bad"] {
            pairs.extend([(text, "paper"), (text, "wash")]);
        }
        pairs.push(("ink", "glow"));
        for (text, ground) in pairs {
            let found = contrast(colours[text], colours[ground]);
            assert!(
                found >= least,
                "{name}: {text} on {ground} has a contrast of {found:.2}, at least {least} is asked for"
            );
        }
        // Borders of what can be filled in or pressed, SC 1.4.11.
        let found = contrast(colours["line"], colours["paper"]);
        assert!(found >= 3.0, "{name}: line on paper has {found:.2}");
    }
}

#[test]
fn dark_is_the_same_by_choice_and_by_device() {
    let css = look();
    let chosen = tokens(&css, ".look.theme-dark, .look.theme-contrast").remove(0);
    let device = tokens(&css, "  .look.theme-auto")
        .into_iter()
        .find(|block| block.contains_key("_ink"))
        .unwrap();
    assert_eq!(chosen, device);
}

#[test]
fn what_pages_may_set_is_what_is_documented() {
    let css = look();
    for property in PROPERTIES {
        assert!(
            css.contains(&format!("var({},", property.name)),
            "nothing takes {}",
            property.name
        );
    }
    let used = css.matches("var(--credit-").count();
    assert_eq!(used, PROPERTIES.len(), "something undocumented can be set");
}

#[test]
fn colours_are_said_nowhere_else() {
    for folder in ["widgets", "www"] {
        for path in styles(&root().join(folder)) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if ["tokens.css", "pages.css"].contains(&name.as_str())
                || path.components().any(|part| part.as_os_str() == "dist")
            {
                continue;
            }
            let css = fs::read_to_string(&path).unwrap();
            for (number, line) in css.lines().enumerate() {
                for place in line.match_indices('#').map(|(place, _)| place) {
                    let digits = line[place + 1..]
                        .chars()
                        .take_while(char::is_ascii_hexdigit)
                        .count();
                    let colour = &line[place..=place + digits];
                    // Paper and ink of a printer, and a code that has to be scanned.
                    let is_plain = ["#000", "#fff", "#999"].contains(&colour);
                    assert!(
                        digits < 3 || is_plain,
                        "{}:{}: {colour}",
                        path.display(),
                        number + 1
                    );
                }
            }
        }
    }
}

fn styles(folder: &PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(styles(&path));
        } else if path.extension().is_some_and(|ending| ending == "css") {
            found.push(path);
        }
    }
    found
}
