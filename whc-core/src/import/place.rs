//! Comparing points, and choosing one.

use crate::site::{Component, Point, Site};

/// Points this close, in degrees (11 cm), are the same one written with fewer digits.
const SAME: f64 = 1e-6;

/// A margin, so that rounding, which differs between machines, does not decide between equal distances.
const MARGIN: f64 = 1e-12;

/// What is between two points of one place in different editions: the largest sites are as wide.
const FAR_KM: f64 = 100.0;

/// What no other way of measuring makes of a point.
const APART_KM: f64 = 5.0;

/// Whether two points are the same but for rounding.
pub(super) fn same(one: Point, other: Point) -> bool {
    (one.longitude() - other.longitude()).abs() <= SAME && (one.latitude() - other.latitude()).abs() <= SAME
}

/// Whether two points are of different places.
pub(super) fn far(one: Option<Point>, other: Option<Point>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.kilometres_to(other) > FAR_KM)
}

/// Whether two points are farther from each other than one building of a town is from another.
pub(super) fn apart(one: Option<Point>, other: Option<Point>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.kilometres_to(other) > APART_KM)
}

/// The components after a file with the components `told`: they keep the countries of `known` where the points are the
/// same, and stay as they are where only digits or the order differ.
pub(super) fn components(known: &[Component], told: &[Component]) -> Vec<Component> {
    if told.is_empty() {
        return known.to_vec();
    }
    let mut rest = known.to_vec();
    let merged: Vec<_> = told
        .iter()
        .map(|part| match rest.iter().position(|known| same(known.point, part.point)) {
            Some(at) => {
                let known = rest.swap_remove(at);
                Component { point: known.point, country: part.country.or(known.country) }
            }
            None => *part,
        })
        .collect();
    let same_set = merged.len() == known.len() && rest.is_empty();
    let with_countries =
        || known.iter().all(|part| merged.contains(part)) && merged.iter().all(|part| known.contains(part));
    if same_set && with_countries() { known.to_vec() } else { merged }
}

/// The part nearest to the middle of all, which stands for a site without a point of its own.
///
/// The middle is that of the directions from the centre of the Earth, so it works across the date line and the poles.
pub(super) fn middle(components: &[Component]) -> Option<Point> {
    let sum = sum(components);
    let nearness = |point: Point| {
        let direction = direction(point);
        direction[0] * sum[0] + direction[1] * sum[1] + direction[2] * sum[2]
    };
    // Of equals the first one counts.
    components
        .iter()
        .map(|part| part.point)
        .reduce(|best, point| if nearness(point) > nearness(best) + MARGIN { point } else { best })
}

/// The middle of all parts, be there a part or not.
fn centre(components: &[Component]) -> Option<Point> {
    let [x, y, z] = sum(components);
    Point::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees()).ok()
}

fn sum(components: &[Component]) -> [f64; 3] {
    components.iter().map(|part| direction(part.point)).fold([0.0; 3], |sum, direction| {
        [sum[0] + direction[0], sum[1] + direction[1], sum[2] + direction[2]]
    })
}

/// Why parts are none of the site: neither one of them nor their centre lies within 100 km of its point, or one is in a country
/// of none of its states. No site of the list is so.
pub(super) fn strays(site: &Site, parts: &[Component]) -> Option<String> {
    if parts.is_empty() {
        return None;
    }
    if is_far_from(site, parts) {
        return Some("neither one of its parts nor their centre lies within 100 km of its point".to_owned());
    }
    let countries: Vec<_> = site.countries().collect();
    // A state without a code may be that of any part.
    if countries.is_empty() || countries.len() < site.states.len() {
        return None;
    }
    let stray = parts.iter().filter_map(|part| part.country).find(|country| !countries.contains(country))?;
    Some(format!("a part is in {stray}, of which the site is not"))
}

/// Whether the site's point is far from each of the parts, and from their centre.
pub(super) fn is_far_from(site: &Site, parts: &[Component]) -> bool {
    let mut places = parts.iter().map(|part| Some(part.point)).chain([centre(parts)]);
    !parts.is_empty() && site.point.is_some() && places.all(|place| far(site.point, place))
}

fn direction(point: Point) -> [f64; 3] {
    let (longitude, latitude) = (point.longitude().to_radians(), point.latitude().to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}
