//! Where the sites are: on a map for boxes, on a globe for distances.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use roaring::RoaringBitmap;
use rstar::{AABB, RTree, RTreeObject};

use super::bitset::Bitset;
use super::globe::Globe;
use super::{by_position, index};
use crate::site::{BoundingBox, Near, Point, Site, SiteQuery};

/// The sites that have a point, by where they are.
#[derive(Debug)]
pub(super) struct Places {
    located: RoaringBitmap,
    /// By longitude and latitude.
    map: RTree<OnMap>,
    globe: Globe,
}

#[derive(Debug)]
struct OnMap {
    point: Point,
    position: u32,
}

impl RTreeObject for OnMap {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_point([self.point.longitude(), self.point.latitude()])
    }
}

impl Places {
    pub(super) fn new(sites: &[Arc<Site>]) -> Self {
        let points = || (0..).zip(sites).filter_map(|(position, site)| Some((site.point?, position)));
        Self {
            located: points().map(|(_, position)| position).collect(),
            map: RTree::bulk_load(points().map(|(point, position)| OnMap { point, position }).collect()),
            globe: Globe::new(points()),
        }
    }

    /// Those of `positions` that pass the spatial filters.
    pub(super) fn narrow<'a>(
        &self,
        query: &SiteQuery,
        mut positions: Cow<'a, RoaringBitmap>,
        sites: &[Arc<Site>],
    ) -> Cow<'a, RoaringBitmap> {
        /// Up to so many points a scan is faster than the tree.
        const FEW: u64 = 64;
        if positions.len() <= FEW {
            positions.to_mut().retain(|position| query.has_place(&sites[index(position)]));
        } else {
            if let Some(wanted) = query.bounding_box {
                *positions.to_mut() &= self.inside(wanted, sites.len());
            }
            if let Some(near) = query.near {
                self.reached(&near, &mut positions, sites);
            }
        }
        if let Some(near) = query.near {
            self.keep_nearest(&near, &mut positions, sites);
        }
        positions
    }

    /// The part at `span` of `positions`, ordered by distance from `point`.
    pub(super) fn by_distance(
        &self,
        point: Point,
        positions: &RoaringBitmap,
        descending: bool,
        span: Range<usize>,
        sites: &[Arc<Site>],
    ) -> Vec<u32> {
        let located = positions & &self.located;
        let known = index(located.len());
        let some = span.start.min(known)..span.end.min(known);
        let mut part = self.globe.by_distance(point, &located, descending, some, sites);
        if span.end > known {
            let rest = span.start.saturating_sub(known)..span.end - known;
            part.extend(by_position(&(positions - located), false, rest));
        }
        part
    }

    /// The sites in a box.
    fn inside(&self, wanted: BoundingBox, sites: usize) -> RoaringBitmap {
        let (west, east) = (wanted.west(), wanted.east());
        // `contains` decides on the date line, whose points have two longitudes.
        let spans: &[_] = if west <= east {
            &[(west, east), (-180.0, -180.0), (180.0, 180.0)]
        } else {
            &[(west, 180.0), (-180.0, east)]
        };
        let candidates = spans.iter().flat_map(|(west, east)| {
            let corners = AABB::from_corners([*west, wanted.south()], [*east, wanted.north()]);
            self.map.locate_in_envelope(corners)
        });
        let inside = candidates.filter(|place| wanted.contains(place.point)).map(|place| place.position);
        Bitset::from_positions(inside, sites).positions()
    }

    /// Keeps the sites within the radius of `near`.
    fn reached(&self, near: &Near, positions: &mut Cow<'_, RoaringBitmap>, sites: &[Arc<Site>]) {
        if let Some(radius) = near.radius {
            *positions.to_mut() &= self.globe.within(near, radius, sites);
        } else if near.nearest.is_some() {
            *positions.to_mut() &= &self.located;
        }
    }

    /// Keeps as many of the nearest sites as `near` wants. All must have a point.
    fn keep_nearest(&self, near: &Near, positions: &mut Cow<'_, RoaringBitmap>, sites: &[Arc<Site>]) {
        let Some(nearest) = near.nearest.filter(|nearest| u64::from(nearest.get()) < positions.len()) else {
            return;
        };
        let nearest = self.globe.by_distance(near.point, positions, false, 0..index(nearest.get()), sites);
        *positions = Cow::Owned(nearest.into_iter().collect());
    }
}
