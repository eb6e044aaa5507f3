//! Distances on Earth, and what is near a point.

use std::num::NonZeroU32;

use crate::error::{Error, Result};
use crate::site::Point;

/// The mean radius of the Earth in kilometres (IUGG): distances are along great circles of such a sphere, at most
/// half a per cent off.
pub const EARTH_RADIUS_KM: f64 = 6_371.008_8;

impl Point {
    /// The distance to another point in kilometres, along the great circle (haversine formula).
    #[must_use]
    pub fn kilometres_to(self, other: Self) -> f64 {
        let (latitude, other_latitude) = (self.latitude().to_radians(), other.latitude().to_radians());
        let north = (other_latitude - latitude) / 2.0;
        let east = (other.longitude() - self.longitude()).to_radians() / 2.0;
        let haversine = north.sin().powi(2) + latitude.cos() * other_latitude.cos() * east.sin().powi(2);
        // Rounding can carry points on opposite sides of the Earth past 1, where there is no arc sine.
        2.0 * EARTH_RADIUS_KM * haversine.clamp(0.0, 1.0).sqrt().asin()
    }
}

/// A distance in kilometres, over zero and at most half way around the Earth.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Kilometres(f64);

impl Kilometres {
    /// The greatest distance accepted: no two points on Earth are farther apart.
    pub const MAX: f64 = 20_016.0;

    /// So many kilometres.
    ///
    /// # Errors
    /// Zero, negative distances, those over [`MAX`](Self::MAX) and NaN are invalid.
    pub fn new(kilometres: f64) -> Result<Self> {
        if kilometres > 0.0 && kilometres <= Self::MAX {
            Ok(Self(kilometres))
        } else {
            let most = Self::MAX;
            Err(Error::invalid(format!("a distance is over 0 and up to {most} km, not {kilometres}")))
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A place to measure distances from, and how far to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The place.
    pub point: Point,
    /// Only sites within this distance; those without a point are excluded.
    pub radius: Option<Kilometres>,
    /// Only so many sites, the nearest of those that pass all other filters; those without a point are excluded. Of sites
    /// at the same distance the one with the lower id counts as nearer.
    pub nearest: Option<NonZeroU32>,
}

impl Near {
    /// Distances from this point, with no site left out.
    #[must_use]
    pub fn point(point: Point) -> Self {
        Self { point, radius: None, nearest: None }
    }

    /// Whether a site with this point is within the radius. [`nearest`](Self::nearest) needs the other sites and is
    /// applied by [`SiteQuery::select`](crate::SiteQuery::select).
    #[must_use]
    pub fn reaches(&self, point: Option<Point>) -> bool {
        match (self.radius, point) {
            (None, _) => self.nearest.is_none() || point.is_some(),
            (Some(radius), Some(point)) => self.point.kilometres_to(point) <= radius.get(),
            (Some(_), None) => false,
        }
    }
}
