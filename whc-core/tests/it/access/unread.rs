//! What the head of a request decides is decided by the head: nobody's body is received to be refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::Request;
use whc_core::web::{self, Problem, RequestBody};
use whc_core::{App, MemoryContacts, MemorySites, async_trait};

use super::service;

/// A body, and how often it was asked for.
struct Counted(&'static str, AtomicUsize);

#[async_trait]
impl RequestBody for Counted {
    async fn read(&self) -> Result<Bytes, Problem> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Ok(Bytes::from_static(self.0.as_bytes()))
    }
}

const CONTACT: &str = "/api/cases/7/contact";
const BODY: &str = r#"{"first_name":"first"}"#;

/// The status, and how often the body was asked for.
async fn ask(
    app: &App,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &'static str,
) -> (u16, usize) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = Counted(body, AtomicUsize::new(0));
    let response = web::handle_with(app, request.body(()).unwrap(), &body).await;
    (response.status().as_u16(), body.1.into_inner())
}

#[tokio::test]
async fn what_is_refused_anyway_is_refused_unread() {
    let app = service().contacts(Arc::new(MemoryContacts::new())).build();
    let (token, json) = (("authorization", "Bearer contacts:write"), ("content-type", "application/json"));
    let any = ("if-match", "*");
    for (method, path, headers, status) in [
        ("GET", "/api/whcsites/1", &[][..], 200),
        ("POST", "/api/whcsites", &[], 405),
        ("POST", "/nowhere", &[], 404),
        ("OPTIONS", "/api/contacts", &[], 204),
        ("PUT", CONTACT, &[("host", "a b"), token, json], 400),
        ("PUT", CONTACT, &[json], 403),
        ("PUT", CONTACT, &[("sec-fetch-site", "cross-site"), token, json], 403),
        ("PUT", CONTACT, &[("sec-fetch-site", "same-origin"), json], 401),
        ("PUT", CONTACT, &[("authorization", "Bearer nonsense"), json], 401),
        ("PUT", CONTACT, &[("authorization", "Bearer contacts:read"), json], 403),
        ("PUT", CONTACT, &[("authorization", "Bearer contacts:write;8"), json], 403),
        ("PUT", "/api/cases/x/contact", &[token, json], 400),
        ("PUT", "/api/cases/7/contact?token=x", &[token, json], 400),
        ("PUT", "/api/cases/7/contact?qwerty=1", &[token, json], 400),
        ("PUT", CONTACT, &[token, json, ("accept", "text/html")], 406),
        ("PUT", CONTACT, &[token, ("content-type", "text/plain")], 415),
        ("PUT", CONTACT, &[token, json, ("content-encoding", "gzip")], 415),
        ("PUT", CONTACT, &[token, json, ("if-match", "a")], 400),
        ("PATCH", CONTACT, &[token, json], 428),
        ("PATCH", CONTACT, &[token, ("content-type", "text/plain"), any], 415),
        ("DELETE", CONTACT, &[token, any], 404),
        ("POST", "/api/contacts", &[token, json, ("idempotency-key", "a b")], 400),
        ("POST", "/api/contacts?x=1", &[token, json], 400),
    ] {
        assert_eq!(ask(&app, method, path, headers, BODY).await, (status, 0), "{method} {path} {headers:?}");
    }
    let nowhere = service().build();
    assert_eq!(ask(&nowhere, "PUT", CONTACT, &[token, json], BODY).await, (503, 0));
}

#[tokio::test]
async fn what_is_refused_anyway_of_a_site_is_refused_unread() {
    const SITE: &str = "/api/whcsites/1";
    let app = service().site_store(Arc::new(MemorySites::embedded().unwrap())).build();
    let (token, json) = (("authorization", "Bearer sites:write"), ("content-type", "application/json"));
    let any = ("if-match", "*");
    for (method, path, headers, status) in [
        ("PATCH", SITE, &[("sec-fetch-site", "cross-site"), token, json, any][..], 403),
        ("PATCH", SITE, &[("authorization", "Bearer contacts:write"), json, any], 403),
        ("PATCH", SITE, &[token, json], 428),
        ("PUT", SITE, &[token, json], 428),
        ("PUT", SITE, &[token, json, ("if-match", "a")], 400),
        ("PATCH", SITE, &[token, json, any, ("if-none-match", "*")], 400),
        ("PATCH", "/api/whcsites/x", &[token, json, any], 404),
        ("PATCH", "/api/whcsites/1?dryrun=true", &[token, json, any], 400),
        ("PATCH", SITE, &[token, json, any, ("accept", "text/html")], 406),
        ("PATCH", SITE, &[token, ("content-type", "text/plain"), any], 415),
        ("PATCH", SITE, &[token, json, any, ("content-encoding", "gzip")], 415),
        ("PATCH", SITE, &[token, json, any, ("x-change-reason", "a\u{200b}b")], 400),
        ("POST", "/api/whcsites", &[token, json, ("idempotency-key", "a b")], 400),
        ("POST", "/api/whcsites", &[token, json, ("if-match", "\"x\"")], 400),
        ("DELETE", SITE, &[token, any], 400),
        ("DELETE", "/api/whcsites/1?year=2021&reason=x", &[token], 428),
        ("DELETE", "/api/whcsites/1/curated/name_fr", &[token, any], 404),
    ] {
        assert_eq!(ask(&app, method, path, headers, BODY).await, (status, 0), "{method} {path} {headers:?}");
    }
    let headers = [token, json, any];
    assert_eq!(ask(&app, "PATCH", SITE, &headers, r#"{"date_inscribed":1979}"#).await, (200, 1));
}

#[tokio::test]
async fn what_may_be_done_is_read_once() {
    let app = service().contacts(Arc::new(MemoryContacts::new())).build();
    let headers =
        [("authorization", "Bearer contacts:read,contacts:write"), ("content-type", "application/json")];
    assert_eq!(ask(&app, "PUT", CONTACT, &headers, BODY).await, (201, 1));
    let again = [headers[0], headers[1], ("idempotency-key", "1")];
    let body = r#"{"case_id":8,"first_name":"first"}"#;
    for _ in 0..2 {
        assert_eq!(ask(&app, "POST", "/api/contacts", &again, body).await, (201, 1));
    }
    assert_eq!(
        ask(&app, "PATCH", CONTACT, &[headers[0], headers[1], ("if-match", "*")], BODY).await,
        (200, 1)
    );
}
