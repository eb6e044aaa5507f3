//! Secrets in the target of a request: where a token is refused, and how the log leaves them out.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The parameters whose values are credentials, in small letters without what divides words: tokens (RFC 6750, 2.3; OIDC
/// Core), secrets of clients (RFC 6749, 2.3.1; RFC 7521), and what people call the like.
const CREDENTIALS: [&str; 17] = [
    "accesstoken",
    "apikey",
    "assertion",
    "authorization",
    "bearer",
    "clientassertion",
    "clientsecret",
    "idtoken",
    "idtokenhint",
    "jwt",
    "passwd",
    "password",
    "refreshtoken",
    "samlresponse",
    "secret",
    "sessiontoken",
    "token",
];
/// What a login hands over beside them (RFC 6749, 4.1.2; RFC 7636).
const OF_LOGINS: [&str; 3] = ["code", "codeverifier", "state"];

/// What is shown instead.
const HIDDEN: &str = "***";
/// What divides parameters, here or for somebody else.
const DIVIDERS: [char; 2] = ['&', ';'];
/// A JSON Web Token begins with `{"` in base64url.
const JSON_OBJECT: &str = "eyJ";
/// More than there are programs on the way.
const MOST_DECODINGS: usize = 4;
/// Shorter than any header and any claims of one that begins in another way.
const SHORTEST_PART: usize = 16;

/// Whether a credential is among the parameters.
pub(crate) fn has_token(query: &str) -> bool {
    query.split(DIVIDERS).any(|pair| {
        let (name, value) = split(pair);
        is_named(name, &CREDENTIALS) || has_jwt(name) || has_jwt(value)
    })
}

/// The query without the values of secrets.
pub(crate) fn without_secrets(query: &str) -> Cow<'_, str> {
    without(query, &DIVIDERS, |pair| {
        let (name, value) = split(pair);
        if has_jwt(name) {
            Some(HIDDEN.to_owned())
        } else if is_named(name, &CREDENTIALS) || is_named(name, &OF_LOGINS) || has_jwt(value) {
            Some(format!("{name}={HIDDEN}"))
        } else {
            None
        }
    })
}

/// The path without tokens.
pub(crate) fn without_tokens(path: &str) -> Cow<'_, str> {
    without(path, &['/'], |segment| has_jwt(segment).then(|| HIDDEN.to_owned()))
}

/// The text with other parts where there is something to `hide`.
fn without<'a>(text: &'a str, dividers: &[char], hide: impl Fn(&str) -> Option<String>) -> Cow<'a, str> {
    let hidden = |part: &'a str| {
        let end = part.trim_end_matches(dividers).len();
        hide(&part[..end]).map_or(Cow::Borrowed(part), |shown| Cow::Owned(shown + &part[end..]))
    };
    let parts: Vec<_> = text.split_inclusive(dividers).map(hidden).collect();
    if parts.iter().all(|part| matches!(part, Cow::Borrowed(_))) {
        text.into()
    } else {
        parts.concat().into()
    }
}

fn split(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}

/// Whether a parameter has one of these names, however it is written: `id_token`, `idToken`, `ID-TOKEN`, `token[]`,
/// `user[password]`, in any encoding.
fn is_named(name: &str, names: &[&str]) -> bool {
    let decoded = decoded(name);
    let words = decoded.split(|letter: char| !letter.is_alphanumeric() && !"_-".contains(letter));
    words.map(|word| word.replace(['_', '-'], "")).any(|word| names.contains(&&*word.to_ascii_lowercase()))
}

/// Whether a JSON Web Token is in a text, or what may be the beginning of one.
fn has_jwt(text: &str) -> bool {
    let decoded = decoded(text);
    let mut words = decoded.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-.".contains(letter));
    words.any(|word| word.starts_with(JSON_OBJECT) || is_compact(word))
}

/// Whether a text has the parts of a signed or an encrypted token (RFC 7515, 3.1; RFC 7516, 3.1).
fn is_compact(word: &str) -> bool {
    let parts: Vec<_> = word.split('.').take(6).collect();
    matches!(parts.len(), 3 | 5) && parts[..2].iter().all(|part| part.len() >= SHORTEST_PART)
}

/// The text as it reads when proxies and frameworks have each decoded it once.
fn decoded(text: &str) -> Cow<'_, str> {
    let mut decoded = Cow::Borrowed(text);
    for _ in 0..MOST_DECODINGS {
        if !decoded.contains('%') {
            break;
        }
        decoded = percent_decode_str(&decoded).decode_utf8_lossy().into_owned().into();
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::{has_token, without_secrets, without_tokens};

    #[test]
    fn secrets_are_found_however_their_names_are_written() {
        for name in [
            "token",
            "access_token",
            "id_token",
            "refresh_token",
            "client_secret",
            "password",
            "code",
            "state",
            "code_verifier",
            "client_assertion",
            "TOKEN",
            "Id_Token",
            "idToken",
            "api-key",
            "%74oken",
            "%2574oken",
            "%25252574oken",
            "to%6B%65n",
            "+token",
            "token+",
            "token[]",
            "token%5B%5D",
            "token[0]",
            "user[password]",
            "a.refresh_token",
        ] {
            for query in [format!("{name}=s3"), format!("a=1&{name}=s3&b=2"), format!("a=1;{name}=s3=s3")] {
                let shown = without_secrets(&query);
                assert!(!shown.contains("s3") && shown.contains("***"), "{query}: {shown}");
            }
        }
        assert_eq!(without_secrets("q=a&code=s3&lang=fr"), "q=a&code=***&lang=fr");
    }

    #[test]
    fn tokens_are_found_under_any_name_and_none() {
        let long = "a1b2c3d4e5f6g7h8";
        for token in [
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9.s3".to_owned(),
            "eyJs3".to_owned(),
            "Bearer+eyJs3".to_owned(),
            "Bearer%20eyJs3".to_owned(),
            "%65yJs3".to_owned(),
            "%2565yJs3".to_owned(),
            "[eyJs3".to_owned(),
            format!("{long}.{long}.s3"),
            format!("{long}.{long}.{long}.{long}.s3"),
        ] {
            for query in
                [format!("q={token}"), format!("a=1&q={token}&b=2"), token.clone(), format!("{token}=1")]
            {
                assert!(!without_secrets(&query).contains("s3"), "{query}");
                assert!(has_token(&query), "{query}");
            }
            assert_eq!(without_tokens(&format!("/api/{token}/x")), "/api/***/x");
        }
    }

    #[test]
    fn everything_else_is_shown() {
        for query in [
            "",
            "&",
            "q=token",
            "q=HeyJude",
            "tokens=3",
            "codes=1&country=IT",
            "q=whc.unesco.org",
            "q=a%zz&&",
            "bbox=-180,-90,180.000001,90.0",
        ] {
            assert_eq!(without_secrets(query), query);
        }
        for path in ["/", "/api/whcsites/1", "//", "/api/whcsites/%zz"] {
            assert_eq!(without_tokens(path), path);
        }
    }

    #[test]
    fn a_code_is_no_token() {
        assert!(has_token("a=1&Access%5FToken=x") && has_token("token"));
        assert!(!has_token("code=1&state=2"));
    }
}
