//! What browsers add by themselves: cookies of neighbours, forms of others, logins that nobody finished.

use super::browser::{From, HERE, location};
use super::{Service, ada};
use crate::client::json as body;

/// A neighbour can set cookies for the whole domain, but not under our name; and what it sets is no login that we sealed.
#[tokio::test]
async fn cookies_of_neighbours_count_for_nothing() {
    let service = Service::start().await;
    let browser = service.logged_in().await;
    let id = browser.session().unwrap().to_owned();
    let own = format!("__Host-whc_session={id}");
    for (cookies, expected) in [
        (own.clone(), 200),
        (format!("whc_session={id}"), 401),
        (format!("__Secure-whc_session={id}"), 401),
        (format!("{own}; {own}"), 401),
        (format!("__Host-whc_session={}; {own}", "A".repeat(43)), 401),
        (format!("{own}; whc_session=x"), 200),
        (format!("__Host-whc_session={}", &id[1..]), 401),
    ] {
        let mut other = service.browser();
        let response = other.send(From::Here, "GET", "/api/me", &[("cookie", &cookies)], "").await;
        assert_eq!(response.status(), expected, "{cookies}");
    }
    let mut victim = service.browser();
    let (path, state) = service.answered(&mut victim, &ada()).await;
    let name = victim.cookies.keys().next().unwrap().clone();
    let sealed = victim.cookies[&name].clone();
    let mut damaged = sealed.clone().into_bytes();
    damaged[30] ^= 1;
    for value in [String::from_utf8(damaged).unwrap(), sealed[1..].to_owned(), String::new(), state] {
        let mut tossed = victim.clone();
        tossed.cookies.insert(name.clone(), value);
        assert_eq!(tossed.arrive(&path).await.status(), 403);
    }
}

#[tokio::test]
async fn forms_of_others_change_nothing() {
    let service = Service::start().await;
    let mut victim = service.logged_in().await;
    let token = victim.form_token().await;
    let other = service.logged_in().await.form_token().await;
    for (from, sent, code) in [
        (From::Elsewhere, &*token, "cross-site"),
        (From::Sibling, &token, "cross-site"),
        (From::Unsaid, &token, "cross-site"),
        (From::Here, "", "form-token"),
        (From::Here, &other, "form-token"),
        (From::Here, &token[1..], "form-token"),
    ] {
        for path in ["/auth/logout", "/account/sessions"] {
            let form = [("_csrf", sent), ("end", "all")];
            let body_: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
            let headers = [("content-type", "application/x-www-form-urlencoded")];
            let response = victim.send(from, "POST", path, &headers, &body_).await;
            assert_eq!(response.status(), 403, "{path}");
            assert_eq!(body(response)["code"], code, "{path}");
        }
    }
    assert_eq!(victim.me().await, 200);
}

/// Whoever begins a login leaves nothing behind but cookies in their own browser, eight at most.
#[tokio::test]
async fn ten_thousand_logins_that_were_begun_take_no_memory() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let mut states = Vec::new();
    for number in 0..10_000 {
        let response = browser.get("/auth/test").await;
        assert_eq!(response.status(), 303);
        assert!(browser.cookies.len() <= 8, "{number}: {}", browser.cookies.len());
        let state = location(&response);
        states.push(state.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned());
        if number % 100 == 0 {
            service.clock.advance(std::time::Duration::from_secs(1));
        }
    }
    states.sort();
    states.dedup();
    assert_eq!(states.len(), 10_000);
    assert!(service.store.is_empty());
    let bytes: usize = browser.cookies.iter().map(|(name, value)| name.len() + value.len() + 3).sum();
    assert!(bytes < 8 << 10, "{bytes} bytes of cookies leave room for other headers");
    // The oldest made room.
    service.clock.advance(std::time::Duration::from_secs(1));
    let (path, _) = service.answered(&mut browser, &ada()).await;
    assert_eq!(location(&browser.arrive(&path).await), format!("{HERE}/account"));
}
