//! A report as a picture: cover, overview, chapters, advice, notes, checks.

use credit_api::path;
use credit_badge::labels;
use credit_badge::mark;
use credit_badge::view::{REPORT_NUMBER, View};
use credit_core::lang::{Lang, Text, text};
use credit_core::report::{Chapter, Entry, Line, Report};
use credit_core::rules::purposes;
use credit_core::text::decimal;
use credit_element::attributes::{Common, PLAIN_LOOKS};
use credit_element::paint::Picture;

/// The part that a new share stands in.
pub(crate) const SHARED: &str = "shared";

const TITLE: Text = text("公共信用信息报告", "Public credit report");
const ISSUED: Text = text("出具时间", "Issued");
const VALID: Text = text("有效期至", "Valid until");
const ISSUER: Text = text("出具机构", "Issued by");
const PURPOSE: Text = text("用途", "Purpose");
const OVERVIEW: Text = text("概述", "Overview");
const RECORDS: Text = text("信息条数", "Records");
const REGISTRATION: Text = text("登记信息", "Registration");
const NOTHING: Text = text("查询期内无相关信息。", "Nothing in the period.");
const ADVICE: Text = text("信用状况提升建议", "What can be done");
const NOTES: Text = text("报告说明", "Notes");
const CONTESTED: Text = text("异议中", "Under objection");
const UNTIL: Text = text("公示期至", "shown until");
const BASIS: Text = text("公示依据", "Basis");
const SCAN: Text = text("扫码核验本报告", "Scan to check this report");
const PRINT: Text = text("打印", "Print");
const OPEN: Text = text("在出具机构网站打开", "Open on the issuer's site");
const SHARE: Text = text("生成分享链接", "Make a link to share");
const DAYS: Text = text("有效天数", "Good for days");
const SHARE_NOTE: Text = text(
    "链接在有效期内显示打开当日的报告；报告内容均为公开信息。",
    "While it is good the link shows the report of the day; all of it is public.",
);

/// A sentence in place of a report.
pub(crate) fn note(message: &str, common: Option<&Common>) -> Picture {
    let mut picture = Picture::new();
    frame(&mut picture, "div", "none", common);
    picture.open("p error");
    picture.set("role", "status");
    picture.text(message);
    picture
}

/// A share that was made.
pub(crate) fn share(url: &str) -> Picture {
    let mut picture = Picture::new();
    picture.open("a url");
    picture.link(url);
    picture.text(url);
    picture
}

fn frame(picture: &mut Picture, tag: &str, trust: &str, common: Option<&Common>) {
    picture.open(tag);
    let looks = common.map_or_else(|| PLAIN_LOOKS.to_owned(), Common::looks);
    picture.set(
        "class",
        &["card report ", &looks, " trust-", trust].concat(),
    );
    if let Some(common) = common {
        picture.set("lang", common.lang.tag());
    }
}

