//! What strangers try, and what comes of it.

use serde_json::{Value, json};

use super::browser::{From, HERE, location};
use super::provider::CLIENT;
use super::{Service, ada};
use crate::client::json as body;

#[tokio::test]
async fn a_session_id_that_somebody_else_chose_is_of_no_use() {
    let service = Service::start().await;
    let chosen = "A".repeat(43);
    let mut victim = service.browser();
    victim.cookies.insert("__Host-whc_session".to_owned(), chosen.clone());
    assert_eq!(victim.me().await, 401);
    service.log_in(&mut victim, &ada()).await;
    assert_ne!(victim.session(), Some(&*chosen));
    let mut attacker = service.browser();
    attacker.cookies.insert("__Host-whc_session".to_owned(), chosen);
    assert_eq!((attacker.me().await, victim.me().await), (401, 200));
}

#[tokio::test]
async fn states_of_two_tabs_do_not_mix() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let (first, first_state) = service.answered(&mut browser, &ada()).await;
    let (second, second_state) = service.answered(&mut browser, &ada()).await;
    assert_eq!(browser.cookies.len(), 2);
    // The code of one tab with the state of the other: the verifier is that of the other.
    let mixed = first.replace(&first_state, &second_state);
    assert_eq!(browser.arrive(&mixed).await.status(), 403);
    assert!(service.store.is_empty());
    let (third, _) = service.answered(&mut browser, &ada()).await;
    assert_eq!(location(&browser.arrive(&third).await), format!("{HERE}/account"));
    let _ = second;
}

#[tokio::test]
async fn both_of_two_tabs_can_finish() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let (first, _) = service.answered(&mut browser, &ada()).await;
    let (second, _) = service.answered(&mut browser, &ada()).await;
    for path in [second, first] {
        assert_eq!(location(&browser.arrive(&path).await), format!("{HERE}/account"));
    }
}

#[tokio::test]
async fn a_code_is_used_once() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let (path, _) = service.answered(&mut browser, &ada()).await;
    let mut copy = browser.clone();
    browser.arrive(&path).await;
    let again = copy.arrive(&path).await;
    assert_eq!(body_of(again), "this was used already");
    assert_eq!(service.provider.exchanges().len(), 1, "the provider is not asked again");
    // With the state of another login, the provider refuses it.
    let (fresh, state) = service.answered(&mut browser, &ada()).await;
    let replayed = format!("/auth/test/callback?code=code-0&state={state}");
    assert_eq!(browser.arrive(&replayed).await.status(), 403);
    let _ = fresh;
}

fn body_of(response: http::Response<whc_core::web::Body>) -> String {
    assert_eq!(response.status(), 403);
    let page = super::browser::text(response);
    let detail = page.split("<p class=\"lede\">").nth(1).unwrap().split('<').next().unwrap();
    let mut letters = detail.trim_end_matches('.').chars();
    letters.next().unwrap().to_lowercase().chain(letters).collect()
}

#[tokio::test]
async fn tokens_of_others_do_not_log_in() {
    let service = Service::start().await;
    for (why, claims) in [
        ("another nonce", json!({"nonce": "another"})),
        ("no nonce", json!({"nonce": null})),
        ("another issuer", json!({"iss": "https://evil.example"})),
        ("another audience", json!({"aud": "another"})),
        ("several audiences", json!({"aud": [CLIENT, "another"]})),
        ("another party", json!({"aud": [CLIENT, "another"], "azp": "another"})),
        ("another party alone", json!({"azp": "another"})),
        ("expired", json!({"exp": super::NOW - 1})),
        ("from the future", json!({"iat": super::NOW + 60})),
        ("nobody", json!({"sub": null})),
        ("an object", json!({"sub": {"id": "42"}})),
        ("an order to a terminal", json!({"sub": "\u{1b}[2J"})),
    ] {
        let mut browser = service.browser();
        let mut all = ada();
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        let (path, _) = service.answered(&mut browser, &all).await;
        assert_eq!(browser.arrive(&path).await.status(), 403, "{why}");
        assert!(service.store.is_empty() && browser.session().is_none(), "{why}");
    }
    let mut browser = service.browser();
    let mut own = ada();
    (own["aud"], own["azp"]) = (json!([CLIENT, "another"]), json!(CLIENT));
    service.log_in(&mut browser, &own).await;
}

