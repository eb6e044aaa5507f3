//! What hyper answers by itself, to what it cannot read as a request: known by its bytes, and replaced by an answer that
//! says more. hyper has no other way to have a say in it (`on_error` of its `proto/h1/role.rs`).

use http::header::CONTENT_LENGTH;
use http::{Response, StatusCode};
use whc_core::web::{Body, Problem};

/// All that stands between the status line of such an answer and its date.
const FIELDS: &[u8] = b"\r\nconnection: close\r\ncontent-length: 0\r\ndate: ";
/// The date, and the end of the header.
const DATE: usize = 29 + 4;

/// Where in `bytes` an answer of hyper's own begins, which is always the last one, and its status.
pub(super) fn find(bytes: &[u8]) -> Option<(usize, StatusCode)> {
    let before_date = bytes.get(..bytes.len().checked_sub(DATE)?)?;
    let before = before_date.strip_suffix(FIELDS)?;
    // A line, for an answer of ours has more fields.
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let line = before.get(start..)?;
    let start = start + line.windows(9).rposition(|part| part == b"HTTP/1.1 ")?;
    let status = StatusCode::from_bytes(before.get(start + 9..start + 12)?).ok()?;
    status.is_client_error().then_some((start, status))
}

/// Why hyper answers with `status` to what it read last.
pub(super) fn problem(status: StatusCode, read: &[u8]) -> Problem {
    match status {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE if has_endless_length(read) => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "no request body is as long as its Content-Length")
        }
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            Problem::new(status, "the header has more than 100 fields, or more bytes than are accepted")
        }
        StatusCode::URI_TOO_LONG => Problem::new(status, "the target of the request is too long"),
        _ => Problem::new(status, broken(read)),
    }
}

/// What is wrong with the first of the requests that were read which is none.
fn broken(read: &[u8]) -> String {
    let all: Vec<_> =
        read.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect();
    for request in all.split(|line| line.is_empty()).filter(|request| !request.is_empty()) {
        if !is_request_line(request[0]) {
            return "this is not a request of HTTP/1.1 or HTTP/2 without TLS".to_owned();
        }
        if let Some(line) = request.iter().skip(1).position(|line| !is_field(line)) {
            let number = line + 1;
            return format!(
                "line {number} of the header is broken: it is no name without spaces, colon and value"
            );
        }
    }
    "the header is broken: a name, a value or a length in it is not as HTTP/1.1 has them".to_owned()
}

fn is_request_line(line: &[u8]) -> bool {
    match *line.split(|byte| *byte == b' ').collect::<Vec<_>>() {
        [method, target, b"HTTP/1.1" | b"HTTP/1.0"] => is_token(method) && !target.is_empty(),
        _ => false,
    }
}

/// Whether it is a line of a header (RFC 9112, 5).
fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
    let is_of_value = |byte: &u8| !byte.is_ascii_control() || *byte == b'\t';
    is_token(&line[..colon]) && line[colon..].iter().all(is_of_value)
}

/// A method, or the name of a field (RFC 9110, 5.6.2).
fn is_token(text: &[u8]) -> bool {
    let is_of_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !text.is_empty() && text.iter().all(is_of_token)
}

/// The two numbers of 64 bits that are lengths, but none that hyper takes.
fn has_endless_length(read: &[u8]) -> bool {
    let text = String::from_utf8_lossy(read).to_ascii_lowercase();
    let lengths = text.lines().filter_map(|line| line.strip_prefix("content-length:"));
    lengths.filter_map(|length| length.trim().parse::<u64>().ok()).any(|length| length >= u64::MAX - 1)
}

/// `response` as HTTP/1.1 sends it, instead of `own`, whose date it takes.
pub(super) fn write(response: Response<Body>, own: &[u8]) -> Vec<u8> {
    let (parts, body) = response.into_parts();
    let body = body.into_bytes();
    let reason = parts.status.canonical_reason().unwrap_or_default();
    let mut bytes = format!("HTTP/1.1 {} {reason}\r\n", parts.status.as_str()).into_bytes();
    for (name, value) in parts.headers.iter().filter(|(name, _)| **name != CONTENT_LENGTH) {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    let length = body.len();
    bytes.extend(format!("connection: close\r\ncontent-length: {length}\r\ndate: ").into_bytes());
    bytes.extend_from_slice(&own[own.len().saturating_sub(DATE)..]);
    bytes.extend_from_slice(&body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::find;

    const OWN: &str = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\
        date: Thu, 26 Nov 2026 02:22:53 GMT\r\n\r\n";

    #[test]
    fn it_is_found_behind_other_answers() {
        for before in ["", "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"status\":\"ok\"}", "a line\n"] {
            let (start, status) = find(format!("{before}{OWN}").as_bytes()).unwrap();
            assert_eq!((start, status.as_u16()), (before.len(), 400));
        }
    }

    #[test]
    fn answers_of_others_are_none() {
        let more = OWN.replace("\r\nconnection", "\r\nx-request-id: a\r\nconnection");
        for bytes in ["", "OK", &more, &OWN.replace("400", "200"), &OWN[1..], &format!("{OWN}a")] {
            assert!(find(bytes.as_bytes()).is_none(), "{bytes}");
        }
    }
}
