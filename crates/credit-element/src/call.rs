//! What the shim tells a bundle. A bundle has one function for all of it,
//! `tell(what, number, text, status, more)`: each function of its own costs glue for
//! every text it takes. The numbers are those of `widgets/shim/calls.js`.

/// The instance is called `number`.
pub const BEGIN: u32 = 0;
/// The element `number` comes to life; the text is what [`Start`] reads.
pub const START: u32 = 1;
/// The attributes of the element `number` changed; the text is all of them.
pub const UPDATE: u32 = 2;
/// All work for the element `number` ends.
pub const DESTROY: u32 = 3;
/// A visitor did something in the element `number`; the text is what and with which
/// value, a NUL between them.
pub const TOLD: u32 = 4;
/// The request `number` was answered with `status` and text; after `more` seconds
/// it may be sent again.
pub const ANSWERED: u32 = 5;
/// The moment that was asked for has come.
pub const TICK: u32 = 6;
/// An element is on the page and far off; the text is the server's address, a NUL
/// and its attributes.
pub const EXPECT: u32 = 7;
/// Status lists may be over: what is shown is checked again.
pub const AGAIN: u32 = 8;

/// An element that comes to life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start<'a> {
    /// Its name.
    pub tag: &'a str,
    /// The server that the loader came from.
    pub api: &'a str,
    /// The roots that the loader pins.
    pub roots: &'a str,
    /// Its attributes, names and values in turn, a NUL behind each.
    pub attributes: &'a str,
}

impl<'a> Start<'a> {
    /// Reads it.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let (tag, text) = parted(text);
        let (api, text) = parted(text);
        let (roots, attributes) = parted(text);
        Self {
            tag,
            api,
            roots,
            attributes,
        }
    }
}

/// What stands before the first NUL, and after it.
#[must_use]
pub fn parted(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| byte == 0);
    let rest = end.and_then(|end| text.get(end + 1..));
    let first = end.and_then(|end| text.get(..end));
    (first.unwrap_or(text), rest.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_has_its_parts() {
        let start = Start::read("credit-badge\0https://a\0r1 r2\0code\09\0");
        assert_eq!(start.tag, "credit-badge");
        assert_eq!(start.api, "https://a");
        assert_eq!(start.roots, "r1 r2");
        assert_eq!(start.attributes, "code\09\0");
        assert_eq!(Start::read("").attributes, "");
    }
}
