//! Content encodings: which one a client takes, and the bytes in it.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, HeaderValue};
use http::{HeaderMap, Response};

use super::negotiation::{joined, weighted};
use crate::body::Body;

/// Bodies below this many bytes are sent as they are: one packet stays one packet.
const SMALL: usize = 1024;

/// A way to compress a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "compression"), expect(dead_code, reason = "there is no encoding to offer then"))]
pub(super) enum Encoding {
    Brotli,
    Zstd,
    Gzip,
}

/// The encodings of this build, the preferred one first.
#[cfg(feature = "compression")]
const OFFERS: &[Encoding] = &[Encoding::Brotli, Encoding::Zstd, Encoding::Gzip];
#[cfg(not(feature = "compression"))]
const OFFERS: &[Encoding] = &[];

impl Encoding {
    /// The name in `Content-Encoding`, and behind the validator.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// Whether this build compresses at all.
    pub(super) fn is_possible() -> bool {
        !OFFERS.is_empty()
    }

    /// The one the client likes best, `None` for none.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        if !headers.contains_key(ACCEPT_ENCODING) {
            return None;
        }
        let header = joined(headers, &ACCEPT_ENCODING);
        let quality = |encoding: Self| {
            let named = |name: &str| weighted(&header).find(|(tag, _)| tag.eq_ignore_ascii_case(name));
            named(encoding.name()).or_else(|| named("*")).map_or(0.0, |(_, quality)| quality)
        };
        let mut best = None;
        for encoding in OFFERS.iter().copied() {
            if quality(encoding) > best.map_or(0.0, quality) {
                best = Some(encoding);
            }
        }
        best
    }

    /// Compresses the body of `response` where that is worth it. Other bytes need another validator.
    pub(super) fn apply(self, response: &mut Response<Body>) {
        if response.body().len() < SMALL {
            return;
        }
        let body = std::mem::take(response.body_mut()).into_bytes();
        let Some(compressed) = self.compress(&body) else {
            *response.body_mut() = Body::from(body);
            return;
        };
        *response.body_mut() = Body::from(compressed);
        let headers = response.headers_mut();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(self.name()));
        if let Some(etag) = headers.get(ETAG).and_then(|etag| self.validator(etag)) {
            headers.insert(ETAG, etag);
        }
    }

    fn validator(self, etag: &HeaderValue) -> Option<HeaderValue> {
        let plain = etag.to_str().ok()?.trim_end_matches('"');
        HeaderValue::try_from(format!("{plain}-{}\"", self.name())).ok()
    }

    /// At levels that take about a millisecond for a page: the result is kept, but the first one waits for it.
    #[cfg(feature = "compression")]
    fn compress(self, body: &Bytes) -> Option<Vec<u8>> {
        use std::io::Write;

        let mut compressed = Vec::with_capacity(body.len() / 4);
        match self {
            Self::Brotli => {
                let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 4, 22);
                writer.write_all(body).and_then(|()| writer.flush()).ok()?;
            }
            Self::Zstd => compressed = zstd::bulk::compress(body, 3).ok()?,
            Self::Gzip => {
                let mut writer = flate2::write::GzEncoder::new(&mut compressed, flate2::Compression::new(5));
                writer.write_all(body).and_then(|()| writer.try_finish()).ok()?;
            }
        }
        Some(compressed)
    }

    #[cfg(not(feature = "compression"))]
    #[expect(clippy::unused_self, reason = "the signature of the build that compresses")]
    fn compress(self, _: &Bytes) -> Option<Vec<u8>> {
        None
    }
}
