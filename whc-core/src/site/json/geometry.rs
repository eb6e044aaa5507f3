//! The geometry of a site, as `GeoJSON` (RFC 7946).

use super::append;
use crate::site::Site;
use crate::site::field::FieldValue;

/// Which geometry a feature has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Geometry {
    /// The point of the site.
    #[default]
    Point,
    /// The points of its components, where there are several; else that of the site.
    Components,
}

/// Appends the geometry. A site without a point has none, as the RFC wants it.
pub(super) fn write(site: &Site, geometry: Geometry, text: &mut Vec<u8>) {
    match (site.point, &*site.components) {
        (Some(_), [first, others @ ..]) if geometry == Geometry::Components && !others.is_empty() => {
            text.extend_from_slice(b"{\"type\":\"MultiPoint\",\"coordinates\":[");
            append(&FieldValue::Point(first.point), text);
            for component in others {
                text.push(b',');
                append(&FieldValue::Point(component.point), text);
            }
            text.extend_from_slice(b"]}");
        }
        (Some(point), _) => {
            text.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":");
            append(&FieldValue::Point(point), text);
            text.push(b'}');
        }
        (None, _) => text.extend_from_slice(b"null"),
    }
}
