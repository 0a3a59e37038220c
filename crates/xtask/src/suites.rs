//! `cargo xtask test`
use anyhow::Result;
pub(crate) fn run(_long: bool, _only: Option<&str>) -> Result<()> {
    Ok(())
}
