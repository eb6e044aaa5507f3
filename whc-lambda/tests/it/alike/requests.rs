//! The requests: all paths, formats, languages, encodings, conditions, ranges, methods, mistakes and unusual spellings. Names
//! of parameters are in alphabetical order, since two event sources lose the order and violations are in that of the request.

use super::private;
use crate::support::Asked;

pub(super) fn requests() -> Vec<Asked> {
    let mut requests: Vec<_> = include_str!("targets.txt").lines().map(Asked::get).collect();
    requests.extend(representations().map(Asked::get));
    requests.extend(negotiations());
    requests.extend(conditions());
    for method in ["HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
        for path in ["/api/whcsites", "/healthz", "/nowhere"] {
            requests.push(Asked { method, ..Asked::get(path) });
        }
    }
    let bodies = [&b"{\"name\":\"x\"}"[..], b"\xff\xfe\0", "\u{4e16}\u{754c}".as_bytes()];
    requests.extend(bodies.map(|body| Asked {
        method: "POST",
        body: body.to_vec(),
        ..Asked::get("/api/whcsites")
    }));
    requests.push(Asked::get(format!("/api/whcsites?q={}", "x".repeat(9000))));
    requests
        .push(Asked::get("/api/whcsites").with("x-filler", "x".repeat(17_000)).with("host", "whc.example"));
    // Last, since the list has a version of its own afterwards wherever it is changed.
    requests.extend(private::requests());
    requests
}

/// Every format and every language, and an unknown one of each.
fn representations() -> impl Iterator<Item = String> {
    let formats = ["json", "geojson", "csv", "ndjson", "geojsonseq", "xml"].into_iter().flat_map(|format| {
        let paths = ["/api/whcsites", "/api/whcsites/2", "/api/countries", "/api/whcsites/1/nearby"];
        let download = format!("/api/downloads/whcsites.{format}?status=delisted");
        paths.map(|path| format!("{path}?f={format}")).into_iter().chain([download])
    });
    let languages = ["en", "fr", "es", "ru", "ar", "zh", "xx"].into_iter().flat_map(|language| {
        ["/api/whcsites", "/api/whcsites/527", "/api/criteria"].map(|path| format!("{path}?lang={language}"))
    });
    formats.chain(languages)
}

fn list() -> Asked {
    Asked::get("/api/whcsites?limit=20")
}

fn negotiations() -> Vec<Asked> {
    let mut requests = Vec::new();
    for encodings in
        ["gzip", "br", "zstd", "gzip, br", "identity", "br;q=0, gzip", "*", "*;q=0", "nonsense", ""]
    {
        requests.push(list().with("accept-encoding", encodings));
        requests.push(Asked::get("/api/whcsites/2").with("accept-encoding", encodings));
    }
    for languages in ["fr", "de, fr;q=0.5", "zh-Hant-TW", "*", "xx", "en;q=0, ar", ";;;"] {
        requests.push(list().with("accept-language", languages));
    }
    for accepted in
        ["*/*", "application/geo+json", "text/csv", "text/html", "application/json;q=0", "text/*", "x"]
    {
        requests.push(list().with("accept", accepted));
    }
    requests.push(list().with("accept", "text/csv").with("accept", "application/geo+json;q=0.5"));
    requests.push(Asked::get("/api/whcsites?limit=2000").with("accept-encoding", "gzip"));
    requests.push(Asked::get("/api/downloads/whcsites.geojson").with("accept-encoding", "br"));
    requests
}

fn conditions() -> Vec<Asked> {
    let download = || Asked::get("/api/downloads/whcsites.csv?status=delisted");
    let mut requests = vec![
        list().with("if-modified-since", "Thu, 26 Nov 2026 00:00:00 GMT"),
        download().with("range", "bytes=0-9").with("if-range", "\"other\""),
        list().with("x-forwarded-proto", "gopher://").with("x-forwarded-host", "evil.example"),
        list().with("cookie", "a=b; c=d").with("origin", "https://elsewhere.example"),
    ];
    for tag in ["*", "\"other\"", "W/\"other\", *", "nonsense"] {
        requests.push(list().with("if-none-match", tag));
    }
    for range in ["bytes=0-9", "bytes=-10", "bytes=99999-", "bytes=1-2,4-5", "lines=1-2"] {
        requests.push(download().with("range", range));
    }
    for host in ["heritage.example", "[2001:db8::1]:8080", "bad host", "a/b", "<x>"] {
        requests.push(Asked::get("/healthz").with("host", host));
    }
    requests
}
