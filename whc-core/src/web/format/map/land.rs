//! The land of the Earth as rings of positions: Natural Earth, from data/.

use std::sync::LazyLock;

use super::ring::{Bounds, Position, weights};

/// So many corners at a time are looked at where a part of a shore is wanted.
const STRETCH: usize = 32;

/// Positions to a degree in the files.
pub(super) const PER_DEGREE: f64 = 250.0;

/// At 1:50 million, for maps of a part of the world.
pub(super) static FINE: LazyLock<Vec<Shore>> =
    LazyLock::new(|| decode(include_bytes!("../../../../data/land-50m.bin")));
/// At 1:110 million, for the smallest maps of the world.
pub(super) static COARSE: LazyLock<Vec<Shore>> =
    LazyLock::new(|| decode(include_bytes!("../../../../data/land-110m.bin")));

/// The shore of a piece of land, or of a sea in it, which runs the other way round.
#[derive(Debug, PartialEq)]
pub(super) struct Shore {
    /// Its corners in degrees. A shore across the date line goes on east of 180° or west of -180°.
    pub(super) ring: Vec<Position>,
    /// Up to which tolerance in degrees each corner stays, known from the start: drawing leaves most corners out.
    weights: Vec<f64>,
    /// The box around each [`STRETCH`] of corners.
    stretches: Vec<Bounds>,
    bounds: Bounds,
}

impl Shore {
    /// The shore with these corners, if there are any.
    fn new(ring: Vec<Position>) -> Option<Self> {
        let bounds = Bounds::around(ring.iter().copied())?;
        let stretches = ring.chunks(STRETCH).filter_map(|stretch| Bounds::around(stretch.iter().copied()));
        Some(Self { weights: weights(&ring), stretches: stretches.collect(), ring, bounds })
    }

    /// Where it lies over these degrees: itself, and what of it the other ends of the map have too. In the view no shore is
    /// further than `tolerance` degrees from what is drawn.
    pub(super) fn copies_over(&self, view: Bounds, tolerance: f64) -> impl Iterator<Item = Vec<Position>> {
        let shifts = [-360.0, 0.0, 360.0].into_iter();
        let shifts = shifts.filter(move |shift| self.bounds.moved(*shift).meets(view));
        shifts.map(move |shift| self.corners(view.moved(-shift), tolerance, shift))
    }

    fn corners(&self, view: Bounds, tolerance: f64, shift: f64) -> Vec<Position> {
        let mut corners = Vec::with_capacity(self.ring.len());
        let stretches = self.ring.chunks(STRETCH).zip(self.weights.chunks(STRETCH)).zip(&self.stretches);
        for ((ring, weights), bounds) in stretches {
            let kept = ring.iter().zip(weights).filter(|(_, weight)| **weight >= tolerance);
            let mut kept = kept.map(|([east, north], _)| [east + shift, *north]);
            if bounds.meets(view) {
                corners.extend(kept);
            } else {
                // However it winds there, it is cut off: where it comes from and where it goes on is enough.
                corners.extend(kept.next());
                corners.extend(kept.next_back());
            }
        }
        corners
    }
}

/// Reads the shores of a file: for each the number of its corners, then for each corner the steps east and north from the
/// one before, in parts of a degree; the first from 0, 0. Numbers are LEB128, steps in zigzag.
fn decode(bytes: &[u8]) -> Vec<Shore> {
    let mut numbers = numbers(bytes);
    let mut shores = Vec::new();
    while let Some(count) = numbers.next() {
        let mut at = [0_i64; 2];
        let corners = (0..count).map_while(|_| {
            at = [at[0] + unzigzag(numbers.next()?), at[1] + unzigzag(numbers.next()?)];
            Some(at.map(degrees))
        });
        let ring: Vec<_> = corners.collect();
        shores.extend(Shore::new(ring));
    }
    shores
}

/// The numbers in LEB128.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes
        .split_inclusive(|byte| byte & 0x80 == 0)
        .map(|number| number.iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7f)))
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[expect(clippy::cast_precision_loss, reason = "there are some 90,000 positions around the Earth")]
fn degrees(position: i64) -> f64 {
    position as f64 / PER_DEGREE
}

#[cfg(test)]
mod tests {
    use super::{FINE, Shore};
    use crate::web::format::map::ring::{Bounds, Position, clip, distance_squared};

    /// Japan, Fiji over the date line, Europe, Tierra del Fuego, and a town in the midst of a continent.
    const VIEWS: [[f64; 4]; 5] = [
        [122.0, 24.0, 154.0, 46.0],
        [170.0, -22.0, 190.0, -12.0],
        [-12.0, 34.0, 32.0, 56.0],
        [-80.0, -58.0, -60.0, -50.0],
        [10.0, 48.0, 12.0, 49.0],
    ];

    fn views() -> impl Iterator<Item = Bounds> {
        VIEWS
            .iter()
            .map(|[west, south, east, north]| Bounds { least: [*west, *south], greatest: [*east, *north] })
    }

    fn area_twice(ring: &[Position]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(one, next)| one[0] * next[1] - next[0] * one[1]).sum()
    }

    fn areas(rings: impl Iterator<Item = Vec<Position>>, view: Bounds) -> f64 {
        rings.map(|ring| area_twice(&clip(ring, view))).sum()
    }

    #[test]
    fn what_is_left_out_beyond_the_view_does_not_change_what_is_in_it() {
        for (view, tolerance) in views().flat_map(|view| [0.0, 0.02, 0.2].map(|tolerance| (view, tolerance)))
        {
            let whole = |shore: &Shore| {
                let kept = shore.ring.iter().zip(&shore.weights).filter(|(_, weight)| **weight >= tolerance);
                let kept: Vec<_> = kept.map(|(corner, _)| *corner).collect();
                [-360.0, 0.0, 360.0].map(|shift| kept.iter().map(|[x, y]| [x + shift, *y]).collect())
            };
            let expected = areas(FINE.iter().flat_map(whole), view);
            let found = areas(FINE.iter().flat_map(|shore| shore.copies_over(view, tolerance)), view);
            assert!(
                (found - expected).abs() < 1e-6 && expected.abs() > 1.0,
                "{view:?} {tolerance}: {found}, not {expected}"
            );
        }
    }

    #[test]
    fn no_shore_is_far_from_what_is_drawn() {
        let tolerance = 0.02;
        for view in views() {
            let drawn: Vec<_> = FINE.iter().flat_map(|shore| shore.copies_over(view, tolerance)).collect();
            let real = FINE.iter().flat_map(|shore| shore.copies_over(view, 0.0)).flatten();
            let inside = real.filter(|corner| view.holds(Bounds { least: *corner, greatest: *corner }));
            for corner in inside.step_by(7) {
                let sides = drawn.iter().flat_map(|ring| ring.windows(2));
                let nearest =
                    sides.map(|side| distance_squared(corner, side[0], side[1])).fold(f64::MAX, f64::min);
                assert!(nearest.sqrt() <= tolerance + 1e-9, "{corner:?}: {}", nearest.sqrt());
            }
        }
    }
}
