//! The fields of sites that a response has (`fields=`).

use std::sync::LazyLock;

use crate::site::field::{Key, Presentation, SiteField};
use crate::site::{Site, SiteQuery};

/// The fields `fields=` knows: the keys of a site in a list, in the order they are written.
static LISTED: LazyLock<Vec<&SiteField>> = LazyLock::new(|| {
    SiteField::all().iter().filter(|field| matches!(field.key, Key::Always | Key::Near)).collect()
});

/// Their names.
pub(crate) static KEYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| LISTED.iter().map(|field| field.name).collect());

/// The selected fields of a site; `None` is all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Option<Vec<&'static SiteField>>);

impl Fields {
    /// These of [`KEYS`], by their positions, and always the id; all of them where there are none.
    pub(crate) fn from_positions(positions: &[usize]) -> Self {
        let wanted = |(at, field): (usize, &&'static SiteField)| {
            (at == 0 || positions.contains(&at)).then_some(*field)
        };
        Self((!positions.is_empty()).then(|| LISTED.iter().enumerate().filter_map(wanted).collect()))
    }

    /// Whether all fields are selected.
    pub(crate) fn are_all(&self) -> bool {
        self.0.is_none()
    }

    /// The keys of the objects that answer `query`.
    pub(crate) fn keys(&self, query: &SiteQuery) -> Vec<&'static SiteField> {
        let fields = self.0.as_ref().unwrap_or(&LISTED).iter().copied();
        fields.filter(|field| is_there(field, query)).collect()
    }

    /// The columns of the table that answers `query`.
    pub(crate) fn columns(&self, query: &SiteQuery) -> Vec<&'static SiteField> {
        let wanted = |field: &SiteField| {
            self.0.as_ref().is_none_or(|fields| fields.iter().any(|wanted| wanted.name == field.name))
        };
        SiteField::columns().into_iter().filter(|field| is_there(field, query) && wanted(field)).collect()
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
