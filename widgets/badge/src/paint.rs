//! A view as a picture. Everything is built anew: a card has some forty nodes.

use credit_api::path;
use credit_badge::mark;
use credit_badge::view::{Claim, View};
use credit_core::lang::{Lang, text};
use credit_element::attributes::{Common, Shadow, Size, Theme};
use credit_element::host::Host;
use credit_element::paint::Picture;

use crate::options::Kind;

/// Looks for an element whose attributes cannot be read.
fn plain() -> Common {
    Common {
        api: None,
        lang: Lang::ZhCn,
        theme: Theme::Auto,
        size: Size::Normal,
        shadow: Shadow::Open,
    }
}

/// The part of `<credit-verify>` that the verdict stands in.
pub(crate) const RESULT: &str = "result";

/// The part of a card that its pass stands in.
const PASS: &str = "pass";

/// Paints a verdict, and beside a card the pass that belongs to it.
pub(crate) fn view(host: Host, kind: Kind, view: &View, pass: Option<&str>, common: &Common) {
    let mut picture = Picture::new();
    match kind {
        Kind::Badge => badge(&mut picture, view, common),
        Kind::Card | Kind::Verify => card(&mut picture, view, common),
    }
    put(host, kind, &picture);
    // By itself, because it comes later, when somebody may be reading already.
    if let (Some(claim), Some(pass)) = (&view.claim, pass) {
        self::pass(host, claim, pass, common.lang);
    }
}

/// Paints where a visitor brings a document to.
pub(crate) fn desk(host: Host, common: &Common) {
    let say = |zh, en| text(zh, en).in_lang(common.lang);
    let mut picture = Picture::new();
    frame(&mut picture, "section", "desk", "none", common);
    picture.set("aria-label", say("信用码核验", "Check a credit pass"));
    picture.open("label field");
    picture.leaf(
        "span label",
        say(
            "粘贴信用码链接，或信用码、信用名片的内容",
            "Paste the link of a credit pass, or a pass or card itself",
        ),
    );
    picture.open("textarea text");
    picture.set("rows", "3");
    picture.set("spellcheck", "false");
    picture.set("autocomplete", "off");
    picture.tells("paste");
    picture.close();
    picture.close();
    picture.open("div ways");
    // Leaving the field is what tells; the button is where to go.
    picture.open("button check-now");
    picture.set("type", "button");
    picture.text(say("核验", "Check"));
    picture.close();
    picture.open("button camera-on");
    picture.set("type", "button");
    picture.tells("camera");
    picture.text(say("扫码", "Scan"));
    picture.close();
    picture.open("label file");
    picture.leaf("span label", say("打开文件", "Open a file"));
    picture.open("input");
    picture.set("type", "file");
    picture.set("accept", ".jwt,.txt,text/plain");
    picture.tells("file");
    picture.close();
    picture.close();
    picture.close();
    picture.open(&["div ", RESULT].concat());
    picture.set("aria-live", "polite");
    host.paint(&picture);
}

fn put(host: Host, kind: Kind, picture: &Picture) {
    if kind == Kind::Verify {
        host.paint_part(RESULT, picture);
    } else {
        host.paint(picture);
    }
}

/// Paints why there is nothing to show.
pub(crate) fn error(host: Host, kind: Kind, message: &str, common: &Common) {
    put(host, kind, &note(kind, message, common));
}

/// Paints what is wrong with the attributes, in place of everything.
pub(crate) fn refusal(host: Host, kind: Kind, message: &str) {
    host.paint(&note(kind, message, &plain()));
}

fn note(kind: Kind, message: &str, common: &Common) -> Picture {
    let mut picture = Picture::new();
    let shape = if kind == Kind::Badge { "badge" } else { "card" };
    frame(&mut picture, "div", shape, "none", common);
    picture.open("p error");
    picture.set("role", "status");
    picture.text(message);
    picture
}

fn frame(picture: &mut Picture, tag: &str, shape: &str, trust: &str, common: &Common) {
    picture.open(&[tag, " ", shape].concat());
    let class = [shape, " ", &common.looks(), " trust-", trust].concat();
    picture.set("class", &class);
    picture.set("lang", common.lang.tag());
}

fn stamp(picture: &mut Picture, view: &View, lang: Lang) {
    if view.is_test {
        picture.leaf("strong test", text("测试", "TEST").in_lang(lang));
    }
    picture.open("span mark");
    let paths = [
        ("outline", mark::outline(view.trust)),
        ("sign", mark::sign(view.trust)),
    ];
    picture.drawing("shape", &paths);
    picture.leaf("span word", view.word);
    picture.close();
}

