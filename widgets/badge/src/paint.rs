//! A view as DOM. Everything is built anew: a card has some forty nodes.

use credit_badge::mark;
use credit_badge::view::{Claim, View};
use credit_core::lang::{Lang, text};
use credit_core::trust::Trust;
use credit_element::attributes::{Common, Shadow, Size, Theme};
use credit_element::dom::Builder;
use web_sys::Element;

use crate::options::Kind;

/// Looks for an element whose attributes cannot be read.
pub(crate) fn plain() -> Common {
    Common {
        api: None,
        lang: Lang::ZhCn,
        theme: Theme::Auto,
        size: Size::Normal,
        shadow: Shadow::Open,
    }
}

/// Paints a verdict.
pub(crate) fn view(root: &Element, kind: Kind, view: &View, common: &Common) {
    let Some(build) = fresh(root) else { return };
    // Nothing follows from a node that the browser refused to build.
    let _ = match kind {
        Kind::Badge => badge(&build, root, view, common),
        Kind::Card => card(&build, root, view, common),
    };
}

/// Paints why there is nothing to show.
pub(crate) fn error(root: &Element, kind: Kind, message: &str, common: &Common) {
    let Some(build) = fresh(root) else { return };
    let shape = if kind == Kind::Badge { "badge" } else { "card" };
    let Some(frame) = frame(&build, root, "div", shape, "none", common) else {
        return;
    };
    if let Some(note) = build.text(&frame, "p", "error", message) {
        let _ = note.set_attribute("role", "status");
    }
}

fn fresh(root: &Element) -> Option<Builder> {
    root.set_text_content(None);
    Builder::of(root)
}

fn frame(
    build: &Builder,
    root: &Element,
    tag: &str,
    shape: &str,
    trust: &str,
    common: &Common,
) -> Option<Element> {
    let frame = build.element(root, tag, shape)?;
    let class = format!(
        "{shape} {} {} trust-{trust}",
        common.theme.class(),
        common.size.class()
    );
    frame.set_attribute("class", &class).ok()?;
    frame.set_attribute("lang", common.lang.tag()).ok()?;
    Some(frame)
}

fn stamp(build: &Builder, parent: &Element, trust: Trust, word: &str) -> Option<Element> {
    let stamp = build.element(parent, "span", "mark")?;
    let _ = build.drawing(
        &stamp,
        "shape",
        &[
            ("outline", mark::outline(trust)),
            ("sign", mark::sign(trust)),
        ],
    );
    let _ = build.text(&stamp, "span", "word", word);
    Some(stamp)
}

fn badge(build: &Builder, root: &Element, view: &View, common: &Common) -> Option<()> {
    let trust = view.trust.code();
    let page = view.claim.as_ref().and_then(|claim| claim.page.as_deref());
    let tag = if page.is_some() { "a" } else { "span" };
    let frame = frame(build, root, tag, "badge", trust, common)?;
    frame.set_attribute("title", view.sentence).ok()?;
    match &view.claim {
        Some(claim) => {
            if let Some(page) = page {
                link_to(&frame, page)?;
            }
            stamp(build, &frame, view.trust, view.word)?;
            let lines = build.element(&frame, "span", "lines")?;
            let _ = build.text(&lines, "span", "name", &claim.name);
            let _ = build.text(&lines, "span", "summary", &claim.summary);
            let issued = build.element(&lines, "span", "issued")?;
            // The end of validity is the card's to tell: a badge is a line.
            pieces(build, &issued, &claim.issued[..2]);
        }
        None => {
            frame.set_attribute("role", "img").ok()?;
            frame
                .set_attribute("aria-label", &view.accessible_name)
                .ok()?;
            stamp(build, &frame, view.trust, view.word)?;
            let lines = build.element(&frame, "span", "lines")?;
            let _ = build.text(&lines, "span", "summary", view.sentence);
        }
    }
    Some(())
}

fn card(build: &Builder, root: &Element, view: &View, common: &Common) -> Option<()> {
    let lang = common.lang;
    let frame = frame(build, root, "article", "card", view.trust.code(), common)?;
    frame
        .set_attribute("aria-label", &view.accessible_name)
        .ok()?;
    let banner = build.element(&frame, "div", "banner")?;
    stamp(build, &banner, view.trust, view.word)?;
    let _ = build.text(&banner, "p", "sentence", view.sentence);
    if let Some(claim) = &view.claim {
        self::claim(build, &frame, claim, lang)?;
    }
    let details = build.element(&frame, "details", "log")?;
    let title = text("核验记录", "What was checked").in_lang(lang);
    let _ = build.text(&details, "summary", "log-title", title);
    let list = build.element(&details, "ul", "checks")?;
    for line in &view.log {
        let item = build.element(&list, "li", "check")?;
        build.characters(&item, &format!("{}：{}", line.label, line.outcome));
        if let Some(of) = &line.evidence_of {
            let _ = build.text(&item, "span", "evidence", &format!(" · {of}"));
        }
    }
    Some(())
}

fn link_to(link: &Element, page: &str) -> Option<()> {
    for (name, value) in [("href", page), ("target", "_blank"), ("rel", "noopener")] {
        link.set_attribute(name, value).ok()?;
    }
    Some(())
}

/// Pieces with a dot between them; a date is not broken at its hyphens.
fn pieces(build: &Builder, parent: &Element, pieces: &[String]) {
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            build.characters(parent, " · ");
        }
        let _ = build.text(parent, "span", "piece", piece);
    }
}

fn claim(build: &Builder, frame: &Element, claim: &Claim, lang: Lang) -> Option<()> {
    let head = build.element(frame, "div", "head")?;
    // Not a heading: the page's outline is the page's.
    let _ = build.text(&head, "p", "name", &claim.name);
    let code = build.element(&head, "p", "code")?;
    build.characters(&code, &claim.code);
    if let Some(flag) = claim.code_flag {
        let _ = build.text(&code, "span", "flag", flag);
    }
    let _ = build.text(&head, "p", "summary", &claim.summary);
    if claim.rows.is_empty() {
        let none = text("来源没有提供其他信息。", "The source gives nothing else.");
        let _ = build.text(frame, "p", "none", none.in_lang(lang));
    } else {
        let rows = build.element(frame, "dl", "facts")?;
        for row in &claim.rows {
            let pair = build.element(&rows, "div", "fact")?;
            let _ = build.text(&pair, "dt", "label", row.label);
            let value = build.text(&pair, "dd", "value", &row.value)?;
            let source = build.element(&value, "span", "source")?;
            pieces(build, &source, &row.source);
        }
    }
    let foot = build.element(frame, "p", "issued")?;
    pieces(build, &foot, &claim.issued);
    if let Some(page) = &claim.page {
        build.characters(&foot, " · ");
        let ask = text("到签发机构网站查询", "Ask the issuer's site");
        let link = build.text(&foot, "a", "page", ask.in_lang(lang))?;
        link_to(&link, page)?;
    }
    Some(())
}
