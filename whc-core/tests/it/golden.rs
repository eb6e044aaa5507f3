//! Golden files: what clients see, checked in. `UPDATE_GOLDEN=1 cargo test` rewrites them; the diff is the review.

use std::fmt::Write as _;
use std::path::Path;

use http::Response;
use whc_core::web::Body;

/// Compares a response, with all its headers, to `tests/it/golden/{name}`.
pub(crate) fn check(name: &str, response: Response<Body>) {
    let mut text = format!("{}\n", response.status());
    for (header, value) in response.headers() {
        writeln!(text, "{header}: {}", value.to_str().unwrap()).unwrap();
    }
    let body = response.into_body().into_bytes();
    let body = match serde_json::from_slice::<serde_json::Value>(&body) {
        Ok(json) => serde_json::to_string_pretty(&json).unwrap(),
        Err(_) => String::from_utf8(body.to_vec()).unwrap(),
    };
    check_text(name, &format!("{text}\n{body}\n"));
}

#[expect(clippy::disallowed_methods, reason = "a switch for developers, not configuration")]
fn check_text(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(name);
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(actual, expected, "{} differs; UPDATE_GOLDEN=1 accepts the change", path.display());
}