fn badge(picture: &mut Picture, view: &View, common: &Common) {
    let page = view.claim.as_ref().and_then(|claim| claim.page.as_deref());
    let tag = if page.is_some() { "a" } else { "span" };
    frame(picture, tag, "badge", view.trust.code(), common);
    picture.set("title", view.sentence);
    if let Some(page) = page {
        picture.link(page);
    }
    if view.claim.is_none() {
        picture.set("role", "img");
        picture.set("aria-label", &view.accessible_name);
    }
    stamp(picture, view, common.lang);
    picture.open("span lines");
    match &view.claim {
        Some(claim) => {
            if let Some(stale) = &view.stale {
                picture.leaf("span stale", stale);
            }
            picture.leaf("span name", &claim.name);
            picture.open("span summary");
            picture.leaf("span piece", &claim.summary);
            for fact in &claim.key_facts {
                picture.text(" ");
                picture.leaf("span piece", fact);
            }
            picture.close();
            picture.open("span issued");
            // The end of validity is the card's to tell: a badge is a line.
            pieces(picture, &claim.issued[..2]);
        }
        None => picture.leaf("span summary", view.sentence),
    }
}

fn card(picture: &mut Picture, view: &View, common: &Common) {
    let lang = common.lang;
    frame(picture, "article", "card", view.trust.code(), common);
    picture.set("aria-label", &view.accessible_name);
    picture.open("div banner");
    stamp(picture, view, lang);
    picture.leaf("p sentence", view.sentence);
    picture.close();
    if let Some(stale) = &view.stale {
        picture.leaf("p stale", stale);
    }
    if let Some(claim) = &view.claim {
        self::claim(picture, claim, lang);
        picture.open(&["div ", PASS].concat());
        picture.close();
    }
    picture.open("details log");
    let title = text("核验记录", "What was checked").in_lang(lang);
    picture.leaf("summary log-title", title);
    picture.open("ul checks");
    for line in &view.log {
        picture.open("li check");
        picture.text(&[line.label, text("：", ": ").in_lang(lang), &line.outcome].concat());
        if let Some(of) = &line.evidence_of {
            picture.leaf("span evidence", &[" · ", of].concat());
        }
        picture.close();
    }
}

/// Pieces with a dot between them, which the style puts; a date is not broken at its
/// hyphens.
fn pieces(picture: &mut Picture, pieces: &[String]) {
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            picture.text(" ");
        }
        picture.leaf("span piece", piece);
    }
}

fn claim(picture: &mut Picture, claim: &Claim, lang: Lang) {
    picture.open("div head");
    // Not a heading: the page's outline is the page's.
    picture.leaf("p name", &claim.name);
    picture.open("p code");
    picture.text(&claim.code);
    if let Some(flag) = claim.code_flag {
        picture.leaf("span flag", flag);
    }
    picture.close();
    picture.leaf("p summary", &claim.summary);
    picture.close();
    if claim.rows.is_empty() && claim.has_facts {
        let none = text("来源没有提供其他信息。", "The source gives nothing else.");
        picture.leaf("p none", none.in_lang(lang));
    } else if !claim.rows.is_empty() {
        picture.open("dl facts");
        for row in &claim.rows {
            picture.open("div fact");
            picture.leaf("dt label", row.label);
            picture.open("dd value");
            picture.text(&row.value);
            picture.open("span source");
            pieces(picture, &row.source);
            for _ in 0..3 {
                picture.close();
            }
        }
        picture.close();
    }
    picture.open("p issued");
    pieces(picture, &claim.issued);
    if let Some(page) = &claim.page {
        picture.text(" ");
        let ask = text("到签发机构网站查询", "Ask the issuer's site");
        picture.open("a page");
        picture.link(page);
        picture.text(ask.in_lang(lang));
        picture.close();
    }
    picture.close();
}

/// 信用码: a picture to scan, and the same as a link.
fn pass(host: Host, claim: &Claim, pass: &str, lang: Lang) {
    let mut picture = Picture::new();
    let Some(page) = &claim.page else { return };
    // The issuer's address is the part of its page before the page.
    let issuer = page.strip_suffix(claim.code.as_str());
    let issuer = issuer.and_then(|issuer| issuer.strip_suffix("/s/"));
    let issuer = issuer.unwrap_or_default();
    let address = [issuer, path::VERIFY, "#", pass].concat();
    let title = text("信用码，扫码核验", "Credit pass, scan to verify").in_lang(lang);
    picture.open("a code-link");
    picture.link(&address);
    picture.set("aria-label", title);
    picture.qr("qr", &address);
    picture.close();
    picture.leaf("p note", title);
    host.paint_part(PASS, &picture);
}
