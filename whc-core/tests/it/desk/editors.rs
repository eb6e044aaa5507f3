//! Two people at the same contact: neither loses what they wrote.

use super::{Desk, location, refused, text, value};

/// A contact, and the version that two people begin with.
async fn opened() -> (Desk, String) {
    let mut desk = Desk::new();
    let form = [("case_id", "7"), ("first_name", "Ada"), ("last_name", "King"), ("address", "London")];
    location(&desk.post("/contacts", &form).await);
    let version = value(&desk.page("/contacts/7/edit").await, "_version");
    (desk, version)
}

#[tokio::test]
async fn who_comes_second_sees_both_values_and_decides() {
    let (mut desk, version) = opened().await;
    let form = |last_name| {
        [("_method", "put"), ("_version", &*version), ("last_name", last_name), ("first_name", "Ada")]
    };
    location(&desk.post("/contacts/7", &form("Lovelace")).await);
    let html = refused(desk.post("/contacts/7", &form("Byron")).await, 409);
    assert!(html.contains("Somebody else has changed this contact since you opened it"), "{html}");
    assert_eq!(value(&html, "last_name"), "Byron", "what was typed stays in the field");
    assert!(html.contains("Somebody else wrote:</span> Lovelace"), "{html}");
    assert_eq!(html.matches("Somebody else wrote:").count(), 1, "only what differs is shown twice");
    assert_eq!(value(&html, "address"), "London", "what the form left out is as it is");
    // Nothing is written before somebody decides.
    assert!(desk.page("/contacts/7").await.contains("Lovelace"));
    let version = value(&html, "_version");
    let decided = [("_method", "put"), ("_version", &*version), ("last_name", "Byron")];
    assert!(text(desk.posted("/contacts/7", &decided).await).contains("Byron"));
}

#[tokio::test]
async fn what_was_typed_outlives_the_contact() {
    let (mut desk, version) = opened().await;
    location(&desk.post("/contacts/7", &[("_method", "delete")]).await);
    let form = [("_method", "put"), ("_version", &*version), ("last_name", "Byron")];
    let html = refused(desk.post("/contacts/7", &form).await, 409);
    assert_eq!([value(&html, "case_id"), value(&html, "last_name")], ["7", "Byron"]);
    assert!(
        html.contains("action=\"/contacts\"") && html.contains("Somebody has deleted this contact"),
        "{html}"
    );
}

#[tokio::test]
async fn nobody_deletes_what_they_have_not_seen() {
    let (mut desk, version) = opened().await;
    location(&desk.post("/contacts/7", &[("_method", "put"), ("last_name", "Byron")]).await);
    let html = refused(desk.post("/contacts/7", &[("_method", "delete"), ("_version", &version)]).await, 409);
    assert!(html.contains("Byron") && html.contains("Confirm deletion"), "{html}");
    let version = value(&html, "_version");
    location(&desk.post("/contacts/7", &[("_method", "delete"), ("_version", &version)]).await);
}
