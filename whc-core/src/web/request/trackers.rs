//! Parameters of tracking tools, which mean nothing here: they are ignored, repeated in no link, and make no answer another.

use std::borrow::Cow;

use http::uri::PathAndQuery;

const NAMES: [&str; 9] = ["_", "dclid", "fbclid", "gbraid", "gclid", "mc_cid", "mc_eid", "msclkid", "wbraid"];
const PREFIX: &str = "utm_";

/// Whether a parameter is one.
pub(crate) fn is_name(name: &str) -> bool {
    NAMES.contains(&name) || name.starts_with(PREFIX)
}

/// Whether a name and its value, as they stand in a query, are of one.
pub(crate) fn is_pair(pair: &str) -> bool {
    may_be_pair(pair.as_bytes()) && is_name(pair.split_once('=').map_or(pair, |(name, _)| name))
}

/// Whether what begins so can be one: a few instructions a letter, for this is asked of every request.
fn may_be_pair(text: &[u8]) -> bool {
    matches!(
        text,
        [b'_', ..]
            | [b'd' | b'g', b'c', ..]
            | [b'f' | b'g' | b'w', b'b', ..]
            | [b'm', b'c' | b's', ..]
            | [b'u', b't', ..]
    )
}

fn may_have(query: &str) -> bool {
    let bytes = query.as_bytes();
    may_be_pair(bytes)
        || bytes.iter().enumerate().any(|(at, byte)| *byte == b'&' && may_be_pair(&bytes[at + 1..]))
}

/// The target of a request without them.
pub(crate) fn without(target: &PathAndQuery) -> Cow<'_, str> {
    let Some(query) = target.query().filter(|query| may_have(query) && query.split('&').any(is_pair)) else {
        return target.as_str().into();
    };
    let mut rest = target.path().to_owned();
    for pair in query.split('&').filter(|pair| !is_pair(pair)) {
        rest.push(if rest.len() == target.path().len() { '?' } else { '&' });
        rest.push_str(pair);
    }
    rest.into()
}

#[cfg(test)]
mod tests {
    use super::{NAMES, PREFIX, is_pair, without};

    #[test]
    fn every_one_is_known_by_its_beginning() {
        for name in NAMES.into_iter().chain([PREFIX, "utm_source"]) {
            assert!(is_pair(name) && is_pair(&format!("{name}=x")), "{name}");
        }
    }

    #[test]
    fn what_is_left_is_the_same_target() {
        for (target, left) in [
            ("/a", "/a"),
            ("/a?", "/a?"),
            ("/a?limit=3&f=json", "/a?limit=3&f=json"),
            ("/a?utm_source=x", "/a"),
            ("/a?utm_source=x&limit=3&fbclid=y&f=csv&_", "/a?limit=3&f=csv"),
            ("/a?limit=3&gclid", "/a?limit=3"),
            ("/utm_source=x?utm=x&_x=1&dclids=2", "/utm_source=x?utm=x&_x=1&dclids=2"),
        ] {
            assert_eq!(without(&target.parse().unwrap()), left, "{target}");
        }
    }
}
