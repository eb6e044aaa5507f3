//! Bytes to text: byte order marks, UTF-8, an encoding that was asked for, and Windows-1252 where it is none of these.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use encoding_rs::WINDOWS_1252;

use super::finding::Findings;
use crate::error::{Error, Result};

/// The encoding of a text, by any name that browsers know: `windows-1252`, `macintosh`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl FromStr for Encoding {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        encoding_rs::Encoding::for_label(text.as_bytes()).map(Self).ok_or_else(|| {
            let text = text.escape_debug();
            Error::invalid(format!(
                "an encoding is one of browsers, as utf-8, windows-1252 or macintosh, not \"{text}\""
            ))
        })
    }
}

/// The text of a file, and whether its encoding is only a guess.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) guessed: bool,
}

/// The whole of `bytes` as text. Text that is not UTF-8 is read as Windows-1252, which is a guess.
pub(super) fn text<'a>(bytes: &'a [u8], asked: Option<Encoding>, findings: &mut Findings) -> Decoded<'a> {
    let marked = encoding_rs::Encoding::for_bom(bytes);
    let known = asked.map(|encoding| (encoding.0, 0)).or(marked);
    if let Some((encoding, mark)) = known {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if damaged {
            let found = format!("the text is not {} in some places", encoding.name());
            findings.warn(None, found, "what cannot be read became U+FFFD");
        }
        return Decoded { text, guessed: false };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), guessed: false },
        Err(_) => Decoded { text: WINDOWS_1252.decode_without_bom_handling(bytes).0, guessed: true },
    }
}

/// The first kilobytes of `bytes` as text, whatever they are; only for telling formats apart.
pub(super) fn start(bytes: &[u8]) -> String {
    let start = &bytes[..bytes.len().min(8192)];
    let encoding = encoding_rs::Encoding::for_bom(start).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    encoding.decode_with_bom_removal(start).0.into_owned()
}
