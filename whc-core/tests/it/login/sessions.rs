//! Sessions: how long they last, who sees them, who ends them.

use std::time::Duration;

use super::browser::{Browser, From, HERE, location, text};
use super::{Service, ada};

/// The ids of the sessions on the page of the account, with whether each is the one that asks.
async fn listed(browser: &mut Browser) -> Vec<(String, bool)> {
    let page = text(browser.get("/account").await);
    let rows = page.split("<tr><th scope=\"row\">").skip(1);
    let row = |row: &str| {
        let id = row.split("name=\"end\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        (id.to_owned(), row.contains("(this one)"))
    };
    rows.map(row).collect()
}

async fn end(browser: &mut Browser, which: &str) -> String {
    let token = browser.form_token().await;
    location(&browser.post(From::Here, "/account/sessions", &[("_csrf", &token), ("end", which)]).await)
}

#[tokio::test]
async fn a_session_ends_unused_after_twelve_hours_and_used_after_seven_days() {
    let service = Service::start().await;
    let (hour, second) = (3600, 1);
    let pass = |seconds| service.clock.advance(Duration::from_secs(seconds));
    let mut unused = service.logged_in().await;
    let mut used = service.logged_in().await;
    pass(hour * 12 - second);
    assert_eq!(used.me().await, 200);
    pass(second);
    assert_eq!((used.me().await, unused.me().await), (200, 401));
    for _ in 0..14 {
        pass(hour * 11);
        assert_eq!(used.me().await, 200);
    }
    pass(hour * 2 - second);
    assert_eq!(used.me().await, 200, "one second before");
    pass(second);
    assert_eq!(used.me().await, 401);
}

#[tokio::test]
async fn settings_say_how_long() {
    let service = Service::with(&[("SESSION_IDLE_SECONDS", "60"), ("SESSION_LIFETIME_SECONDS", "100")]).await;
    let mut browser = service.logged_in().await;
    service.clock.advance(Duration::from_secs(59));
    assert_eq!(browser.me().await, 200);
    service.clock.advance(Duration::from_secs(40));
    assert_eq!(browser.me().await, 200);
    service.clock.advance(Duration::from_secs(1));
    assert_eq!(browser.me().await, 401);
}

#[tokio::test]
async fn one_browser_ends_the_session_of_another() {
    let service = Service::start().await;
    let (mut first, mut second) = (service.logged_in().await, service.logged_in().await);
    let sessions = listed(&mut first).await;
    assert_eq!(sessions.iter().filter(|(_, own)| *own).count(), 1);
    assert!(sessions.len() == 2 && !sessions.iter().any(|(id, _)| Some(&**id) == first.session()));
    let other = sessions.iter().find(|(_, own)| !own).unwrap();
    assert_eq!(end(&mut first, &other.0).await, format!("{HERE}/account"));
    assert_eq!((first.me().await, second.me().await), (200, 401));
    let own = listed(&mut first).await;
    assert_eq!(end(&mut first, &own[0].0).await, format!("{HERE}/"));
    assert!(first.cookies.is_empty());
}

#[tokio::test]
async fn all_sessions_end_at_once_but_those_of_others() {
    let service = Service::start().await;
    let mut own = [service.logged_in().await, service.logged_in().await];
    let mut other = service.browser();
    service.log_in(&mut other, &serde_json::json!({"sub": "43"})).await;
    assert_eq!(end(&mut own[0], "all").await, format!("{HERE}/"));
    assert!(own[0].cookies.is_empty());
    assert_eq!((own[1].me().await, other.me().await), (401, 200));
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let service = Service::start().await;
    let mut ada = service.logged_in().await;
    let mut other = service.browser();
    service.log_in(&mut other, &serde_json::json!({"sub": "43"})).await;
    let sessions = listed(&mut ada).await;
    assert_eq!(end(&mut other, &sessions[0].0).await, format!("{HERE}/account"));
    assert_eq!(ada.me().await, 200);
    let token = other.form_token().await;
    let form = [("_csrf", &*token), ("end", "nonsense")];
    assert_eq!(other.post(From::Here, "/account/sessions", &form).await.status(), 422);
}

#[tokio::test]
async fn a_login_gives_a_new_session_and_ends_the_one_before() {
    let service = Service::start().await;
    let mut browser = service.logged_in().await;
    let before = browser.clone();
    service.log_in(&mut browser, &ada()).await;
    assert_ne!(browser.session(), before.session());
    assert_eq!((browser.me().await, before.clone().me().await), (200, 401));
    assert_eq!(listed(&mut browser).await.len(), 1);
}

#[tokio::test]
async fn a_logout_has_a_page_for_whoever_comes_by_a_link() {
    let service = Service::start().await;
    let mut browser = service.logged_in().await;
    let page = text(browser.arrive("/auth/logout").await);
    let token = browser.form_token().await;
    assert!(page.contains(&format!(
        "action=\"/auth/logout\"><input type=\"hidden\" name=\"_csrf\" value=\"{token}\""
    )));
    assert_eq!(browser.me().await, 200, "a link logs nobody out");
    let script = browser.send(From::Here, "DELETE", "/auth/logout", &[("x-csrf-token", &token)], "").await;
    assert_eq!(location(&script), format!("{HERE}/"));
    assert_eq!(browser.me().await, 401);
}
