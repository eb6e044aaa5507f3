//! A response as bytes, for a cache outside of this process.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use super::{CachedHeaders, CachedResponse, Items, Validator};
use crate::body::Body;

/// All of a response but its body.
#[derive(Deserialize, Serialize)]
struct Head {
    headers: Vec<(String, String)>,
    not_modified: Vec<(String, String)>,
    etag: String,
    /// Seconds since the epoch.
    modified: Option<u64>,
    /// How many items there are, and whether they are in pages.
    items: Option<(usize, bool)>,
    in_ranges: bool,
}

impl CachedResponse {
    /// The response as bytes; `None` where a header is no text.
    pub(crate) fn to_record(&self) -> Option<Vec<u8>> {
        let modified =
            self.validator.modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let head = Head {
            headers: texts(&self.headers.whole())?,
            not_modified: texts(&self.headers.not_modified())?,
            etag: self.validator.etag.to_str().ok()?.to_owned(),
            modified: modified.map(|since| since.as_secs()),
            items: self.items.map(|items| (items.count, items.in_pages)),
            in_ranges: self.in_ranges,
        };
        let head = serde_json::to_vec(&head).ok()?;
        let body = self.body.clone().into_bytes();
        let length = u32::try_from(head.len()).ok()?;
        Some([&length.to_be_bytes()[..], &head, &body].concat())
    }

    /// The response of these bytes; `None` if they are something else.
    pub(crate) fn from_record(record: &[u8]) -> Option<Self> {
        let (length, rest) = record.split_first_chunk()?;
        let (head, body) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        let Head { headers, not_modified, etag, modified, items, in_ranges } =
            serde_json::from_slice(head).ok()?;
        Some(Self {
            headers: CachedHeaders::new(map(headers)?, map(not_modified)?),
            validator: Validator {
                etag: HeaderValue::try_from(etag).ok()?,
                modified: modified.map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)),
            },
            items: items.map(|(count, in_pages)| Items { count, in_pages }),
            in_ranges,
            body: Body::from(Bytes::copy_from_slice(body)),
        })
    }
}

fn texts(headers: &HeaderMap) -> Option<Vec<(String, String)>> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().map(text).collect()
}

fn map(texts: Vec<(String, String)>) -> Option<HeaderMap> {
    let header = |(name, value): (String, String)| {
        Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
    };
    // One by one: collecting would replace a header that is there several times.
    texts.into_iter().try_fold(HeaderMap::new(), |mut map, text| {
        let (name, value) = header(text)?;
        map.append(name, value);
        Some(map)
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::HeaderMap;
    use http::header::{CONTENT_LENGTH, HeaderValue, LINK, SET_COOKIE};

    use super::{CachedHeaders, CachedResponse, Items, Validator};
    use crate::body::Body;

    fn response() -> CachedResponse {
        let mut headers = HeaderMap::new();
        headers.append(LINK, HeaderValue::from_static("</a>; rel=\"next\""));
        headers.append(SET_COOKIE, HeaderValue::from_static("a"));
        headers.append(SET_COOKIE, HeaderValue::from_static("b"));
        headers.append(CONTENT_LENGTH, HeaderValue::from_static("4"));
        CachedResponse {
            headers: CachedHeaders::new(headers, HeaderMap::new()),
            validator: Validator::new("v", Some(SystemTime::UNIX_EPOCH + Duration::from_secs(7))),
            items: Some(Items { count: 3, in_pages: true }),
            in_ranges: true,
            body: Body::from("body"),
        }
    }

    #[test]
    fn a_response_comes_back_whole() {
        let (before, record) = (response(), response().to_record().unwrap());
        let after = CachedResponse::from_record(&record).unwrap();
        assert_eq!(after.headers.whole(), before.headers.whole());
        assert_eq!(after.headers.not_modified(), before.headers.not_modified());
        assert_eq!(format!("{:?}", after.validator), format!("{:?}", before.validator));
        assert_eq!(after.items.map(|items| (items.count, items.in_pages)), Some((3, true)));
        assert_eq!((after.in_ranges, after.body.into_bytes()), (true, "body".into()));
    }

    #[test]
    fn what_is_none_is_none() {
        let record = response().to_record().unwrap();
        for end in 0..record.len() - "body".len() {
            assert!(CachedResponse::from_record(&record[..end]).is_none(), "cut after {end}");
        }
        let mut headers = HeaderMap::new();
        headers.append(LINK, HeaderValue::from_bytes(b"\xff").unwrap());
        let unwritable =
            CachedResponse { headers: CachedHeaders::new(headers, HeaderMap::new()), ..response() };
        assert!(unwritable.to_record().is_none());
    }
}
