//! Secrets in queries: where a token is refused, and how the log leaves them out.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The parameters whose values nobody may see: tokens (RFC 6750, 2.3), and what a login hands over (RFC 6749, 4.1.2).
const SECRETS: [&str; 4] = ["access_token", "token", "code", "state"];
/// Those of them that are credentials.
const TOKENS: [&str; 2] = ["access_token", "token"];

/// Whether a token is among the parameters.
pub(crate) fn has_token(query: &str) -> bool {
    query.split('&').any(|pair| is_named(pair, &TOKENS))
}

/// The query without the values of secrets.
pub(crate) fn without_secrets(query: &str) -> Cow<'_, str> {
    if !query.split('&').any(|pair| is_named(pair, &SECRETS)) {
        return query.into();
    }
    let shown = |pair| {
        if is_named(pair, &SECRETS) { Cow::from(format!("{}=***", name(pair))) } else { Cow::from(pair) }
    };
    query.split('&').map(shown).collect::<Vec<_>>().join("&").into()
}

fn name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

/// Whether the name of a parameter is one of these, in any case and however it is encoded.
fn is_named(pair: &str, names: &[&str]) -> bool {
    let name = name(pair).trim_matches('+');
    let decoded: Cow<'_, [u8]> =
        if name.contains('%') { percent_decode_str(name).into() } else { name.as_bytes().into() };
    names.iter().any(|secret| decoded.trim_ascii().eq_ignore_ascii_case(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{has_token, without_secrets};

    #[test]
    fn secrets_are_found_however_their_names_are_written() {
        for query in [
            "token=s3",
            "a=1&access_token=s3",
            "TOKEN=s3",
            "%74oken=s3",
            "+token=s3&b",
            "token=s3=s3",
            "state=s3",
        ] {
            assert!(!without_secrets(query).contains("s3"), "{query}");
        }
        assert_eq!(without_secrets("q=a&code=s3&lang=fr"), "q=a&code=***&lang=fr");
        for query in ["", "q=token", "tokens=3", "codes=1&country=IT"] {
            assert_eq!(without_secrets(query), query);
        }
    }

    #[test]
    fn a_code_is_no_token() {
        assert!(has_token("a=1&Access%5FToken=x") && has_token("token"));
        assert!(!has_token("code=1&state=2"));
    }
}
