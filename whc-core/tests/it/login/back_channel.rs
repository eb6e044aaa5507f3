//! Providers that end sessions (`OpenID` Connect Back-Channel Logout).

use serde_json::{Value, json};

use super::browser::From;
use super::{NOW, Service, ada};

const HEADER: &str = r#"{"alg":"RS256","kid":"first","typ":"logout+jwt"}"#;

fn claims() -> Value {
    let events = json!({"http://schemas.openid.net/event/backchannel-logout": {}});
    json!({"jti": "one", "sid": "session-of-provider", "sub": "42", "events": events, "exp": NOW + 120})
}

/// The status of what comes of a token that a provider sends.
async fn sent(service: &Service, header: &str, claims: &Value) -> u16 {
    let token = service.provider.token(header, claims);
    let form = [("logout_token", &*token)];
    service.browser().post(From::Unsaid, "/auth/test/backchannel", &form).await.status().as_u16()
}

#[tokio::test]
async fn a_provider_ends_the_sessions_within_its_own() {
    let service = Service::start().await;
    let mut within = [service.logged_in().await, service.logged_in().await];
    let mut other = service.browser();
    let mut elsewhere = ada();
    elsewhere["sid"] = json!("another");
    service.log_in(&mut other, &elsewhere).await;
    assert_eq!(sent(&service, HEADER, &claims()).await, 200);
    assert_eq!((within[0].me().await, within[1].me().await, other.me().await), (401, 401, 200));
    assert_eq!(sent(&service, HEADER, &claims()).await, 400, "a token counts once");
}

#[tokio::test]
async fn without_a_session_of_its_own_it_ends_all_of_the_account() {
    let service = Service::start().await;
    let mut browser = service.logged_in().await;
    let mut of_account = claims();
    of_account["sid"] = Value::Null;
    assert_eq!(sent(&service, HEADER, &of_account).await, 200);
    assert_eq!(browser.me().await, 401);
}

#[tokio::test]
async fn other_tokens_end_nothing() {
    let service = Service::start().await;
    let mut browser = service.logged_in().await;
    let with = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        claims
    };
    for (why, claims) in [
        ("with a nonce", with("nonce", json!("a"))),
        ("without events", with("events", Value::Null)),
        ("of another event", with("events", json!({"http://schemas.openid.net/event/other": {}}))),
        ("without a name", with("jti", Value::Null)),
        ("about nobody", {
            let mut claims = with("sid", Value::Null);
            claims["sub"] = Value::Null;
            claims
        }),
        ("for another client", with("aud", json!("another"))),
        ("of another issuer", with("iss", json!("https://evil.example"))),
        ("too late", with("exp", json!(NOW - 1))),
        ("without an end", with("exp", Value::Null)),
    ] {
        assert_eq!(sent(&service, HEADER, &claims).await, 400, "{why}");
    }
    let access = HEADER.replace("logout+jwt", "at+jwt");
    assert_eq!(sent(&service, &access, &claims()).await, 400, "a token for something else");
    let form = [("logout_token", "nonsense")];
    let nonsense = service.browser().post(From::Unsaid, "/auth/test/backchannel", &form).await;
    assert_eq!(nonsense.status(), 400);
    let nothing = service.browser().post(From::Unsaid, "/auth/test/backchannel", &[]).await;
    assert_eq!(nothing.status(), 400);
    assert_eq!(browser.me().await, 200);
}
