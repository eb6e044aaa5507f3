//! Sites as features of `GeoJSON` (RFC 7946), for GIS programs and maps.

use serde::Serialize;

use super::fields::Listed;
use super::links::Link;
use crate::site::Site;

/// A page of sites.
#[derive(Serialize)]
pub(super) struct Collection<P> {
    r#type: &'static str,
    features: Vec<Feature<P>>,
    /// As OGC API Features names them.
    #[serde(rename = "numberMatched")]
    matched: u64,
    #[serde(rename = "numberReturned")]
    returned: usize,
    links: Vec<Link>,
}

/// One site. A site without a point has no geometry, as the RFC wants it.
#[derive(Serialize)]
pub(super) struct Feature<P> {
    r#type: &'static str,
    id: u32,
    geometry: Option<Geometry>,
    properties: P,
}

#[derive(Serialize)]
struct Geometry {
    r#type: &'static str,
    coordinates: [f64; 2],
}

impl<P> Collection<P> {
    pub(super) fn new(features: Vec<Feature<P>>, matched: u64, links: Vec<Link>) -> Self {
        Self { r#type: "FeatureCollection", matched, returned: features.len(), features, links }
    }
}

impl<P> Feature<P> {
    pub(super) fn new(site: &Site, properties: P) -> Self {
        let geometry = site
            .point
            .map(|point| Geometry { r#type: "Point", coordinates: [point.longitude(), point.latitude()] });
        Self { r#type: "Feature", id: site.id.get(), geometry, properties }
    }
}

impl<'a> From<Listed<'a>> for Feature<Listed<'a>> {
    fn from(listed: Listed<'a>) -> Self {
        Self::new(listed.site(), listed)
    }
}
