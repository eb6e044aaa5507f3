//! The table of tokens: good ones, and those somebody may try, each with what comes of it.

use std::collections::BTreeMap;

use serde_json::Value;
use whc_core::auth::Unauthenticated;

use super::issuer::{Issuer, Signed, encode};
use super::{CLAIMS, HEADER, check, clock, service};

/// Members of an object as JSON text: they replace those of the same name, and an empty one takes it away.
type Changes = &'static [(&'static str, &'static str)];

struct Row(&'static str, Signed, Changes, Changes, Outcome);

/// `Ok`, or a part of the reason for `invalid_token`.
type Outcome = Result<(), &'static str>;

const OK: Outcome = Ok(());
const SIGNATURE: Outcome = Err("the signature is of none of the keys");
const ALGORITHM: Outcome = Err("alg is none of the algorithms");
const TYPE: Outcome = Err("typ is neither");
const CRIT: Outcome = Err("crit names an extension");
const HEADER_JSON: Outcome = Err("the header of the token is no JSON object");
const CLAIMS_JSON: Outcome = Err("the claims of the token are no JSON object");
const EXP: Outcome = Err("exp is no time");
const SUB: Outcome = Err("sub is neither");
const EMAIL: Outcome = Err("email has control characters");
const ISS: Outcome = Err("iss is no");
const AUD: Outcome = Err("aud is neither");
const CASES: Outcome = Err("case_ids is no list of case numbers");

use Signed::{BySecond, EdDsa, Es256, Hs256OfPublicKey, Not, Ps256, Rs256};

#[rustfmt::skip]
const TABLE: &[Row] = &[
    Row("plain", Rs256, &[], &[], OK),
    Row("PS256 of the same key", Ps256, &[("alg", r#""PS256""#)], &[], OK),
    Row("ES256", Es256, &[("alg", r#""ES256""#), ("kid", r#""curve""#)], &[], OK),
    Row("EdDSA", EdDsa, &[("alg", r#""EdDSA""#), ("kid", r#""edwards""#)], &[], OK),
    Row("no kid", Rs256, &[("kid", "")], &[], OK),
    Row("no kid, on the curve", Es256, &[("alg", r#""ES256""#), ("kid", "")], &[], OK),

    // The algorithm is not the token's to choose.
    Row("none", Not, &[("alg", r#""none""#)], &[], ALGORITHM),
    Row("None", Not, &[("alg", r#""None""#)], &[], ALGORITHM),
    Row("none with a signature", Rs256, &[("alg", r#""none""#)], &[], ALGORITHM),
    Row("no alg", Rs256, &[("alg", "")], &[], ALGORITHM),
    Row("alg null", Rs256, &[("alg", "null")], &[], ALGORITHM),
    Row("alg a list", Rs256, &[("alg", r#"["RS256"]"#)], &[], ALGORITHM),
    Row("alg in small letters", Rs256, &[("alg", r#""rs256""#)], &[], ALGORITHM),
    Row("HS256 with the public key", Hs256OfPublicKey, &[("alg", r#""HS256""#)], &[], ALGORITHM),
    Row("HS256 called RS256", Hs256OfPublicKey, &[], &[], SIGNATURE),
    Row("RS512", Rs256, &[("alg", r#""RS512""#)], &[], ALGORITHM),
    Row("RS256 called PS256", Rs256, &[("alg", r#""PS256""#)], &[], SIGNATURE),
    Row("RS256 called ES256 for the RSA key", Rs256, &[("alg", r#""ES256""#)], &[], SIGNATURE),
    Row("EdDSA called ES256", EdDsa, &[("alg", r#""ES256""#), ("kid", "")], &[], SIGNATURE),
    Row("no signature", Not, &[], &[], SIGNATURE),

    // The key.
    Row("another key", BySecond, &[], &[], SIGNATURE),
    Row("another key without kid", BySecond, &[("kid", "")], &[], SIGNATURE),
    Row("wrong kid", Rs256, &[("kid", r#""curve""#)], &[], SIGNATURE),
    Row("unknown kid", Rs256, &[("kid", r#""third""#)], &[], SIGNATURE),
    Row("kid with a path", Rs256, &[("kid", r#""../first""#)], &[], SIGNATURE),
    Row("kid empty", Rs256, &[("kid", r#""""#)], &[], SIGNATURE),
    Row("kid null", Rs256, &[("kid", "null")], &[], Err("kid is no string")),
    Row("kid a number", Rs256, &[("kid", "1")], &[], Err("kid is no string")),
    Row("jwk in the header", BySecond, &[("jwk", r#"{"kty":"oct","k":"AAAA"}"#)], &[], SIGNATURE),
    Row("x5c in the header", BySecond, &[("x5c", r#"["MIIB"]"#)], &[], SIGNATURE),

    // The rest of the header.
    Row("typ JWT", Rs256, &[("typ", r#""JWT""#)], &[], OK),
    Row("typ jwt", Rs256, &[("typ", r#""jwt""#)], &[], OK),
    Row("typ at+jwt", Rs256, &[("typ", r#""at+jwt""#)], &[], OK),
    Row("typ application/at+jwt", Rs256, &[("typ", r#""application/at+JWT""#)], &[], OK),
    Row("typ of a logout token", Rs256, &[("typ", r#""logout+jwt""#)], &[], TYPE),
    Row("typ of a proof", Rs256, &[("typ", r#""dpop+jwt""#)], &[], TYPE),
    Row("typ empty", Rs256, &[("typ", r#""""#)], &[], TYPE),
    Row("typ null", Rs256, &[("typ", "null")], &[], TYPE),
    Row("crit", Rs256, &[("crit", r#"["exp"]"#)], &[], CRIT),
    Row("crit empty", Rs256, &[("crit", "[]")], &[], CRIT),
    Row("crit b64", Rs256, &[("b64", "false"), ("crit", r#"["b64"]"#)], &[], CRIT),
    Row("unknown header member", Rs256, &[("x", "{}")], &[], OK),
    Row("header with alg twice", Rs256, &[("x", r#"1,"alg":"none""#)], &[], HEADER_JSON),

    // Time. It is 1800000000.
    Row("expired", Rs256, &[], &[("exp", "1799999999")], Err("has expired")),
    Row("expires now", Rs256, &[], &[("exp", "1800000000")], Err("has expired")),
    Row("expires in a second", Rs256, &[], &[("exp", "1800000001")], OK),
    Row("no exp", Rs256, &[], &[("exp", "")], Err("exp is missing")),
    Row("exp null", Rs256, &[], &[("exp", "null")], EXP),
    Row("exp a string", Rs256, &[], &[("exp", r#""1800000600""#)], EXP),
    Row("exp with decimals", Rs256, &[], &[("exp", "1800000600.5")], OK),
    Row("exp with decimals, expired", Rs256, &[], &[("exp", "1799999999.9")], Err("has expired")),
    Row("exp with an exponent", Rs256, &[], &[("exp", "1.8000006e9")], OK),
    Row("exp in milliseconds", Rs256, &[], &[("exp", "1800000600000")], EXP),
    Row("exp below zero", Rs256, &[], &[("exp", "-1")], EXP),
    Row("exp over 64 bits", Rs256, &[], &[("exp", "99999999999999999999")], EXP),
    Row("exp over all numbers", Rs256, &[], &[("exp", "1e400")], CLAIMS_JSON),
    Row("exp true", Rs256, &[], &[("exp", "true")], EXP),
    Row("not yet valid", Rs256, &[], &[("nbf", "1800000031")], Err("not valid yet")),
    Row("valid within the skew", Rs256, &[], &[("nbf", "1800000030")], OK),
    Row("nbf a string", Rs256, &[], &[("nbf", r#""0""#)], Err("nbf is no time")),
    Row("issued in the future", Rs256, &[], &[("iat", "1800000031")], Err("issued in the future")),
    Row("issued within the skew", Rs256, &[], &[("iat", "1800000030")], OK),
    Row("iat null", Rs256, &[], &[("iat", "null")], Err("iat is no time")),

    // Whose and for whom.
    Row("wrong iss", Rs256, &[], &[("iss", r#""https://login.example.evil""#)], Err("iss is not the issuer")),
    Row("iss with a slash", Rs256, &[], &[("iss", r#""https://login.example/""#)], Err("iss is not the issuer")),
    Row("no iss", Rs256, &[], &[("iss", "")], Err("iss is not the issuer")),
    Row("iss null", Rs256, &[], &[("iss", "null")], ISS),
    Row("iss a list", Rs256, &[], &[("iss", r#"["https://login.example"]"#)], ISS),
    Row("wrong aud", Rs256, &[], &[("aud", r#""other""#)], Err("aud does not name")),
    Row("no aud", Rs256, &[], &[("aud", "")], Err("aud does not name")),
    Row("aud a list", Rs256, &[], &[("aud", r#"["other","whc"]"#)], OK),
    Row("aud a list of others", Rs256, &[], &[("aud", r#"["other","whc2"]"#)], Err("aud does not name")),
    Row("aud an empty list", Rs256, &[], &[("aud", "[]")], Err("aud does not name")),
    Row("aud a list with a number", Rs256, &[], &[("aud", r#"["whc",1]"#)], AUD),
    Row("aud an object", Rs256, &[], &[("aud", r#"{"whc":1}"#)], AUD),
    Row("no sub", Rs256, &[], &[("sub", "")], Err("sub is missing")),
    Row("sub null", Rs256, &[], &[("sub", "null")], SUB),
    Row("sub a number", Rs256, &[], &[("sub", "42")], SUB),
    Row("sub blank", Rs256, &[], &[("sub", r#"" ""#)], SUB),
    Row("sub with a line break", Rs256, &[], &[("sub", r#""4\n2""#)], SUB),
    Row("sub with a NUL", Rs256, &[], &[("sub", r#""4\u00002""#)], SUB),
    Row("sub that nobody sees", Rs256, &[], &[("sub", r#""\u200b\ufeff""#)], SUB),
    Row("sub that turns around", Rs256, &[], &[("sub", r#""4\u202e2""#)], SUB),
    Row("sub an object with a NUL", Rs256, &[], &[("sub", r#"{"id":"4\u00002"}"#)], SUB),
    Row("iss with a NUL", Rs256, &[], &[("iss", r#""a\u0000b""#)], Err("iss is no string")),
    Row("email with a NUL", Rs256, &[], &[("email", r#""a\u0000@b.example""#)], EMAIL),
    Row("email in sub with a NUL", Rs256, &[], &[("sub", r#"{"id":"42","email":"a\u0000@b.example"}"#)], EMAIL),
    Row("email in sub with a line break", Rs256, &[], &[("sub", r#"{"id":"42","email":"a\n@b.example"}"#)], EMAIL),
    Row("email null", Rs256, &[], &[("email", "null")], OK),
    Row("sub with half a letter", Rs256, &[], &[("sub", r#""\ud800""#)], CLAIMS_JSON),
    Row("sub in Greek", Rs256, &[], &[("sub", r#""Ἡρόδοτος""#)], OK),
    Row("sub an object", Rs256, &[], &[("sub", r#"{"id":"42","email":"a@b.example"}"#)], OK),
    Row("sub an object without id", Rs256, &[], &[("sub", r#"{"email":"a@b.example"}"#)], SUB),
    Row("sub an object with a number", Rs256, &[], &[("sub", r#"{"id":42}"#)], SUB),
    Row("sub a list", Rs256, &[], &[("sub", r#"["42"]"#)], SUB),

    // What they may.
    Row("scope", Rs256, &[], &[("scope", r#""openid contacts:read""#)], OK),
    Row("scope null", Rs256, &[], &[("scope", "null")], Err("scope is no string")),
    Row("scope a list", Rs256, &[], &[("scope", r#"["contacts:read"]"#)], Err("scope is no string")),
    Row("scopes", Rs256, &[], &[("scopes", r#"["contacts:read"]"#)], OK),
    Row("scopes a string", Rs256, &[], &[("scopes", r#""contacts:read""#)], Err("scopes is no list")),
    Row("case_ids", Rs256, &[], &[("case_ids", "[1,9007199254740991]")], OK),
    Row("case_ids empty", Rs256, &[], &[("case_ids", "[]")], OK),
    Row("case_ids null", Rs256, &[], &[("case_ids", "null")], CASES),
    Row("case_ids a number", Rs256, &[], &[("case_ids", "1")], CASES),
    Row("case_ids of strings", Rs256, &[], &[("case_ids", r#"["1"]"#)], CASES),
    Row("case_ids with decimals", Rs256, &[], &[("case_ids", "[1.0]")], CASES),
    Row("case_ids with zero", Rs256, &[], &[("case_ids", "[0]")], CASES),
    Row("case_ids too great", Rs256, &[], &[("case_ids", "[9007199254740992]")], CASES),

    // The same claim twice: readers disagree which one counts.
    Row("exp twice", Rs256, &[], &[("x", r#"1,"exp":1800000600"#)], CLAIMS_JSON),
    Row("an unknown claim twice", Rs256, &[], &[("x", r#"1,"x":1"#)], CLAIMS_JSON),
    Row("twice by an escape", Rs256, &[], &[("x", r#"1,"\u0065xp":1800000600"#)], CLAIMS_JSON),
    Row("twice within sub", Rs256, &[], &[("sub", r#"{"id":"42","id":"43"}"#)], CLAIMS_JSON),
];

#[tokio::test]
async fn each_token_of_the_table_comes_out_as_it_says() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    let mut failures = Vec::new();
    for Row(name, signed, header, claims, expected) in TABLE {
        let token = issuer.token(*signed, &changed(HEADER, header), &changed(CLAIMS, claims));
        let outcome = check(&service, &token).await.map(drop);
        failures.extend(difference(name, &outcome, *expected));
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Tokens that no issuer would write.
#[tokio::test]
async fn a_token_that_is_none_is_refused() {
    let issuer = Issuer::new();
    let service = service(&issuer, clock());
    let good = super::usual(&issuer);
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let raw = |header: &str, claims: &str| issuer.token(Signed::Rs256, header, claims);
    // The last letter stands for two bits, and four that do not count.
    let last = good.chars().last().unwrap();
    let other = char::from(last as u8 + 1);
    let respelled = format!("{}{other}", &good[..good.len() - 1]);
    let parts = Err("the token does not have three parts");
    let padded = Err("the signature is not base64url");
    let over = CLAIMS.replacen('{', &format!("{{\"x\":\"{}\",", "a".repeat(6200)), 1);
    let deep = CLAIMS.replacen('{', &format!("{{\"x\":{}{},", "[".repeat(200), "]".repeat(200)), 1);
    let mut failures = Vec::new();
    for (name, token, expected) in [
        ("empty", String::new(), parts),
        ("one word", "token".to_owned(), parts),
        ("two parts", signed.to_owned(), parts),
        ("four parts", format!("{good}.{signature}"), parts),
        ("five parts, as of an encrypted one", format!("{good}.a.b"), parts),
        ("truncated by a letter", good[..good.len() - 1].to_owned(), padded),
        ("truncated by a byte", good[..good.len() - 2].to_owned(), SIGNATURE),
        ("spelled otherwise", respelled, padded),
        ("padded", format!("{good}=="), padded),
        ("a signature in the other base64", format!("{signed}.+/+/"), padded),
        ("a space in it", format!("{signed}. {signature}"), padded),
        (
            "the claims of another",
            format!("{header}.{}.{signature}", encode(CLAIMS.replace("42", "43"))),
            SIGNATURE,
        ),
        ("no header", format!(".{claims}.{signature}"), HEADER_JSON),
        ("a header of no JSON", raw("RS256", CLAIMS), HEADER_JSON),
        ("a header with a BOM", raw(&format!("\u{feff}{HEADER}"), CLAIMS), HEADER_JSON),
        ("a header with more behind", raw(&format!("{HEADER}{{}}"), CLAIMS), HEADER_JSON),
        ("claims with a BOM", raw(HEADER, &format!("\u{feff}{CLAIMS}")), CLAIMS_JSON),
        ("claims that are a list", raw(HEADER, "[]"), CLAIMS_JSON),
        ("claims that are a number", raw(HEADER, "1"), CLAIMS_JSON),
        ("no claims", raw(HEADER, ""), CLAIMS_JSON),
        ("claims in nothing but brackets", raw(HEADER, &deep), CLAIMS_JSON),
        ("9 KiB", raw(HEADER, &over), Err("over 8 KiB")),
    ] {
        let outcome = check(&service, &token).await.map(drop);
        failures.extend(difference(name, &outcome, expected));
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// What differs; nothing where the outcome is as expected.
fn difference(name: &str, outcome: &Result<(), Unauthenticated>, expected: Outcome) -> Option<String> {
    let same = match (outcome, expected) {
        (Ok(()), Ok(())) => true,
        (Err(error), Err(part)) => {
            error.code() == Some("invalid_token") && error.description().contains(part) && is_quotable(error)
        }
        _ => false,
    };
    (!same).then(|| format!("{name}: {outcome:?} instead of {expected:?}"))
}

/// RFC 6750: what may stand in `error_description`.
fn is_quotable(error: &Unauthenticated) -> bool {
    error.description().chars().all(|letter| matches!(letter, ' '..='~') && !matches!(letter, '"' | '\\'))
}

fn changed(object: &str, changes: Changes) -> String {
    let members: serde_json::Map<String, Value> = serde_json::from_str(object).unwrap();
    let mut texts: Vec<(String, String)> =
        members.into_iter().map(|(name, value)| (name, value.to_string())).collect();
    let replaced: BTreeMap<&str, &str> = changes.iter().copied().collect();
    texts.retain(|(name, _)| !replaced.contains_key(name.as_str()));
    let added = changes.iter().filter(|(_, text)| !text.is_empty());
    texts.extend(added.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let texts: Vec<String> = texts.iter().map(|(name, text)| format!("\"{name}\":{text}")).collect();
    format!("{{{}}}", texts.join(","))
}
