//! `/embed/v1/frame/{element}`: a document with one element and nothing else,
//! for sites that may show frames but no foreign script.

use std::str::FromStr;

use credit_api::path;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Text, text};
use credit_core::subject::UnknownWord;
use maud::{DOCTYPE, Markup, html};

use super::{Presentation, loader};

const OPEN_SUBJECT: Text = text("查看信用信息", "See the credit information");
const OPEN_SEARCH: Text = text("打开信用查询", "Open the credit search");

/// An element that can stand in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameElement {
    /// In a line of text.
    Badge,
    /// A block.
    Card,
    /// 信用报告
    Report,
    /// The search.
    Query,
}

/// What a frame shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// The element.
    pub(crate) element: FrameElement,
    /// Whom it is about.
    pub(crate) code: Option<SubjectCode>,
    /// What is searched for at the beginning.
    pub(crate) query: Option<&'a str>,
    /// 配色; the element itself says what is wrong with it.
    pub(crate) theme: Option<&'a str>,
    /// Who runs the site.
    pub(crate) issuer: &'a str,
    /// How the reader wants it.
    pub(crate) presentation: Presentation,
}

impl FrameElement {
    const ALL: [Self; 4] = [Self::Badge, Self::Card, Self::Report, Self::Query];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Badge => "credit-badge",
            Self::Card => "credit-card",
            Self::Report => "credit-report",
            Self::Query => "credit-query",
        }
    }
}

impl FromStr for FrameElement {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|element| element.name() == text)
            .ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

/// The document of a frame.
pub(crate) fn frame(frame: &Frame<'_>) -> String {
    let lang = frame.presentation.lang;
    let page = html! {
        (DOCTYPE)
        html.frame.large[frame.presentation.is_large] lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="responsive-embedded-sizing";
                title { (frame.issuer) }
                link rel="stylesheet" href="/assets/site.css";
                (loader())
                script type="module" src="/assets/frame.js" {}
            }
            body { (element(frame)) }
        }
    };
    page.into_string()
}

fn element(frame: &Frame<'_>) -> Markup {
    let presentation = frame.presentation;
    let (lang, size) = (presentation.lang.tag(), presentation.size());
    html! {
        @match frame.element {
            FrameElement::Badge => {
                credit-badge code=[frame.code] lang=(lang) size=[size] theme=[frame.theme] {
                    (fallback(frame))
                }
            }
            FrameElement::Card => {
                credit-card code=[frame.code] lang=(lang) size=[size] theme=[frame.theme] {
                    (fallback(frame))
                }
            }
            FrameElement::Report => {
                credit-report code=[frame.code] lang=(lang) size=[size] theme=[frame.theme] {
                    (fallback(frame))
                }
            }
            FrameElement::Query => {
                credit-query code=[frame.code] q=[frame.query] lang=(lang) size=[size] theme=[frame.theme] {
                    (fallback(frame))
                }
            }
        }
    }
}

/// A link out of the frame: our whole pages let nobody frame them.
fn fallback(frame: &Frame<'_>) -> Markup {
    let (address, words) = match &frame.code {
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

    #[test]
    fn only_our_elements_are_framed() {
        for element in FrameElement::ALL {
            assert_eq!(element.name().parse(), Ok(element));
        }
        assert!("credit-badge><script".parse::<FrameElement>().is_err());
    }

    #[test]
    fn values_stay_values() {
        let text = frame(&Frame {
            element: FrameElement::Query,
            code: None,
            query: Some("\"><script>"),
            theme: None,
            issuer: "a",
            presentation: Presentation::default(),
        });
        assert!(text.contains("q=\"&quot;&gt;&lt;script&gt;\""), "{text}");
    }
}
