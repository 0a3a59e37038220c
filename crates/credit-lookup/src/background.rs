//! 后台工作: what stands back behind whoever waits for an answer.

/// By how much: as far as it goes.
#[cfg(unix)]
const NICE: i32 = 19;

/// Lets this thread, and those that it starts, go last. Where that is not
/// allowed, all are equal.
pub fn stand_back() {
    #[cfg(unix)]
    let _ = rustix::process::nice(NICE);
}

/// Runs `work` on a thread of its own that stands back: one of a pool could
/// never come forward again. Nothing is received when it
/// panics or there are no threads.
pub fn run<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> tokio::sync::oneshot::Receiver<T> {
    let (done, result) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new().name("background".to_owned());
    // Without a thread `done` is dropped, as in a panic.
    let _ = thread.spawn(move || {
        stand_back();
        // Who asked may have gone.
        let _ = done.send(work());
    });
    result
}
