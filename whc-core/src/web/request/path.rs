//! Paths as routes are matched to them: RFC 3986, 6.2.2.2.

use std::borrow::Cow;

/// The path with letters, digits and `-._~` as they are, which mean the same percent-encoded. Nothing else is decoded: an
/// encoded slash divides no segments.
pub(crate) fn normalized(path: &str) -> Cow<'_, str> {
    let Some(first) = path.find('%') else { return Cow::Borrowed(path) };
    let mut normalized = String::with_capacity(path.len());
    normalized.push_str(&path[..first]);
    let mut rest = &path[first..];
    while let Some(next) = rest.chars().next() {
        let (letter, length) = unreserved(rest).map_or((next, next.len_utf8()), |letter| (letter, 3));
        normalized.push(letter);
        rest = &rest[length..];
    }
    Cow::Owned(normalized)
}

/// The unreserved character that is encoded at the start of `text`.
fn unreserved(text: &str) -> Option<char> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    let hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let byte = u8::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)?;
    (byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)).then_some(char::from(byte))
}
