//! The static badge: an image for pages without script. It says whose record
//! this is, where it comes from and of which day, and never 已验证.

use std::fmt::Write as _;
use std::str::FromStr;

use credit_core::lang::{Lang, text};
use credit_core::subject::{Subject, UnknownWord};

use crate::labels;

/// 样式: what the image looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// 条形: name and date beside a mark, 240 × 48.
    #[default]
    Flat,
    /// 印章: upright, for the foot of a page, 120 × 144.
    Seal,
    /// 简版: the date alone, for a line of text, 168 × 24.
    Compact,
}

/// 字号 (适老化)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// As designed.
    #[default]
    Normal,
    /// Half as large again.
    Large,
}

/// 配色. An image does not know what stands around it, so that the page says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on dark blue.
    Dark,
    /// White and yellow on black.
    Contrast,
}

/// How an image is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// 样式
    pub style: Style,
    /// 字号
    pub size: Size,
    /// 配色
    pub theme: Theme,
}

macro_rules! words {
    ($kind:ty, $(($variant:path, $word:literal)),+) => {
        impl $kind {
            /// Every one, with its word in addresses.
            pub const ALL: &[(Self, &str)] = &[$(($variant, $word)),+];
        }

        impl FromStr for $kind {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let known = Self::ALL.iter().find(|(_, word)| *word == text);
                known.map(|(value, _)| *value).ok_or_else(|| UnknownWord(text.to_owned()))
            }
        }
    };
}

words!(
    Style,
    (Style::Flat, "flat"),
    (Style::Seal, "seal"),
    (Style::Compact, "compact")
);
words!(Size, (Size::Normal, "normal"), (Size::Large, "large"));
words!(
    Theme,
    (Theme::Light, "light"),
    (Theme::Dark, "dark"),
    (Theme::Contrast, "contrast")
);

/// Colours of a theme. Text stands 7 : 1 against its ground in every one.
struct Colours {
    paper: &'static str,
    line: &'static str,
    band: &'static str,
    on_band: &'static str,
    ink: &'static str,
    quiet: &'static str,
}

impl Theme {
    fn colours(self) -> Colours {
        match self {
            Self::Light => Colours {
                paper: "#fff",
                line: "#7a8aa0",
                band: "#1d4f91",
                on_band: "#fff",
                ink: "#16202c",
                quiet: "#44525f",
            },
            Self::Dark => Colours {
                paper: "#18202a",
                line: "#5d6f82",
                band: "#8fb8f0",
                on_band: "#18202a",
                ink: "#e9eef4",
                quiet: "#b9c5d1",
            },
            Self::Contrast => Colours {
                paper: "#000",
                line: "#fff",
                band: "#ffe14d",
                on_band: "#000",
                ink: "#fff",
                quiet: "#fff",
            },
        }
    }
}

/// The words of an image.
struct Words<'a> {
    name: &'a str,
    caption: &'a str,
    short: &'a str,
    title: &'a str,
}

/// The badge of `subject`.
#[must_use]
pub fn badge(subject: &Subject, issuer: &str, lang: Lang, looks: Looks) -> String {
    let name = subject.name.as_str();
    let what = text("信用信息", "Credit information").in_lang(lang);
    let day = subject.source.as_of;
    let caption = format!("{what} · {} {day}", labels::AS_OF.in_lang(lang));
    let short = match lang {
        Lang::ZhCn => format!("{what} {day}"),
        Lang::En => format!("Credit info {day}"),
    };
    let title = match lang {
        Lang::ZhCn => format!(
            "{name}（{}）的信用信息，{issuer}提供，{caption}；点击查询",
            subject.code
        ),
        Lang::En => format!(
            "Credit information of {name} ({}), from {issuer}, {caption}; open to check",
            subject.code
        ),
    };
    let words = Words {
        name,
        caption: &caption,
        short: &short,
        title: &title,
    };
    document(&words, looks)
}

/// The badge for a code without record, or when nothing can be said.
#[must_use]
pub fn no_record(lang: Lang, looks: Looks) -> String {
    let name = text("没有查到信用信息", "No credit information found").in_lang(lang);
    let caption = text("请核对统一社会信用代码", "Please check the code").in_lang(lang);
    let words = Words {
        name,
        caption,
        short: text("没有查到信用信息", "No credit info").in_lang(lang),
        title: name,
    };
    document(&words, looks)
}

