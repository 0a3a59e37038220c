//! Who asks: the address by which requests are counted.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

/// Added by each proxy on the way: the address that it was asked from, last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Bits of an IPv6 address that one client has to itself: providers give a
/// household a /56, within which it has as many addresses as it likes.
const IPV6_CLIENT_BITS: u32 = 56;

/// A client, as far as counting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::http) struct Client(IpAddr);

impl Client {
    /// The client behind `trusted_hops` proxies of ours. Only what they wrote
    /// counts: further left anybody may have written anything.
    pub(in crate::http) fn of(headers: &HeaderMap, peer: IpAddr, trusted_hops: usize) -> Self {
        let Some(nth) = trusted_hops.checked_sub(1) else {
            return Self::at(peer);
        };
        let named = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .rev()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.rsplit(','))
            .nth(nth)
            .and_then(address);
        Self::at(named.unwrap_or(peer))
    }

    fn at(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let mask = u128::MAX << (128 - IPV6_CLIENT_BITS);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
            v4 => v4,
        })
    }
}

/// An address as proxies write it, some with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.trim_start_matches('[');
    text.parse()
        .ok()
        .or_else(|| Some(text.parse::<std::net::SocketAddr>().ok()?.ip()))
        .or_else(|| bare.strip_suffix(']')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(lines: &[&str], hops: usize) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        Client::of(&headers, "192.0.2.1".parse().unwrap(), hops)
            .0
            .to_string()
    }

    #[test]
    fn only_what_a_trusted_proxy_wrote_counts() {
        let lines = ["6.6.6.6, 198.51.100.7", "203.0.113.9"];
        assert_eq!(client(&lines, 0), "192.0.2.1");
        assert_eq!(client(&lines, 1), "203.0.113.9");
        assert_eq!(client(&lines, 2), "198.51.100.7");
        assert_eq!(
            client(&lines, 9),
            "192.0.2.1",
            "fewer hops than there should be"
        );
        assert_eq!(client(&[], 1), "192.0.2.1");
        assert_eq!(client(&["unknown"], 1), "192.0.2.1");
        assert_eq!(client(&["198.51.100.7:4711"], 1), "198.51.100.7");
        assert_eq!(client(&["[2001:db8::1]:4711"], 1), "2001:db8::");
    }

    #[test]
    fn a_household_is_one_client() {
        assert_eq!(
            client(&["2001:db8:0:aa01::1"], 1),
            client(&["2001:db8:0:aaff:9::2"], 1)
        );
        assert_ne!(
            client(&["2001:db8:0:aa01::1"], 1),
            client(&["2001:db8:0:ab01::1"], 1)
        );
        assert_eq!(client(&["::ffff:198.51.100.7"], 1), "198.51.100.7");
    }
}
