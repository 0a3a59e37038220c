//! `/embed/v1/frame/{element}`: a document with one element and nothing else,
//! for sites that may show frames but no foreign script.

use credit_api::path;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Text, text};
use credit_element::definition::{Definition, ELEMENTS};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Presentation, loader};

const OPEN_SUBJECT: Text = text("查看信用信息", "See the credit information");
const OPEN_SEARCH: Text = text("打开信用查询", "Open the credit search");

/// Attributes that a frame does not hand on: it shows what this server says and
/// whom it believes, or an address of ours could call anybody's card a forgery; and
/// nobody looks into its element.
const KEPT_BACK: [&str; 3] = ["api", "issuer", "shadow"];

/// What a frame shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// The element.
    pub(crate) element: &'static Definition,
    /// What it is told: names and values as in the address. The element itself says
    /// what is wrong with them.
    pub(crate) attributes: &'a [(String, String)],
    /// Who runs the site.
    pub(crate) issuer: &'a str,
    /// How the reader wants it.
    pub(crate) presentation: Presentation,
}

/// The element of that name, if it may stand in a frame.
pub(crate) fn element(name: &str) -> Option<&'static Definition> {
    let mut framed = ELEMENTS.iter().filter(|element| element.is_framed);
    framed.find(|element| element.tag == name)
}

/// The document of a frame.
pub(crate) fn frame(frame: &Frame<'_>) -> String {
    let lang = frame.presentation.lang;
    let tag = frame.element.tag;
    let mut opening = format!("<{tag}");
    for (name, value) in attributes(frame) {
        let value = html! { (value) }.into_string();
        opening += &format!(" {name}=\"{value}\"");
    }
    let page = html! {
        (DOCTYPE)
        html.look.theme-auto.frame.large[frame.presentation.is_large] lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="responsive-embedded-sizing";
                title { (frame.issuer) }
                link rel="stylesheet" href="/assets/site.css";
                (loader())
                script type="module" src="/assets/frame.js" {}
            }
            body {
                (PreEscaped(opening + ">"))
                (fallback(frame))
                (PreEscaped(format!("</{tag}>")))
            }
        }
    };
    page.into_string()
}

/// What the element is told, in the order of its definition; of a name that is
/// there twice, the first counts.
fn attributes<'a>(frame: &Frame<'a>) -> impl Iterator<Item = (&'static str, &'a str)> {
    let given = frame.attributes;
    frame.element.all_attributes().filter_map(move |attribute| {
        let name = attribute.name;
        let (_, value) = given.iter().find(|(given, _)| given == name)?;
        (!KEPT_BACK.contains(&name)).then_some((name, value.as_str()))
    })
}

/// A link out of the frame: our whole pages let nobody frame them.
fn fallback(frame: &Frame<'_>) -> Markup {
    let code = attributes(frame).find(|(name, _)| *name == "code");
    let code = code.and_then(|(_, code)| SubjectCode::as_published(code).ok());
    let (address, words) = match &code {
        Some(code) => (path::page(code), OPEN_SUBJECT),
        None => ("/".to_owned(), OPEN_SEARCH),
    };
    let address = frame.presentation.address(&address);
    html! {
        a href=(address) target="_blank" rel="noopener" { (words.in_lang(frame.presentation.lang)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tag: &str, attributes: &[(&str, &str)]) -> String {
        let attributes: Vec<(String, String)> = attributes
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        frame(&Frame {
            element: element(tag).unwrap(),
            attributes: &attributes,
            issuer: "a",
            presentation: Presentation::default(),
        })
    }

    #[test]
    fn only_elements_for_pages_of_others_are_framed() {
        for tag in [
            "credit-badge",
            "credit-card",
            "credit-verify",
            "credit-report",
            "credit-query",
        ] {
            assert_eq!(element(tag).unwrap().tag, tag);
        }
        for tag in ["credit-self", "credit-badge><script", ""] {
            assert!(element(tag).is_none(), "{tag}");
        }
    }

    #[test]
    fn values_stay_values() {
        let text = shown("credit-query", &[("q", "\"><script>"), ("theme", "dark")]);
        let opening = "<credit-query q=\"&quot;&gt;&lt;script&gt;\" theme=\"dark\">";
        assert!(text.contains(opening), "{text}");
    }

    #[test]
    fn no_other_server_speaks_in_a_frame_of_ours() {
        let text = shown(
            "credit-card",
            &[
                ("api", "https://b.cn"),
                ("shadow", "closed"),
                ("issuer", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                ("onclick", "x"),
                ("lang", "en"),
            ],
        );
        assert!(text.contains("<credit-card lang=\"en\"><a"), "{text}");
    }
}
