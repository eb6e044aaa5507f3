//! The fields of sites that a response has (`fields=`).

use std::sync::LazyLock;

use crate::site::field::{Key, Presentation, SiteField};
use crate::site::{Site, SiteQuery};

/// The fields `fields=` knows, in the order they are written: the keys of a site in a list, and those of a single site.
static SELECTABLE: LazyLock<Vec<&SiteField>> = LazyLock::new(|| {
    let keys = [Key::Always, Key::Near, Key::Single];
    SiteField::all().iter().filter(|field| keys.contains(&field.key)).collect()
});

/// Those of a list where nothing is selected.
static LISTED: LazyLock<Vec<&SiteField>> =
    LazyLock::new(|| SELECTABLE.iter().copied().filter(|field| field.key != Key::Single).collect());

/// The names of all that can be selected.
pub(crate) static KEYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| SELECTABLE.iter().map(|field| field.name).collect());

/// The selected fields of a site; `None` is all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Option<Vec<&'static SiteField>>);

impl Fields {
    /// These of [`KEYS`], by their positions, and always the id; all of them where there are none.
    pub(crate) fn from_positions(positions: &[usize]) -> Self {
        let wanted = |(at, field): (usize, &&'static SiteField)| {
            (at == 0 || positions.contains(&at)).then_some(*field)
        };
        Self((!positions.is_empty()).then(|| SELECTABLE.iter().enumerate().filter_map(wanted).collect()))
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
        let columns = match &self.0 {
            Some(fields) => SiteField::columns_of(fields),
            None => SiteField::columns(),
        };
        columns.into_iter().filter(|field| is_there(field, query)).collect()
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
