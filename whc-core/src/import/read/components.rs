//! The parts of serial sites, from elements or from the portal's own notation.

use super::field::Field;
use super::row::{RawPoint, Row};
use super::value::number;
use crate::import::finding::{Findings, quoted};
use crate::site::{Component, Point};

/// The parts the row gives, in its order.
pub(super) fn read(row: &Row, findings: &mut Findings) -> Vec<Component> {
    let listed = row.get(Field::Components).map(listed).unwrap_or_default();
    let mut components = Vec::new();
    let mut placeless = 0;
    for raw in row.points.iter().chain(&listed) {
        if [&raw.longitude, &raw.latitude].iter().all(|text| text.is_empty() || *text == "null") {
            placeless += 1;
            continue;
        }
        match point(&raw.longitude, &raw.latitude) {
            Ok(point) => components.push(Component { point, country: raw.country.parse().ok() }),
            Err(reason) => findings.warn(Field::Components.name(), reason, "this part is left out"),
        }
    }
    if placeless > 0 {
        let found = format!("{placeless} parts have no coordinates");
        findings.note(Field::Components.name(), found, "they are left out");
    }
    components
}

/// The point at these texts, or why there is none.
pub(super) fn point(longitude: &str, latitude: &str) -> Result<Point, String> {
    let (Some(x), Some(y)) = (number(longitude), number(latitude)) else {
        return Err(format!(
            "longitude {} and latitude {} are no place",
            quoted(longitude),
            quoted(latitude)
        ));
    };
    if x == 0.0 && y == 0.0 {
        return Err("longitude and latitude are both exactly 0".to_owned());
    }
    Point::new(x, y).map_err(|error| error.to_string())
}

/// `{name: Villa Mairea, Pori, ref: 1752-001, latitude: 61.5, longitude: 21.8}, {name: …}`: neither names nor values
/// are quoted and names have commas and braces, so each entry is read from its end.
fn listed(text: &str) -> Vec<RawPoint> {
    let ends = text.match_indices('}').map(|(at, _)| at).filter(|at| {
        let after = text[at + 1..].trim_start_matches([',', ' ', ']']);
        after.is_empty() || after.starts_with('{')
    });
    let mut start = 0;
    let entries = ends.map(|end| {
        let entry = &text[start..end];
        start = end + 1;
        let value = |key: &str| {
            let (_, value) = entry.rsplit_once(key)?;
            Some(value.split(',').next()?.trim_matches(|c: char| c == '"' || c.is_whitespace()).to_owned())
        };
        let labelled = |plain: &str, quoted: &str| value(plain).or_else(|| value(quoted)).unwrap_or_default();
        RawPoint {
            longitude: labelled("longitude:", "longitude\":"),
            latitude: labelled("latitude:", "latitude\":"),
            country: String::new(),
        }
    });
    entries.collect()
}
