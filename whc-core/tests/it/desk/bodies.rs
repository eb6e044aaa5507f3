//! Forms as browsers and programs send them.

use super::{Desk, FORM, encoded, location, refused, text};

const BOUNDARY: &str = "multipart/form-data; boundary=frontier";

fn multipart(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--frontier\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>() + "--frontier--\r\n"
}

#[tokio::test]
async fn the_same_form_comes_in_three_types_and_under_the_names_of_frameworks() {
    let plain = [("case_id", "7"), ("last_name", "Zoë 世 & co"), ("address", "a\r\nb")];
    let bracketed =
        [("contact[case_id]", "7"), ("contact[last_name]", "Zoë 世 & co"), ("contact[address]", "a\r\nb")];
    for (content_type, body) in [
        (FORM, encoded(&plain)),
        ("application/x-www-form-urlencoded; charset=UTF-8", encoded(&bracketed)),
        (BOUNDARY, multipart(&plain)),
        (BOUNDARY, multipart(&bracketed)),
        (
            "application/json",
            r#"{"case_id":7,"last_name":"Zoë 世 & co","address":"a\nb","title":null}"#.to_owned(),
        ),
        (
            "application/json",
            r#"{"contact":{"case_id":"7","last_name":"Zoë 世 & co","address":"a\nb"}}"#.to_owned(),
        ),
    ] {
        let mut desk = Desk::new();
        let created = desk.send("POST", "/contacts", content_type, body.as_bytes()).await;
        assert_eq!(location(&created), "/contacts/7", "{content_type} {body}");
        assert!(desk.page("/contacts/7").await.contains("Zoë 世 &#38; co"), "{content_type} {body}");
        // Lines end as they do where programs write them, so that a form that is sent unchanged changes nothing.
        let same = desk.send("PUT", "/contacts/7", FORM, encoded(&[("address", "a\r\nb")]).as_bytes()).await;
        assert!(text(desk.get(&location(&same)).await).contains("Nothing was different"), "{content_type}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_told() {
    let twice = [("case_id", "7"), ("last_name", "a"), ("last_name", "b")];
    let file = "--frontier\r\ncontent-disposition: form-data; name=\"title\"; filename=\"a.txt\"\r\n\r\nx\r\n--frontier--\r\n";
    let damaged = multipart(&[("case_id", "7")]).replace("--frontier--", "");
    let many = "f=1&".repeat(600);
    for (content_type, body, status) in [
        ("text/plain", &b"case_id=7"[..], 415),
        ("", b"case_id=7", 415),
        (FORM, b"case_id=7&last_name=%ff", 400),
        (FORM, b"case_id=7&last_name=\xff", 400),
        (FORM, encoded(&twice).as_bytes(), 422),
        (FORM, many.as_bytes(), 400),
        (BOUNDARY, file.as_bytes(), 400),
        (BOUNDARY, damaged.as_bytes(), 400),
        ("multipart/form-data", b"", 400),
        ("application/json", b"[]", 400),
        ("application/json", b"{", 400),
    ] {
        let mut desk = Desk::new();
        let response = desk.send("POST", "/contacts", content_type, body).await;
        refused(response, status);
        assert_eq!(desk.get("/contacts/7").await.status(), 404, "{content_type}: nothing was written");
    }
}

#[tokio::test]
async fn a_post_to_a_contact_says_what_it_means() {
    let mut desk = Desk::new();
    desk.post("/contacts", &[("case_id", "7"), ("last_name", "King")]).await;
    for method in ["", "get", "post", "purge"] {
        let html = refused(desk.post("/contacts/7", &[("_method", method), ("title", "Ms")]).await, 400);
        assert!(html.contains("_method"), "{html}");
    }
    for (method, status) in [("PUT", 303), ("PATCH", 303), ("DELETE", 303), ("DELETE", 404)] {
        let response = desk.send(method, "/contacts/7", FORM, b"title=Dr").await;
        assert_eq!(response.status(), status, "{method}");
    }
}

#[tokio::test]
async fn an_unknown_field_is_named() {
    let html = refused(Desk::new().post("/contacts", &[("case_id", "7"), ("name", "King")]).await, 422);
    assert!(html.contains("name is no field of a contact"), "{html}");
}

/// Who takes no pages is told what is wrong in a document.
#[tokio::test]
async fn programs_get_problems() {
    let desk = Desk::new();
    let request =
        http::Request::post("/contacts").header("authorization", "Bearer contacts:read,contacts:write");
    let request =
        request.header("content-type", "application/json").body(r#"{"case_id":7,"phone_no":"ask"}"#.into());
    let response = whc_core::web::handle(&desk.app, request.unwrap()).await;
    assert_eq!(response.status(), 422);
    assert_eq!(crate::client::json(response)["errors"][0]["pointer"], "/phone_no");
}
