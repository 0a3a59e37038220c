//! Which styles of a workbook show a number as a day.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::WorkbookError;
use super::xml::{Xml, attribute};
use super::zip::Zip;

/// Most styles, and most formats: Excel allows 64 000 and a few hundred.
const STYLES_MAX: usize = 65_536;

/// Whether the style of that number shows a day.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<bool>);

impl Styles {
    pub(super) fn is_day(&self, style: usize) -> bool {
        self.0.get(style).copied().unwrap_or_default()
    }
}

pub(super) fn read(zip: &Zip, name: &str) -> Result<Styles, WorkbookError> {
    let mut styles = Vec::new();
    let Some(part) = zip.part(name)? else {
        return Ok(Styles(styles));
    };
    let mut xml = Xml::new(part);
    let mut days: BTreeMap<u32, bool> = BTreeMap::new();
    let mut is_cells = false;
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "cellXfs" => is_cells = true,
                "numFmt" => {
                    if let (Some(id), Some(format)) =
                        (format_of(&tag), attribute(&tag, "formatCode"))
                    {
                        days.insert(id, is_day(&format));
                    }
                }
                "xf" if is_cells => {
                    let id = format_of(&tag).unwrap_or_default();
                    let known = days.get(&id).copied();
                    styles.push(known.unwrap_or_else(|| is_built_in_day(id)));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => is_cells = false,
            Event::Eof => return Ok(Styles(styles)),
            _ => {}
        }
        if styles.len().max(days.len()) > STYLES_MAX {
            return Err(WorkbookError::Beyond("styles", STYLES_MAX as u64));
        }
    }
}

/// Formats that a workbook does not spell out; 27 to 36 and 50 to 58 are days where
/// Chinese is written. 46 counts hours.
fn is_built_in_day(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45 | 47 | 50..=58)
}

fn format_of(tag: &BytesStart<'_>) -> Option<u32> {
    attribute(tag, "numFmtId")?.parse().ok()
}

/// Whether a format shows days or times of day: `yyyy"年"m"月"d"日"` does,
/// `[h]:mm` counts hours, and `"d"0` is a number.
fn is_day(format: &str) -> bool {
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character.to_ascii_lowercase() {
            // The next is a letter, its width, or fills.
            '\\' | '_' | '*' => {
                characters.next();
            }
            '"' => {
                characters.by_ref().find(|character| *character == '"');
            }
            '[' => {
                let inner: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let is_span = |c: char| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's');
                if !inner.is_empty() && inner.chars().all(is_span) {
                    return false;
                }
            }
            // Only what positive numbers look like.
            ';' => return false,
            'y' | 'm' | 'd' | 'h' | 's' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_known() {
        for (format, expected) in [
            ("yyyy\\-mm\\-dd", true),
            ("yyyy\"年\"m\"月\"d\"日\";@", true),
            ("[$-804]aaaa;@", false),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", true),
            ("[Red]yyyy/m/d", true),
            ("[h]:mm:ss", false),
            ("General", false),
            ("#,##0.00_);[Red]\\(#,##0.00\\)", false),
            ("0.00E+00", false),
            ("\"day\"0", false),
            ("@", false),
            ("\"", false),
        ] {
            assert_eq!(is_day(format), expected, "{format}");
        }
    }
}
