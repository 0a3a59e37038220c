//! Pages for people, as functions from data to markup. They work without
//! script and without style: the order of the text is the order of reading.
//! Our policy allows no inline script and no inline style, so there is none.

pub(crate) mod area;
pub(crate) mod frame;
pub(crate) mod front;
pub(crate) mod own;
pub(crate) mod print;
mod record;
pub(crate) mod reference;
pub(crate) mod refused;
pub(crate) mod report;
pub(crate) mod subject;
pub(crate) mod verify;

use credit_api::path;
use credit_core::lang::{Lang, Text, text};
use maud::{DOCTYPE, Markup, html};

const SKIP: Text = text("跳到正文", "Skip to the content");
const DISPLAY: Text = text("显示方式", "Display");
const LARGER: Text = text("大字版", "Larger text");
const SMALLER: Text = text("标准字号", "Standard text");
const FOOTER: Text = text(
    "本站仅公示依法可以公开的信用信息，不作评价或评分。",
    "This site publishes credit information only as far as the law allows; it neither rates nor scores.",
);
const BACK: Text = text("返回查询", "Back to the search");

/// How a reader wants pages; every link of a page hands it on, because no
/// cookie remembers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Presentation {
    /// 界面语言
    pub(crate) lang: Lang,
    /// 大字版
    pub(crate) is_large: bool,
}

/// What stands around the content of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout<'a> {
    /// Who runs the site.
    pub(crate) issuer: &'a str,
    /// What the page is about.
    pub(crate) title: &'a str,
    /// How the reader wants it.
    pub(crate) presentation: Presentation,
    /// Path and query of this page without `lang` and `size`, for the links to
    /// its other presentations.
    pub(crate) address: &'a str,
    /// Whether the loader of the elements is included.
    pub(crate) has_script: bool,
}

impl Presentation {
    /// The address of a page of ours in this presentation; `path` has neither
    /// `lang` nor `size` nor a fragment.
    pub(crate) fn address(self, path: &str) -> String {
        let mut address = path.to_owned();
        for (name, value) in self.parameters() {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(name);
            address.push('=');
            address.push_str(value);
        }
        address
    }

    /// What differs from the default, as parameters of an address.
    fn parameters(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let lang = (self.lang != Lang::default()).then(|| ("lang", self.lang.tag()));
        lang.into_iter()
            .chain(self.size().map(|size| ("size", size)))
    }

    /// The size in addresses, of elements and as class of the document.
    fn size(self) -> Option<&'static str> {
        self.is_large.then_some("large")
    }

    /// The colon of the language.
    fn colon(self) -> &'static str {
        text("：", ": ").in_lang(self.lang)
    }
}

/// A whole document around `body`.
pub(crate) fn document(layout: &Layout<'_>, body: &Markup) -> String {
    let presentation = layout.presentation;
    let lang = presentation.lang;
    let page = html! {
        (DOCTYPE)
        html.look.theme-auto.large[presentation.is_large] lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (layout.title) " · " (layout.issuer) }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/site.css";
                @if layout.has_script { (loader()) }
            }
            body {
                a.skip href="#main" { (SKIP.in_lang(lang)) }
                header {
                    a.issuer href=(presentation.address("/")) { (layout.issuer) }
                    (others(layout))
                }
                main id="main" tabindex="-1" { (body) }
                footer { p { (FOOTER.in_lang(lang)) } }
            }
        }
    };
    page.into_string()
}

/// Links to the same page in the other language and the other size.
fn others(layout: &Layout<'_>) -> Markup {
    let presentation = layout.presentation;
    let (other_lang, its_name) = match presentation.lang {
        Lang::ZhCn => (Lang::En, "English"),
        Lang::En => (Lang::ZhCn, "中文"),
    };
    let in_other_lang = Presentation {
        lang: other_lang,
        ..presentation
    };
    let in_other_size = Presentation {
        is_large: !presentation.is_large,
        ..presentation
    };
    let size = if presentation.is_large {
        SMALLER
    } else {
        LARGER
    };
    html! {
        nav aria-label=(DISPLAY.in_lang(presentation.lang)) {
            a href=(in_other_size.address(layout.address)) { (size.in_lang(presentation.lang)) }
            " "
            a href=(in_other_lang.address(layout.address)) lang=(other_lang.tag()) hreflang=(other_lang.tag()) {
                (its_name)
            }
        }
    }
}

/// The script that defines the elements.
fn loader() -> Markup {
    html! { script type="module" src=(path::EMBED.replace("{file}", "credit.js")) {} }
}

/// The way back to the front page.
fn back(presentation: Presentation) -> Markup {
    html! {
        p.back { a href=(presentation.address("/")) { (BACK.in_lang(presentation.lang)) } }
    }
}

/// An address on another site, shown in full. Only what begins as an address of
/// the web becomes a link: a feed must not bring in `javascript:`.
fn outside(address: &str) -> Markup {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    html! {
        @if is_web { a href=(address) rel="nofollow noopener" { (address) } }
        @else { (address) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hand_the_presentation_on() {
        let plain = Presentation::default();
        assert_eq!(plain.address("/?q=a"), "/?q=a");
        let other = Presentation {
            lang: Lang::En,
            is_large: true,
        };
        assert_eq!(other.address("/"), "/?lang=en&size=large");
        assert_eq!(other.address("/?q=a"), "/?q=a&lang=en&size=large");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(outside("javascript:x").into_string(), "javascript:x");
        assert!(outside("http://a.cn").into_string().starts_with("<a href"));
    }
}
