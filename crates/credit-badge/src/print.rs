//! 印制品: what parks and shops print and put up: a card of A6 and a sticker for
//! the door. Paper cannot be changed, so that neither says anything that ages:
//! who it is, who says so, and a code that shows the record of the day.

use std::fmt::Write as _;
use std::str::FromStr;

use credit_core::date::Timestamp;
use credit_core::lang::{Lang, Text, text};
use credit_core::pass::Pass;
use credit_core::subject::UnknownWord;

use crate::labels;
use crate::qr::Qr;
use crate::svg::{FONTS, cut, escape, fitted, halves, line};

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// 卡片: A6 across, 148 × 105 mm.
    #[default]
    A6,
    /// 门贴: 120 × 160 mm, to be read from two metres.
    Sticker,
}

impl Sheet {
    /// Every one, with its word in addresses.
    pub const ALL: [(Self, &'static str); 2] = [(Self::A6, "a6"), (Self::Sticker, "sticker")];

    /// Width and height in millimetres.
    #[must_use]
    pub fn size(self) -> (u16, u16) {
        match self {
            Self::A6 => (148, 105),
            Self::Sticker => (120, 160),
        }
    }
}

impl FromStr for Sheet {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let mut all = Self::ALL.into_iter();
        let known = all.find(|(_, word)| *word == text);
        known
            .map(|(sheet, _)| sheet)
            .ok_or_else(|| UnknownWord(text.to_owned()))
    }
}

const TITLE: Text = text("企业信用名片", "Enterprise credit card");
const STICKER: Text = text("信用码", "Credit code");
const SCAN: Text = text(
    "扫码查看并核验当前信用信息",
    "Scan to see and check the record of today",
);
const WARNING: Text = text(
    "本件只证明由谁签发给谁，以扫码结果为准",
    "This only says who issued it to whom; what the scan shows prevails",
);

/// Dark, on white: paper has no theme.
const INK: &str = "#16202c";
const QUIET: &str = "#44525f";
const BAND: &str = "#1d4f91";

/// A picture in millimetres for `pass`, which `qr` is the code of.
#[must_use]
pub fn sheet(sheet: Sheet, pass: &Pass, qr: &Qr, lang: Lang) -> String {
    let (width, height) = sheet.size();
    let name = pass.name.as_str();
    let title = match lang {
        Lang::ZhCn => format!("{name}的信用码，由{}签发", pass.issuer.name),
        Lang::En => format!("Credit code of {name}, issued by {}", pass.issuer.name),
    };
    let mut svg = format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" "#,
            r#"viewBox="0 0 {width} {height}" role="img" font-family="{fonts}"><title>{title}</title>"#,
            r##"<path fill="#fff" d="M0 0h{width}v{height}H0z"/>"##,
        ),
        width = width,
        height = height,
        fonts = FONTS,
        title = escape(&title),
    );
    match sheet {
        Sheet::A6 => card(&mut svg, pass, qr, lang),
        Sheet::Sticker => sticker(&mut svg, pass, qr, lang),
    }
    svg.push_str("</svg>");
    svg
}

