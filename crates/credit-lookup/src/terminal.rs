//! What a person at the terminal sees. Answers go to standard output,
//! everything else to standard error.

use std::fmt::Display;
use std::io::{Write as _, stderr, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// An answer, for people and scripts.
pub fn say(text: impl Display) {
    // A pipe that nobody reads any more is no reason to end.
    let _ = writeln!(stdout(), "{text}");
}

/// A remark beside the answer.
pub fn remark(text: impl Display) {
    let _ = writeln!(stderr(), "{text}");
}

/// An error, for a person.
pub fn complain(error: &dyn std::error::Error) {
    let _ = writeln!(stderr(), "credit-lookup: {}", chain(error));
}

/// An error with its causes, in one line.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// A progress bar over `bytes` bytes, or over as many as come; nothing is drawn
/// where standard error is no terminal.
#[must_use]
pub fn progress(bytes: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(match bytes {
        Some(_) => "{bar:30} {percent:>3} %  {msg}  {bytes_per_sec}  {eta} left",
        None => "{spinner} {bytes}  {msg}  {bytes_per_sec}",
    });
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A progress bar over `count` things.
#[must_use]
pub fn count(count: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(count), ProgressDrawTarget::stderr());
    let template = "{bar:30} {percent:>3} %  {msg} {human_pos}  {per_sec}  {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Something that takes a while and cannot say how long.
#[must_use]
pub fn busy(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
