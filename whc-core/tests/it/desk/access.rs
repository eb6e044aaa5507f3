//! Who gets which page of the desk, and what those are told who do not.

use http::Request;
use whc_core::App;
use whc_core::web::handle;

use super::{BROWSER, Desk, EVERYTHING, FORM, refused, text};

/// What each route of the desk wants.
const WANTED: [(&str, &str, &[&str]); 18] = [
    ("GET", "/contacts", &["contacts:read"]),
    ("POST", "/contacts", &["contacts:read", "contacts:write"]),
    ("GET", "/contacts/new?case_id=7", &["contacts:read", "contacts:write"]),
    ("GET", "/contacts/7", &["contacts:read"]),
    ("POST", "/contacts/7", &["contacts:read", "contacts:write"]),
    ("PUT", "/contacts/7", &["contacts:read", "contacts:write"]),
    ("PATCH", "/contacts/7", &["contacts:read", "contacts:write"]),
    ("DELETE", "/contacts/7", &["contacts:read", "contacts:write"]),
    ("GET", "/contacts/7/edit", &["contacts:read", "contacts:write"]),
    ("GET", "/contacts/7/delete", &["contacts:read", "contacts:write"]),
    ("GET", "/audit", &["audit:read"]),
    ("GET", "/sites/findings", &["sites:write"]),
    ("GET", "/sites/1/edit", &["sites:write"]),
    ("POST", "/sites/1/edit", &["sites:write"]),
    ("GET", "/sites/1/listing", &["sites:write"]),
    ("POST", "/sites/1/listing", &["sites:write"]),
    ("POST", "/sites/1/hand-back", &["sites:write"]),
    ("GET", "/sites/1/history", &["sites:write"]),
];
const BODY: &[u8] = b"case_id=7&last_name=King&_method=put";

#[tokio::test]
async fn every_route_says_what_it_wants_and_gives_it_to_nobody_else() {
    for (method, path, wanted) in WANTED {
        let desk = Desk::new();
        let send = async |rights: &str| desk.of(rights).send(method, path, FORM, BODY).await;
        let html = refused(send("").await, 401);
        assert!(
            html.contains("This is for people who are known here") && html.contains("Nobody can log in here"),
            "{html}"
        );
        assert_eq!(send("nonsense").await.status(), 401, "{method} {path}");
        for missing in wanted {
            let others: Vec<_> = EVERYTHING.split(',').filter(|scope| scope != missing).collect();
            let html = refused(send(&others.join(",")).await, 403);
            assert!(
                html.contains("You may not do this") && html.contains(missing),
                "{method} {path}: {html}"
            );
        }
        let right = wanted.join(",");
        let other = send(&format!("{right};8")).await.status();
        let is_about_a_case = path.contains('7') || (method, path) == ("POST", "/contacts");
        assert_eq!(other == 403, is_about_a_case, "{method} {path} for another case: {other}");
        let passed = send(&format!("{right};7")).await;
        assert!(
            [200, 303, 400, 404, 409, 422, 428].contains(&passed.status().as_u16()),
            "{method} {path}: {}",
            passed.status()
        );
        assert_eq!(passed.headers()["cache-control"], "no-store", "{method} {path}");
    }
}

#[tokio::test]
async fn no_page_of_another_site_changes_anything() {
    for (method, path, _) in WANTED.iter().filter(|(method, ..)| *method != "GET") {
        for headers in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
        ] {
            let desk = Desk::new();
            let mut request = Request::builder().method(*method).uri(*path).header("content-type", FORM);
            request = request
                .header("authorization", format!("Bearer {EVERYTHING}"))
                .header("host", "desk.example");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let response = handle(&desk.app, request.body(BODY.into()).unwrap()).await;
            assert_eq!(response.status(), 403, "{method} {path} {headers:?}");
        }
    }
}

/// A word of ours is all that a cookie can make a page say.
#[tokio::test]
async fn a_cookie_of_others_says_nothing() {
    let mut desk = Desk::new();
    for word in ["<b>pay%20here</b>", "contact-exploded", ""] {
        desk.flash = Some(word.to_owned());
        assert!(!desk.page("/contacts").await.contains("role=\"status\""), "{word}");
    }
}

/// Where nothing keeps contacts, a page says what is missing.
#[tokio::test]
async fn without_a_store_the_pages_say_so() {
    let app: App = crate::access::service().build();
    let request =
        Request::get("/contacts").header("accept", BROWSER).header("authorization", "Bearer contacts:read");
    let response = handle(&app, request.body(bytes::Bytes::new()).unwrap()).await;
    assert_eq!(response.status(), 503);
    assert!(text(response).contains("DATABASE_URL"));
}