#[tokio::test]
async fn an_answer_names_its_issuer_where_the_provider_says_so() {
    let service = Service::start().await;
    service.provider.publish(json!({"authorization_response_iss_parameter_supported": true}));
    let mut browser = service.browser();
    let own: String = form_urlencoded::byte_serialize(service.provider.issuer().as_bytes()).collect();
    for (issuer, expected) in
        [("", 403), ("&iss=https://evil.example", 403), (&*format!("&iss={own}&iss={own}"), 403)]
    {
        let (path, _) = service.answered(&mut browser, &ada()).await;
        assert_eq!(browser.arrive(&format!("{path}{issuer}")).await.status(), expected, "{issuer}");
    }
    assert!(service.provider.exchanges().is_empty(), "no code goes to a provider that did not give it out");
    let (path, _) = service.answered(&mut browser, &ada()).await;
    assert_eq!(browser.arrive(&format!("{path}&iss={own}")).await.status(), 303);
}

/// Where the provider promises nothing, what is there must still be right.
#[tokio::test]
async fn a_wrong_issuer_is_refused_always() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let (path, _) = service.answered(&mut browser, &ada()).await;
    assert_eq!(browser.arrive(&format!("{path}&iss=https://evil.example")).await.status(), 403);
    assert!(service.provider.exchanges().is_empty());
}

#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    let service = Service::start().await;
    for target in [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "HTTPS://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "@evil.example",
        ".evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/%2F%2Fevil.example\r\nlocation:x",
        "/%5Cevil.example",
        "/%2Fevil.example",
        "%2F%2Fevil.example",
        "/sites/1#//evil.example",
        "?a=//evil.example",
        "/\u{2044}evil.example",
        "/a\"><script>",
    ] {
        let encoded: String = form_urlencoded::byte_serialize(target.as_bytes()).collect();
        for path in ["/auth/test", "/login"] {
            let mut browser = service.browser();
            let response =
                browser.send(From::Here, "GET", &format!("{path}?return_to={encoded}"), &[], "").await;
            assert_eq!(response.status(), 400, "{path} {target:?}");
            assert_eq!(body(response)["errors"][0]["parameter"], "return_to");
        }
    }
    let long = "a".repeat(600);
    assert!(format!("/{long}").parse::<whc_core::config::OwnPath>().is_err());
    let response = service.browser().get(&format!("/auth/test?return_to=/{long}")).await;
    assert_eq!(response.status(), 400, "{:?}", response.headers());
    let whole = format!("/sites?q={}", "a".repeat(400));
    for target in ["/sites/1?lang=fr%26x=//evil.example", "/.//evil.example", "/@evil.example", &whole] {
        let mut browser = service.browser();
        let asked =
            service.provider.asked(&location(&browser.get(&format!("/auth/test?return_to={target}")).await));
        let code = service.provider.code(&asked, &ada());
        let done = browser.arrive(&format!("/auth/test/callback?code={code}&state={}", asked["state"])).await;
        assert_eq!(location(&done), format!("{HERE}{}", target.replace("%26", "&")));
    }
}

/// Somebody is made to log in as the attacker, who has an answer to a login of their own.
#[tokio::test]
async fn nobody_finishes_the_login_of_somebody_else() {
    let service = Service::start().await;
    let mut attacker = service.browser();
    let (path, _) = service.answered(&mut attacker, &json!({"sub": "attacker"})).await;
    let mut victim = service.browser();
    assert_eq!(victim.arrive(&path).await.status(), 403);
    assert!(victim.session().is_none());
    // Also where the victim has a login of their own in flight.
    let (_, state) = service.answered(&mut victim, &ada()).await;
    let mixed = path.split("&state=").next().unwrap().to_owned() + "&state=" + &state;
    assert_eq!(victim.arrive(&mixed).await.status(), 403);
    assert!(victim.session().is_none() && service.store.is_empty());
}

#[tokio::test]
async fn a_login_that_took_too_long_is_over() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let (path, _) = service.answered(&mut browser, &ada()).await;
    service.clock.advance(std::time::Duration::from_mins(10));
    assert_eq!(browser.arrive(&path).await.status(), 403);
}

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

#[tokio::test]
async fn what_a_provider_says_of_somebody_is_text() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let claims: Value = json!({
        "sub": "42", "name": "<script>alert(1)</script>\u{202e}", "email": "a@b\u{1b}[2J", "email_verified": true,
        "given_name": "a".repeat(256), "picture": "javascript:alert(1)"
    });
    service.log_in(&mut browser, &claims).await;
    let me = body(browser.send(From::Here, "GET", "/api/me", &[], "").await);
    assert_eq!(me["user"]["name"], "<script>alert(1)</script>");
    assert_eq!(me["user"]["email"], "a@b[2J");
    assert_eq!((&me["user"]["first_name"], &me["user"]["image"]), (&Value::Null, &Value::Null));
    assert!(!super::browser::text(browser.get("/account").await).contains("<script>"));
}
