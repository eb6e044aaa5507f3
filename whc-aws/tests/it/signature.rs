//! Signature Version 4 of a request whose signature is in its query, straight from AWS's description of it.

use std::fmt::Write as _;

use ring::digest::{SHA256, digest};
use ring::hmac::{HMAC_SHA256, Key, sign};

const DATE: &str = "20240826";
const TIME: &str = "20240826T220000Z";

/// The request, which has no scheme and parameters in their order, with the parameters of its signature: by the key `akid` whose
/// secret is `secret`, at the time of the example.
pub(crate) fn presigned(request: &str, service: &str, session: Option<&str>) -> String {
    let (place, query) = request.split_once('?').unwrap();
    let host = place.trim_end_matches('/');
    let scope = format!("{DATE}/us-east-1/{service}/aws4_request");
    let mut added = vec![
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()),
        ("X-Amz-Credential", encoded(&format!("akid/{scope}"))),
        ("X-Amz-Date", TIME.to_owned()),
        ("X-Amz-Expires", "900".to_owned()),
    ];
    added.extend(session.map(|session| ("X-Amz-Security-Token", encoded(session))));
    added.push(("X-Amz-SignedHeaders", "host".to_owned()));
    added.sort();
    let signed: String =
        added.iter().fold(query.to_owned(), |query, (name, value)| format!("{query}&{name}={value}"));
    let canonical = format!("GET\n/\n{signed}\nhost:{host}\n\nhost\n{}", hex(digest(&SHA256, b"").as_ref()));
    let to_sign =
        format!("AWS4-HMAC-SHA256\n{TIME}\n{scope}\n{}", hex(digest(&SHA256, canonical.as_bytes()).as_ref()));
    let parts = [DATE, "us-east-1", service, "aws4_request"];
    let key = parts.into_iter().fold(b"AWS4secret".to_vec(), |key, part| hmac(&key, part));
    format!("{place}?{signed}&X-Amz-Signature={}", hex(&hmac(&key, &to_sign)))
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    sign(&Key::new(HMAC_SHA256, key), message.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn encoded(text: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
