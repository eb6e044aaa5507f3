//! Bodies as browsers send forms.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// What a form is.
const FORM: &str = "application/x-www-form-urlencoded";

/// Whether the body is a form.
pub(crate) fn is_one(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM)
}

/// The value of a field; `None` where there is none, or two, of which nobody knows which counts.
pub(crate) fn field<'a>(form: &'a [u8], name: &str) -> Option<Cow<'a, str>> {
    let mut values = form_urlencoded::parse(form).filter(|(known, _)| known == name);
    let (_, value) = values.next()?;
    if values.next().is_some() { None } else { Some(value) }
}
