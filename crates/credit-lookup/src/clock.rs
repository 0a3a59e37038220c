//! The one place that asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use credit_core::date::Timestamp;

/// Now.
#[must_use]
pub fn now() -> Timestamp {
    moment(SystemTime::now())
}

/// A time of the operating system as ours.
#[must_use]
pub fn moment(time: SystemTime) -> Timestamp {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .map(|since| since.as_secs())
        .unwrap_or_default();
    Timestamp::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
}
