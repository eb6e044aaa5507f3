//! Pages of the desk, byte for byte.

use http::Response;
use whc_core::web::Body;

use super::{Desk, location};
use crate::golden;

fn check(name: &str, response: Response<Body>) {
    let (parts, body) = response.into_parts();
    let html = String::from_utf8(body.into_bytes().to_vec()).unwrap();
    // Every process has other versions of contacts, and the history of its own times.
    let html = without(&html, "name=\"_version\" value=\"", "\"");
    let html = without(&html, "<time datetime=\"", "</time>");
    let mut response = Response::from_parts(parts, html.into());
    response.headers_mut().remove("content-length");
    golden::check(&format!("desk/{name}.html"), response);
}

/// The text without what stands between each `mark` and the `end` after it.
fn without(html: &str, mark: &str, end: &str) -> String {
    let mut parts = html.split(mark);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| format!("{all}{mark}…{end}{}", part.split_once(end).unwrap().1))
}

#[tokio::test]
async fn golden_pages_of_contacts() {
    let mut desk = Desk::new();
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

#[tokio::test]
async fn golden_pages_of_curators() {
    let mut desk = Desk::new();
    check("site-edit", desk.get("/sites/1/edit").await);
    check("site-wrong", desk.change("/sites/1/edit", &[("date_inscribed", "1066"), ("name_ar", "x ")]).await);
    check("site-listing", desk.get("/sites/1/listing?lang=fr").await);
    check("site-listing-wrong", desk.change("/sites/1/listing", &[("_method", "off")]).await);
    location(&desk.change("/sites/1/edit", &[("date_inscribed", "1979"), ("reason", "<i>why")]).await);
    check("site", desk.get("/sites/1").await);
    check("audit", desk.get("/audit?site_id=1").await);
    check("audit-wrong", desk.get("/audit?since=x").await);
}
