//! Languages: Arabic goes from right to left, and a text in another language than the page says so.

use super::{APP, BROWSER, page, text};
use crate::client::send;

#[tokio::test]
async fn an_arabic_page_goes_from_right_to_left() {
    for path in ["/?lang=ar", "/sites?lang=ar&region=ARB", "/sites/88?lang=ar", "/danger?lang=ar"] {
        let html = page(path).await;
        assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{path}");
    }
    // The language of the browser does too, and the addresses do not name what they need not.
    let request = http::Request::get("/sites/88")
        .header("accept", BROWSER)
        .header("accept-language", "ar-EG, en;q=0.5");
    let html = text(send(&APP, request).await);
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">") && html.contains("href=\"/sites\""));
}

#[tokio::test]
async fn links_go_on_in_the_language_that_the_address_names() {
    let html = page("/sites/1133?lang=ar").await;
    assert!(html.contains("href=\"/countries/al?lang=ar\""));
    assert!(html.contains("name=\"lang\" value=\"ar\""));
}

#[tokio::test]
async fn what_is_in_another_language_says_so() {
    let arabic = page("/sites/88?lang=ar").await;
    assert!(arabic.contains("<bdi lang=\"en\" dir=\"ltr\">Egypt</bdi>"));
    let english = page("/sites/88").await;
    assert!(english.contains("<dd lang=\"ar\" dir=\"rtl\">") && english.contains("<dd lang=\"ru\">"));
    // Nobody has translated the interface into French: the page is in English, and the name of the site in French.
    let french = page("/sites/88?lang=fr").await;
    assert!(french.contains("<html lang=\"en\">") && french.contains("<h1 lang=\"fr\">"));
    // Prose that exists in English only, within an Arabic page.
    assert!(
        page("/about?lang=ar").await.contains("<main id=\"page\" class=\"page\" lang=\"en\" dir=\"ltr\">")
    );
}