/// A sheet of paper with lines on it, 18 × 22, for the mark of every style.
const SHEET: &str = "M0 0h11l6 6v16H0zM11 0v6h6M3.5 11h10M3.5 15h10M3.5 7h4";

pub(crate) const FONTS: &str =
    "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,Source Han Sans SC,sans-serif";

fn document(words: &Words<'_>, looks: Looks) -> String {
    let (width, height) = match looks.style {
        Style::Flat => (240, 48),
        Style::Seal => (120, 144),
        Style::Compact => (168, 24),
    };
    let times = match looks.size {
        Size::Normal => 2,
        Size::Large => 3,
    };
    let colours = looks.theme.colours();
    let mut svg = String::with_capacity(1600);
    let _ = write!(
        svg,
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" "#,
            r#"viewBox="0 0 {width} {height}" role="img" font-family="{fonts}"><title>{title}</title>"#,
            r#"<rect x=".5" y=".5" width="{inner_width}" height="{inner_height}" rx="4" fill="{paper}" stroke="{line}"/>"#,
        ),
        width * times / 2,
        height * times / 2,
        width = width,
        height = height,
        fonts = FONTS,
        title = escape(words.title),
        inner_width = width - 1,
        inner_height = height - 1,
        paper = colours.paper,
        line = colours.line,
    );
    match looks.style {
        Style::Flat => flat(&mut svg, words, &colours),
        Style::Seal => seal(&mut svg, words, &colours),
        Style::Compact => compact(&mut svg, words, &colours),
    }
    svg.push_str("</svg>");
    svg
}

