//! Names of the fields in which two sites can differ.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::field::{Compared, SiteField};
use crate::error::{Error, Result};

/// The name of a field in which two sites can differ, as [`difference`](super::difference) and the history have it:
/// `date_inscribed`, and with a language at the end where it is a text in that language, as in `name_fr`.
///
/// ```
/// use whc_core::site::FieldName;
/// let year: FieldName = "date_inscribed".parse()?;
/// assert_eq!(year.as_str(), "date_inscribed");
/// assert!("url".parse::<FieldName>().is_err());
/// # Ok::<(), whc_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldName(u8);

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let names = SiteField::compared().flat_map(|(field, compared)| match compared {
        Compared::Texts(names, _) => names.to_vec(),
        Compared::Value(_) => vec![field.name],
    });
    names.collect()
});

impl FieldName {
    /// Every name, in the order of differences.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u8..).zip(&*NAMES).map(|(place, _)| Self(place))
    }

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES[usize::from(self.0)]
    }

    /// The name that is this text.
    pub(crate) fn find(text: &str) -> Option<Self> {
        Self::all().find(|name| name.as_str() == text)
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for FieldName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::find(text).ok_or_else(|| {
            let (text, names) = (text.escape_debug(), NAMES.join(", "));
            Error::invalid(format!("sites do not differ in a field \"{text}\", but in {names}"))
        })
    }
}
