//! A login from the first click on.

use serde_json::json;
use whc_core::web::handle;

use super::browser::{Browser, From, HERE, location, text};
use super::{Service, ada};
use crate::client::json as body;

#[tokio::test]
async fn somebody_logs_in_is_known_and_logs_out() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let page = text(browser.get("/login?return_to=/sites/1").await);
    assert!(page.contains("href=\"/auth/test?return_to=/sites/1\">Log in with Test<"), "{page}");

    let begun = browser.get("/auth/test?return_to=/sites/1%3Flang%3Dfr").await;
    let query = service.provider.query(&location(&begun));
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!(query["scope"], "openid email profile");
    assert_eq!(query["response_mode"], "query");
    assert_eq!(query["redirect_uri"], format!("{HERE}/auth/test/callback"));
    assert_eq!((query["state"].len(), query["nonce"].len()), (43, 43));
    assert_eq!(browser.cookies.len(), 1);

    let code = service.provider.code(&query, &ada());
    let issuer: String = form_urlencoded::byte_serialize(service.provider.issuer().as_bytes()).collect();
    let path = format!("/auth/test/callback?code={code}&state={}&iss={issuer}", query["state"]);
    assert_eq!(location(&browser.arrive(&path).await), format!("{HERE}/sites/1?lang=fr"));
    assert_eq!(browser.session().map(str::len), Some(43));
    assert_eq!(browser.cookies.len(), 1, "the login in flight is over");

    let response = browser.send(From::Here, "GET", "/api/me", &[], "").await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    let mut me = body(response);
    assert!(me["session"]["csrf_token"].as_str().unwrap().len() == 43, "{me}");
    me.as_object_mut().unwrap().remove("session");
    let user = json!({
        "email": "ada@heritage.example", "name": "Ada <Lovelace>", "first_name": "Ada", "last_name": "<Lovelace>",
        "image": "https://login.example/ada.png", "provider": "test", "provider_uid": "42"
    });
    let scopes = ["contacts:read", "sites:write"];
    assert_eq!(me, json!({"user": user, "authenticated": true, "scopes": scopes}));
    for path in ["/api/v1/me", "/api/%761/me"] {
        assert_eq!(body(browser.send(From::Here, "GET", path, &[], "").await)["user"], me["user"], "{path}");
    }
    let profile = body(browser.send(From::Here, "GET", "/api/profile", &[], "").await);
    let expected = json!({"data": {
        "id": "42", "email": "ada@heritage.example", "name": "Ada <Lovelace>", "first_name": "Ada",
        "last_name": "<Lovelace>", "avatar_url": "https://login.example/ada.png", "auth_provider": "test"
    }});
    assert_eq!(profile, expected);

    let page = text(browser.get("/account").await);
    assert!(page.contains("Ada &#60;Lovelace&#62;") && page.contains("Lynx"), "{page}");
    assert!(page.contains("contacts:read, sites:write"), "{page}");
    let token = browser.form_token().await;
    assert!(page.contains(&format!("name=\"_csrf\" value=\"{token}\"")), "{page}");

    let stolen = browser.clone();
    let out = browser.post(From::Here, "/auth/logout", &[("_csrf", &token)]).await;
    assert_eq!(location(&out), format!("{HERE}/"));
    assert!(browser.cookies.is_empty());
    assert!(service.store.is_empty());
    assert_eq!(stolen.clone().me().await, 401, "a cookie that was stolen before");
}

#[tokio::test]
async fn people_are_asked_to_log_in_and_programs_told_that_they_are_nobody() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let query = location(&browser.get("/account?lang=fr").await);
    assert_eq!(query, format!("{HERE}/login?return_to=%2Faccount%3Flang%3Dfr"));
    let query = browser.post(From::Here, "/auth/logout", &[]).await;
    assert_eq!(location(&query), format!("{HERE}/login"));
    assert_eq!(browser.get("/api/me").await.status(), 401, "also where a page is wanted");
    let program = browser.send(From::Here, "GET", "/account", &[("accept", "*/*")], "").await;
    assert_eq!(program.status(), 401);
    let token = browser.send(From::Here, "GET", "/api/me", &[("authorization", "Bearer x")], "").await;
    assert_eq!(token.status(), 401);
}

#[tokio::test]
async fn where_people_come_out_can_be_set() {
    let elsewhere = [
        ("AUTH_SUCCESS_REDIRECT", "https://app.example/in?a=1"),
        ("AUTH_FAILURE_REDIRECT", "https://app.example/failed?a=1"),
        ("AUTH_LOGOUT_REDIRECT", "/about"),
    ];
    let service = Service::with(&elsewhere).await;
    let mut browser = service.browser();
    let (path, _) = service.answered(&mut browser, &ada()).await;
    let stranger = service.browser().arrive(&path).await;
    assert_eq!(location(&stranger), "https://app.example/failed?a=1&error=refused");
    assert_eq!(location(&browser.arrive(&path).await), "https://app.example/in?a=1");
    let page = browser.get("/account").await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self' https://app.example;"), "{policy}");
    let token = browser.form_token().await;
    let out = browser.post(From::Here, "/auth/logout", &[("_csrf", &token)]).await;
    assert_eq!(location(&out), format!("{HERE}/about"));
}

