//! Token buckets, one a client, in bounded memory.

use std::fmt;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::DashMapStateStore;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Buckets that are kept: some 10 MB. Clients beyond share one bucket until
/// others have been quiet for long enough.
const CLIENTS_MAX: usize = 100_000;

/// How many seconds' worth of requests a client may send at once where the
/// setting does not say: a page with a wall of badges does.
const BURST_SECONDS: u32 = 10;

/// How often a client may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    requests: NonZeroU32,
    period: Period,
    burst: NonZeroU32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Second,
    Minute,
}

/// A text that is no rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateError;

impl RateLimit {
    /// A rate in requests a minute, with as much at once.
    #[must_use]
    pub const fn per_minute(requests: NonZeroU32) -> Self {
        Self {
            requests,
            period: Period::Minute,
            burst: requests,
        }
    }

    fn quota(self) -> Quota {
        match self.period {
            Period::Second => Quota::per_second(self.requests),
            Period::Minute => Quota::per_minute(self.requests),
        }
        .allow_burst(self.burst)
    }
}

impl FromStr for RateLimit {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let (rate, burst) = match text.split_once(':') {
            Some((rate, burst)) => (rate, Some(burst.parse().map_err(|_| RateError)?)),
            None => (text, None),
        };
        let (requests, period) = rate.split_once('/').ok_or(RateError)?;
        let requests: NonZeroU32 = requests.trim().parse().map_err(|_| RateError)?;
        let period = match period.trim() {
            "s" => Period::Second,
            "min" => Period::Minute,
            _ => return Err(RateError),
        };
        let burst = burst.unwrap_or(match period {
            Period::Second => {
                requests.saturating_mul(NonZeroU32::MIN.saturating_add(BURST_SECONDS - 1))
            }
            Period::Minute => requests,
        });
        Ok(Self {
            requests,
            period,
            burst,
        })
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = match self.period {
            Period::Second => "s",
            Period::Minute => "min",
        };
        write!(f, "{}/{period}:{}", self.requests, self.burst)
    }
}

impl std::error::Error for RateError {}

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a rate, allowed is off, N/s or N/min, and :BURST behind it")
    }
}

/// The buckets, of clients or of whoever else is counted.
pub(in crate::http) struct Limiter<K: Hash + Eq + Clone> {
    clients: RateLimiter<K, DashMapStateStore<K>, DefaultClock>,
    /// For the clients of which there is none.
    others: DefaultDirectRateLimiter,
    is_full: AtomicBool,
    clock: DefaultClock,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    /// Full buckets for everybody.
    #[must_use]
    pub(in crate::http) fn new(limit: RateLimit) -> Self {
        Self {
            clients: RateLimiter::keyed(limit.quota()),
            others: RateLimiter::direct(limit.quota()),
            is_full: AtomicBool::new(false),
            clock: DefaultClock::default(),
        }
    }

    /// Takes a token.
    ///
    /// # Errors
    /// How long to wait for the next.
    pub(in crate::http) fn take(&self, client: K) -> Result<(), Duration> {
        let refused = if self.is_full.load(Ordering::Relaxed) {
            self.others.check().err()
        } else {
            self.clients.check_key(&client).err()
        };
        match refused {
            None => Ok(()),
            Some(refused) => Err(refused.wait_time_from(self.clock.now())),
        }
    }

    /// Forgets the clients whose bucket is full again. To be called every second.
    pub(in crate::http) fn tidy(&self) {
        if self.clients.len() > CLIENTS_MAX / 2 {
            self.clients.retain_recent();
            self.clients.shrink_to_fit();
        }
        let is_full = self.clients.len() > CLIENTS_MAX;
        self.is_full.store(is_full, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Client;
    use super::*;
    use axum::http::HeaderMap;
    use std::net::IpAddr;

    #[test]
    fn a_rate_is_read_as_it_is_shown() {
        for (text, shown) in [
            ("200/s", "200/s:2000"),
            ("10/min", "10/min:10"),
            ("5/s:7", "5/s:7"),
        ] {
            assert_eq!(text.parse::<RateLimit>().unwrap().to_string(), shown);
        }
        for bad in [
            "",
            "5",
            "0/s",
            "5/h",
            "-1/s",
            "5/s:0",
            "5/s:x",
            "99999999999/s",
        ] {
            assert!(bad.parse::<RateLimit>().is_err(), "{bad}");
        }
    }

    #[test]
    fn one_client_does_not_use_up_another_ones_tokens() {
        let limiter = Limiter::new("3/min".parse().unwrap());
        let at = |address: &str| Client::of(&HeaderMap::new(), address.parse().unwrap(), 0);
        for _ in 0..3 {
            limiter.take(at("192.0.2.1")).unwrap();
        }
        let wait = limiter.take(at("192.0.2.1")).unwrap_err();
        assert!(
            wait <= Duration::from_secs(20) && wait > Duration::from_secs(10),
            "{wait:?}"
        );
        limiter.take(at("192.0.2.2")).unwrap();
    }

    #[test]
    fn many_clients_do_not_fill_the_memory() {
        let limiter = Limiter::new("1/min".parse().unwrap());
        let mut refused = 0;
        for number in 0..u32::try_from(CLIENTS_MAX * 2).unwrap() {
            let address = IpAddr::V4(std::net::Ipv4Addr::from_bits(number));
            refused += u32::from(
                limiter
                    .take(Client::of(&HeaderMap::new(), address, 0))
                    .is_err(),
            );
            if number % 10_000 == 0 {
                limiter.tidy();
            }
        }
        assert!(limiter.clients.len() < CLIENTS_MAX + 20_000);
        assert!(refused > 0, "the rest share a bucket");
    }
}
