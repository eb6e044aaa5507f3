//! What was done and found: the audit, and the findings of the last import.

use super::*;

#[tokio::test]
async fn the_audit_is_found_by_who_what_and_when() {
    let mut desk = Desk::new();
    location(&desk.post("/contacts", &[("case_id", "7"), ("last_name", "Secretly")]).await);
    location(&desk.change("/sites/1/edit", &[("date_inscribed", "1979")]).await);
    for (query, case, site) in [
        ("", true, true),
        ("?case_id=7", true, false),
        ("?site_id=1", false, true),
        ("?action=create", true, false),
        ("?actor=42", true, true),
        ("?actor=43", false, false),
        ("?since=2100-01-01", false, false),
        ("?until=2100-01-01&case_id=&site_id=&actor=&action=&since=", true, true),
    ] {
        let html = desk.page(&format!("/audit{query}")).await;
        assert_eq!(
            (html.contains(">case 7</a>"), html.contains(">site 1</a>")),
            (case, site),
            "{query}: {html}"
        );
        assert!(!html.contains("Secretly"), "{html}");
    }
    let html = refused(desk.get("/audit?case_id=x&since=yesterday&action=created").await, 400);
    let fields: Vec<_> = wrong(&html).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["case_id", "action", "since"]);
}

#[tokio::test]
async fn findings_of_the_last_import_are_looked_at_and_lead_to_their_sites() {
    let mut desk = Desk::new();
    assert!(desk.page("/sites/findings").await.contains("No file has been imported yet."));
    let site = SiteId::new(208).unwrap();
    let note = Finding::new(Severity::Note, "<b>two</b> names", "the first is kept");
    let warning =
        Finding::new(Severity::Warning, "\"many\" is not a number", "the area known is kept").about(site);
    let findings: Vec<_> = [note, warning].into_iter().cycle().take(250).collect();
    let origin = RevisionOrigin::file("whc-en.xml");
    let store = desk.app.site_store().unwrap();
    store.revise_from(&origin, &mut |_| Ok(Draft::of_import(Vec::new(), findings.clone()))).await.unwrap();

    let html = desk.page("/sites/findings").await;
    for part in [
        "<bdi>whc-en.xml</bdi>",
        "1–100 of 250",
        "rel=\"next\"",
        "&#60;b&#62;two&#60;/b&#62; names",
        "href=\"/sites/208/edit\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    for (query, warnings, notes) in [
        ("?severity=warning", 100, 0),
        ("?severity=note&offset=100", 0, 25),
        ("?site_id=208&limit=7", 7, 0),
        ("?site_id=1", 0, 0),
    ] {
        let html = desk.page(&format!("/sites/findings{query}")).await;
        let rows = |word: &str| html.matches(&format!("<th scope=\"row\">{word}</th>")).count();
        assert_eq!((rows("<strong>warning</strong>"), rows("note")), (warnings, notes), "{query}");
    }
    let html = refused(desk.get("/sites/findings?severity=loud&site_id=x").await, 400);
    assert_eq!(wrong(&html).len(), 2, "{html}");
}
