//! Pages of the desk for somebody with a session: from the page that asks them to log in to the last form, each with its token.

use http::Response;
use serde_json::json;
use whc_core::web::Body;

use super::browser::{Browser, From, HERE, location, text};
use super::{Service, ada};
use crate::client::json as body;

const RIGHTS: &str = "*=contacts:read contacts:write sites:write audit:read";
const NEW: &str = "/contacts/new?case_id=7";

async fn service() -> Service {
    Service::with(&[("OIDC_TEST_GROUPS", RIGHTS)]).await
}

/// The value of a field that people do not see.
fn hidden(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let value = html.split(&mark).nth(1).and_then(|rest| rest.split('"').next());
    assert!(value.is_some(), "no {name} in {html}");
    value.unwrap().to_owned()
}

async fn page(browser: &mut Browser, path: &str) -> String {
    let response = browser.get(path).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["cache-control"]),
        (200, &"no-store".parse().unwrap())
    );
    text(response)
}

/// Opens a page and sends the form on it, with what the form has by itself.
async fn sent(browser: &mut Browser, (from, to): (&str, &str), fields: &[(&str, &str)]) -> Response<Body> {
    let html = page(browser, from).await;
    let own: Vec<_> = ["_csrf", "_version", "_method"]
        .into_iter()
        .filter(|name| html.contains(&format!("name=\"{name}\"")))
        .map(|name| (name, hidden(&html, name)))
        .collect();
    let own: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(From::Here, to, &[fields, &own].concat()).await
}

#[tokio::test]
async fn somebody_logs_in_comes_back_to_the_form_and_sends_it() {
    let service = service().await;
    let mut browser = service.browser();
    // A page for people who are known asks whoever is not to log in, and they come back to it.
    let asked = location(&browser.get(NEW).await);
    assert_eq!(asked, format!("{HERE}/login?return_to=%2Fcontacts%2Fnew%3Fcase_id%3D7"));
    let login = text(browser.get(asked.strip_prefix(HERE).unwrap()).await);
    let begin = login.split("href=\"/auth/test").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let query = service.provider.query(&location(&browser.get(&format!("/auth/test{begin}")).await));
    let code = service.provider.code(&query, &ada());
    let arrived = browser.arrive(&format!("/auth/test/callback?code={code}&state={}", query["state"])).await;
    assert_eq!(location(&arrived), format!("{HERE}{NEW}"));

    let created = sent(&mut browser, (NEW, "/contacts"), &[("case_id", "7"), ("last_name", "King")]).await;
    assert_eq!(location(&created), "/contacts/7");
    let html = page(&mut browser, "/contacts/7").await;
    assert!(html.contains("Contact created.") && html.contains("King"), "{html}");
    let edit = "/contacts/7/edit";
    let changed = sent(&mut browser, (edit, "/contacts/7"), &[("last_name", "Lovelace")]).await;
    assert_eq!(location(&changed), "/contacts/7");
    let edit = "/sites/208/edit";
    let corrected =
        sent(&mut browser, (edit, edit), &[("date_inscribed", "2002"), ("reason", "a slip")]).await;
    assert_eq!(location(&corrected), "/sites/208/history");
    let back = [("field", "date_inscribed")];
    let handed_back = sent(&mut browser, (edit, "/sites/208/hand-back"), &back).await;
    assert_eq!(location(&handed_back), "/sites/208/history");
    let listing = "/sites/208/listing";
    let off = [("year", "2010"), ("reason", "gone")];
    location(&sent(&mut browser, (listing, listing), &off).await);
    location(&sent(&mut browser, ("/contacts/7/delete", "/contacts/7"), &[]).await);

    // All of it was the person whom the provider names.
    let events = body(browser.send(From::Here, "GET", "/api/audit", &[], "").await)["data"].take();
    let events: Vec<_> = events.as_array().unwrap().iter().rev().collect();
    let actions: Vec<_> = events.iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["create", "update", "update", "update", "update", "delete"], "{events:?}");
    for event in events {
        let actor = json!({"iss": service.provider.issuer(), "sub": "42"});
        assert_eq!(event["actor"], actor, "{event}");
    }
    let html = page(&mut browser, "/audit").await;
    assert!(html.contains("<bdi>42</bdi>") && html.contains(service.provider.issuer()), "{html}");
}

