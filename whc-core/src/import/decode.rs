//! Bytes to text: byte order marks, UTF-8, and Windows-1252 where it is not UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::finding::Findings;

/// The whole of `bytes` as text. Text that is not UTF-8 is read as Windows-1252, with a finding.
pub(super) fn text<'a>(bytes: &'a [u8], findings: &mut Findings) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if damaged {
            let found = format!("the file says it is {} and is not, in some places", encoding.name());
            findings.warn(None, found, "what cannot be read became U+FFFD");
        }
        return text;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    findings.warn(None, "the text is not UTF-8".to_owned(), "it was read as Windows-1252");
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// The first kilobytes of `bytes` as text, whatever they are; only for telling formats apart.
pub(super) fn start(bytes: &[u8]) -> String {
    let start = &bytes[..bytes.len().min(8192)];
    let encoding = Encoding::for_bom(start).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    encoding.decode_with_bom_removal(start).0.into_owned()
}
