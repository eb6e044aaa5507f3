//! How often somebody logs in.

use std::time::Duration;

use serde_json::json;

use super::browser::{From, location};
use super::{Service, ada};
use crate::client::json as body;

const FIVE: (&str, &str) = ("LIMIT_LOGINS", "5/minute");

/// Each time in another browser, whose address is not known: what counts is the account.
#[tokio::test]
async fn an_account_logs_in_five_times_a_minute_from_wherever() {
    let service = Service::with(&[FIVE]).await;
    let mut first = service.logged_in().await;
    for _ in 1..5 {
        service.logged_in().await;
    }
    let mut sixth = service.browser();
    let (path, _) = service.answered(&mut sixth, &ada()).await;
    let refused = sixth.send(From::Elsewhere, "GET", &path, &[("accept", "*/*")], "").await;
    assert_eq!(refused.status(), 429);
    let told = |name: &str| refused.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((told("retry-after"), told("ratelimit-policy")), ("12".into(), "\"logins\";q=5;w=60".into()));
    assert_eq!(body(refused)["code"], "too-many-requests");
    assert!(sixth.session().is_none());
    assert_eq!(first.me().await, 200, "who is in stays in");
    service.log_in(&mut service.browser(), &json!({"sub": "43"})).await;

    service.clock.advance(Duration::from_secs(12));
    service.log_in(&mut sixth, &ada()).await;
    assert_eq!(sixth.me().await, 200);
}

#[tokio::test]
async fn what_came_to_nothing_is_told_where_it_can_be_set() {
    let elsewhere = ("AUTH_FAILURE_REDIRECT", "https://app.example/failed");
    let service = Service::with(&[("LIMIT_LOGINS", "1/hour"), elsewhere]).await;
    service.logged_in().await;
    let mut browser = service.browser();
    let (path, _) = service.answered(&mut browser, &ada()).await;
    assert_eq!(location(&browser.arrive(&path).await), "https://app.example/failed?error=too-many");
    assert!(browser.session().is_none());
}
