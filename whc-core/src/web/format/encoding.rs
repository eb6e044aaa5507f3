//! Content encodings: those of this build, and compression.

use bytes::Bytes;

/// A way to compress a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "compression"), expect(dead_code, reason = "there is no encoding to offer then"))]
pub(crate) enum Encoding {
    Brotli,
    Zstd,
    Gzip,
}

impl Encoding {
    /// The encodings of this build, the preferred one first.
    #[cfg(feature = "compression")]
    pub(crate) const OFFERS: &[Self] = &[Self::Brotli, Self::Zstd, Self::Gzip];
    /// The encodings of this build: none.
    #[cfg(not(feature = "compression"))]
    pub(crate) const OFFERS: &[Self] = &[];

    /// The name in `Content-Encoding`, and the suffix of the validator.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// Whether this build compresses at all.
    pub(crate) fn is_possible() -> bool {
        !Self::OFFERS.is_empty()
    }

    /// The compressed bytes, `None` where that fails. The levels take about a millisecond for a page: the result is cached,
    /// but the first client waits for it.
    #[cfg(feature = "compression")]
    pub(crate) fn compress(self, body: &Bytes) -> Option<Vec<u8>> {
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
    pub(crate) fn compress(self, _: &Bytes) -> Option<Vec<u8>> {
        None
    }
}
