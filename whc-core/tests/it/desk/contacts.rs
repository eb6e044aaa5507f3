//! The pages of the contact of a case, from the first to the last: paths, statuses, and what they say.

use super::{Desk, location, refused, text, value, wrong};

#[tokio::test]
async fn a_contact_is_added_seen_changed_and_deleted() {
    let mut desk = Desk::new();
    let blank = desk.page("/contacts/new?case_id=7").await;
    assert!(blank.contains("<h1>Add contact data for case #7</h1>"), "{blank}");
    assert_eq!(value(&blank, "case_id"), "7");

    let ada =
        [("case_id", "7"), ("title", "Ms"), ("first_name", "Ada"), ("last_name", "King"), ("site_id", "1")];
    let created = desk.post("/contacts", &ada).await;
    assert_eq!(location(&created), "/contacts/7");
    let shown = desk.page("/contacts/7").await;
    assert!(shown.contains("role=\"status\"><p>Contact created.</p>"), "{shown}");
    for part in [
        "<h1>Contact data for case #7</h1>",
        "Ada",
        "King",
        "Galápagos Islands",
        "/contacts/7/edit",
        "/contacts/7/delete",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!desk.page("/contacts/7").await.contains("Contact created."), "it is said once");

    let edit = desk.page("/contacts/7/edit").await;
    assert!(edit.contains("<h1>Edit contact data for case #7</h1>"));
    assert_eq!([value(&edit, "first_name"), value(&edit, "site_id")], ["Ada", "1"]);
    let version = value(&edit, "_version");
    let form =
        [("_method", "put"), ("_version", &*version), ("first_name", ""), ("phone_no", "+44 20 7946 0958")];
    let changed = text(desk.posted("/contacts/7", &form).await);
    assert!(
        changed.contains("Contact updated.") && changed.contains("7946 0958") && !changed.contains("Ada")
    );
    assert!(changed.contains("King"), "what a form leaves out stays");
    let version = value(&desk.page("/contacts/7/edit").await, "_version");
    let same = [("_method", "PATCH"), ("_version", &*version), ("last_name", "King")];
    assert!(text(desk.posted("/contacts/7", &same).await).contains("Nothing was different"));

    let confirm = desk.page("/contacts/7/delete").await;
    assert!(confirm.contains("<h1>Confirm deletion</h1>") && confirm.contains("King"));
    let version = value(&confirm, "_version");
    let gone = desk.posted("/contacts/7", &[("_method", "delete"), ("_version", &version)]).await;
    let gone = refused(gone, 404);
    assert!(gone.contains("Contact deleted.") && gone.contains("<h1>Not found</h1>"), "{gone}");
    assert!(gone.contains("href=\"/contacts/new?case_id=7\">Add contact data</a>"), "{gone}");
}

