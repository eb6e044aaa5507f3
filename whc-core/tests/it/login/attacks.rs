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
    assert_eq!(service.provider.exchanges().len(), 1, "the provider is not query again");
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
        let query =
            service.provider.query(&location(&browser.get(&format!("/auth/test?return_to={target}")).await));
        let code = service.provider.code(&query, &ada());
        let done = browser.arrive(&format!("/auth/test/callback?code={code}&state={}", query["state"])).await;
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
