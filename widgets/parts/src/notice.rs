//! 提示: what has happened, in colour, shape and words.

use credit_core::lang::{Lang, Text, text};
use yew::prelude::*;

use crate::html;

/// How it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// 提示
    Plain,
    /// 成功
    Good,
    /// 注意
    Doubt,
    /// 错误
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice",
            Self::Good => "notice good",
            Self::Doubt => "notice doubt",
            Self::Bad => "notice bad",
        }
    }

    fn word(self) -> Text {
        match self {
            Self::Plain => text("提示", "Note"),
            Self::Good => text("成功", "Done"),
            Self::Doubt => text("注意", "Attention"),
            Self::Bad => text("错误", "Error"),
        }
    }

    /// Outlines that differ without colour: circle, tick, triangle, cross.
    fn drawing(self) -> &'static str {
        match self {
            Self::Plain => "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v6M12 7v.5",
            Self::Good => "M4 13l5 5L20 6",
            Self::Doubt => "M12 3L2 20.5h20zM12 10v5M12 17.5v.5",
            Self::Bad => "M5 5l14 14M19 5L5 19",
        }
    }
}

/// A notice, told to screen readers when it comes.
pub fn notice(tone: Tone, said: &str, lang: Lang) -> Html {
    notice_with(tone, said, lang, Html::default())
}

/// The same with something to do about it.
pub fn notice_with(tone: Tone, said: &str, lang: Lang, action: Html) -> Html {
    // A mistake interrupts, anything else waits for a pause.
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    html! {
        <div class={tone.class()} part="notice" {role}>
            { sign(tone.drawing()) }
            <div class="said">
                <p><strong>{ tone.word().in_lang(lang) }</strong>{ colon(lang) }{ said }</p>
                <div class="action">{ action }</div>
            </div>
        </div>
    }
}

/// A drawing beside words.
pub(crate) fn sign(path: &'static str) -> Html {
    html! {
        <svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}

/// What stands between a word and what is said of it.
pub(crate) fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhCn => "：",
        Lang::En => ": ",
    }
}
