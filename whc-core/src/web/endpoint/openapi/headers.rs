//! The headers of answers.

use http::header::{HeaderName, X_CONTENT_TYPE_OPTIONS};
use serde_json::{Map, Value, json};

use super::schema::{text, whole, word};
use crate::web::response::policy::EVERYWHERE;

/// The headers of a response that is cached.
pub(crate) const CACHED: [&str; 7] =
    ["etag", "last-modified", "cache-control", "vary", "content-language", "content-encoding", "x-cache"];
/// The additional headers of a file.
pub(crate) const FILE: [&str; 2] = ["accept-ranges", "content-disposition"];
/// The headers of a response that is not cached.
pub(crate) const UNCACHED: [&str; 1] = ["cache-control"];

/// A challenge.
const CHALLENGE: &str =
    "Bearer realm=\"whc\", error=\"invalid_token\", error_description=\"the token has expired\"";

/// All headers, by name.
pub(crate) fn components() -> Map<String, Value> {
    let fixed = EVERYWHERE.iter().map(|(name, value)| (name.as_str(), everywhere(name, value)));
    own()
        .into_iter()
        .chain(for_callers())
        .chain(of_files())
        .chain(fixed)
        .map(|(name, header)| (name.to_owned(), header))
        .collect()
}

/// These headers, and those of every response.
pub(crate) fn references(names: &[&str]) -> Value {
    let everywhere = EVERYWHERE.iter().map(|(name, _)| name.as_str());
    let all = names.iter().copied().chain(["vary", "x-request-id", "server-timing"]).chain(everywhere);
    all.map(|name| (name.to_owned(), json!({"$ref": format!("#/components/headers/{name}")})))
        .collect::<Map<_, _>>()
        .into()
}

fn own() -> [(&'static str, Value); 13] {
    let encodings = word(&["br", "zstd", "gzip"], "A compression.");
    let hit_or_miss = word(&["hit", "miss"], "Which.");
    [
        (
            "etag",
            header("The validator of this representation: send it back in `If-None-Match`.", "\"a-tag-en\""),
        ),
        (
            "last-modified",
            header(
                "When the data of the answer were last changed, where that is known.",
                "Sun, 01 Nov 2026 00:00:00 GMT",
            ),
        ),
        ("cache-control", header("How long the answer may be kept, and by whom.", "public, max-age=60")),
        (
            "vary",
            header(
                "The request headers that decided the answer.",
                "accept, accept-language, accept-encoding",
            ),
        ),
        ("content-language", header("The language of the texts (RFC 9110, 8.5).", "en")),
        (
            "content-encoding",
            typed("What compressed the body, where something did.", &encodings, json!("br")),
        ),
        ("x-cache", always(typed("Whether the service had the answer ready.", &hit_or_miss, json!("hit")))),
        (
            "link",
            header(
                "The pages before and after this one (RFC 8288).",
                "</api/whcsites?offset=100>; rel=\"next\"",
            ),
        ),
        ("content-location", header("Where the same is found again (RFC 9110, 8.7).", "/api/whcsites/1")),
        (
            "content-security-policy",
            header("What an image may load and run: nothing (CSP 3).", "default-src 'none'"),
        ),
        ("retry-after", typed("Seconds until it is worth asking again.", &whole(1, "Seconds."), json!(5))),
        (
            "server-timing",
            header(
                "Milliseconds the service took (W3C Server Timing), where it is configured to tell.",
                "app;dur=0.042",
            ),
        ),
        ("x-request-id", always(header("The name of the request, in the log too.", "6f1c9d2a3b4e5f60-1a"))),
    ]
}

/// Those of answers to callers.
fn for_callers() -> [(&'static str, Value); 6] {
    [
        ("location", header("Where what is new is (RFC 9110, 10.2.2).", "/api/cases/7/contact")),
        ("allow", header("The methods there are (RFC 9110, 10.2.1).", "GET, HEAD, OPTIONS")),
        (
            "x-snapshot",
            typed(
                "There where the change is made, but not to be seen here for another second.",
                &word(&["behind"], "The only value."),
                json!("behind"),
            ),
        ),
        ("accept", header("The types that a body may be of (RFC 9110, 12.5.1).", "application/json")),
        (
            "accept-encoding",
            header("How a body may be encoded, where it was encoded (RFC 9110, 15.5.16).", "identity"),
        ),
        (
            "www-authenticate",
            header("What credentials would do, and what is wrong with those sent (RFC 6750).", CHALLENGE),
        ),
    ]
}

/// Those of a file and its parts.
fn of_files() -> [(&'static str, Value); 3] {
    [
        ("accept-ranges", header("Parts can be asked for (RFC 9110, 14.3).", "bytes")),
        (
            "content-range",
            header("Which part it is, and of how many bytes (RFC 9110, 14.4).", "bytes 0-99/1400000"),
        ),
        (
            "content-disposition",
            header("The name to save it under (RFC 6266).", "attachment; filename=\"whcsites-en.csv\""),
        ),
    ]
}

fn header(description: &str, example: &str) -> Value {
    typed(description, &text("A header field."), json!(example))
}

fn typed(description: &str, schema: &Value, example: Value) -> Value {
    let mut header = json!({"description": description, "schema": schema});
    header["example"] = example;
    header
}

fn always(mut header: Value) -> Value {
    header["required"] = true.into();
    header
}

/// A header with the same value in every response, but that pages may not read what is private.
fn everywhere(name: &HeaderName, value: &str) -> Value {
    if *name == X_CONTENT_TYPE_OPTIONS {
        let schema = json!({"type": "string", "const": value});
        return always(typed("It is nothing but what it says it is.", &schema, value.into()));
    }
    let description =
        "Pages that may read the answer: all of what is open, those of the configured origins of the rest.";
    header(description, value)
}
