//! The list of contacts: found by case, name and site, in pages.

use super::{Desk, location, refused, wrong};

async fn filled() -> Desk {
    let mut desk = Desk::new();
    for (case, name, site) in
        [("7", "Zoë King", "1"), ("8", "Émile Zola", "2"), ("9", "محمد", ""), ("10", "King", "2")]
    {
        location(&desk.post("/contacts", &[("case_id", case), ("last_name", name), ("site_id", site)]).await);
    }
    desk
}

fn cases(html: &str) -> Vec<&str> {
    let rows = html.split("<th scope=\"row\" class=\"n\"><a href=\"/contacts/").skip(1);
    rows.map(|row| row.split(['"', '?']).next().unwrap()).collect()
}

#[tokio::test]
async fn contacts_are_found_by_case_name_and_site() {
    let mut desk = filled().await;
    for (query, expected) in [
        ("", &["7", "8", "9", "10"][..]),
        ("?case_id=8", &["8"]),
        ("?name=zoe", &["7"]),
        ("?name=EMILE+z", &["8"]),
        ("?name=king", &["7", "10"]),
        ("?name=%D9%85%D8%AD", &["9"]),
        ("?site=2", &["8", "10"]),
        ("?site=galapagos", &["7"]),
        ("?site=galapagos&name=zola", &[]),
        ("?site=nothing-has-this-name", &[]),
        ("?case_id=&name=&site=", &["7", "8", "9", "10"]),
        ("?limit=2&offset=2", &["9", "10"]),
    ] {
        let html = desk.page(&format!("/contacts{query}")).await;
        assert_eq!(cases(&html), expected, "{query}");
    }
    let html = desk.page("/contacts?limit=2&name=").await;
    assert!(html.contains("4 contacts") && html.contains("rel=\"next\""), "{html}");
    assert!(desk.page("/contacts?name=nobody").await.contains("No contact fits"));
}

#[tokio::test]
async fn each_sees_the_contacts_of_their_cases() {
    let desk = filled().await;
    let html = desk.of("contacts:read;8").page("/contacts").await;
    assert_eq!(cases(&html), ["8"]);
    assert!(!html.contains("Add contact data"), "who only reads adds nothing");
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_told_at_its_field() {
    let html = refused(Desk::new().get("/contacts?case_id=seven&site=0&name=x").await, 400);
    let fields: Vec<_> = wrong(&html).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["case_id", "site"]);
    assert!(html.contains("value=\"seven\"") && html.contains("value=\"x\""), "{html}");
}
