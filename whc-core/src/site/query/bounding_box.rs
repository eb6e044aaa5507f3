//! Boxes on the map.

use crate::error::{Error, Result};
use crate::site::Point;

/// What lies between two meridians and two parallels, the edges included.
///
/// Where west is greater than east the box crosses the date line: `170,-30,-170,0` is the sea around Fiji. The
/// meridians 180 and -180 are one, so an edge on either has the points of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundingBox {
    southwest: Point,
    northeast: Point,
}

impl BoundingBox {
    /// The box with these edges, in degrees.
    ///
    /// # Errors
    /// Degrees outside of the Earth's and a south edge north of the north edge are invalid.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self> {
        let (southwest, northeast) = (Point::new(west, south)?, Point::new(east, north)?);
        if south > north {
            return Err(Error::invalid(format!(
                "the south edge of a box cannot be {south}, north of its north edge {north}"
            )));
        }
        Ok(Self { southwest, northeast })
    }

    /// The western edge in degrees.
    #[must_use]
    pub fn west(self) -> f64 {
        self.southwest.longitude()
    }

    /// The southern edge in degrees.
    #[must_use]
    pub fn south(self) -> f64 {
        self.southwest.latitude()
    }

    /// The eastern edge in degrees; less than the western where the box crosses the date line.
    #[must_use]
    pub fn east(self) -> f64 {
        self.northeast.longitude()
    }

    /// The northern edge in degrees.
    #[must_use]
    pub fn north(self) -> f64 {
        self.northeast.latitude()
    }

    /// Whether `point` lies in the box or on its edge.
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        let (west, east, longitude) = (self.west(), self.east(), point.longitude());
        let between = if west <= east {
            west <= longitude && longitude <= east
        } else {
            west <= longitude || longitude <= east
        };
        let on_the_date_line = longitude.abs() >= 180.0 && (west <= -180.0 || east >= 180.0);
        let at_latitude = self.south() <= point.latitude() && point.latitude() <= self.north();
        at_latitude && (between || on_the_date_line)
    }
}
