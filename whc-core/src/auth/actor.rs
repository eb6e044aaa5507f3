//! Who somebody is.

use crate::text;

/// Who does something, as the audit names them: by numbers and names of an issuer, never by an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// Who vouches for the subject (`iss`).
    pub issuer: Option<String>,
    /// Who it is, in the words of the issuer (`sub`).
    pub subject: String,
}

/// As many letters as an issuer and a subject may have.
const MAX_NAME: usize = 255;

impl Actor {
    /// Whether a text is fit to name an issuer or a subject in the audit: something of it shows, it is not endless, and nothing
    /// in it is an order to a terminal.
    #[must_use]
    pub fn is_name(text: &str) -> bool {
        !text::is_blank(text) && text.chars().count() <= MAX_NAME && !text.contains(text::is_order)
    }
}
