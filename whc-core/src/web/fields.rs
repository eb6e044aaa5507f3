//! Sparse answers: the keys of a site that were asked for, and no others.

use std::collections::BTreeMap;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::document::SiteSummary;
use super::parameters::Parameters;
use crate::error::Error;
use crate::site::{Site, SiteQuery};

/// The keys of a site in a list, in the order they are written.
const KEYS: [&str; 30] = [
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
#[derive(Clone, Debug)]
pub(super) struct Fields(Option<Vec<&'static str>>);

impl Fields {
    /// Whether a key is wanted.
    pub(super) fn contains(&self, key: &str) -> bool {
        self.0.as_ref().is_none_or(|keys| keys.contains(&key))
    }

    /// Those of `fields=`, and always the id.
    pub(super) fn read(parameters: &mut Parameters<'_>) -> Self {
        let keys = parameters.indices_of("fields", &KEYS);
        let wanted = |(at, key): (usize, &&'static str)| (at == 0 || keys.contains(&at)).then_some(*key);
        Self((!keys.is_empty()).then(|| KEYS.iter().enumerate().filter_map(wanted).collect()))
    }
}

/// How far a site is from the place of the query, to the metre: the points are not better than that.
pub(super) fn distance_km(query: &SiteQuery, site: &Site) -> Option<f64> {
    query.distance_km(site).map(|distance| (distance * 1000.0).round() / 1000.0)
}

/// A site in the answer to a query.
pub(super) struct Listed<'a> {
    site: &'a Site,
    document: Located<'a>,
    fields: &'a Fields,
}

/// A site, with its distance where the query is about a place.
#[derive(Serialize)]
#[serde(untagged)]
enum Located<'a> {
    Anywhere(Box<SiteSummary<'a>>),
    Near {
        #[serde(flatten)]
        summary: Box<SiteSummary<'a>>,
        distance_km: Option<f64>,
    },
}

impl<'a> Listed<'a> {
    pub(super) fn new(site: &'a Site, query: &SiteQuery, fields: &'a Fields) -> Self {
        let summary = Box::new(SiteSummary::new(site, query.language));
        let document = match query.near {
            Some(_) => Located::Near { summary, distance_km: distance_km(query, site) },
            None => Located::Anywhere(summary),
        };
        Self { site, document, fields }
    }

    pub(super) fn site(&self) -> &'a Site {
        self.site
    }
}

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Fields(Some(keys)) = self.fields else { return self.document.serialize(serializer) };
        let whole = serde_json::to_string(&self.document).map_err(S::Error::custom)?;
        // Values stay the text they are, so a sparse site has the same bytes in them as a whole one.
        let values: BTreeMap<&str, &RawValue> = serde_json::from_str(&whole)
            .map_err(|error| S::Error::custom(Error::internal("no JSON").with_source(error).report()))?;
        serializer.collect_map(keys.iter().filter_map(|key| Some((key, values.get(key)?))))
    }
}
