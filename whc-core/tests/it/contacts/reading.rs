//! What may be written into a contact, and how it is told what is wrong.

use serde_json::{Value, json};
use whc_core::contact::{ContactDetails, ContactPatch, TextField, Violations, case_and_details};

use super::case;

/// The pointers and reasons of these violations, a line each.
fn told(violations: &Violations) -> Vec<String> {
    violations.iter().map(|violation| format!("{}: {}", violation.pointer, violation.reason)).collect()
}

fn refused(body: &Value) -> Vec<String> {
    told(&ContactDetails::from_json(case(7), body).unwrap_err())
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_without_the_values() {
    let body = json!({"case_id": 8, "Title": "Ms", "last_name": ["Secretly"], "phone_no": "call Secretly",
        "address": "a\tSecretly", "site_id": 0, "created_at": "2026-01-01", "a/b~c": "Secretly"});
    let told = refused(&body);
    assert_eq!(
        told,
        [
            "/case_id: cannot change, this contact is of case 7",
            "/Title: is no field of a contact; title is",
            "/last_name: is a text or null",
            "/phone_no: is a phone number: digits, spaces, + ( ) - . / and ext",
            "/address: has control characters other than line breaks, or some that turn the direction of writing; leave them out",
            "/site_id: is the number of a site, from 1 to 999999, or null",
            "/created_at: is set by the service; leave it out",
            "/a~1b~0c: is no field of a contact; those are title, first_name, last_name, phone_no, address, \
             site_id, case_id",
        ]
    );
    assert!(!told.concat().contains("Secretly"));
    for body in [json!([]), json!("x"), json!(null)] {
        assert_eq!(refused(&body), [": is a JSON object with the fields of a contact"]);
    }
}

#[test]
fn a_contact_says_something() {
    for body in
        [json!({}), json!({"title": null}), json!({"title": " ", "address": "\n"}), json!({"site_id": 1})]
    {
        let told = refused(&body);
        assert!(told.len() == 1 && told[0].starts_with(": says nothing"), "{body}: {told:?}");
    }
}

#[test]
fn lengths_are_those_of_characters() {
    for (field, longest) in [("title", 255), ("first_name", 255), ("last_name", 255), ("address", 2000)] {
        let text = |length| json!({ field: "\u{1f3db}".repeat(length) });
        assert!(ContactDetails::from_json(case(7), &text(longest)).is_ok(), "{field}");
        let expected = format!("/{field}: has {} characters, {longest} are the most", longest + 1);
        assert_eq!(refused(&text(longest + 1)), [expected]);
    }
    for text in ["a\nb", "a\u{7f}", "a\u{85}b", "\0", "\n"] {
        assert_eq!(refused(&json!({"first_name": text, "title": "Ms"})).len(), 1, "{text:?}");
    }
}

#[test]
fn phone_numbers_are_kept_as_people_write_them() {
    for number in ["112", "+48 22 555-01-00", "(0)20/7946.0958 ext 7", "1 Ext. 22", " 555 ", &"1".repeat(32)]
    {
        let details = ContactDetails::from_json(case(7), &json!({ "phone_no": number })).unwrap();
        assert_eq!(details.text(TextField::PhoneNo), Some(number));
    }
    for number in ["11", "ext", "---", "+()", "112 x", "１１２", "eextxt 112", &"1".repeat(33)] {
        assert_eq!(refused(&json!({ "phone_no": number })).len(), 1, "{number}");
    }
}

#[test]
fn a_new_contact_names_its_case() {
    let (found, details) = case_and_details(&json!({"case_id": 7, "title": "Ms"})).unwrap();
    assert_eq!((found, details.names()), (case(7), vec!["title"]));
    for number in [json!(0), json!(-1), json!(1.5), json!("7"), json!(1_u64 << 53), json!(null)] {
        let violations = case_and_details(&json!({"case_id": number, "name": 1})).unwrap_err();
        let pointers: Vec<_> = violations.iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/case_id", "/name"], "{number}");
    }
    let violations = case_and_details(&json!({})).unwrap_err();
    assert_eq!(told(&violations), ["/case_id: is missing: is a whole number from 1 to 9007199254740991"]);
}

#[test]
fn neither_details_nor_patches_show_what_they_say() {
    let body = json!({"title": "Planted", "first_name": "Planted", "last_name": "Planted",
        "phone_no": "555 0199", "address": "Planted"});
    let details = ContactDetails::from_json(case(7), &body).unwrap();
    let patch = ContactPatch::from_json(case(7), &body).unwrap();
    let shown = format!("{details:?} {details:#?} {patch:?}");
    assert!(!shown.contains("Planted") && !shown.contains("0199") && shown.contains("last_name"), "{shown}");
}
