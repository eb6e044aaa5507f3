//! The fields of a contact in a form: what they are called, what was typed into them, and what is wrong with that.

use serde_json::{Map, Value};

use crate::contact::{ContactDetails, ContactVersion, IfMatch, SITE_ID, TextField};
use crate::site::SiteId;
use crate::violation::{Violation, Violations};
use crate::web::page::form::{Control, Field, Wrong};
use crate::web::request::Form;

/// The name of the field with the number of the case.
pub(super) const CASE_ID: &str = "case_id";

/// How a text is called and filled in: its label, its hint, its control, what browsers know of it.
fn shape(field: TextField) -> (&'static str, &'static str, Control, &'static str) {
    match field {
        TextField::Title => ("Title", "", Control::Line("short", ""), "honorific-prefix"),
        TextField::FirstName => ("First name", "", Control::Line("", ""), "given-name"),
        TextField::LastName => ("Last name", "", Control::Line("", ""), "family-name"),
        TextField::PhoneNo => (
            "Phone number",
            "With the country code, so that it works from anywhere",
            Control::Line("middle", " type=\"tel\""),
            "tel",
        ),
        TextField::Address => ("Address", "", Control::Lines, "street-address"),
    }
}

/// The label of a text.
pub(super) fn label(field: TextField) -> &'static str {
    shape(field).0
}

/// The fields with the values that `value` gives for their names.
pub(super) fn fields(value: impl Fn(&str) -> String) -> Vec<Field> {
    let text = |field: TextField| {
        let (label, hint, control, completed_by) = shape(field);
        let value = value(field.name());
        Field {
            name: field.name(),
            label: label.into(),
            hint: hint.to_owned(),
            control,
            value,
            now: None,
            completed_by,
        }
    };
    let site = Field {
        name: SITE_ID,
        label: "Number of the site".into(),
        hint: "If the case is about one: the number at the end of the address of its page".to_owned(),
        control: Control::Line("short", " inputmode=\"numeric\""),
        value: value(SITE_ID),
        now: None,
        completed_by: "off",
    };
    TextField::ALL.into_iter().map(text).chain([site]).collect()
}

/// What a contact says in the field of this name.
pub(super) fn said(details: &ContactDetails, name: &str) -> String {
    let text = TextField::ALL.into_iter().find(|field| field.name() == name);
    match text {
        Some(field) => details.text(field).unwrap_or_default().to_owned(),
        None => details.site().map(|site| site.to_string()).unwrap_or_default(),
    }
}

/// What was typed into the field of this name.
pub(super) fn typed(form: &Form, name: &str) -> String {
    form.value(name).unwrap_or_default().to_owned()
}

/// The fields of a form as the API takes them, but for the case.
pub(super) fn document(form: &Form) -> Value {
    let fields = form.fields().filter(|(name, _)| *name != CASE_ID);
    let member = |(name, text): (&str, &str)| {
        let value = match name {
            SITE_ID => number(text.trim()),
            _ => text.into(),
        };
        (name.to_owned(), value)
    };
    fields.map(member).collect::<Map<_, _>>().into()
}

/// A number as it was typed; what is none stays as it is, to be refused.
fn number(text: &str) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    text.parse::<u64>().map_or_else(|_| text.into(), Value::from)
}

/// All that is wrong, in the order of the fields.
pub(super) fn wrong(violations: &Violations) -> Vec<Wrong> {
    let mut wrong: Vec<_> = violations.iter().map(one).collect();
    let names: Vec<_> = [CASE_ID].into_iter().chain(TextField::ALL.map(TextField::name)).collect();
    wrong.sort_by_key(|wrong| names.iter().position(|name| *name == wrong.field).unwrap_or(names.len()));
    wrong
}

fn one(violation: &Violation) -> Wrong {
    let name = violation.pointer.trim_start_matches('/');
    let text = TextField::ALL.into_iter().find(|field| field.name() == name);
    match (name, text) {
        (_, Some(field)) => Wrong::new(field.name(), in_words(label(field), &violation.reason)),
        (SITE_ID, _) => Wrong::new(SITE_ID, no_site(&violation.reason)),
        (CASE_ID, _) => Wrong::new(CASE_ID, format!("The case number {}", violation.reason)),
        // What is wrong with the whole is put right from its first field on.
        ("", _) => Wrong::new(
            TextField::Title.name(),
            "Fill in at least one of title, first name, last name, phone number and address",
        ),
        _ => {
            let name: String = name.chars().take(40).collect();
            Wrong::new(TextField::Title.name(), format!("{name} {}", violation.reason))
        }
    }
}

fn in_words(label: &str, reason: &str) -> String {
    match reason.strip_prefix("is a phone number: ") {
        Some(rule) => format!("Enter a phone number: {rule}"),
        None => format!("{label} {reason}"),
    }
}

fn no_site(reason: &str) -> String {
    if reason.contains("null") {
        format!(
            "The number of the site is a whole number from 1 to {}; leave it out where there is none",
            SiteId::MAX
        )
    } else {
        format!("The number of the site {reason}")
    }
}

/// Which states of a contact a form may change: the one it was made of; one that names none takes it as it is.
pub(super) fn if_match(sent: &Form) -> IfMatch<ContactVersion> {
    sent.value("_version").map_or(IfMatch::Any, |version| IfMatch::OneOf(vec![ContactVersion::new(version)]))
}
