//! 信用码核验: the page that a QR pass opens.

use credit_core::lang::{Text, text};
use maud::{Markup, html};

use super::{Presentation, back};

/// What the page is called.
pub(crate) const TITLE: Text = text("信用码核验", "Check a credit pass");

const LEAD: Text = text(
    "扫码、粘贴或打开文件，即可在本机核验信用码和信用名片；您核验的内容不会离开本机。打开过一次以后，没有网络也能核验签名和有效期。",
    "Scan, paste or open a credit pass or card to check it on this device; what you check does not leave it. After the first visit signature and validity can be checked without a network too.",
);
const SCRIPT: Text = text(
    "此页需要启用脚本。不便使用的，可以在首页按统一社会信用代码查询。",
    "This page needs scripts. Without them, search by the code on the front page.",
);

/// The page; the element stands in for the sentence in it once it runs.
pub(crate) fn verify(presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    html! {
        h1 { (TITLE.in_lang(lang)) }
        p { (LEAD.in_lang(lang)) }
        credit-verify lang=(lang.tag()) size=[presentation.size()] {
            p { (SCRIPT.in_lang(lang)) }
        }
        script type="module" src="/assets/verify.js" {}
        (back(presentation))
    }
}
