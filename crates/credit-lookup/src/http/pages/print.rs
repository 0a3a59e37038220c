//! `/s/{code}/print`: card and door sticker, one a sheet, to be printed.

use credit_api::path;
use credit_badge::print::Sheet;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Text, text};
use maud::{Markup, html};

use super::{Presentation, back};

/// What the page is called.
pub(crate) const TITLE: Text = text("打印信用名片和门贴", "Print a card or a door sticker");

const LEAD: Text = text(
    "每项单独占一页，打印时请选择“实际大小”，不要缩放；也可以存成PDF交给印刷厂。二维码有效期十三个月，到期请重新打印。",
    "Each stands on a sheet of its own; print at actual size without scaling, or save as PDF for a printer. The code is good for thirteen months; then print anew.",
);
const A6: Text = text("卡片（A6，148 × 105 毫米）", "Card (A6, 148 × 105 mm)");
const STICKER: Text = text("门贴（120 × 160 毫米）", "Door sticker (120 × 160 mm)");
const FILE: Text = text("下载图片（SVG）", "Download the picture (SVG)");

/// The page.
pub(crate) fn print(code: &SubjectCode, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    html! {
        h1 { (TITLE.in_lang(lang)) }
        p.lead { (LEAD.in_lang(lang)) }
        @for (sheet, word) in Sheet::ALL {
            @let title = match sheet { Sheet::A6 => A6, Sheet::Sticker => STICKER }.in_lang(lang);
            @let (width, height) = sheet.size();
            @let address = format!("{}?sheet={word}&lang={}", path::print(code), lang.tag());
            figure.sheet.{ "sheet-" (word) } {
                figcaption {
                    (title) " · "
                    a href=(address) download={ (code) "-" (word) ".svg" } { (FILE.in_lang(lang)) }
                }
                img src=(address) alt=(title) width={ (width) "0" } height={ (height) "0" };
            }
        }
        (back(presentation))
    }
}
