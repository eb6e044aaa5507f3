//! The fields of sites that a response has (`fields=`).

use std::sync::LazyLock;

use crate::site::field::{FieldGroup, Key, Presentation, SiteField};
use crate::site::{Site, SiteQuery};

/// The fields `fields=` knows, in the order they are written: the keys of a site in a list, and those of a single site.
static SELECTABLE: LazyLock<Vec<&SiteField>> = LazyLock::new(|| {
    let keys = [Key::Always, Key::Near, Key::Single];
    SiteField::all().iter().filter(|field| keys.contains(&field.key)).collect()
});

/// The names of all that can be selected: those fields, and last the group of [`FieldGroup::Summary`].
pub(crate) static KEYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| SELECTABLE.iter().map(|field| field.name).chain(["summary"]).collect());

/// The selected fields of a site.
#[derive(Clone, Debug)]
pub(crate) enum Fields {
    /// Those of a group.
    Group(FieldGroup),
    /// These.
    Some(Vec<&'static SiteField>),
}

impl Fields {
    /// These of [`KEYS`], by their positions, and always the id; all of a list where there are none.
    pub(crate) fn from_positions(positions: &[usize]) -> Self {
        if positions.is_empty() {
            return Self::default();
        }
        let summary = positions.contains(&SELECTABLE.len());
        let wanted = |(at, field): (usize, &&'static SiteField)| {
            let wanted = at == 0 || positions.contains(&at) || (summary && FieldGroup::Summary.has(field));
            wanted.then_some(*field)
        };
        let fields = Self::Some(SELECTABLE.iter().enumerate().filter_map(wanted).collect());
        // However it is spelled: the texts of the group are ready. All keys spelled out are more columns than none are.
        let group = FieldGroup::Summary;
        let same = SELECTABLE.iter().all(|field| group.has(field) == fields.has(field));
        if same { Self::Group(group) } else { fields }
    }

    /// The group, where these are exactly the fields of one.
    pub(crate) fn group(&self) -> Option<FieldGroup> {
        match self {
            Self::Group(group) => Some(*group),
            Self::Some(_) => None,
        }
    }

    /// The keys of the objects that answer `query`.
    pub(crate) fn keys(&self, query: &SiteQuery) -> Vec<&'static SiteField> {
        let fields = SELECTABLE.iter().copied();
        fields.filter(|field| is_there(field, query) && self.has(field)).collect()
    }

    /// The columns of the table that answers `query`.
    pub(crate) fn columns(&self, query: &SiteQuery) -> Vec<&'static SiteField> {
        let columns = match self {
            Self::Group(FieldGroup::Whole) => SiteField::columns(),
            Self::Group(FieldGroup::Summary) => SiteField::columns_of(&self.keys(query)),
            Self::Some(fields) => SiteField::columns_of(fields),
        };
        columns.into_iter().filter(|field| is_there(field, query)).collect()
    }

    fn has(&self, field: &SiteField) -> bool {
        match self {
            Self::Group(group) => group.has(field),
            Self::Some(fields) => fields.iter().any(|other| other.name == field.name),
        }
    }
}

/// All of a list.
impl Default for Fields {
    fn default() -> Self {
        Self::Group(FieldGroup::Whole)
    }
}

/// A distance is there where the query is about a point.
fn is_there(field: &SiteField, query: &SiteQuery) -> bool {
    field.key != Key::Near || query.near.is_some()
}

/// The presentation of a site in the response to `query`. Distances are rounded to the metre, the precision of the points.
pub(crate) fn presentation(query: &SiteQuery, site: &Site) -> Presentation {
    let distance_km = query.distance_km(site).map(|distance| (distance * 1000.0).round() / 1000.0);
    Presentation { language: query.language, distance_km }
}