/// Every form of the desk, whichever method it comes by.
#[tokio::test]
async fn no_form_of_the_desk_counts_without_the_token_of_its_session() {
    let service = service().await;
    let (mut browser, mut other) = (service.logged_in().await, service.logged_in().await);
    let (own, foreign) = (browser.form_token().await, other.form_token().await);
    assert_ne!(own, foreign);
    location(&sent(&mut browser, (NEW, "/contacts"), &[("case_id", "7"), ("last_name", "King")]).await);
    let site = hidden(&page(&mut browser, "/sites/208/edit").await, "_version");
    let contact = hidden(&page(&mut browser, "/contacts/7/edit").await, "_version");
    let forms: [(&str, Vec<(&str, &str)>); 6] = [
        ("/contacts", vec![("case_id", "8"), ("last_name", "Byron")]),
        ("/contacts/7", vec![("_method", "put"), ("_version", &contact), ("last_name", "Byron")]),
        ("/contacts/7", vec![("_method", "delete"), ("_version", &contact)]),
        ("/sites/208/edit", vec![("_version", &site), ("date_inscribed", "2002")]),
        (
            "/sites/208/listing",
            vec![("_method", "off"), ("_version", &site), ("year", "2010"), ("reason", "x")],
        ),
        ("/sites/208/hand-back", vec![("field", "name_en")]),
    ];
    for (path, fields) in &forms {
        for token in [None, Some(""), Some("nonsense"), Some(&*foreign)] {
            let token: Vec<_> = token.map(|token| ("_csrf", token)).into_iter().collect();
            let response = browser.post(From::Here, path, &[&fields[..], &token[..]].concat()).await;
            assert_eq!(response.status(), 403, "{path} with {token:?}");
            let html = text(response);
            assert!(html.contains("<h1>"), "told as a page: {html}");
        }
        for from in [From::Sibling, From::Elsewhere] {
            let response = browser.post(from, path, &[&fields[..], &[("_csrf", &own)]].concat()).await;
            assert_eq!(response.status(), 403, "{path} from elsewhere");
        }
    }
    for method in ["PUT", "PATCH", "DELETE"] {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
        let response = browser.send(From::Here, method, "/contacts/7", &headers, "last_name=Byron").await;
        assert_eq!(response.status(), 403, "{method}");
    }
    // Nothing of all that has come about.
    assert!(page(&mut browser, "/contacts/7").await.contains("King"));
    assert_eq!(browser.get("/contacts/8").await.status(), 404);
    assert_eq!(hidden(&page(&mut browser, "/sites/208/edit").await, "_version"), site);
    for (path, fields) in &forms[3..4] {
        let response = browser.post(From::Here, path, &[&fields[..], &[("_csrf", &own)]].concat()).await;
        assert_eq!(location(&response), "/sites/208/history", "with the token it counts");
    }
}

/// Who has logged out sends nothing more, and is asked to log in again.
#[tokio::test]
async fn a_form_of_a_session_that_is_over_changes_nothing() {
    let service = service().await;
    let mut browser = service.logged_in().await;
    let token = hidden(&page(&mut browser, NEW).await, "_csrf");
    let left_open = browser.clone();
    browser.post(From::Here, "/auth/logout", &[("_csrf", &token)]).await;
    let form = [("case_id", "7"), ("last_name", "King"), ("_csrf", &token)];
    for mut browser in [browser, left_open] {
        let asked = location(&browser.post(From::Here, "/contacts", &form).await);
        assert!(asked.starts_with(&format!("{HERE}/login")), "{asked}");
        assert_eq!(
            location(&browser.get("/contacts/7").await),
            format!("{HERE}/login?return_to=%2Fcontacts%2F7")
        );
    }
    let mut again = service.logged_in().await;
    assert_eq!(again.get("/contacts/7").await.status(), 404, "nothing was written");
    // The token of a session that is over is none of the next one.
    assert_eq!(again.post(From::Here, "/contacts", &form).await.status(), 403);
}
