//! What people read instead of the page that they asked for: a wrong code, no
//! such subject, too many requests, something of ours that broke.

use maud::{Markup, html};

use super::{Presentation, back};

/// A heading, sentences that say what can be done, and the way back.
pub(crate) fn refused(title: &str, details: &[String], presentation: Presentation) -> Markup {
    html! {
        h1 { (title) }
        @for detail in details { p { (detail) } }
        (back(presentation))
    }
}
