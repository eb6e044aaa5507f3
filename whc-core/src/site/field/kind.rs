//! The kinds of values fields have, as far as an API description tells them apart.

use crate::site::{SiteId, Year};

/// What values a field has in JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Text.
    Text,
    /// An address.
    Uri,
    /// Text that matches a regular expression.
    Pattern(&'static str),
    /// One of some words.
    Word(fn() -> Vec<&'static str>),
    /// A text by the code of its language, always there in English.
    Texts,
    /// A note by the name of the field it is on.
    Notes,
    /// Yes or no.
    Flag,
    /// A whole number, with both ends included.
    Whole(u32, Option<u32>),
    /// Degrees up to so many in either direction.
    Degrees(i32),
    /// A number over zero.
    Positive,
    /// A number from zero on.
    NotNegative,
    /// An object of the schema with this name.
    Object(&'static str),
    /// A list of items of this kind, which have a description of their own.
    List(&'static Self, &'static str),
    /// The same, or `null` where nothing is known.
    Nullable(&'static Self),
}

impl Kind {
    pub(super) const ID: Self = Self::Whole(1, Some(SiteId::MAX));
    pub(crate) const YEAR: Self = Self::Whole(Year::FIRST as u32, Some(Year::LAST as u32));
    pub(crate) const NULLABLE_TEXT: Self = Self::Nullable(&Self::Text);
    pub(super) const NULLABLE_YEAR: Self = Self::Nullable(&Self::YEAR);
}