fn card(svg: &mut String, pass: &Pass, qr: &Qr, lang: Lang) {
    let _ = write!(svg, r#"<path fill="{BAND}" d="M0 0h148v19H0z"/>"#);
    line(
        svg,
        (8.0, 12.6),
        7.0,
        "font-weight=\"600\"",
        "#fff",
        TITLE.in_lang(lang),
    );
    // Left of the code: 66 mm for words.
    let mut y = paragraph(svg, (8.0, 32.0), 66.0, (4.6, 7.0), 3, pass.name.as_str());
    y += 7.0;
    line(svg, (8.0, y), 3.0, "", QUIET, labels::CODE.in_lang(lang));
    y += 6.0;
    line(svg, (8.0, y), 4.6, MONO, INK, pass.code.as_str());
    y = paragraph_of(svg, (8.0, 78.0), 66.0, 3.2, QUIET, &dates(pass, lang));
    paragraph_of(
        svg,
        (8.0, y + 1.5),
        66.0,
        2.8,
        QUIET,
        &[WARNING.in_lang(lang).to_owned()],
    );
    code(svg, qr, (80.0, 24.0), 60.0);
    let size = fitted(SCAN.in_lang(lang), 60.0, 2.6, 4.2);
    line(svg, (110.0, 91.0), size, MIDDLE, INK, SCAN.in_lang(lang));
}

fn sticker(svg: &mut String, pass: &Pass, qr: &Qr, lang: Lang) {
    let _ = write!(
        svg,
        concat!(
            r#"<rect x="1" y="1" width="118" height="158" rx="5" fill="none" stroke="{band}" stroke-width="2"/>"#,
            r#"<path fill="{band}" d="M1.5 6a4.5 4.5 0 0 1 4.5-4.5h108a4.5 4.5 0 0 1 4.5 4.5v16h-117z"/>"#,
        ),
        band = BAND
    );
    let bold = "text-anchor=\"middle\" font-weight=\"600\"";
    line(svg, (60.0, 16.2), 11.0, bold, "#fff", STICKER.in_lang(lang));
    code(svg, qr, (19.0, 26.0), 82.0);
    let size = fitted(SCAN.in_lang(lang), 108.0, 4.0, 6.4);
    line(svg, (60.0, 116.0), size, MIDDLE, INK, SCAN.in_lang(lang));
    let name = pass.name.as_str();
    let size = fitted(name, 2.0 * 106.0 - 10.0, 5.0, 8.0);
    let (first, rest) = halves(name, 106.0 / size);
    let rest = cut(rest, 106.0 / size);
    let y = if rest.is_empty() { 132.0 } else { 128.0 };
    line(svg, (60.0, y), size, bold, INK, first);
    line(svg, (60.0, y + size * 1.25), size, bold, INK, &rest);
    line(
        svg,
        (60.0, 146.5),
        4.6,
        "text-anchor=\"middle\" letter-spacing=\".2\"",
        INK,
        pass.code.as_str(),
    );
    let told = dates(pass, lang).join(" · ");
    let size = fitted(&told, 110.0, 2.2, 3.4);
    line(
        svg,
        (60.0, 153.5),
        size,
        MIDDLE,
        QUIET,
        &cut(&told, 112.0 / size),
    );
}

const MIDDLE: &str = "text-anchor=\"middle\"";
const MONO: &str = "font-family=\"Consolas,Noto Sans Mono CJK SC,monospace\"";

/// Who issued it, when, and until when it is good.
fn dates(pass: &Pass, lang: Lang) -> Vec<String> {
    let day = |moment: Timestamp| moment.date_in_china().text();
    let (from, until) = (day(pass.issued), day(pass.valid_until));
    match lang {
        Lang::ZhCn => vec![
            format!("{} 签发", pass.issuer.name),
            format!("{from} 至 {until} 有效"),
        ],
        Lang::En => vec![
            format!("Issued by {}", pass.issuer.name),
            format!("good from {from} to {until}"),
        ],
    }
}

/// The code, `side` millimetres wide with its quiet zone.
fn code(svg: &mut String, qr: &Qr, (x, y): (f32, f32), side: f32) {
    let modules = u16::try_from(qr.side).unwrap_or(u16::MAX);
    let scale = side / f32::from(modules);
    let _ = write!(
        svg,
        r#"<path transform="translate({x} {y}) scale({scale:.4})" shape-rendering="crispEdges" d="{}"/>"#,
        qr.path
    );
}

/// A name on as many lines as it needs, at most `lines`; where the next one goes.
fn paragraph(
    svg: &mut String,
    (x, mut y): (f32, f32),
    room: f32,
    (least, most): (f32, f32),
    lines: u8,
    text: &str,
) -> f32 {
    let size = fitted(text, room * f32::from(lines) * 0.85, least, most);
    let mut rest = text;
    for place in 1..=lines {
        let (first, more) = halves(rest, room / size);
        let last = cut(rest, room / size);
        let shown = if place == lines { &last } else { first };
        line(svg, (x, y), size, "font-weight=\"600\"", INK, shown);
        rest = more;
        if rest.is_empty() {
            break;
        }
        y += size * 1.3;
    }
    y
}

/// Texts, each on as many lines as it needs; where the next one goes.
fn paragraph_of(
    svg: &mut String,
    (x, mut y): (f32, f32),
    room: f32,
    size: f32,
    fill: &str,
    texts: &[String],
) -> f32 {
    for text in texts {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (first, more) = halves(rest, room / size);
            if first.is_empty() {
                break;
            }
            line(svg, (x, y), size, "", fill, first);
            y += size * 1.4;
            rest = more;
        }
    }
    y
}
