//! What differs between a site before and after.

use super::field::{Compared, FieldValue, Presentation, SiteField};
use super::{FieldName, Language, Site};

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldChange {
    /// The field, by its name in JSON where it has one; texts with their language at the end, as in `name_fr`.
    pub field: &'static str,
    /// The value before, empty where there was none.
    pub before: String,
    /// The value after.
    pub after: String,
}

/// The fields that differ, in a fixed order; none only if the sites are equal but for the id.
#[must_use]
pub fn difference(before: &Site, after: &Site) -> Vec<FieldChange> {
    let change = |(field, before, after): (FieldName, FieldValue<'_>, FieldValue<'_>)| {
        let [before, after] = [before, after].map(|value| value.to_text(", "));
        FieldChange { field: field.as_str(), before, after }
    };
    differing(before, after).map(change).collect()
}

/// The fields that differ with their values before and after, in the order of differences.
pub(crate) fn differing<'a>(
    before: &'a Site,
    after: &'a Site,
) -> impl Iterator<Item = (FieldName, FieldValue<'a>, FieldValue<'a>)> {
    let pairs = values(before).zip(values(after));
    pairs
        .filter(|(before, after)| before != after)
        .map(|((field, before), (_, after))| (field, before, after))
}

/// What is known of a site, beyond what nothing was said of.
pub(crate) fn known(site: &Site) -> impl Iterator<Item = (FieldName, FieldValue<'_>)> {
    let bare = Site::new(site.id, site.names.clone(), site.category, site.inscribed);
    let unsaid: Vec<bool> = values(&bare).zip(values(site)).map(|(bare, said)| bare == said).collect();
    let required = ["name_en", "date_inscribed", "category"];
    let named = unsaid.into_iter().zip(values(site));
    named
        .filter(move |(unsaid, (field, _))| !unsaid || required.contains(&field.as_str()))
        .map(|(_, value)| value)
}

/// The values by which sites are compared, in the order of differences.
fn values(site: &Site) -> impl Iterator<Item = (FieldName, FieldValue<'_>)> {
    let values = SiteField::compared().flat_map(|(_, compared)| match compared {
        Compared::Value(value, _) => vec![value(site, Presentation::default())],
        Compared::Texts(_, texts, _) => {
            Language::ALL.into_iter().map(|language| texts(site).get(language).into()).collect()
        }
    });
    FieldName::all().zip(values)
}

/// Whether the sites differ in numbers only, and by no more than rounding.
#[cfg(feature = "testing")]
pub(crate) fn differ_in_last_place(one: &Site, other: &Site) -> bool {
    let near = |compared| match compared {
        Compared::Texts(_, texts, _) => texts(one) == texts(other),
        Compared::Value(value, _) => {
            let [one, other] = [one, other].map(|site| value(site, Presentation::default()));
            one.is_near(&other)
        }
    };
    one != other && SiteField::compared().all(|(_, compared)| near(compared))
}
