//! The parameters `geometry` and `flat`: how features look.

use super::Parameters;
use crate::site::json::{FeatureStyle, Geometry};
use crate::web::format::Format;

/// Their names.
pub(crate) const NAMES: [&str; 2] = ["geometry", "flat"];

/// The values of `geometry`, the default first.
pub(crate) const GEOMETRIES: [&str; 2] = ["point", "components"];

/// The style by `geometry` and `flat`; in a format without features only the usual one is valid.
pub(crate) fn style(parameters: &mut Parameters<'_>, format: Format) -> FeatureStyle {
    let geometry = match parameters.index_of("geometry", &GEOMETRIES) {
        Some(1) => Geometry::Components,
        _ => Geometry::Point,
    };
    let flat = parameters.flag("flat").unwrap_or_default();
    if !Format::FEATURES.contains(&format) {
        for (name, unusual) in NAMES.into_iter().zip([geometry != Geometry::Point, flat]) {
            if unusual {
                parameters.only_in(name, Format::FEATURES);
            }
        }
    }
    FeatureStyle { geometry, flat }
}
