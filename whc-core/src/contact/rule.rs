//! What a text of a contact may be.

use super::TextField;
use crate::text;

/// The reason for a contact without any text.
pub(super) const SAYS_NOTHING: &str =
    "says nothing: at least one of title, first_name, last_name, phone_no and address must not be blank";

const SHORTEST_PHONE: usize = 3;

/// The text as it was written; `None` if it is blank.
///
/// # Errors
/// What is wrong, without the text.
pub(super) fn checked(field: TextField, text: String) -> Result<Option<String>, String> {
    if text::is_blank(&text) && !text.contains(is_forbidden(field)) {
        return Ok(None);
    }
    let (length, longest) = (text.chars().count(), field.max_length());
    if length > longest {
        return Err(format!("has {length} characters, {longest} are the most"));
    }
    if text.contains(is_forbidden(field)) {
        let breaks =
            if field == TextField::Address { "other than line breaks" } else { "such as line breaks" };
        return Err(format!(
            "has control characters {breaks}, or some that turn the direction of writing; leave them out"
        ));
    }
    if field == TextField::PhoneNo {
        expect_phone(&text, length)?;
    }
    Ok(Some(text))
}

fn is_forbidden(field: TextField) -> impl Fn(char) -> bool {
    move |letter| text::is_order(letter) && !(field == TextField::Address && text::is_break(letter))
}

/// Numbers are written in many ways; whatever else is in one belongs into another field.
fn expect_phone(text: &str, length: usize) -> Result<(), String> {
    let lower = text.to_ascii_lowercase().replace("ext", "");
    let fits = |letter: char| letter.is_ascii_digit() || " +()-./".contains(letter);
    if !lower.chars().all(fits) {
        return Err("is a phone number: digits, spaces, + ( ) - . / and ext".to_owned());
    }
    if length < SHORTEST_PHONE || !lower.contains(|letter: char| letter.is_ascii_digit()) {
        return Err(format!("is a phone number: {SHORTEST_PHONE} characters at least, digits among them"));
    }
    Ok(())
}
