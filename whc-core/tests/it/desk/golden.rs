//! Pages of the desk, byte for byte.

use super::{Desk, location};
use crate::golden;

#[tokio::test]
async fn golden_pages_of_contacts() {
    let mut desk = Desk::new();
    let check = |name: &str, response: http::Response<whc_core::web::Body>| {
        let (parts, body) = response.into_parts();
        // Every process has other versions.
        let html = String::from_utf8(body.into_bytes().to_vec()).unwrap();
        let html = match html.split_once("name=\"_version\" value=\"") {
            Some((before, rest)) => {
                let (_, after) = rest.split_once('"').unwrap();
                format!("{before}name=\"_version\" value=\"state\"{after}")
            }
            None => html,
        };
        let mut response = http::Response::from_parts(parts, html.into());
        response.headers_mut().remove("content-length");
        golden::check(&format!("desk/{name}.html"), response);
    };
    check("contacts-empty", desk.get("/contacts").await);
    check("contact-which", desk.get("/contacts/new").await);
    check("contact-new", desk.get("/contacts/new?case_id=7").await);
    check(
        "contact-wrong",
        desk.post("/contacts", &[("case_id", "7"), ("phone_no", "ask"), ("address", "<b>\n")]).await,
    );
    let form = [("case_id", "7"), ("title", "Dr"), ("last_name", "King"), ("site_id", "1")];
    check("contact-created", desk.posted("/contacts", &form).await);
    check("contact-edit", desk.get("/contacts/7/edit").await);
    check(
        "contact-behind",
        desk.post("/contacts/7", &[("_method", "put"), ("_version", "old"), ("last_name", "Byron")]).await,
    );
    check("contact-delete", desk.get("/contacts/7/delete").await);
    check("contacts", desk.get("/contacts?name=king&lang=ar").await);
    location(&desk.post("/contacts/7", &[("_method", "delete")]).await);
    check("contact-missing", desk.get("/contacts/7").await);
}
