//! The map and list for frames of other pages.

use http::StatusCode;

use super::golden::without_outlines;
use super::{APP, browse, text};
use crate::golden;

/// Others may show it, but nothing else: no other page lets itself be framed.
#[tokio::test]
async fn only_this_page_lets_others_show_it() {
    let response = browse(&APP, "/embed?country=it&category=natural").await;
    assert_eq!(response.status(), StatusCode::OK);
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert_eq!(
        policy,
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
    );
    assert!(!response.headers().contains_key("x-frame-options"));
    golden::check("pages/embed.html", without_outlines(response));
    let refused = browse(&APP, "/embed?country=x").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert!(
        refused.headers()["content-security-policy"].to_str().unwrap().ends_with("frame-ancestors 'none'")
    );
}

/// A link that stayed inside the frame would lead to a page that may not be shown there.
#[tokio::test]
async fn its_links_leave_the_frame_and_it_has_no_form() {
    let html = text(browse(&APP, "/embed?as_of=1994&danger=true&lang=ar").await);
    assert!(html.contains("<base target=\"_blank\">"));
    assert!(html.contains("as_of=1994"), "{html:.1500}");
    for forbidden in ["<form", "<script", "<style", " style=", "<iframe", "<img"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    // All 17 on the map, the first ten in the list.
    assert_eq!(html.matches("<title>").count(), 1 + 17);
    assert_eq!(html.matches("<span class=\"year\">").count(), 10);
}
