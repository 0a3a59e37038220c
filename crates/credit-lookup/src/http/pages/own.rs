//! 本人查询: the page with the element that asks for it.

use credit_core::lang::{Text, text};
use maud::{Markup, html};

use super::{Presentation, back};

/// What the page is called.
pub(crate) const TITLE: Text = text("本人信用信息查询", "My credit information");

const LEAD: Text = text(
    "登录并同意授权书后，可以查看本站收录的与您本人有关的信用记录。",
    "After signing in and agreeing you see the credit records about you that this site holds.",
);
const SCRIPT: Text = text(
    "此页需要启用脚本。不便使用的，可以联系本站主办单位办理。",
    "This page needs scripts. If that is a difficulty, ask the office that runs this site.",
);

/// The page; the element stands in for the sentence in it once it runs.
pub(crate) fn own(presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    html! {
        h1 { (TITLE.in_lang(lang)) }
        p { (LEAD.in_lang(lang)) }
        credit-self lang=(lang.tag()) size=[presentation.size()] {
            p { (SCRIPT.in_lang(lang)) }
        }
        (back(presentation))
    }
}
