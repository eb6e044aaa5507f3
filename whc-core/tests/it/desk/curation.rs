//! A site on the pages of curators: changed, handed back, taken off the List and back, and who did it.

mod behind;
mod review;

use whc_core::auth::{Actor, Caller, Scopes};
use whc_core::finding::{Finding, Severity};
use whc_core::repository::{Draft, RevisionOrigin};
use whc_core::{CaseId, SiteId};

use super::{Desk, location, refused, text, value, wrong};

const EDIT: &str = "/sites/208/edit";
const CURATOR: &str = "sites:write,audit:read";

/// The form of a page as a browser sends it, with other values where `changes` has some.
fn form<'a>(html: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let form = html.split("<form class=\"fields\"").nth(1).unwrap().split("</form>").next().unwrap();
    let mut fields = Vec::new();
    for tag in form.split('<') {
        let named = tag.split(" name=\"").nth(1).and_then(|rest| rest.split('"').next());
        let Some(name) = named else {
            if let (Some((name, _)), true) =
                (fields.last_mut(), tag.starts_with("option") && tag.contains(" selected"))
            {
                let (name, option): (&mut String, _) =
                    (name, tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap());
                let name = name.clone();
                fields.push((name, option.to_owned()));
            }
            continue;
        };
        if tag.contains("type=\"checkbox\"") && !tag.contains(" checked") {
            continue;
        }
        if tag.starts_with("select") {
            fields.push((name.to_owned(), String::from("\u{0}")));
            continue;
        }
        let given = tag.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let given = given.unwrap_or_else(|| tag.split(">\n").nth(1).unwrap_or_default());
        fields.push((
            name.to_owned(),
            given.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&"),
        ));
    }
    fields.retain(|(_, value)| value != "\u{0}");
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

async fn send(desk: &mut Desk, path: &str, form: &[(String, String)]) -> http::Response<whc_core::web::Body> {
    let form: Vec<_> = form.iter().map(|(name, value)| (&**name, &**value)).collect();
    desk.post(path, &form).await
}

#[tokio::test]
async fn a_form_that_is_sent_as_it_was_shown_changes_nothing() {
    let mut desk = Desk::new();
    // Parts in many states, texts in many languages, two regions, dangers that are over, off the List, across the date line.
    for site in [1, 208, 1133, 94, 654, 1156, 86, 1603, 148] {
        let path = format!("/sites/{site}/edit");
        let html = desk.page(&path).await;
        let response = send(&mut desk, &path, &form(&html, &[])).await;
        let history = text(desk.get(&location(&response)).await);
        assert!(history.contains("Nothing was different"), "{site}: {history}");
    }
}

#[tokio::test]
async fn a_year_is_corrected_seen_by_everybody_and_handed_back() {
    let mut desk = Desk::new();
    let html = desk.page(EDIT).await;
    let changes = [("date_inscribed", "2002"), ("reason", "A slip of the pen"), ("name_fr", "Vallée")];
    let history = location(&send(&mut desk, EDIT, &form(&html, &changes)).await);
    assert_eq!(history, "/sites/208/history");
    let history = desk.page(&history).await;
    for part in [
        "Site updated.",
        "A slip of the pen",
        "date_inscribed",
        "before: </span><bdi>2003",
        "after: </span><bdi>2002",
        "<bdi>42</bdi>",
    ] {
        assert!(history.contains(part), "{part}: {history}");
    }
    let public = text(desk.of("").get("/sites/208").await);
    assert!(public.contains("2002") && public.contains("Vallée"), "{public}");
    let edit = desk.page(EDIT).await;
    assert!(edit.contains("<code>date_inscribed</code>") && edit.contains("<code>name_fr</code>"), "{edit}");
    let handed_back = desk.posted("/sites/208/hand-back", &[("field", "date_inscribed")]).await;
    assert!(text(handed_back).contains("The field is handed back"));
    let edit = desk.page(EDIT).await;
    assert!(!edit.contains("<code>date_inscribed</code>") && edit.contains("<code>name_fr</code>"), "{edit}");
    assert_eq!(desk.post("/sites/208/hand-back", &[("field", "year")]).await.status(), 400);
}

/// Whoever changes sites sees what others changed, and nothing of contacts.
#[tokio::test]
async fn curators_see_who_did_what_without_being_auditors() {
    let mut desk = Desk::new();
    location(&desk.post("/contacts", &[("case_id", "208"), ("last_name", "Secretly")]).await);
    location(&desk.change(EDIT, &[("date_inscribed", "2002"), ("reason", "A slip of the pen")]).await);
    location(&desk.change("/sites/1/edit", &[("date_inscribed", "1979")]).await);
    let mut curator = desk.of("sites:write");
    let html = curator.page("/sites/208/history").await;
    for part in [
        "<bdi>42</bdi>",
        "before: </span><bdi>2003",
        "after: </span><bdi>2002",
        ">site 208</a>",
        "A slip of the pen",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("case 208") && !html.contains("/audit"), "{html}");
    assert!(!html.contains(">site 1</a>"), "only what was done to this site: {html}");
    let actor = Actor { issuer: None, subject: "42".to_owned() };
    let proof = Caller::new(actor, Scopes::all()).site_auditor().unwrap();
    assert!(!proof.cases().contains(CaseId::new(208).unwrap()), "the proof is of no case");
    assert_eq!(curator.get("/audit?site_id=208").await.status(), 403);
}

