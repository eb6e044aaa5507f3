//! The fields of a contact, by name.

use std::fmt;

/// A field of a contact that is a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextField {
    /// `title`: Dr., Ms, Captain.
    Title,
    /// `first_name`.
    FirstName,
    /// `last_name`.
    LastName,
    /// `phone_no`, as people write it.
    PhoneNo,
    /// `address`, with line breaks.
    Address,
}

/// The name of the field with the number of a site.
pub const SITE_ID: &str = "site_id";

impl TextField {
    /// Every text, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Title, Self::FirstName, Self::LastName, Self::PhoneNo, Self::Address];

    /// Its name in JSON and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::PhoneNo => "phone_no",
            Self::Address => "address",
        }
    }

    /// The most characters it can have.
    #[must_use]
    pub const fn max_length(self) -> usize {
        match self {
            Self::Title | Self::FirstName | Self::LastName => 255,
            Self::PhoneNo => 32,
            Self::Address => 2000,
        }
    }

    /// A regular expression (ECMA-262) of what it may have in it, for descriptions. A phone number has more to it.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Title | Self::FirstName | Self::LastName => {
                r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$"
            }
            Self::PhoneNo => "^([0-9 +()./-]|[Ee][Xx][Tt])*$",
            Self::Address => {
                r"^[^\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$"
            }
        }
    }
}

impl fmt::Display for TextField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