#[tokio::test]
async fn what_is_wrong_is_told_on_top_and_at_its_field_and_every_value_stays() {
    let mut desk = Desk::new();
    let long = "x".repeat(256);
    let form = [
        ("case_id", "7"),
        ("title", &*long),
        ("first_name", "<Ada> & \"Co\""),
        ("phone_no", "ask"),
        ("address", "1 St James's Square\r\nLondon"),
        ("site_id", "999998"),
    ];
    let html = refused(desk.post("/contacts", &form).await, 422);
    assert!(html.contains("<title>Error: Add contact data for case #7"), "{html}");
    assert!(html.contains("The contact is not saved yet: 2 things to put right"), "{html}");
    let expected = [
        ("title", "Title has 256 characters, 255 are the most"),
        ("phone_no", "Enter a phone number: digits, spaces, + ( ) - . / and ext"),
    ];
    assert_eq!(wrong(&html), expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
    for (id, reason) in expected {
        assert!(html.contains(&format!("id=\"e-{id}\"><span class=\"hide\">Error:</span> {reason}")), "{id}");
        let field = html.split('<').find(|tag| tag.contains(&format!(" id=\"{id}\""))).unwrap();
        assert!(field.contains("aria-invalid=\"true\"") && field.contains(&format!("e-{id}\"")), "{field}");
    }
    assert_eq!(
        [value(&html, "case_id"), value(&html, "title"), value(&html, "phone_no")],
        ["7", &*long, "ask"]
    );
    assert_eq!(value(&html, "first_name"), "&#60;Ada&#62; &#38; &#34;Co&#34;");
    assert_eq!(value(&html, "address"), "1 St James&#39;s Square\nLondon");
}

/// What is wrong with the site and with the whole is said in the words of the form.
#[tokio::test]
async fn a_site_is_one_there_is_and_a_contact_says_something() {
    let mut desk = Desk::new();
    let html = refused(
        desk.post("/contacts", &[("case_id", "7"), ("title", "Ms"), ("site_id", "999998")]).await,
        422,
    );
    assert_eq!(wrong(&html)[0].0, "site_id", "{html}");
    let html = refused(desk.post("/contacts", &[("case_id", "7"), ("site_id", "one")]).await, 422);
    assert_eq!(
        wrong(&html),
        [(
            "site_id".to_owned(),
            "The number of the site is a whole number from 1 to 999999; leave it out where there is none"
                .to_owned()
        )]
    );
    let html = refused(desk.post("/contacts", &[("case_id", "7"), ("title", " ")]).await, 422);
    assert_eq!(
        wrong(&html)[0],
        (
            "title".to_owned(),
            "Fill in at least one of title, first name, last name, phone number and address".to_owned()
        )
    );
}

#[tokio::test]
async fn a_number_of_a_case_that_is_none_is_kept_and_can_be_put_right() {
    let mut desk = Desk::new();
    for given in ["", "seven", "07", "-1", "9007199254740992"] {
        let html = refused(desk.post("/contacts", &[("case_id", given), ("last_name", "King")]).await, 422);
        assert_eq!(wrong(&html)[0].0, "case_id", "{given}");
        assert_eq!([value(&html, "case_id"), value(&html, "last_name")], [given, "King"]);
        let field = html.split('<').find(|tag| tag.contains(" id=\"case_id\"")).unwrap();
        assert!(!field.contains("readonly"), "{field}");
    }
}

#[tokio::test]
async fn who_names_no_case_is_asked_for_one() {
    let mut desk = Desk::new();
    for query in ["", "?case_id=", "?case_id=seven", "?case_id=0", "?lang=ar"] {
        let html = refused(desk.get(&format!("/contacts/new{query}")).await, 400);
        assert!(
            html.contains("<h1>Which case?</h1>") && html.contains("name=\"case_id\""),
            "{query}: {html}"
        );
    }
    assert!(refused(desk.get("/contacts/new?case_id=seven").await, 400).contains("value=\"seven\""));
}

#[tokio::test]
async fn a_case_has_one_contact() {
    let mut desk = Desk::new();
    desk.post("/contacts", &[("case_id", "7"), ("last_name", "King")]).await;
    assert_eq!(location(&desk.get("/contacts/new?case_id=7").await), "/contacts/7/edit");
    let html = refused(desk.post("/contacts", &[("case_id", "7"), ("last_name", "Byron")]).await, 422);
    assert_eq!(wrong(&html), [("case_id".to_owned(), "Case 7 has a contact already".to_owned())]);
    assert_eq!([value(&html, "case_id"), value(&html, "last_name")], ["7", "Byron"]);
    assert!(html.contains("<a href=\"/contacts/7\">See the contact it has</a>"), "{html}");
}

#[tokio::test]
async fn where_there_is_no_contact_every_page_of_it_offers_to_add_one() {
    let mut desk = Desk::new();
    for path in ["/contacts/7", "/contacts/7/edit", "/contacts/7/delete"] {
        let html = refused(desk.get(path).await, 404);
        assert!(html.contains("Add contact data</a>"), "{path}");
    }
    let mut reader = desk.of("contacts:read");
    assert!(!refused(reader.get("/contacts/7").await, 404).contains("Add contact data"));
    assert_eq!(desk.send("DELETE", "/contacts/7", "", b"").await.status(), 404);
    assert_eq!(desk.get("/contacts/seven").await.status(), 400);
}

#[tokio::test]
async fn a_failed_change_knows_its_case() {
    let mut desk = Desk::new();
    desk.post("/contacts", &[("case_id", "7"), ("last_name", "King")]).await;
    let form = [("_method", "put"), ("_version", "v"), ("last_name", "King"), ("phone_no", "ask")];
    let html = refused(desk.post("/contacts/7", &form).await, 422);
    assert!(
        html.contains("<h1>Edit contact data for case #7</h1>") && html.contains("action=\"/contacts/7\"")
    );
    assert_eq!([value(&html, "_version"), value(&html, "phone_no")], ["v", "ask"]);
    // A contact without any text is none, which shows only when it would be written.
    let html = refused(desk.post("/contacts/7", &[("_method", "put"), ("last_name", "")]).await, 422);
    assert_eq!(wrong(&html)[0].0, "title", "{html}");
}

/// The case of a contact is the one in the address, whatever a form says.
#[tokio::test]
async fn no_form_moves_a_contact_to_another_case() {
    let mut desk = Desk::new();
    desk.post("/contacts", &[("case_id", "7"), ("last_name", "King")]).await;
    for (method, case) in [("put", "8"), ("patch", "seven"), ("put", "")] {
        let form = [("_method", method), ("contact[case_id]", case), ("contact[last_name]", method)];
        assert_eq!(location(&desk.post("/contacts/7", &form).await), "/contacts/7", "{method} {case}");
        assert!(desk.page("/contacts/7").await.contains(&format!("<bdi>{method}</bdi>")), "{method} {case}");
        assert_eq!(desk.get("/contacts/8").await.status(), 404);
    }
}

#[tokio::test]
async fn head_is_answered_and_says_nothing_that_was_to_be_said() {
    let mut desk = Desk::new();
    desk.post("/contacts", &[("case_id", "7"), ("last_name", "King")]).await;
    for path in
        ["/contacts", "/contacts/new?case_id=8", "/contacts/7", "/contacts/7/edit", "/contacts/7/delete"]
    {
        let response = desk.send("HEAD", path, "", b"").await;
        assert_eq!(response.status(), 200, "{path}");
        assert!(text(response).is_empty());
    }
    assert!(desk.page("/contacts/7").await.contains("Contact created."));
}