fn flat(svg: &mut String, words: &Words<'_>, colours: &Colours) {
    /// Room for text, right of the mark.
    const ROOM: f32 = 190.0;
    let band = "M1 4.5A3.5 3.5 0 0 1 4.5 1H38v46H4.5A3.5 3.5 0 0 1 1 43.5z";
    let _ = write!(svg, r#"<path d="{band}" fill="{}"/>"#, colours.band);
    sheet(svg, (11.0, 13.0), 1.0, colours.on_band);
    // Names of up to 14 characters stand at 13 px, longer ones shrink to 10 px
    // and are cut after that; the title has all of them.
    let size = fitted(words.name, ROOM, 10.0, 13.0);
    let name = cut(words.name, ROOM / size);
    line(
        svg,
        (45.0, 21.0),
        size,
        "font-weight=\"600\"",
        colours.ink,
        &name,
    );
    let size = fitted(words.caption, ROOM, 8.0, 10.5);
    line(svg, (45.0, 37.0), size, "", colours.quiet, words.caption);
}

fn seal(svg: &mut String, words: &Words<'_>, colours: &Colours) {
    /// Room for text, across.
    const ROOM: f32 = 108.0;
    let middle = "text-anchor=\"middle\"";
    let _ = write!(
        svg,
        r#"<circle cx="60" cy="44" r="33" fill="none" stroke="{0}" stroke-width="3"/><circle cx="60" cy="44" r="28" fill="{0}"/>"#,
        colours.band
    );
    sheet(svg, (46.7, 26.4), 1.6, colours.on_band);
    let bold = "text-anchor=\"middle\" font-weight=\"600\"";
    let size = fitted(words.name, ROOM * 2.0 - 14.0, 9.5, 13.0);
    let (first, rest) = halves(words.name, ROOM / size);
    if rest.is_empty() {
        line(svg, (60.0, 103.0), size, bold, colours.ink, first);
    } else {
        line(svg, (60.0, 97.0), size, bold, colours.ink, first);
        let rest = cut(rest, ROOM / size);
        line(svg, (60.0, 112.0), size, bold, colours.ink, &rest);
    }
    let short = if words.short == words.name {
        words.caption
    } else {
        words.short
    };
    let size = fitted(short, ROOM, 8.0, 10.5);
    line(svg, (60.0, 132.0), size, middle, colours.quiet, short);
}

fn compact(svg: &mut String, words: &Words<'_>, colours: &Colours) {
    let band = "M1 4.5A3.5 3.5 0 0 1 4.5 1H24v22H4.5A3.5 3.5 0 0 1 1 19.5z";
    let _ = write!(svg, r#"<path d="{band}" fill="{}"/>"#, colours.band);
    sheet(svg, (7.5, 5.0), 0.64, colours.on_band);
    let size = fitted(words.short, 134.0, 8.0, 12.0);
    line(svg, (30.0, 16.2), size, "", colours.ink, words.short);
}

fn sheet(svg: &mut String, (x, y): (f32, f32), scale: f32, colour: &str) {
    let _ = write!(
        svg,
        concat!(
            r#"<path transform="translate({x} {y}) scale({scale})" d="{d}" fill="none" "#,
            r#"stroke="{colour}" stroke-width="1.6" stroke-linejoin="round"/>"#,
        ),
        x = x,
        y = y,
        scale = scale,
        d = SHEET,
        colour = colour,
    );
}

pub(crate) fn line(
    svg: &mut String,
    (x, y): (f32, f32),
    size: f32,
    more: &str,
    fill: &str,
    text: &str,
) {
    let gap = if more.is_empty() { "" } else { " " };
    let _ = write!(
        svg,
        r#"<text x="{x}" y="{y}" font-size="{size:.2}"{gap}{more} fill="{fill}">{}</text>"#,
        escape(text)
    );
}

/// The size at which `text` fills `room`, between two limits.
pub(crate) fn fitted(text: &str, room: f32, least: f32, most: f32) -> f32 {
    (room / ems(text).max(1.0)).clamp(least, most)
}

/// As much of `text` as has room in a line, and the rest. A name in letters is
/// parted between words where it can be.
pub(crate) fn halves(text: &str, room: f32) -> (&str, &str) {
    if ems(text) <= room + 0.01 {
        return (text, "");
    }
    let mut used = 0.0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        used += ems(character.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        end = at + character.len_utf8();
    }
    let (first, rest) = text.split_at(end);
    match first.rsplit_once(' ') {
        Some((first, word)) if !rest.starts_with(' ') => (first, &text[end - word.len()..]),
        _ => (first, rest.trim_start()),
    }
}

/// Width of a text in em: CJK characters are square, others about 0.56 wide.
fn ems(text: &str) -> f32 {
    text.chars()
        .map(|character| {
            if u32::from(character) < 0x2e80 {
                0.56
            } else {
                1.0
            }
        })
        .sum()
}

pub(crate) fn cut(text: &str, room: f32) -> String {
    if ems(text) <= room + 0.01 {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1.0; // the ellipsis
    for character in text.chars() {
        used += ems(character.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

/// Text as XML character data or attribute value. Characters that XML 1.0
/// forbids have been refused by the parsers of names and sources.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_name(name: &str, looks: Looks) -> String {
        let words = Words {
            name,
            caption: "a",
            short: "b",
            title: name,
        };
        document(&words, looks)
    }

    fn every() -> impl Iterator<Item = Looks> {
        Style::ALL.iter().flat_map(|(style, _)| {
            Size::ALL.iter().flat_map(move |(size, _)| {
                Theme::ALL.iter().map(move |(theme, _)| Looks {
                    style: *style,
                    size: *size,
                    theme: *theme,
                })
            })
        })
    }

    #[test]
    fn markup_in_a_name_is_text() {
        for looks in every() {
            let svg = with_name("<script>&\"'\u{0}", looks);
            assert!(svg.contains("<title>&lt;script&gt;&amp;&quot;'"), "{svg}");
            assert!(!svg.contains("<script"));
        }
    }

    #[test]
    fn long_names_are_cut_and_short_ones_are_not() {
        let flat = Looks::default();
        assert!(with_name("天津示例有限公司", flat).contains(">天津示例有限公司<"));
        assert!(with_name(&"天".repeat(60), flat).contains("天…"));
    }

    #[test]
    fn a_seal_parts_a_name_where_it_can() {
        assert_eq!(halves("天津示例", 4.0), ("天津示例", ""));
        assert_eq!(halves("天津示例", 3.0), ("天津示", "例"));
        assert_eq!(halves("Tianjin Example", 5.5), ("Tianjin", "Example"));
        assert_eq!(halves("TianjinExample", 5.5), ("TianjinEx", "ample"));
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for (style, word) in Style::ALL {
            assert_eq!(word.parse(), Ok(*style));
        }
        assert!("round".parse::<Style>().is_err());
    }

    #[test]
    fn a_static_badge_never_claims_to_be_verified() {
        for lang in [Lang::ZhCn, Lang::En] {
            for looks in every() {
                let svg = no_record(lang, looks);
                assert!(!svg.contains("已验证") && !svg.contains("erified"));
            }
        }
    }
}
