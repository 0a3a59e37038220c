//! 按钮

use yew::prelude::*;

use crate::html;

/// How much a button wants to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// What most people are here for; one at a time.
    First,
    /// What else there is to do.
    Second,
}

/// Whether it can be pressed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Yes.
    Ready,
    /// No. It stays where the keyboard finds it; what stands beside it says why.
    Idle,
}

impl Rank {
    fn class(self) -> &'static str {
        match self {
            Self::First => "button",
            Self::Second => "button second",
        }
    }
}

/// The readiness of what is ready or not.
pub fn readiness(is_ready: bool) -> Readiness {
    if is_ready {
        Readiness::Ready
    } else {
        Readiness::Idle
    }
}

/// A button that says `label`.
pub fn button(label: &str, rank: Rank, readiness: Readiness, onclick: Callback<()>) -> Html {
    let is_idle = readiness == Readiness::Idle;
    let onclick = Callback::from(move |_: MouseEvent| {
        if !is_idle {
            onclick.emit(());
        }
    });
    html! {
        <button type="button" class={rank.class()} part="button" {onclick}
            aria-disabled={is_idle.then_some("true")}>{ label }</button>
    }
}
