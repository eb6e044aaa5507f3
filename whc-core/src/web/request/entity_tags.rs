//! Lists of entity tags (RFC 9110, 8.8.3, 13.1.1 and 13.1.2).

use http::{HeaderMap, HeaderName, HeaderValue};

/// The value of `If-Match` or `If-None-Match`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum EntityTags<'a> {
    /// `*`
    Any,
    /// At least one.
    List(Vec<EntityTag<'a>>),
}

/// An entity tag, without its quotes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EntityTag<'a> {
    pub(crate) is_weak: bool,
    /// Visible ASCII, or bytes over it.
    pub(crate) opaque: &'a [u8],
}

/// The header is not as RFC 9110 has it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The tags in the lines of a header; `None` without any.
pub(crate) fn read<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> Result<Option<EntityTags<'a>>, Malformed> {
    let lines: Vec<_> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
    match &*lines {
        [] => return Ok(None),
        [line] if line.trim_ascii() == b"*" => return Ok(Some(EntityTags::Any)),
        _ => {}
    }
    let mut tags = Vec::new();
    for line in lines {
        list(line, &mut tags)?;
    }
    if tags.is_empty() { Err(Malformed) } else { Ok(Some(EntityTags::List(tags))) }
}

/// Reads one line. Elements may be empty (RFC 9110, 5.6.1.2), and a tag may have a comma.
fn list<'a>(mut rest: &'a [u8], tags: &mut Vec<EntityTag<'a>>) -> Result<(), Malformed> {
    loop {
        rest = rest.trim_ascii_start();
        match rest {
            [] => return Ok(()),
            [b',', after @ ..] => rest = after,
            _ => {
                let (tag, after) = tag(rest)?;
                tags.push(tag);
                rest = after.trim_ascii_start();
                if !matches!(rest, [] | [b',', ..]) {
                    return Err(Malformed);
                }
            }
        }
    }
}

/// The tag at the start, and what comes after it.
fn tag(text: &[u8]) -> Result<(EntityTag<'_>, &[u8]), Malformed> {
    let quoted = text.strip_prefix(b"W/");
    let inner = quoted.unwrap_or(text).strip_prefix(b"\"").ok_or(Malformed)?;
    let end = inner.iter().position(|byte| !is_of_tag(*byte)).ok_or(Malformed)?;
    let after = inner[end..].strip_prefix(b"\"").ok_or(Malformed)?;
    Ok((EntityTag { is_weak: quoted.is_some(), opaque: &inner[..end] }, after))
}

/// `etagc`
fn is_of_tag(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x7e | 0x80..)
}
