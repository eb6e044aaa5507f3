//! What a session may do: by the groups of the provider, and by the forms of the service only.

use serde_json::json;

use super::browser::{Browser, From};
use super::{Service, ada};
use crate::client::json as body;

const SITE: &str = "/api/whcsites/1";

/// The status and the code of a change of a site.
async fn change(browser: &mut Browser, from: From, token: Option<&str>) -> (u16, String) {
    let mut headers = vec![("content-type", "application/merge-patch+json"), ("if-match", "*")];
    headers.extend(token.map(|token| ("x-csrf-token", token)));
    let response = browser.send(from, "PATCH", SITE, &headers, r#"{"date_inscribed":1979}"#).await;
    let status = response.status().as_u16();
    (status, body(response)["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_curator_changes_a_site_from_a_page_of_the_service_only() {
    let service = Service::start().await;
    let mut browser = service.logged_in().await;
    let token = browser.form_token().await;
    let refused = |code: &str| (403, code.to_owned());
    for (from, sent, expected) in [
        (From::Here, None, refused("form-token")),
        (From::Here, Some("nonsense"), refused("form-token")),
        (From::Elsewhere, Some(&*token), refused("cross-site")),
        (From::Sibling, Some(&*token), refused("cross-site")),
        (From::Unsaid, Some(&*token), refused("cross-site")),
    ] {
        assert_eq!(change(&mut browser, from, sent).await, expected);
    }
    let other = service.logged_in().await.form_token().await;
    assert_eq!(
        change(&mut browser, From::Here, Some(&other)).await,
        refused("form-token"),
        "of another session"
    );
    assert_eq!(change(&mut browser, From::Here, Some(&token)).await.0, 200);
    let changed = body(service.browser().send(From::Here, "GET", SITE, &[], "").await);
    assert_eq!(changed["data"]["date_inscribed"], 1979);
}

#[tokio::test]
async fn groups_give_scopes_and_are_read_again_at_the_next_login() {
    let service = Service::start().await;
    for (groups, expected) in [
        (json!(["staff", "curators"]), 200),
        (json!("curators"), 200),
        (json!(["curator", "/curators"]), 403),
        (json!([]), 403),
        (json!(null), 403),
        (json!({"curators": true}), 403),
    ] {
        let mut claims = ada();
        claims["groups"] = groups.clone();
        let mut browser = service.browser();
        service.log_in(&mut browser, &claims).await;
        let token = browser.form_token().await;
        assert_eq!(change(&mut browser, From::Here, Some(&token)).await.0, expected, "{groups}");
    }
}

#[tokio::test]
async fn a_claim_can_be_within_another_and_an_address_must_be_verified() {
    for (claim, group, claims, expected) in [
        ("realm_access.roles", "curator", json!({"realm_access": {"roles": ["curator"]}}), 200),
        ("cognito:groups", "curator", json!({"cognito:groups": ["curator"]}), 200),
        ("https://a.example/roles", "curator", json!({"https://a.example/roles": ["curator"]}), 200),
        (
            "email",
            "ada@heritage.example",
            json!({"email": "ada@heritage.example", "email_verified": true}),
            200,
        ),
        (
            "email",
            "ada@heritage.example",
            json!({"email": "ada@heritage.example", "email_verified": "true"}),
            200,
        ),
        (
            "email",
            "ada@heritage.example",
            json!({"email": "ada@heritage.example", "email_verified": false}),
            403,
        ),
    ] {
        let grants = format!("{group}=sites:write");
        let settings = [("OIDC_TEST_GROUPS_CLAIM", claim), ("OIDC_TEST_GROUPS", &*grants)];
        let service = Service::with(&settings).await;
        let mut browser = service.browser();
        let mut somebody = claims.clone();
        somebody["sub"] = json!("42");
        service.log_in(&mut browser, &somebody).await;
        let token = browser.form_token().await;
        assert_eq!(change(&mut browser, From::Here, Some(&token)).await.0, expected, "{claim}: {claims}");
    }
}

/// A token that is sent counts, whatever session there is beside it.
#[tokio::test]
async fn a_token_wins_over_a_session() {
    let service = Service::start().await;
    let mut browser = service.logged_in().await;
    let response = browser.send(From::Here, "GET", "/api/me", &[("authorization", "Bearer x")], "").await;
    assert_eq!(response.status(), 401);
}

#[tokio::test]
async fn who_has_a_token_is_known_by_it() {
    let app = crate::access::service().build();
    let mut program = Browser::new(&app, "curl");
    let headers = [("authorization", "Bearer contacts:read")];
    let me = body(program.send(From::Here, "GET", "/api/me", &headers, "").await);
    let user = json!({
        "email": null, "name": null, "first_name": null, "last_name": null, "image": null, "provider": null,
        "provider_uid": "42"
    });
    assert_eq!(me, json!({"user": user, "authenticated": true, "scopes": ["contacts:read"]}));
}
