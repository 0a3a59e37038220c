//! 分享: the link of the server's page, by the device, the clipboard or by hand.

use credit_core::lang::{Lang, Text, text};
use credit_parts::html;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

#[wasm_bindgen(raw_module = "./hosts.js")]
extern "C" {
    #[wasm_bindgen(js_name = handOn)]
    fn hand(title: &str, url: &str, done: JsValue);
}

pub(super) const SHARE: Text = text("分享", "Share");
const COPIED: Text = text(
    "链接已复制，可直接粘贴。",
    "The link is copied and can be pasted.",
);
const BY_HAND: Text = text(
    "浏览器不允许自动复制，请手动复制以下链接：",
    "The browser does not let us copy it. Please copy this link yourself:",
);

/// How far a link has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shared {
    /// Nobody wanted it, or the device has it.
    Not,
    /// It is in the clipboard.
    Copied,
    /// It stands in a field.
    Field,
}

/// Hands a link on, and tells `done` what came of it. In the visitor's own moment:
/// nothing is waited for before.
pub(super) fn hand_on(title: &str, url: &str, done: impl FnOnce(Shared) + 'static) {
    let done = Closure::once_into_js(move |outcome: u32| {
        done(match outcome {
            0 => Shared::Field,
            2 => Shared::Copied,
            _ => Shared::Not,
        });
    });
    hand(title, url, done);
}

/// Says what came of it; `field` is where the link stands to be copied.
pub(super) fn view(shared: Shared, url: &str, field: &NodeRef, lang: Lang) -> Html {
    let said = match shared {
        Shared::Not => "",
        Shared::Copied => COPIED.in_lang(lang),
        Shared::Field => BY_HAND.in_lang(lang),
    };
    html! {
        <>
            <p key="said" class="hint" role="status">{ said }</p>
            <div key="field">
                if shared == Shared::Field {
                    <input ref={field.clone()} class="input" part="input" type="text" readonly=true
                        aria-label={BY_HAND.in_lang(lang)} value={url.to_owned()} />
                }
            </div>
        </>
    }
}
