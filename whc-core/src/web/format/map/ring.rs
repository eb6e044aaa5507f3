//! Closed lines in a plane: what of them lies in a box, and with fewer corners.

/// A position in a plane: degrees east and north, or units of a drawing to the right and down.
pub(super) type Position = [f64; 2];

/// A box in a plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) least: Position,
    pub(super) greatest: Position,
}

impl Bounds {
    /// The smallest box around these positions; `None` if there are none.
    pub(super) fn around(positions: impl IntoIterator<Item = Position>) -> Option<Self> {
        let boxes = positions.into_iter().map(|position| Self { least: position, greatest: position });
        boxes.reduce(|one, other| Self {
            least: [0, 1].map(|axis| one.least[axis].min(other.least[axis])),
            greatest: [0, 1].map(|axis| one.greatest[axis].max(other.greatest[axis])),
        })
    }

    /// The same with another `margin` at each side.
    pub(super) fn widened(self, margin: f64) -> Self {
        Self {
            least: self.least.map(|side| side - margin),
            greatest: self.greatest.map(|side| side + margin),
        }
    }

    /// The same by so much further east.
    pub(super) fn moved(self, east: f64) -> Self {
        let moved = |[x, y]: Position| [x + east, y];
        Self { least: moved(self.least), greatest: moved(self.greatest) }
    }

    /// Whether the boxes have a position in common.
    pub(super) fn meets(self, other: Self) -> bool {
        [0, 1]
            .iter()
            .all(|&axis| self.least[axis] <= other.greatest[axis] && other.least[axis] <= self.greatest[axis])
    }

    /// Whether the box holds all of the other one.
    pub(super) fn holds(self, other: Self) -> bool {
        [0, 1]
            .iter()
            .all(|&axis| self.least[axis] <= other.least[axis] && other.greatest[axis] <= self.greatest[axis])
    }

    /// Width and height.
    pub(super) fn size(self) -> [f64; 2] {
        [0, 1].map(|axis| self.greatest[axis] - self.least[axis])
    }
}

/// The part of a ring that lies in the box, after Sutherland and Hodgman: one ring, which runs along the sides of the box
/// where the ring left it.
pub(super) fn clip(ring: Vec<Position>, bounds: Bounds) -> Vec<Position> {
    [0, 1].into_iter().fold(ring, |ring, axis| {
        let ring = clip_at(ring, axis, |value| value >= bounds.least[axis], bounds.least[axis]);
        clip_at(ring, axis, |value| value <= bounds.greatest[axis], bounds.greatest[axis])
    })
}

/// The part of a ring on one side of a line, on which `axis` has the value `limit`.
fn clip_at(ring: Vec<Position>, axis: usize, inside: impl Fn(f64) -> bool, limit: f64) -> Vec<Position> {
    if ring.iter().all(|position| inside(position[axis])) {
        return ring;
    }
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut before) = ring.last().copied() else { return kept };
    for position in ring {
        if inside(before[axis]) != inside(position[axis]) {
            let part = (limit - before[axis]) / (position[axis] - before[axis]);
            let other = 1 - axis;
            let mut crossing = [limit; 2];
            crossing[other] = before[other] + part * (position[other] - before[other]);
            kept.push(crossing);
        }
        if inside(position[axis]) {
            kept.push(position);
        }
        before = position;
    }
    kept
}

/// A ring with fewer corners, after Douglas and Peucker: none of those left out is further than `tolerance` from it.
pub(super) fn simplify(ring: &[Position], tolerance: f64) -> Vec<Position> {
    ring.iter()
        .zip(weights(ring))
        .filter_map(|(corner, weight)| (weight > tolerance).then_some(*corner))
        .collect()
}

