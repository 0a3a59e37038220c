//! 进度: a bar for anything longer than a second.

use credit_core::lang::Lang;
use yew::prelude::*;

use crate::html;

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nobody knows how much there is to do.
    Unknown,
    /// So many of so many.
    Of(u64, u64),
}

/// A bar that says what is going on. It is told to screen readers once and not at
/// each step: the bar has its own value for who asks.
pub fn progress(said: &str, progress: Progress, lang: Lang) -> Html {
    let (value, max, count) = match progress {
        Progress::Unknown => (None, None, String::new()),
        Progress::Of(done, all) => {
            let all = all.max(1);
            let done = done.min(all);
            let percent = done.saturating_mul(100) / all;
            let count = match lang {
                Lang::ZhCn => format!("{done}／{all}（{percent}%）"),
                Lang::En => format!("{done} of {all} ({percent} %)"),
            };
            (Some(done.to_string()), Some(all.to_string()), count)
        }
    };
    html! {
        <div class="progress" part="progress">
            <p class="going"><span role="status">{ said }</span><span class="count">{ count }</span></p>
            <progress {value} {max} aria-label={said.to_owned()}></progress>
        </div>
    }
}
