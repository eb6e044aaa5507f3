//! The filters of the list as a form: what it sends, and what it says of what cannot be.

use http::StatusCode;

use super::{APP, attributes, browse, page, text};

/// A form sends every field, also those that nobody filled in.
#[tokio::test]
async fn what_was_left_empty_is_in_no_link() {
    let sent = "/sites?q=&category=natural&country=it&region=&criterion=&inscribed=&danger=&transboundary=&area=&as_of=&status=";
    let html = page(sent).await;
    let mut links = 0;
    for address in attributes(&html, "href").filter(|address| address.contains('?')) {
        let query = address.split_once('?').unwrap().1.split('#').next().unwrap();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            assert!(
                !value.is_empty() && !value.starts_with(',') && !value.ends_with(','),
                "{name}: {address}"
            );
        }
        links += 1;
    }
    assert!(links > 20, "{links}");
    // The same list as that of the clean address, but for nothing.
    assert_eq!(html, page("/sites?category=natural&country=it").await);
}

/// What was typed stays, and what is wrong with it is said at its field and in a summary that leads there.
#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    let response =
        browse(&APP, "/sites?q=rome&category=natural&inscribed=1978-1990&area=big&categry=x").await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let html = text(response);
    assert!(html.contains("<title>Error: "));
    for (id, value) in [("f-inscribed", "1978-1990"), ("f-area", "big")] {
        assert!(html.contains(&format!("<a href=\"#{id}\">")), "{id}");
        assert!(html.contains(&format!("<p class=\"error\" id=\"e-{id}\">")), "{id}");
        let field = html.split(&format!("<input id=\"{id}\"")).nth(1).and_then(|rest| rest.split('>').next());
        let field = field.unwrap();
        assert!(
            field.contains(&format!("value=\"{value}\"")) && field.contains("aria-invalid=\"true\""),
            "{field}"
        );
        assert!(field.contains(&format!("e-{id}\"")), "{field}");
    }
    assert!(html.contains("value=\"rome\""), "what is right stays too");
    assert!(html.contains("value=\"natural\" checked"), "what is right stays too");
    assert!(html.contains("did you mean category?"), "of what has no field, the summary tells");
    assert_eq!(html.matches("aria-invalid").count(), 2);
    assert!(!html.contains("<ol class=\"sites\""), "there is no result");
}

/// A site that Japan shares has its point in France. It is in the list, and the map is one of Japan.
#[tokio::test]
async fn the_map_of_a_country_shows_the_country() {
    let html = page("/sites?country=jp").await;
    assert!(html.contains("<svg class=\"map few\""), "not the world");
    assert!(html.contains("1 outside this map"));
    assert!(html.contains("href=\"/sites/1321\""), "it is in the list");
    let image = text(browse(&APP, "/api/whcsites?country=jp&f=svg&limit=100").await);
    assert!(image.contains("1 far from the others, outside the map."));
    // Some sites of France lie overseas, in three oceans.
    let html = page("/sites?country=fr").await;
    assert!(html.contains("<svg class=\"map few\"") && html.contains("outside this map: <a"));
    assert!(html.contains(">Lagoons of New Caledonia"), "by its name beneath the map");
    assert!(!page("/sites?country=us").await.contains("outside this map"), "a wide country stays whole");
    // Where no country is asked for, all is shown.
    assert!(!page("/sites?transboundary=true").await.contains("outside this map"));
}

/// Forms send names without a value, and people write names in any order.
#[tokio::test]
async fn a_list_has_one_address_however_its_query_is_written() {
    let canonical = |path: &'static str| async move {
        let html = page(path).await;
        let (_, rest) = html.split_once("<link rel=\"canonical\" href=\"").expect(path);
        rest.split('"').next().unwrap().to_owned()
    };
    let address = "/sites?category=natural&#38;country=it&#38;offset=25&#38;lang=ar";
    for path in [
        "/sites?category=natural&country=it&offset=25&lang=ar",
        "/sites?q=&lang=ar&country=it&danger=&offset=25&category=natural&f=html",
    ] {
        assert!(canonical(path).await.ends_with(address), "{path}: {}", canonical(path).await);
    }
    assert!(canonical("/changes?id=&offset=0").await.ends_with("/changes"));
    assert!(!page("/statistics?lang=fr").await.contains("canonical"));
}
