//! The projection of the world: Equal Earth (Šavrič, Patterson and Jenny 2018), cut where there is no land.

use super::ring::Position;

/// The meridian in the middle, in degrees east. The cut on the other side, 169° W, runs through the Bering Strait.
const CENTRAL_MERIDIAN: f64 = 11.0;

/// The northern and southern end of the map in degrees: that of Greenland, and south of Cape Horn.
pub(super) const NORTH: f64 = 83.7;
pub(super) const SOUTH: f64 = -58.0;

/// Y of the projection at [`NORTH`].
const TOP: f64 = 1.305_632;
/// Units for a radian, on a map 2000 units wide.
const SCALE: f64 = 369.463;

/// A world map of this many units.
#[derive(Clone, Copy, Debug)]
pub(super) struct EqualEarth {
    pub(super) width: f64,
    pub(super) height: f64,
}

impl EqualEarth {
    /// The map of all sites.
    pub(super) const WORLD: Self = Self { width: 2000.0, height: 874.0 };
    /// The small map that shows where another one lies.
    pub(super) const LOCATOR: Self = Self { width: 640.0, height: 280.0 };

    /// Where degrees east and north are on the map.
    pub(super) fn project(self, [longitude, latitude]: Position) -> Position {
        self.project_turned([turned(longitude), latitude])
    }

    /// The same, on the map in any case.
    pub(super) fn place(self, position: Position) -> Position {
        let [x, y] = self.project(position);
        [x.clamp(0.0, self.width), y.clamp(0.0, self.height)]
    }

    /// The same for degrees east of the meridian in the middle, from -180 to 180.
    pub(super) fn project_turned(self, [east, latitude]: Position) -> Position {
        let [x, y] = equal_earth(east.to_radians(), latitude.to_radians());
        let scale = SCALE * self.width / Self::WORLD.width;
        [self.width / 2.0 + scale * x, scale * (TOP - y)]
    }
}

/// Degrees east of the meridian in the middle, from -180 to 180.
pub(super) fn turned(longitude: f64) -> f64 {
    (longitude - CENTRAL_MERIDIAN + 180.0).rem_euclid(360.0) - 180.0
}

fn equal_earth(longitude: f64, latitude: f64) -> Position {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3.0_f64.sqrt();
    let sine = root / 2.0 * latitude.sin();
    let (theta, cosine) = (sine.asin(), (1.0 - sine * sine).sqrt());
    let [two, six] = [theta.powi(2), theta.powi(6)];
    let slope = A[0] + 3.0 * A[1] * two + six * (7.0 * A[2] + 9.0 * A[3] * two);
    let x = 2.0 * root * longitude * cosine / (3.0 * slope);
    let y = theta * (A[0] + A[1] * two + six * (A[2] + A[3] * two));
    [x, y]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{EqualEarth, NORTH, SOUTH};

    #[test]
    fn known_places_are_where_they_should_be() {
        let places = [
            ([-90.0, 0.0], [439.0, 482.0]),
            ([180.0, -17.0], [1919.0, 609.0]),
            ([11.0, 0.0], [1000.0, 482.0]),
        ];
        for (place, expected) in places {
            let [x, y] = EqualEarth::WORLD.project(place);
            let off = (x - expected[0]).hypot(y - expected[1]);
            assert!(off < 0.5, "{place:?} is at {x} {y}");
        }
    }

    proptest! {
        /// What the name says: a small square has the area on the map that it has on the globe, wherever it is.
        #[test]
        fn areas_are_true(longitude in -150.0_f64..170.0, latitude in SOUTH..NORTH - 0.1) {
            const STEP: f64 = 0.01;
            let at = |east: f64, north: f64| EqualEarth::WORLD.project_turned([longitude + east - 11.0, latitude + north]);
            let ([x, y], [x_east, y_east], [x_north, y_north]) = (at(0.0, 0.0), at(STEP, 0.0), at(0.0, STEP));
            let on_the_map = ((x_east - x) * (y_north - y) - (x_north - x) * (y_east - y)).abs();
            let on_the_globe = STEP.to_radians().powi(2) * (latitude + STEP / 2.0).to_radians().cos();
            let scale = on_the_map / on_the_globe / 369.463_f64.powi(2);
            prop_assert!((scale - 1.0).abs() < 1e-3, "{scale}");
        }

        #[test]
        fn every_place_between_the_ends_is_on_the_map(longitude in -180.0_f64..=180.0, latitude in SOUTH..=NORTH) {
            for map in [EqualEarth::WORLD, EqualEarth::LOCATOR] {
                let [x, y] = map.project([longitude, latitude]).map(f64::round);
                prop_assert!((0.0..=map.width).contains(&x) && (0.0..=map.height).contains(&y), "{x} {y}");
            }
        }
    }
}
