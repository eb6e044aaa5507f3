//! Sites as features of `GeoJSON` (RFC 7946), for GIS programs and maps.

use serde::Serialize;

use super::document::SiteSummary;
use super::links::Link;
use crate::site::{Language, Site};

/// A page of sites.
#[derive(Serialize)]
pub(super) struct Collection<'a> {
    r#type: &'static str,
    features: Vec<Feature<'a>>,
    /// As OGC API Features names them.
    #[serde(rename = "numberMatched")]
    matched: u64,
    #[serde(rename = "numberReturned")]
    returned: usize,
    links: Vec<Link>,
}

/// One site. A site without a point has no geometry, as the RFC wants it.
#[derive(Serialize)]
pub(super) struct Feature<'a> {
    r#type: &'static str,
    id: u32,
    geometry: Option<Geometry>,
    properties: SiteSummary<'a>,
}

#[derive(Serialize)]
struct Geometry {
    r#type: &'static str,
    coordinates: [f64; 2],
}

impl<'a> Collection<'a> {
    pub(super) fn new(features: Vec<Feature<'a>>, matched: u64, links: Vec<Link>) -> Self {
        Self { r#type: "FeatureCollection", matched, returned: features.len(), features, links }
    }
}

impl<'a> Feature<'a> {
    pub(super) fn new(site: &'a Site, language: Language) -> Self {
        let geometry = site
            .point
            .map(|point| Geometry { r#type: "Point", coordinates: [point.longitude(), point.latitude()] });
        Self { r#type: "Feature", id: site.id.get(), geometry, properties: SiteSummary::new(site, language) }
    }
}