/// Up to which tolerance each corner of a ring stays, after Douglas and Peucker: with those whose weight is greater than a
/// tolerance, none of the others is further than that from the ring. The first and the last always stay.
pub(super) fn weights(ring: &[Position]) -> Vec<f64> {
    let mut weights = vec![f64::INFINITY; ring.len()];
    // What lies between two corners, and the weight that nothing there can have more of.
    let mut open = vec![(0, ring.len().saturating_sub(1), f64::INFINITY)];
    while let Some((from, to, most)) = open.pop() {
        let distances = (from + 1..to).map(|at| (at, distance_squared(ring[at], ring[from], ring[to])));
        let farthest = distances.max_by(|(_, one), (_, other)| one.total_cmp(other));
        let Some((farthest, distance_squared)) = farthest else { continue };
        let weight = distance_squared.sqrt().min(most);
        weights[farthest] = weight;
        open.extend([(from, farthest, weight), (farthest, to, weight)]);
    }
    weights
}

/// The square of how far a position is from a stretch of a line: to compare distances, nobody needs their roots.
pub(super) fn distance_squared([x, y]: Position, from: Position, to: Position) -> f64 {
    let (along, up) = (to[0] - from[0], to[1] - from[1]);
    let length = along * along + up * up;
    let part = if length > 0.0 { ((x - from[0]) * along + (y - from[1]) * up) / length } else { 0.0 };
    let part = part.clamp(0.0, 1.0);
    (x - from[0] - part * along).powi(2) + (y - from[1] - part * up).powi(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Bounds, Position, clip, distance_squared, simplify};

    const SQUARE: Bounds = Bounds { least: [0.0, 0.0], greatest: [10.0, 10.0] };

    /// Twice the area to the left of a ring.
    fn area(ring: &[Position]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(one, next)| one[0] * next[1] - next[0] * one[1]).sum()
    }

    fn star(radii: &[f64], centre: Position) -> Vec<Position> {
        let step = std::f64::consts::TAU / f64::from(u32::try_from(radii.len()).unwrap());
        let corner = |(number, radius): (u32, &f64)| {
            let (sin, cos) = (f64::from(number) * step).sin_cos();
            [centre[0] + radius * cos, centre[1] + radius * sin]
        };
        (0..).zip(radii).map(corner).collect()
    }

    proptest! {
        #[test]
        fn a_ring_in_two_halves_is_the_whole(
            radii in prop::collection::vec(0.5_f64..20.0, 3..30), x in -5.0_f64..15.0, y in -5.0_f64..15.0, at in -10.0_f64..20.0,
        ) {
            let ring = star(&radii, [x, y]);
            let far = Bounds { least: [-100.0; 2], greatest: [100.0; 2] };
            let west = clip(ring.clone(), Bounds { greatest: [at, 100.0], ..far });
            let east = clip(ring.clone(), Bounds { least: [at, -100.0], ..far });
            prop_assert!((area(&west) + area(&east) - area(&ring)).abs() < 1e-6 * area(&ring).max(1.0));
        }

        #[test]
        fn what_is_clipped_lies_in_the_box(radii in prop::collection::vec(0.5_f64..20.0, 3..30)) {
            for [x, y] in clip(star(&radii, [3.0, 9.0]), SQUARE) {
                prop_assert!((0.0..=10.0).contains(&x) && (0.0..=10.0).contains(&y), "{x} {y}");
            }
        }

        #[test]
        fn no_corner_left_out_is_far_from_the_ring(radii in prop::collection::vec(0.5_f64..20.0, 3..60)) {
            let ring = star(&radii, [0.0, 0.0]);
            let simple = simplify(&ring, 0.7);
            for corner in ring {
                let nearest = simple.windows(2).map(|side| distance_squared(corner, side[0], side[1])).fold(f64::MAX, f64::min).sqrt();
                prop_assert!(nearest <= 0.700_001, "{nearest}");
            }
        }
    }

    #[test]
    fn a_ring_around_the_box_fills_it_and_one_beside_it_leaves_nothing() {
        let around = vec![[-5.0, -5.0], [15.0, -5.0], [15.0, 15.0], [-5.0, 15.0]];
        assert!((area(&clip(around.clone(), SQUARE)) - 200.0).abs() < 1e-9);
        let beside: Vec<_> = around.into_iter().map(|[x, y]| [x + 30.0, y]).collect();
        assert_eq!(clip(beside, SQUARE), Vec::<Position>::new());
    }
}
