//! Who somebody is.

/// Who does something, as the audit names them: by numbers and names of an issuer, never by an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// Who vouches for the subject (`iss`).
    pub issuer: Option<String>,
    /// Who it is, in the words of the issuer (`sub`).
    pub subject: String,
}
