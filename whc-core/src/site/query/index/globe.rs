//! Sites on a globe: those within a distance, and the nearest ones.

use std::ops::Range;
use std::sync::Arc;

use roaring::RoaringBitmap;
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};

use super::bitset::Bitset;
use super::{index, part};
use crate::site::{EARTH_RADIUS_KM, Kilometres, Near, Point, Site};

/// The points of sites on a globe of radius 1, by their coordinates from its centre. So neither the poles nor the date
/// line are an edge.
///
/// Of two places the one with the shorter chord, the straight line through the Earth, is also the nearer on its
/// surface. The tree compares chords; wherever rounding might decide, [`Point::kilometres_to`] does.
#[derive(Debug)]
pub(super) struct Globe(RTree<GeomWithData<Coordinates, u32>>);

type Coordinates = [f64; 3];

/// A margin far above the rounding error of the square of a chord, and below 7 metres.
const MARGIN: f64 = 1e-12;

impl Globe {
    /// A globe with these positions of sites.
    pub(super) fn new(places: impl Iterator<Item = (Point, u32)>) -> Self {
        let places = places.map(|(point, position)| GeomWithData::new(coordinates(point), position));
        Self(RTree::bulk_load(places.collect()))
    }

    /// The sites that are not farther than `radius` from the place of `near`.
    pub(super) fn within(&self, near: &Near, radius: Kilometres, sites: &[Arc<Site>]) -> RoaringBitmap {
        let (centre, most) = (coordinates(near.point), chord_2(radius));
        let candidates = self.0.locate_within_distance(centre, most + MARGIN);
        let reached = candidates.filter(|place| {
            place.distance_2(&centre) < most - MARGIN || near.reaches(sites[index(place.data)].point)
        });
        Bitset::from_positions(reached.map(|place| place.data), sites.len()).positions()
    }

    /// The part at `span` of `positions`, which all have a point, ordered by distance from `point`.
    pub(super) fn by_distance(
        &self,
        point: Point,
        positions: &RoaringBitmap,
        descending: bool,
        span: Range<usize>,
        sites: &[Arc<Site>],
    ) -> Vec<u32> {
        let rank = |position: u32| {
            let site = sites[index(position)].point;
            let distance = site.map_or(f64::INFINITY, |site| point.kilometres_to(site));
            (if descending { -distance } else { distance }, position)
        };
        // A step through the tree costs about as much as eight distances.
        let (steps, found) = ((span.end as u64).saturating_mul(8 * self.0.size() as u64), positions.len());
        let ranks = if steps < found.saturating_mul(found) {
            let from = coordinates(point).map(|part| if descending { -part } else { part });
            self.first(span.end, from, positions).into_iter().map(rank).collect()
        } else {
            positions.iter().map(rank).collect()
        };
        let part = part(ranks, span, |(distance, position), (other, other_position)| {
            distance.total_cmp(other).then(position.cmp(other_position))
        });
        part.into_iter().map(|(_, position)| position).collect()
    }

    /// Candidates of `positions` that include the `wanted` nearest ones. The farthest ones are those nearest to the
    /// opposite point of the Earth.
    fn first(&self, wanted: usize, from: Coordinates, positions: &RoaringBitmap) -> Vec<u32> {
        let mut first = Vec::with_capacity(wanted);
        let mut most = f64::INFINITY;
        for (place, chord_2) in self.0.nearest_neighbor_iter_with_distance_2(from) {
            if chord_2 > most {
                break;
            }
            if positions.contains(place.data) {
                first.push(place.data);
            }
            if first.len() == wanted {
                // All that may be as near as the last of them are candidates too.
                most = most.min(chord_2 + MARGIN);
            }
        }
        first
    }
}

fn coordinates(point: Point) -> Coordinates {
    let (longitude, latitude) = (point.longitude().to_radians(), point.latitude().to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

/// The square of the chord between two points that are so far from each other on the surface.
fn chord_2(distance: Kilometres) -> f64 {
    // No two points are farther apart than half way around.
    let half_angle = (distance.get() / EARTH_RADIUS_KM / 2.0).min(std::f64::consts::FRAC_PI_2);
    4.0 * half_angle.sin().powi(2)
}
