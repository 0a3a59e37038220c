//! The static badge: an image for pages without script. It says whose record
//! this is, where it comes from and of which day, and never 已验证.

use std::fmt::Write as _;

use credit_core::lang::{Lang, text};
use credit_core::subject::Subject;

use crate::labels;

/// Width of the badge in CSS pixels; the documented snippet reserves it.
pub const WIDTH: u32 = 240;
/// Height of the badge in CSS pixels.
pub const HEIGHT: u32 = 48;

/// Room for text, right of the mark.
const TEXT_WIDTH: f32 = 190.0;

/// The badge of `subject`.
#[must_use]
pub fn badge(subject: &Subject, issuer: &str, lang: Lang) -> String {
    let name = subject.name.as_str();
    let caption = format!(
        "{} · {} {}",
        text("信用信息", "Credit information").in_lang(lang),
        labels::AS_OF.in_lang(lang),
        subject.source.as_of
    );
    let title = match lang {
        Lang::ZhCn => {
            format!(
                "{name}（{}）的信用信息，{issuer}提供，{caption}；点击查询",
                subject.code
            )
        }
        Lang::En => format!(
            "Credit information of {name} ({}), from {issuer}, {caption}; open to check",
            subject.code
        ),
    };
    document(name, &caption, &title)
}

/// The badge for a code without record, or when nothing can be said.
#[must_use]
pub fn no_record(lang: Lang) -> String {
    let name = text("没有查到信用信息", "No credit information found").in_lang(lang);
    let caption = text("请核对统一社会信用代码", "Please check the code").in_lang(lang);
    document(name, caption, name)
}

fn document(name: &str, caption: &str, title: &str) -> String {
    // Names of up to 14 characters stand at 13 px, longer ones shrink to 10 px
    // and are cut after that; the title has all of them.
    let size = (TEXT_WIDTH / ems(name).max(1.0)).clamp(10.0, 13.0);
    let name = cut(name, TEXT_WIDTH / size);
    let caption_size = (TEXT_WIDTH / ems(caption).max(1.0)).clamp(8.0, 10.5);
    let mut svg = String::with_capacity(1200);
    let _ = write!(
        svg,
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" "#,
            r#"viewBox="0 0 {width} {height}" role="img" font-family="{fonts}">"#,
            "<title>{title}</title>",
            r##"<rect x=".5" y=".5" width="239" height="47" rx="4" fill="#fff" stroke="#7a8aa0"/>"##,
            r##"<path d="M1 4.5A3.5 3.5 0 0 1 4.5 1H38v46H4.5A3.5 3.5 0 0 1 1 43.5z" fill="#1d4f91"/>"##,
            r##"<path d="M11 13h11l6 6v16H11zM22 13v6h6M14.5 24h10M14.5 28h10M14.5 20h4" "##,
            r##"fill="none" stroke="#fff" stroke-width="1.6" stroke-linejoin="round"/>"##,
            r##"<text x="45" y="21" font-size="{size:.1}" font-weight="600" fill="#16202c">{name}</text>"##,
            r##"<text x="45" y="37" font-size="{caption_size:.1}" fill="#44525f">{caption}</text>"##,
            "</svg>"
        ),
        width = WIDTH,
        height = HEIGHT,
        fonts = "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,Source Han Sans SC,sans-serif",
        title = escape(title),
        size = size,
        name = escape(&name),
        caption_size = caption_size,
        caption = escape(caption),
    );
    svg
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

fn cut(text: &str, room: f32) -> String {
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

    #[test]
    fn markup_in_a_name_is_text() {
        let svg = document("<script>&\"'\u{0}", "a", "<b>");
        assert!(svg.contains("&lt;script&gt;&amp;&quot;'"));
        assert!(svg.contains("<title>&lt;b&gt;</title>"));
        assert!(!svg.contains("<script"));
    }

    #[test]
    fn long_names_are_cut_and_short_ones_are_not() {
        assert!(document("天津示例有限公司", "", "").contains(">天津示例有限公司<"));
        let svg = document(&"天".repeat(60), "", "");
        assert!(svg.contains("天…"));
    }

    #[test]
    fn a_static_badge_never_claims_to_be_verified() {
        for lang in [Lang::ZhCn, Lang::En] {
            let svg = no_record(lang);
            assert!(!svg.contains("已验证") && !svg.contains("erified"));
        }
    }
}
