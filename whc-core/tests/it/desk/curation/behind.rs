//! Forms that were made of another state than that of now.

use super::*;

#[tokio::test]
async fn the_second_curator_sees_both_values() {
    let mut desk = Desk::new();
    let html = desk.page(EDIT).await;
    location(&send(&mut desk, EDIT, &form(&html, &[("date_inscribed", "2002")])).await);
    let html = refused(send(&mut desk, EDIT, &form(&html, &[("date_inscribed", "2001")])).await, 409);
    assert!(
        html.contains("Somebody else has changed this site")
            && html.contains("Somebody else wrote:</span> 2002"),
        "{html}"
    );
    assert_eq!(value(&html, "date_inscribed"), "2001");
    assert_eq!(html.matches("Somebody else wrote:").count(), 1);
    let decided = send(&mut desk, EDIT, &form(&html, &[])).await;
    assert!(text(desk.get(&location(&decided)).await).contains("after: </span><bdi>2001"));
}

/// Without the state that a form was made of it could undo what others have written: nothing is done, and nothing typed is lost.
#[tokio::test]
async fn a_form_that_does_not_say_how_old_it_is_comes_again() {
    let mut desk = Desk::new();
    let html = refused(
        desk.post(EDIT, &[("date_inscribed", "2002"), ("name_fr", "Vallée"), ("reason", "A slip")]).await,
        428,
    );
    assert!(html.contains("The form did not say how old it was"), "{html}");
    assert_eq!(
        [value(&html, "date_inscribed"), value(&html, "name_fr"), value(&html, "reason")],
        ["2002", "Vallée", "A slip"]
    );
    assert!(html.contains("Somebody else wrote:</span> 2003"), "{html}");
    assert!(!text(desk.of("").get("/sites/208").await).contains("Vallée"), "nothing is saved");
    // What is sent from there is sent in full knowledge.
    location(&send(&mut desk, EDIT, &form(&html, &[])).await);

    let path = "/sites/208/listing";
    let off = [("_method", "off"), ("year", "2010"), ("reason", "Nothing is left")];
    let html = refused(desk.post(path, &off).await, 428);
    assert_eq!([value(&html, "year"), value(&html, "reason")], ["2010", "Nothing is left"]);
    assert!(!text(desk.of("").get("/sites/208").await).contains("Left the List"), "nothing is done");
    location(&send(&mut desk, path, &form(&html, &[])).await);
    assert!(text(desk.of("").get("/sites/208").await).contains("Left the List in 2010"));
    // Programs are told what to send.
    let request = http::Request::post(EDIT).header("authorization", format!("Bearer {CURATOR}"));
    let request = request.header("content-type", crate::desk::FORM).body("date_inscribed=2001".into());
    let response = whc_core::web::handle(&desk.app, request.unwrap()).await;
    assert_eq!(response.status(), 428);
    assert!(crate::client::json(response)["detail"].as_str().unwrap().contains("send _version"));
}

/// Also where the two say the same, so that there is nothing to compare.
#[tokio::test]
async fn who_comes_second_with_the_same_is_told_too() {
    let mut desk = Desk::new();
    let html = desk.page(EDIT).await;
    location(&send(&mut desk, EDIT, &form(&html, &[("date_inscribed", "2002")])).await);
    let html = refused(send(&mut desk, EDIT, &form(&html, &[("date_inscribed", "2002")])).await, 409);
    assert!(html.contains("Somebody else has changed this site"), "{html}");
}
