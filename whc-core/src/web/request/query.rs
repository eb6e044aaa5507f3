//! The pairs of a query: names and values as forms encode them (WHATWG URL, 5.1).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::trackers;

/// Each name with its value, but for marks of trackers. A value is `None` where its bytes are no UTF-8, for which
/// `form_urlencoded` would put other letters; such a name is that of no parameter, as it stands there.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Option<Cow<'_, str>>)> + Clone {
    let pairs = query.split('&').filter(|pair| !pair.is_empty() && !trackers::is_pair(pair));
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name).unwrap_or(name.into()), decoded(value))
    })
}

/// The text as it was before it was encoded; `None` where its bytes are no UTF-8.
pub(super) fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let decoded: Cow<'_, str> = if text.contains(['%', '+']) {
        let spaced = text.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8().ok()?.into_owned().into()
    } else {
        text.into()
    };
    // It stands for such bytes where somebody on the way has decoded them, as API Gateway does.
    (!decoded.contains(char::REPLACEMENT_CHARACTER)).then_some(decoded)
}
