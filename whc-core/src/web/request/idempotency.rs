//! `Idempotency-Key`: a name by which a client may send a request again without doing the same twice
//! (draft-ietf-httpapi-idempotency-key-header).

use http::{HeaderMap, HeaderName, StatusCode};

use crate::web::problem::Problem;

pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest key: more than any random one needs.
const MAX_BYTES: usize = 255;

/// The key of a request, if it has one.
///
/// # Errors
/// It cannot be read.
pub(crate) fn key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else { return Ok(None) };
    // A string of RFC 9651 has quotes; many clients send none. A comma joins what came as several headers.
    let text = value.to_str().ok().map(str::trim);
    let bare =
        text.map(|text| text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text));
    let fits = |key: &&str| {
        (1..=MAX_BYTES).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\,".contains(&byte))
    };
    let key = bare.filter(fits).filter(|_| values.next().is_none());
    key.map(Some).ok_or_else(|| {
        let detail =
            format!("Idempotency-Key is one random text such as a UUID, of at most {MAX_BYTES} characters");
        Problem::new(StatusCode::BAD_REQUEST, detail)
    })
}
