//! Sparse answers: the keys of a site that were selected, and no others.

use std::collections::BTreeMap;

use serde::Serializer as _;
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::site::{Site, SiteQuery};

/// The keys of a site in a list, in the order they are written.
pub(crate) const KEYS: [&str; 30] = [
    "id",
    "name",
    "short_description",
    "justification",
    "date_inscribed",
    "danger",
    "danger_list",
    "longitude",
    "latitude",
    "states_name",
    "region",
    "language",
    "names",
    "category",
    "criteria",
    "criteria_complete",
    "regions",
    "states",
    "extended",
    "danger_since",
    "danger_past",
    "status",
    "left",
    "superseded_by",
    "transboundary",
    "area_hectares",
    "component_count",
    "wikidata",
    "url",
    "distance_km",
];

/// Which keys of a site are wanted; `None` is all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Option<Vec<&'static str>>);

impl Fields {
    /// Whether a key is wanted.
    pub(crate) fn contains(&self, key: &str) -> bool {
        self.0.as_ref().is_none_or(|keys| keys.contains(&key))
    }

    /// These of [`KEYS`], by their positions, and always the id; all of them where there are none.
    pub(crate) fn from_positions(positions: &[usize]) -> Self {
        let selected =
            |(at, key): (usize, &&'static str)| (at == 0 || positions.contains(&at)).then_some(*key);
        Self((!positions.is_empty()).then(|| KEYS.iter().enumerate().filter_map(selected).collect()))
    }

    /// Whether nothing is to be left out.
    pub(crate) fn are_all(&self) -> bool {
        self.0.is_none()
    }

    /// What is wanted of `object`, the JSON of a site. Values stay the text they are, so a sparse site has the same
    /// bytes in them as a whole one.
    pub(crate) fn select(&self, object: Vec<u8>) -> Result<Vec<u8>> {
        let Some(keys) = &self.0 else { return Ok(object) };
        let failed = |error| Error::internal("no JSON").with_source(error);
        let values: BTreeMap<&str, &RawValue> = serde_json::from_slice(&object).map_err(failed)?;
        let wanted = keys.iter().filter_map(|key| Some((key, values.get(key)?)));
        let mut sparse = Vec::with_capacity(object.len());
        serde_json::Serializer::new(&mut sparse).collect_map(wanted).map_err(failed)?;
        Ok(sparse)
    }
}

/// How far a site is from the place of the query, to the metre: the points are not better than that.
pub(crate) fn distance_km(query: &SiteQuery, site: &Site) -> Option<f64> {
    query.distance_km(site).map(|distance| (distance * 1000.0).round() / 1000.0)
}
