//! The headers that decide an answer, found in one pass over all of a request.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};

/// The headers that decide an answer. Several lines of a list are one (RFC 9110, 5.3); a list that is absent is empty.
#[derive(Debug, Default)]
pub(crate) struct RequestHeaders<'a> {
    /// The length of all names and values together, these and others.
    pub(crate) bytes: usize,
    /// How many lines name a host.
    pub(crate) hosts: usize,
    pub(crate) host: Option<&'a HeaderValue>,
    pub(crate) accept: Cow<'a, str>,
    pub(crate) accept_encoding: Option<Cow<'a, str>>,
    pub(crate) accept_language: Cow<'a, str>,
    pub(crate) if_none_match: Cow<'a, str>,
    pub(crate) if_range: Option<&'a HeaderValue>,
    pub(crate) range: Option<&'a HeaderValue>,
    pub(crate) request_id: Option<&'a HeaderValue>,
    pub(crate) user_agent: Option<&'a HeaderValue>,
    /// Whether a proxy says that it passed the request on.
    pub(crate) proxied: bool,
    /// The headers that a preflight asks for.
    pub(crate) wanted_by_preflight: Option<&'a HeaderValue>,
}

impl<'a> RequestHeaders<'a> {
    /// Those among `headers`.
    pub(crate) fn read(headers: &'a HeaderMap) -> Self {
        let mut read = Self::default();
        for (name, value) in headers {
            let name = name.as_str();
            read.bytes += name.len() + value.len();
            match name {
                "host" => {
                    read.hosts += 1;
                    read.host = Some(value);
                }
                "accept" => append(&mut read.accept, value),
                "accept-encoding" => append(read.accept_encoding.get_or_insert_default(), value),
                "accept-language" => append(&mut read.accept_language, value),
                "if-none-match" => append(&mut read.if_none_match, value),
                "if-range" => first(&mut read.if_range, value),
                "range" => first(&mut read.range, value),
                "x-request-id" => first(&mut read.request_id, value),
                "user-agent" => first(&mut read.user_agent, value),
                "access-control-request-headers" => {
                    first(&mut read.wanted_by_preflight, value);
                }
                "via" | "forwarded" | "x-real-ip" => read.proxied = true,
                name => read.proxied |= name.starts_with("x-forwarded-"),
            }
        }
        read
    }
}

fn first<'a>(slot: &mut Option<&'a HeaderValue>, value: &'a HeaderValue) {
    slot.get_or_insert(value);
}

/// Appends a line of a list; one that is no text is left out.
fn append<'a>(list: &mut Cow<'a, str>, line: &'a HeaderValue) {
    let Ok(line) = line.to_str() else { return };
    if list.is_empty() {
        *list = Cow::Borrowed(line);
    } else {
        let list = list.to_mut();
        list.push(',');
        list.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::RequestHeaders;

    #[test]
    fn lines_of_a_list_are_one_and_of_others_the_first_counts() {
        let mut map = HeaderMap::new();
        for (name, value) in [
            ("accept", "a/b"),
            ("accept", "c/d;q=0.5"),
            ("range", "bytes=0-1"),
            ("range", "bytes=2-3"),
            ("host", "a"),
            ("host", "b"),
        ] {
            map.append(name, HeaderValue::from_static(value));
        }
        map.append("accept", HeaderValue::from_bytes(b"\xff").unwrap());
        let headers = RequestHeaders::read(&map);
        assert_eq!(headers.accept, "a/b,c/d;q=0.5");
        assert_eq!(headers.accept_encoding, None);
        assert_eq!(headers.range.unwrap(), "bytes=0-1");
        assert_eq!(headers.hosts, 2);
        assert_eq!(headers.bytes, 3 * 6 + 3 + 9 + 1 + 2 * 5 + 2 * 9 + 2 * 4 + 2);
    }
}