#[tokio::test]
async fn what_the_provider_refuses_is_told() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let query = service.provider.query(&location(&browser.get("/auth/test").await));
    let path = format!("/auth/test/callback?error=access_denied&state={}", query["state"]);
    let page = browser.arrive(&path).await;
    assert_eq!(page.status(), 403);
    assert!(text(page).contains("The provider says access_denied."));
    assert!(service.store.is_empty() && browser.session().is_none());
}

#[tokio::test]
async fn a_provider_that_is_none_is_told_with_those_there_are() {
    let service = Service::start().await;
    let response = service.browser().send(From::Here, "GET", "/auth/tost", &[], "").await;
    assert_eq!(response.status(), 404);
    assert_eq!(body(response)["detail"], "there is no provider of logins tost; did you mean test?");
    let without = Browser::new(&crate::client::app(), "Lynx").get("/login").await;
    assert_eq!(without.status(), 503);
}

/// What looks at an address before somebody follows it uses nothing up.
#[tokio::test]
async fn only_get_uses_a_code() {
    let service = Service::start().await;
    let mut browser = service.browser();
    let (path, _) = service.answered(&mut browser, &ada()).await;
    let looked = browser.send(From::Here, "HEAD", &path, &[], "").await;
    assert_eq!(looked.status(), 405);
    assert_eq!(location(&browser.arrive(&path).await), format!("{HERE}/account"));
}

#[tokio::test]
async fn below_a_prefix_people_come_back_below_it() {
    let service = Service::start().await;
    let mut browser = Browser { app: service.app.mounted_at("/prod").unwrap(), ..service.browser() };
    let query = service.provider.query(&location(&browser.get("/auth/test?return_to=/sites/1").await));
    assert_eq!(query["redirect_uri"], format!("{HERE}/prod/auth/test/callback"));
    let code = service.provider.code(&query, &ada());
    let path = format!("/auth/test/callback?code={code}&state={}", query["state"]);
    assert_eq!(location(&browser.arrive(&path).await), format!("{HERE}/prod/sites/1"));
    let page = text(browser.get("/account").await);
    assert!(
        page.contains("action=\"/prod/auth/logout\"") && page.contains("action=\"/prod/account/sessions\"")
    );
    let token = browser.form_token().await;
    browser.post(From::Here, "/auth/logout", &[("_csrf", &token)]).await;
    let query = location(&browser.get("/account").await);
    assert_eq!(query, format!("{HERE}/prod/login?return_to=%2Faccount"));
}

#[tokio::test]
async fn what_is_public_looks_at_no_cookie() {
    let service = Service::start().await;
    let mut browser = service.logged_in().await;
    for path in ["/", "/sites", "/api/whcsites/1", "/login"] {
        let with = browser.get(path).await;
        let without = service.browser().get(path).await;
        assert_eq!(with.status(), 200);
        let vary = with.headers().get("vary").map_or("", |vary| vary.to_str().unwrap());
        assert!(!vary.contains("cookie"), "{path}: {vary}");
        assert_eq!(with.into_body().into_bytes(), without.into_body().into_bytes(), "{path}");
    }
}

/// On a developer's machine there is no TLS, so cookies have to do without.
#[tokio::test]
async fn on_this_machine_cookies_need_no_tls() {
    let service = Service::start().await;
    let app = super::local_app(&service, false);
    let get = |path: &str, cookie: &str| {
        let request = http::Request::get(path).header("host", "localhost:4000").header("cookie", cookie);
        request.body(bytes::Bytes::new()).unwrap()
    };
    let begun = handle(&app, get("/auth/test", "")).await;
    let query = service.provider.query(&location(&begun));
    assert_eq!(query["redirect_uri"], "http://localhost:4000/auth/test/callback");
    let cookie = begun.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("whc_login_") && !cookie.contains("Secure"), "{cookie}");
    let code = service.provider.code(&query, &ada());
    let path = format!("/auth/test/callback?code={code}&state={}", query["state"]);
    let done = handle(&app, get(&path, cookie.split(';').next().unwrap())).await;
    assert_eq!(location(&done), "http://localhost:4000/account");
    let session = done.headers()["set-cookie"].to_str().unwrap();
    assert!(session.starts_with("whc_session=") && !session.contains("Secure"), "{session}");

    let production = super::local_app(&service, true);
    let begun = handle(&production, get("/auth/test", "")).await;
    assert!(begun.headers()["set-cookie"].to_str().unwrap().starts_with("__Host-whc_login_"));
    let elsewhere = http::Request::get("/auth/test").header("host", "evil.example");
    let elsewhere = handle(&app, elsewhere.body(bytes::Bytes::new()).unwrap()).await;
    assert_eq!(body(elsewhere)["code"], "not-configured", "nobody is sent to where a Host says");
}
