//! Providers that answer with a form from a page of their own, as Apple does.

use serde_json::json;

use super::browser::{Browser, From, HERE, location, text};
use super::{Service, ada};

const FORM_POST: [(&str, &str); 1] = [("OIDC_TEST_RESPONSE_MODE", "form_post")];
const CALLBACK: &str = "/auth/test/callback";

/// The fields of the form on a page.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form method=\"post\"").nth(1).unwrap().split("</form>").next().unwrap();
    let value = |text: &str| {
        text.split('"')
            .next()
            .unwrap()
            .replace("&#34;", "\"")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&")
    };
    let field = |input: &str| {
        let (name, value_) = input.split_once("\" value=\"").unwrap();
        (name.to_owned(), value(value_))
    };
    form.split("type=\"hidden\" name=\"").skip(1).map(field).collect()
}

async fn post(
    browser: &mut Browser,
    from: From,
    fields: &[(String, String)],
) -> http::Response<whc_core::web::Body> {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    browser.post(from, CALLBACK, &fields).await
}

/// What the provider makes the browser send.
async fn answered(service: &Service, browser: &mut Browser) -> Vec<(String, String)> {
    let query = service.provider.query(&location(&browser.get("/auth/test").await));
    assert_eq!(query["response_mode"], "form_post");
    let code = service.provider.code(&query, &json!({"sub": "42"}));
    let user = r#"{"name":{"firstName":"Ada","lastName":"\"L\" & <b>"}}"#;
    let fields = [("state", &*query["state"]), ("code", &code), ("user", user)];
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

#[tokio::test]
async fn the_page_in_between_brings_the_cookie() {
    let service = Service::with(&FORM_POST).await;
    let mut browser = service.browser();
    let sent = answered(&service, &mut browser).await;
    let page = post(&mut browser, From::Elsewhere, &sent).await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["cache-control"], "no-store");
    let page = text(page);
    assert!(page.contains(&format!("action=\"{CALLBACK}\"")) && page.contains("<button>Continue</button>"));
    let mut again = fields(&page);
    assert_eq!(&again[..3], &sent[..]);
    let done = post(&mut browser, From::Here, &again).await;
    assert_eq!(location(&done), format!("{HERE}/account"));
    let account = text(browser.get("/account").await);
    assert!(account.contains("Ada &#34;L&#34; &#38; &#60;b&#62;"), "{account}");
    again[1].1 = "code-1".to_owned();
    assert_eq!(post(&mut browser, From::Here, &again).await.status(), 403, "it is over");
}

#[tokio::test]
async fn there_is_no_second_page() {
    let service = Service::with(&FORM_POST).await;
    let mut browser = service.browser();
    let sent = answered(&service, &mut browser).await;
    let again = fields(&text(post(&mut browser, From::Elsewhere, &sent).await));
    for from in [From::Elsewhere, From::Sibling, From::Unsaid] {
        assert_eq!(post(&mut browser.clone(), from, &again).await.status(), 403);
    }
    let mut without_cookies = service.browser();
    assert_eq!(post(&mut without_cookies, From::Here, &again).await.status(), 403);
    assert!(service.store.is_empty() && service.provider.exchanges().is_empty());
}

#[tokio::test]
async fn an_answer_in_another_way_than_it_was_asked_for_is_refused() {
    let service = Service::with(&FORM_POST).await;
    let mut browser = service.browser();
    let sent = answered(&service, &mut browser).await;
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish();
    assert_eq!(browser.arrive(&format!("{CALLBACK}?{query}")).await.status(), 403);

    let service = Service::start().await;
    let mut browser = service.browser();
    let (path, _) = service.answered(&mut browser, &ada()).await;
    let query = path.split_once('?').unwrap().1;
    let mut form: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    form.push(("continued".to_owned(), "1".to_owned()));
    assert_eq!(post(&mut browser, From::Here, &form).await.status(), 403);
    assert!(service.provider.exchanges().is_empty());
}

#[tokio::test]
async fn what_is_no_form_is_told() {
    let service = Service::with(&FORM_POST).await;
    let json = [("content-type", "application/json")];
    for path in [CALLBACK, "/auth/test/backchannel"] {
        let response = service.browser().send(From::Elsewhere, "POST", path, &json, "{}").await;
        assert_eq!(response.status(), 415, "{path}");
    }
    let mut browser = service.browser();
    assert_eq!(
        browser.post(From::Elsewhere, CALLBACK, &[("code", "a")]).await.status(),
        403,
        "without a state"
    );
    let long = "a".repeat(4097);
    let form = [("state", "a"), ("code", &*long)];
    assert_eq!(browser.post(From::Elsewhere, CALLBACK, &form).await.status(), 403);
}

/// A login is one, however many forms it takes.
#[tokio::test]
async fn only_the_form_that_ends_a_login_counts() {
    let service = Service::with(&[FORM_POST[0], ("LIMIT_LOGINS", "2/minute")]).await;
    let mut browser = service.browser().at("198.51.100.7");
    for _ in 0..2 {
        let sent = answered(&service, &mut browser).await;
        let page = post(&mut browser, From::Elsewhere, &sent).await;
        assert_eq!(page.status(), 200);
        let done = post(&mut browser, From::Here, &fields(&text(page))).await;
        assert_eq!(location(&done), format!("{HERE}/account"));
    }
    let form = [("state".to_owned(), "any".to_owned()), ("continued".to_owned(), "1".to_owned())];
    assert_eq!(post(&mut browser, From::Elsewhere, &form[..1]).await.status(), 200, "the page in between");
    assert_eq!(post(&mut browser, From::Here, &form).await.status(), 429, "the third login");
}
