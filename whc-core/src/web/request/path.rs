//! Paths as routes are matched to them: RFC 3986, 6.2.2.2; and with the version of the API that some clients name.

use std::borrow::Cow;

/// The API, and how those clients call it.
const API: &str = "/api/";
const API_OF_VERSION: &str = "/api/v1/";

/// The path as it is in the table of routes.
pub(crate) fn of_route(path: &str) -> Cow<'_, str> {
    let path = normalized(path);
    match path.strip_prefix(API_OF_VERSION) {
        Some(rest) => Cow::Owned([API, rest].concat()),
        None => path,
    }
}

/// The path with letters, digits and `-._~` as they are, which mean the same percent-encoded. Nothing else is decoded: an
/// encoded slash divides no segments.
fn normalized(path: &str) -> Cow<'_, str> {
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
