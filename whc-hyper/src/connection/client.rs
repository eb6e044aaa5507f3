//! Whose request it is: of whoever is connected, or of whom a proxy that is trusted names.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

use crate::Network;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the client behind `peer`. A proxy adds who it was connected to at the end of `X-Forwarded-For`, so the first
/// from there that is no proxy of ours is the client; what stands before it anybody may have written. `None` where a proxy names
/// nobody: all its clients would be one.
pub(super) fn client(peer: IpAddr, trusted: &[Network], headers: &HeaderMap) -> Option<IpAddr> {
    let is_proxy = |address| trusted.iter().any(|network| network.contains(address));
    if !is_proxy(peer) {
        return Some(peer);
    }
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    let hops = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
    for hop in hops {
        // What is no address was not written by a proxy of ours.
        let address = address(hop.trim())?;
        if !is_proxy(address) {
            return Some(address);
        }
    }
    None
}

/// An address, alone or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::client;

    #[test]
    fn only_what_proxies_of_ours_say_counts() {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap());
        for (peer, lines, expected) in [
            ("198.51.100.7", &[][..], Some("198.51.100.7")),
            // A client without a proxy, who says something.
            ("198.51.100.7", &["203.0.113.1"], Some("198.51.100.7")),
            ("198.51.100.7", &["127.0.0.1"], Some("198.51.100.7")),
            // A proxy of ours; what the client wrote stands before what it wrote.
            ("10.0.0.2", &["203.0.113.1"], Some("203.0.113.1")),
            ("10.0.0.2", &["192.0.2.1, 203.0.113.1"], Some("203.0.113.1")),
            ("10.0.0.2", &["192.0.2.1", "203.0.113.1"], Some("203.0.113.1")),
            ("10.0.0.2", &["10.0.0.9, 203.0.113.1"], Some("203.0.113.1")),
            ("10.0.0.2", &["nonsense, 203.0.113.1"], Some("203.0.113.1")),
            // Two of ours, one behind the other.
            ("127.0.0.1", &["203.0.113.1, 10.0.0.5"], Some("203.0.113.1")),
            ("127.0.0.1", &["192.0.2.1, 203.0.113.1, 10.0.0.5", "fd00::1"], Some("203.0.113.1")),
            // Nobody is named, or nobody can be told.
            ("10.0.0.2", &[], None),
            ("10.0.0.2", &["10.0.0.5"], None),
            ("10.0.0.2", &["203.0.113.1, unknown"], None),
            ("10.0.0.2", &["203.0.113.1,"], None),
            // As proxies write addresses.
            ("10.0.0.2", &["203.0.113.1:4711"], Some("203.0.113.1")),
            ("10.0.0.2", &["[2001:db8::1]:4711"], Some("2001:db8::1")),
            ("10.0.0.2", &["[2001:db8::1]"], Some("2001:db8::1")),
            ("::ffff:10.0.0.2", &["2001:db8::1"], Some("2001:db8::1")),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            let found = client(peer.parse().unwrap(), &trusted, &headers).map(|address| address.to_string());
            assert_eq!(found.as_deref(), expected, "{peer} {lines:?}");
        }
    }
}
