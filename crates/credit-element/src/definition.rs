//! What an element is called, takes and says: the facts that the shim's table,
//! the documentation and the contract suite are compared with.

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its name.
    pub tag: &'static str,
    /// The bundle that it lives in.
    pub bundle: &'static str,
    /// Its own attributes, beside [`COMMON_ATTRIBUTES`].
    pub attributes: &'static [&'static str],
    /// Events that it sends, beside `credit-ready` and `credit-error`.
    pub events: &'static [&'static str],
}

/// Attributes of every element.
pub const COMMON_ATTRIBUTES: [&str; 5] = ["api", "lang", "theme", "size", "shadow"];
