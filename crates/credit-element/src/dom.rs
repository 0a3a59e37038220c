//! Building nodes: elements and text, never HTML from strings.

use web_sys::{Document, Element};

/// Namespace of SVG elements.
const SVG: &str = "http://www.w3.org/2000/svg";

/// Builds nodes of one document. A call that the browser refuses builds
/// nothing; there is no way to go on from it and nothing of ours to lose.
#[derive(Clone, Debug)]
pub struct Builder(Document);

impl Builder {
    /// A builder for the document that `root` belongs to.
    #[must_use]
    pub fn of(root: &Element) -> Option<Self> {
        root.owner_document().map(Self)
    }

    /// `<tag class="…">text</tag>` at the end of `parent`.
    #[must_use]
    pub fn text(&self, parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
        let element = self.element(parent, tag, class)?;
        element.set_text_content(Some(text));
        Some(element)
    }

    /// `<tag class="…">` at the end of `parent`.
    #[must_use]
    pub fn element(&self, parent: &Element, tag: &str, class: &str) -> Option<Element> {
        let element = self.0.create_element(tag).ok()?;
        if !class.is_empty() {
            element.set_attribute("class", class).ok()?;
            // A part for every class, so that pages can style what they see.
            element.set_attribute("part", class).ok()?;
        }
        parent.append_child(&element).ok()?;
        Some(element)
    }

    /// A text node at the end of `parent`.
    pub fn characters(&self, parent: &Element, text: &str) {
        let _ = parent.append_child(&self.0.create_text_node(text));
    }

    /// A 24 × 24 drawing of `paths`, each with its class, hidden from screen readers.
    #[must_use]
    pub fn drawing(
        &self,
        parent: &Element,
        class: &str,
        paths: &[(&str, &str)],
    ) -> Option<Element> {
        let svg = self.0.create_element_ns(Some(SVG), "svg").ok()?;
        for (name, value) in [
            ("viewBox", "0 0 24 24"),
            ("aria-hidden", "true"),
            ("class", class),
            ("part", class),
        ] {
            svg.set_attribute(name, value).ok()?;
        }
        for (class, path) in paths {
            let element = self.0.create_element_ns(Some(SVG), "path").ok()?;
            element.set_attribute("class", class).ok()?;
            element.set_attribute("d", path).ok()?;
            svg.append_child(&element).ok()?;
        }
        parent.append_child(&svg).ok()?;
        Some(svg)
    }
}
