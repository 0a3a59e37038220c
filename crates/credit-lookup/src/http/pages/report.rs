//! `/s/{code}/report` and `/r/{share}`: 信用报告, to be read, printed and handed on.

use credit_api::path;
use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Text, text};
use maud::{Markup, html};

use super::{Presentation, back};

/// What the page is called.
pub(crate) const TITLE: Text = text("公共信用信息报告", "Public credit report");

const SCRIPT: Text = text(
    "报告由本页核验签名后显示，此功能需要启用脚本。不便使用的，可以查看：",
    "This page shows the report once its signature is checked, which needs scripts. Without them, see:",
);
const PAGE: Text = text("公示信息", "published records");
const PURPOSE: Text = text("分享用途", "Shared for");
const UNTIL: Text = text("有效期至", "until");
const WARNING: Text = text(
    "报告内容均为公开信息，任何人都可以分享；分享用途由分享人选择，本站未作核实。",
    "Everything in a report is public, and anybody can share it; the purpose is the sharer's word and was not checked.",
);

/// The page of a report; `share` is its code, purpose and last day.
pub(crate) fn report(
    code: &SubjectCode,
    share: Option<(&str, Text, Date)>,
    presentation: Presentation,
) -> Markup {
    let lang = presentation.lang;
    let page = presentation.address(&path::page(code));
    html! {
        @if let Some((_, purpose, until)) = share {
            p.note.share {
                (PURPOSE.in_lang(lang)) (presentation.colon()) (purpose.in_lang(lang))
                " · " (UNTIL.in_lang(lang)) " " (until)
                br;
                (WARNING.in_lang(lang))
            }
        }
        credit-report code=[share.is_none().then_some(code)] share=[share.map(|(share, ..)| share)]
            lang=(lang.tag()) size=[presentation.size()] {
            h1 { (TITLE.in_lang(lang)) }
            p { (SCRIPT.in_lang(lang)) a href=(page) { (PAGE.in_lang(lang)) } }
        }
        (back(presentation))
    }
}