#[tokio::test]
async fn what_is_wrong_with_a_site_is_told_at_its_fields() {
    let mut desk = Desk::new();
    let html = desk.page(EDIT).await;
    let changes = [
        ("name_en", ""),
        ("date_inscribed", "1066"),
        ("area_hectares", "wide"),
        ("states", "AF Afghanistan\nXXX Nowhere"),
        ("superseded_by", "999998"),
        ("components", "200 0 AF"),
        ("reason", "a\u{202e}b"),
    ];
    let html = refused(send(&mut desk, EDIT, &form(&html, &changes)).await, 422);
    assert!(html.contains("<title>Error: Edit Cultural Landscape"), "{html}");
    let fields: Vec<_> = wrong(&html).into_iter().map(|(field, _)| field).collect();
    for (field, typed) in changes {
        assert!(fields.iter().any(|known| known == field), "{field}: {fields:?}");
        assert_eq!(value(&html, field), typed, "{field}");
    }
    assert!(!text(desk.of("").get("/sites/208").await).contains("1066"));
}

#[tokio::test]
async fn checkboxes_that_are_cleared_are_cleared() {
    let mut desk = Desk::new();
    let html = desk.page("/sites/1/edit").await;
    let mut fields = form(&html, &[]);
    fields.retain(|(name, _)| name != "criteria");
    location(&send(&mut desk, "/sites/1/edit", &fields).await);
    assert!(!desk.page("/sites/1/edit").await.contains("name=\"criteria\" value=\"vii\" checked"));
    // A form without checkboxes says nothing of them.
    location(&desk.change("/sites/2/edit", &[("date_inscribed", "1979")]).await);
    assert!(desk.page("/sites/2/edit").await.contains("name=\"criteria\" value=\"ii\" checked"));
}

#[tokio::test]
async fn a_site_leaves_the_list_with_a_reason_and_comes_back() {
    let mut desk = Desk::new();
    let path = "/sites/208/listing";
    let html = refused(desk.change(path, &[("_method", "off"), ("year", ""), ("reason", " ")]).await, 422);
    let fields: Vec<_> = wrong(&html).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["reason", "year"]);
    // Before it came, and in a year to come.
    for year in ["1990", "2190"] {
        let html =
            refused(desk.change(path, &[("_method", "off"), ("year", year), ("reason", "gone")]).await, 422);
        assert_eq!(wrong(&html)[0].0, "year", "{html}");
    }
    let to_come = [("date_inscribed", "2190")];
    refused(desk.change("/sites/208/edit", &to_come).await, 422);
    let part_of_a_part = [("status", "superseded"), ("year_left", "2025"), ("superseded_by", "790")];
    let html = refused(desk.change("/sites/208/edit", &part_of_a_part).await, 422);
    assert!(html.contains("790 is a part of 1582"), "{html}");
    let version = value(&desk.page(path).await, "_version");
    let off = [("_method", "off"), ("_version", &*version), ("year", "2010"), ("reason", "Nothing is left")];
    let history = text(desk.posted(path, &off).await);
    assert!(
        history.contains("The site is off the List.") && history.contains("Nothing is left"),
        "{history}"
    );
    assert!(text(desk.of("").get("/sites/208").await).contains("Left the List in 2010"));
    assert_eq!(
        desk.post(path, &[("_version", &version), ("_method", "back"), ("reason", "x")]).await.status(),
        409
    );
    let html = desk.page(path).await;
    assert!(html.contains("It left the List in 2010.") && !html.contains("name=\"year\""), "{html}");
    let version = value(&html, "_version");
    let back = [("_method", "back"), ("_version", &*version), ("reason", "It is there after all")];
    assert!(text(desk.posted(path, &back).await).contains("The site is back on the List."));
    assert!(!text(desk.of("").get("/sites/208").await).contains("Left the List"));
}

#[tokio::test]
async fn curators_see_marks_on_the_page_and_everybody_else_the_same_bytes() {
    let desk = Desk::new();
    location(&desk.of(CURATOR).change("/sites/1/edit", &[("date_inscribed", "1979")]).await);
    let public = desk.of("").get("/sites/1").await;
    let (headers, bytes) = (public.headers().clone(), public.into_body().into_bytes());
    for rights in ["contacts:read,contacts:write,audit:read", "nonsense", "down", ""] {
        let other = desk.of(rights).get("/sites/1").await;
        for name in ["etag", "cache-control", "vary", "content-length"] {
            assert_eq!(other.headers().get(name), headers.get(name), "{rights}: {name}");
        }
        assert_eq!(other.into_body().into_bytes(), bytes, "{rights}");
    }
    let curator = desk.of(CURATOR).get("/sites/1").await;
    assert_eq!(curator.headers()["cache-control"], "no-store");
    assert!(!curator.headers().contains_key("etag"));
    let html = text(curator);
    assert!(
        html.contains("<a href=\"/sites/1/edit\">Edit</a>") && html.contains("<code>date_inscribed</code>"),
        "{html}"
    );
    assert_eq!(desk.of("").get("/sites/1").await.into_body().into_bytes(), bytes, "nothing of it is cached");
}
