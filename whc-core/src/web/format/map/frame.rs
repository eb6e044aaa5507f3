//! The part of the world a local map shows: equirectangular, true to scale at its middle latitude.

use super::ring::{Bounds, Position};

/// The units across.
pub(super) const WIDTH: f64 = 1600.0;
/// From this many degrees on a result is shown on the world map.
const TOO_WIDE: f64 = 90.0;
/// How much more than the places a map shows, at each side.
const MARGIN: f64 = 0.08;
/// Beyond this latitude meridians are too close to each other.
const TOO_NEAR_A_POLE: f64 = 85.0;
/// The least degrees across.
const NARROWEST: f64 = 2.0;
/// The least and the greatest width for a height of 1.
const RATIO: [f64; 2] = [1.5, 2.2];

/// The frame of a local map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// In degrees; east of 180° and west of -180° they go on.
    pub(super) bounds: Bounds,
    /// Units to a degree, east and north.
    scale: [f64; 2],
}

impl Frame {
    /// The frame around these places; `None` if there are none, or if they lie so far apart that the world shows them
    /// better, as those on both sides of the date line do.
    pub(super) fn around(places: impl IntoIterator<Item = Position>) -> Option<Self> {
        let places = Bounds::around(places).filter(|places| places.size()[0] < TOO_WIDE)?;
        let middle = [0, 1].map(|axis| f64::midpoint(places.least[axis], places.greatest[axis]));
        if middle[1].abs() > TOO_NEAR_A_POLE {
            return None;
        }
        let shrinking = middle[1].to_radians().cos();
        let [width, height] = places.size().map(|size| size * (1.0 + 2.0 * MARGIN));
        let width = width.max(NARROWEST).max(RATIO[0] * height / shrinking);
        let height = height.max(width * shrinking / RATIO[1]);
        let half = [width / 2.0, height / 2.0];
        let bounds = Bounds {
            least: [0, 1].map(|axis| middle[axis] - half[axis]),
            greatest: [0, 1].map(|axis| middle[axis] + half[axis]),
        };
        let world = Bounds { least: [-270.0, -90.0], greatest: [270.0, 90.0] };
        let across = WIDTH / width;
        (width <= 180.0 && world.holds(bounds))
            .then_some(Self { bounds, scale: [across, across / shrinking] })
    }

    /// Where degrees east and north are on the map.
    pub(super) fn project(&self, [east, north]: Position) -> Position {
        let [west, top] = [self.bounds.least[0], self.bounds.greatest[1]];
        [(east - west) * self.scale[0], (top - north) * self.scale[1]]
    }

    /// Whether a place is on the map.
    pub(super) fn holds(&self, place: Position) -> bool {
        self.bounds.holds(Bounds { least: place, greatest: place })
    }

    /// The units from top to bottom.
    pub(super) fn height(&self) -> f64 {
        (self.bounds.size()[1] * self.scale[1]).round()
    }

    /// The latitude at which the scale is true, in degrees.
    pub(super) fn true_latitude(&self) -> f64 {
        f64::midpoint(self.bounds.least[1], self.bounds.greatest[1])
    }

    /// Units to a degree of latitude: there are as many to a kilometre everywhere on a meridian.
    pub(super) fn units_per_degree(&self) -> f64 {
        self.scale[1]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Frame, WIDTH};

    proptest! {
        #[test]
        fn every_place_lies_well_inside_a_frame_of_a_fair_shape(
            places in prop::collection::vec((-180.0_f64..=180.0, -90.0_f64..=90.0), 1..6),
            closer in 1.0_f64..100.0,
        ) {
            let places: Vec<_> = places.into_iter().map(|(east, north)| [120.0 + east / closer, 40.0 + north / closer / 2.0]).collect();
            let Some(frame) = Frame::around(places.iter().copied()) else {
                let easts = places.iter().map(|place| place[0]);
                prop_assert!(closer < 10.0, "{:?}", easts.collect::<Vec<_>>());
                return Ok(());
            };
            let ratio = WIDTH / frame.height();
            prop_assert!((1.49..=2.21).contains(&ratio), "{ratio}");
            for place in places {
                let [x, y] = frame.project(place);
                let inside = (0.06 * WIDTH..=0.94 * WIDTH).contains(&x) && (0.06..=0.94).contains(&(y / frame.height()));
                prop_assert!(inside, "{x} {y}");
            }
        }

        #[test]
        fn a_kilometre_is_as_long_to_the_east_as_to_the_north_in_the_middle(east in -170.0_f64..170.0, north in -80.0_f64..80.0) {
            let frame = Frame::around([[east, north]]).unwrap();
            let ([x, y], [further, _], [_, higher]) = (
                frame.project([east, north]), frame.project([east + 0.1 / north.to_radians().cos(), north]), frame.project([east, north + 0.1]),
            );
            prop_assert!(((further - x) / (y - higher) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn places_on_both_sides_of_the_date_line_or_near_a_pole_have_no_frame() {
        assert_eq!(Frame::around([[178.8, -17.0], [-175.0, -17.0]]), None);
        assert_eq!(Frame::around([[0.0, 10.0], [90.0, 10.0]]), None);
        assert_eq!(Frame::around([[0.0, 90.0]]), None);
        assert_eq!(Frame::around([]), None);
    }
}
