//! Makes sure that the folder of the widgets exists, so that a development
//! build finds later what is built into it, and has a release build compiled
//! anew when the widgets were.
#![allow(
    clippy::print_stdout,
    reason = "a build script talks to cargo by printing"
)]

use std::path::Path;
use std::{env, fs};

fn main() -> std::io::Result<()> {
    let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let widgets = Path::new(&manifest).join("../../www/dist/embed");
    fs::create_dir_all(&widgets)?;
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!(
            "cargo::rerun-if-changed={}",
            widgets.join("v1/release.txt").display()
        );
    }
    Ok(())
}
