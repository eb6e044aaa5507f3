//! Names of the fields in which two sites can differ.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::field::{Compared, SiteField};
use super::{Language, Site, Translations};
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

/// The names with what they name.
static NAMES: LazyLock<Vec<(&'static str, Named)>> = LazyLock::new(|| {
    let names = SiteField::compared().flat_map(|(field, compared)| match compared {
        Compared::Texts(names, texts, set) => {
            let named = |(name, language)| (name, Named::Text(language, texts, set));
            names.into_iter().zip(Language::ALL).map(named).collect()
        }
        Compared::Value(_, take_over) => vec![(field.name, Named::Value(take_over))],
    });
    names.collect()
});

enum Named {
    Value(fn(&mut Site, &Site)),
    Text(Language, fn(&Site) -> &Translations, fn(&mut Site, Translations)),
}

impl FieldName {
    /// Every name, in the order of differences.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u8..).zip(&*NAMES).map(|(place, _)| Self(place))
    }

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES[usize::from(self.0)].0
    }

    /// Sets the field of `site` to what it is in `known`.
    pub(crate) fn take_over(self, site: &mut Site, known: &Site) {
        match &NAMES[usize::from(self.0)].1 {
            Named::Value(take_over) => take_over(site, known),
            Named::Text(language, texts, set) => {
                let mut changed = texts(site).clone();
                changed.set(*language, texts(known).get(*language).unwrap_or_default());
                set(site, changed);
            }
        }
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
            let names: Vec<_> = Self::all().map(Self::as_str).collect();
            let (text, names) = (text.escape_debug(), names.join(", "));
            Error::invalid(format!("sites do not differ in a field \"{text}\", but in {names}"))
        })
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::FieldName;
    use crate::site::{Site, difference, differing};
    use crate::testing::conformance::fixture;

    #[test]
    fn what_is_taken_over_is_no_difference_any_more_and_nothing_else_is() {
        let sites = fixture();
        for (one, other) in sites.iter().flat_map(|one| sites.iter().map(move |other| (one, other))) {
            let fields: Vec<_> = differing(one, other).map(|(field, ..)| field).collect();
            for field in FieldName::all() {
                let mut site = Site::clone(other);
                field.take_over(&mut site, one);
                let left: Vec<_> = difference(one, &site).iter().map(|change| change.field).collect();
                let rest = fields.iter().filter(|other| **other != field).map(|field| field.as_str());
                assert_eq!(left, rest.collect::<Vec<_>>(), "{field} of {} from {}", other.id, one.id);
            }
        }
    }
}