/// The report, or why there is none to be shown.
pub(crate) fn report(
    view: &View,
    report: Option<&Report>,
    pass: Option<&str>,
    is_shared: bool,
    common: &Common,
) -> Picture {
    let lang = common.lang;
    let mut picture = Picture::new();
    frame(&mut picture, "article", view.trust.code(), Some(common));
    picture.set("aria-label", &view.accessible_name);
    picture.open("div banner");
    picture.open("span mark");
    let paths = [
        ("outline", mark::outline(view.trust)),
        ("sign", mark::sign(view.trust)),
    ];
    picture.drawing("shape", &paths);
    picture.leaf("span word", view.word);
    picture.close();
    picture.leaf("p sentence", view.sentence);
    picture.close();
    if let Some(report) = report {
        cover(&mut picture, report, pass, lang);
        let page = view.claim.as_ref().and_then(|claim| claim.page.as_deref());
        actions(&mut picture, page, is_shared, lang);
        overview(&mut picture, report, lang);
        section(&mut picture, REGISTRATION.in_lang(lang), None);
        lines(&mut picture, &report.registration);
        picture.close();
        for chapter in &report.chapters {
            self::chapter(&mut picture, chapter, lang);
        }
        texts(&mut picture, ADVICE, &report.advice, lang);
        texts(&mut picture, NOTES, &report.notes, lang);
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
    picture
}

fn cover(picture: &mut Picture, report: &Report, pass: Option<&str>, lang: Lang) {
    let head = &report.head;
    picture.open("div cover");
    picture.open("div");
    picture.open("p title");
    // A heading for screen readers, wherever the page's outline stands.
    picture.set("role", "heading");
    picture.set("aria-level", "2");
    picture.text(TITLE.in_lang(lang));
    picture.close();
    picture.leaf("p name", head.name.as_str());
    picture.open("p code");
    picture.text(head.code.as_str());
    if head.code.problem().is_some() {
        picture.leaf("span flag", labels::CODE_FLAG.in_lang(lang));
    }
    picture.close();
    let line = |label: Text, value: String| Line {
        label: label.in_lang(lang).to_owned(),
        value,
    };
    let mut facts = vec![
        line(REPORT_NUMBER, head.report.clone().unwrap_or_default()),
        line(ISSUED, head.issued.minute()),
        line(VALID, head.valid_until.minute()),
        line(ISSUER, head.issuer.name.clone()),
    ];
    facts.extend(report.purpose.clone().map(|purpose| line(PURPOSE, purpose)));
    lines(picture, &facts);
    picture.close();
    // Also before its code is there: it has its place from the beginning.
    picture.open("div pass");
    if let Some(pass) = pass {
        let address = [&head.issuer.id, path::VERIFY, "#", pass].concat();
        picture.open("a code-link");
        picture.link(&address);
        picture.set("aria-label", SCAN.in_lang(lang));
        picture.qr("qr", &address);
        picture.close();
        picture.leaf("p note", SCAN.in_lang(lang));
    }
    picture.close();
    picture.close();
}

/// What a reader can do with it; not printed.
fn actions(picture: &mut Picture, page: Option<&str>, is_shared: bool, lang: Lang) {
    picture.open("div ways");
    picture.open("button print");
    picture.set("type", "button");
    picture.tells("print");
    picture.text(PRINT.in_lang(lang));
    picture.close();
    if let Some(page) = page {
        picture.open("a page");
        picture.link(&[page, "/report"].concat());
        picture.text(OPEN.in_lang(lang));
        picture.close();
    }
    picture.close();
    if is_shared {
        return;
    }
    picture.open("div ways share");
    picture.open("label");
    picture.leaf("span label", PURPOSE.in_lang(lang));
    picture.open("select");
    picture.tells("purpose");
    for (code, words) in purposes() {
        option(picture, code, words.in_lang(lang));
    }
    picture.close();
    picture.close();
    picture.open("label");
    picture.leaf("span label", DAYS.in_lang(lang));
    picture.open("select");
    picture.tells("days");
    for days in ["7", "15", "30"] {
        option(picture, days, days);
    }
    picture.close();
    picture.close();
    picture.open("button");
    picture.set("type", "button");
    picture.tells("share");
    picture.text(SHARE.in_lang(lang));
    picture.close();
    picture.leaf("p note", SHARE_NOTE.in_lang(lang));
    picture.open(&["p ", SHARED].concat());
    picture.set("role", "status");
    picture.close();
    picture.close();
}

fn option(picture: &mut Picture, value: &str, words: &str) {
    picture.open("option");
    picture.set("value", value);
    picture.text(words);
    picture.close();
}

fn overview(picture: &mut Picture, report: &Report, lang: Lang) {
    section(picture, OVERVIEW.in_lang(lang), None);
    picture.open("dl counts");
    picture.set("aria-label", RECORDS.in_lang(lang));
    for chapter in &report.chapters {
        picture.open("div count");
        picture.leaf("dt label", &chapter.title);
        picture.leaf("dd number", &decimal(chapter.total));
        picture.close();
    }
    picture.close();
    picture.close();
}

/// Opens a section with its heading.
fn section(picture: &mut Picture, title: &str, count: Option<i64>) {
    picture.open("section chapter");
    picture.open("p heading");
    picture.set("role", "heading");
    picture.set("aria-level", "3");
    picture.text(title);
    if let Some(count) = count {
        picture.leaf("span total", &decimal(count));
    }
    picture.close();
}

fn chapter(picture: &mut Picture, chapter: &Chapter, lang: Lang) {
    section(picture, &chapter.title, Some(chapter.total));
    if chapter.total == 0 {
        picture.leaf("p none", NOTHING.in_lang(lang));
    }
    for entry in &chapter.entries {
        self::entry(picture, entry, lang);
    }
    let listed = i64::try_from(chapter.entries.len()).unwrap_or(i64::MAX);
    if listed < chapter.total {
        let (all, listed) = (decimal(chapter.total), decimal(listed));
        let words = match lang {
            Lang::ZhCn => ["共 ", &all, " 条，列出最近 ", &listed, " 条。"].concat(),
            Lang::En => [&all, " in all, the latest ", &listed, " are listed."].concat(),
        };
        picture.leaf("p none", &words);
    }
    picture.close();
}

fn entry(picture: &mut Picture, entry: &Entry, lang: Lang) {
    picture.open("div entry");
    if entry.is_contested {
        picture.leaf("strong flag", CONTESTED.in_lang(lang));
    }
    lines(picture, &entry.lines);
    picture.open("p source");
    let colon = text("：", ": ").in_lang(lang);
    let as_of = [labels::AS_OF.in_lang(lang), " ", &entry.as_of.text()].concat();
    let mut pieces = vec![
        [labels::SOURCE.in_lang(lang), colon, &entry.source].concat(),
        as_of,
    ];
    pieces.extend(
        entry
            .until
            .map(|until| [UNTIL.in_lang(lang), " ", &until.text()].concat()),
    );
    pieces.push([BASIS.in_lang(lang), colon, &entry.basis].concat());
    picture.text(&pieces.join(" · "));
    picture.close();
    picture.close();
}

fn lines(picture: &mut Picture, lines: &[Line]) {
    picture.open("dl facts");
    for line in lines {
        picture.open("div fact");
        picture.leaf("dt label", &line.label);
        picture.leaf("dd value", &line.value);
        picture.close();
    }
    picture.close();
}

fn texts(picture: &mut Picture, title: Text, texts: &[String], lang: Lang) {
    if texts.is_empty() {
        return;
    }
    section(picture, title.in_lang(lang), None);
    picture.open("ul texts");
    for text in texts {
        picture.leaf("li", text);
    }
    picture.close();
    picture.close();
}
