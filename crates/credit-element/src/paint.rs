//! Pictures: what an element shows, as a list of nodes that the shim builds.
//! Elements, attributes and text; never HTML from strings.

use credit_core::text::pieces;

/// A list of steps, each on a line: `<tag classes` opens an element, `=name
/// value` gives it an attribute, `'text` puts text in it, `#text` draws its QR
/// code, `>` closes it. What
/// stands in an `svg` is of its namespace. Classes are parts too, so that pages
/// can style what they see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture(String);

impl Picture {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The steps.
    #[must_use]
    pub fn list(&self) -> &str {
        &self.0
    }

    /// Opens an element: its tag, and its classes after a space.
    pub fn open(&mut self, tag_and_classes: &str) {
        self.step('<', &[tag_and_classes]);
    }

    /// Gives the element that is open an attribute.
    pub fn set(&mut self, name: &str, value: &str) {
        self.step('=', &[name, " ", value]);
    }

    /// Puts text into the element that is open.
    pub fn text(&mut self, text: &str) {
        self.step('\'', &[text]);
    }

    /// Closes the element that is open.
    pub fn close(&mut self) {
        self.step('>', &[]);
    }

    /// An element with text in it.
    pub fn leaf(&mut self, tag_and_classes: &str, text: &str) {
        self.open(tag_and_classes);
        self.text(text);
        self.close();
    }

    /// An element that a link to another page is.
    pub fn link(&mut self, address: &str) {
        self.set("href", address);
        self.set("target", "_blank");
        self.set("rel", "noopener");
    }

    /// A 24 × 24 drawing of `paths`, each with its class, hidden from screen
    /// readers.
    pub fn drawing(&mut self, class: &str, paths: &[(&str, &str)]) {
        self.step('<', &["svg ", class]);
        self.set("viewBox", "0 0 24 24");
        // As large as a letter where no style is let in.
        self.set("width", "24");
        self.set("aria-hidden", "true");
        for (class, path) in paths {
            self.step('<', &["path ", class]);
            self.set("d", path);
            self.close();
        }
        self.close();
    }

    /// The QR code of a text, in an element with that class. The shim fetches
    /// what draws it when it is first wanted.
    pub fn qr(&mut self, class: &str, text: &str) {
        self.step('<', &["svg ", class]);
        self.set("width", "224");
        self.set("aria-hidden", "true");
        self.step('#', &[text]);
        self.close();
    }

    /// Has the element that is open tell the Rust side what is done with it:
    /// `name` and its value or text.
    pub fn tells(&mut self, name: &str) {
        self.set("data-tells", name);
    }

    /// One line. Whatever a text says, it stays on its line: a line end in it
    /// would be a step of somebody else's.
    fn step(&mut self, kind: char, said: &[&str]) {
        self.0.push(kind);
        for piece in said {
            for (index, line) in pieces(piece, b"\n").into_iter().enumerate() {
                if index > 0 {
                    self.0.push(' ');
                }
                self.0.push_str(line);
            }
        }
        self.0.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_step() {
        let mut picture = Picture::new();
        picture.open("p note");
        picture.text("a\n<script\n=href javascript:x");
        picture.close();
        assert_eq!(
            picture.list(),
            "<p note\n'a <script =href javascript:x\n>\n"
        );
    }
}
